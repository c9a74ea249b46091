"""The right column: panels below each other, or in a small window one group at a time behind tabs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from widgets import icons, theme
from widgets.flow import Column, ScrollColumn
from widgets.theme import SEVERITY_ICON, Severity


@dataclass(frozen=True)
class TabState:
    """How the panels behind a tab stand: an icon by severity, and a figure ("5/6") or nothing."""

    severity: Severity = "none"
    figure: str = ""


class TabColumn(QWidget):
    """Groups of panels by name. Behind tabs nothing is lost: `reveal` brings a panel's group to the front."""

    def __init__(self, groups: tuple[tuple[str, str, Column], ...], growing: str) -> None:
        """`groups`: (name, title, panels); `growing` takes the room that is left in the open column."""
        super().__init__()
        self._groups = {name: group for name, _title, group in groups}
        self._titles = {name: title for name, title, _group in groups}
        self._states = {name: TabState() for name in self._groups}
        self._names = list(self._groups)
        self._tabbed = False
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        for name in self._names:
            self.bar.addTab(self._titles[name])
        self.bar.currentChanged.connect(self._choose)
        self.bar.hide()
        share = tuple(1 if name == growing else 0 for name in self._names)
        content = Column(*self._groups.values(), stretch=share, spacing=6)
        self._scroll = ScrollColumn(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self._scroll, 1)

    @property
    def tabbed(self) -> bool:
        """Whether one group is shown at a time."""
        return self._tabbed

    @property
    def current(self) -> str:
        """Name of the group in front."""
        return self._names[self.bar.currentIndex()]

    def set_tabbed(self, tabbed: bool) -> None:
        """One group at a time, or all below each other."""
        if tabbed != self._tabbed:
            self._tabbed = tabbed
            self.bar.setVisible(tabbed)
            self._choose(self.bar.currentIndex())

    def reveal(self, panel: QWidget) -> None:
        """Bring the group that holds `panel` to the front; nothing happens for other widgets."""
        for at, name in enumerate(self._names):
            if self._groups[name].isAncestorOf(panel):
                self.bar.setCurrentIndex(at)

    def set_state(self, name: str, state: TabState) -> None:
        """Say on its tab how a group stands."""
        if self._states[name] != state:
            self._states[name] = state
            self._paint_tab(name)

    def changeEvent(self, event: QEvent) -> None:
        """Colour the tabs' icons again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for name in self._names:
                self._paint_tab(name)

    def _choose(self, index: int) -> None:
        for at, name in enumerate(self._names):
            self._groups[name].setVisible(not self._tabbed or at == index)

    def _paint_tab(self, name: str) -> None:
        at, state, worn = self._names.index(name), self._states[name], theme.current()
        size = worn.px(16)
        icon = icons.icon(
            SEVERITY_ICON[state.severity], worn.foreground(state.severity), size, self.devicePixelRatioF()
        )
        self.bar.setIconSize(QSize(size, size))
        self.bar.setTabIcon(at, icon)
        self.bar.setTabText(at, f"{self._titles[name]} {state.figure}".strip())
