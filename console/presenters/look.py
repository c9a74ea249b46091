"""How the window looks: theme, text size and language, remembered for each user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from console.presenters.desk import Desk
from console.presenters.wardrobe import Wardrobe
from console.presenters.window import DeskWindow
from console.presenters.words import tr
from console.store.changes import Changes
from widgets.button import DeskButton
from widgets.look_panel import Choice, LookPanel

Rebuild = Callable[[], None]
"""Makes the window anew; everything it shows is in the store."""


class LookPresenter:
    """Ctrl+Shift+L and the settings panel. Text size and language wait until no call is held."""

    def __init__(self, desk: Desk, window: DeskWindow, wardrobe: Wardrobe, rebuild: Rebuild) -> None:
        self._desk = desk
        self._window = window
        self._wardrobe = wardrobe
        self._rebuild = rebuild
        self._panel: LookPanel | None = None

    def toggle_theme(self) -> None:
        """Dark to light and back, at once and in a call too."""
        now = self._wardrobe.look.theme
        self._pick("theme", "light" if now == "dark" else "dark")

    def toggle_panel(self) -> None:
        """Show the settings in the right column, or put them away."""
        self._window.toggle_sheet("look", tr("显示设置"), self._make)

    def refresh(self, changes: Changes) -> None:
        """A call came or went."""
        if changes.calls:
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _make(self) -> tuple[LookPanel, DeskButton]:
        self._panel = LookPanel(self._choices())
        self._panel.picked.connect(self._pick)
        return self._panel, self._panel.first

    def _choices(self) -> tuple[Choice, ...]:
        look = self._wardrobe.look
        later = tr("通话中不改,结束后可改。") if self._desk.own_call() is not None else ""
        return (
            Choice(
                "theme", tr("主题 Ctrl+Shift+L"), (("dark", tr("深色")), ("light", tr("浅色"))), look.theme
            ),
            Choice(
                "text",
                tr("字号"),
                (("100", "100 %"), ("125", "125 %"), ("150", "150 %")),
                str(look.text_percent),
                later,
            ),
            Choice("language", tr("语言"), (("zh-CN", "中文"), ("en", "English")), look.language, later),
        )

    def _show(self) -> None:
        if self._panel is not None and self._window.sheet == "look":
            self._panel.set_choices(self._choices())

    def _pick(self, name: str, value: str) -> None:
        before = self._wardrobe.look
        match name, value:
            case "theme", "dark" | "light" as mode:
                look = replace(before, theme=mode)
            case "text", "100":
                look = replace(before, text_percent=100)
            case "text", "125":
                look = replace(before, text_percent=125)
            case "text", "150":
                look = replace(before, text_percent=150)
            case "language", "zh-CN" | "en" as language:
                look = replace(before, language=language)
            case _:
                return
        if look == before:
            return
        self._wardrobe.wear(look)
        self._desk.bridge.run(self._desk.does.remembered.keep_look(self._desk.session.user.id, look))
        if name == "theme":
            self._show()
        else:
            self._rebuild()
