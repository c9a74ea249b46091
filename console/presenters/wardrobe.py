"""What the application wears: theme, text size and language at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from console.presenters.language import Tongue
from console.usecases.look import Language, Look, Percent, Theme
from widgets import theme
from widgets.keycap import name_keys


class Wardrobe:
    """Dresses the application. One for the whole desk; the window may be made anew under it.

    ``kept`` is a file with the look worn last at this desk: it can be read before anything else is loaded,
    for the first page. One that cannot be read, or holds no look, is as good as none. ``columns`` are the
    widths that the user gave the window's columns, by arrangement.
    """

    def __init__(self, app: QApplication, kept: Path) -> None:
        self._app = app
        self.keys: Mapping[str, str] = {}
        self.columns: Mapping[str, tuple[int, ...]] = {}
        self._tongue = Tongue(app)
        self._kept = QSettings(str(kept), QSettings.Format.IniFormat)
        self._put_on(self._last())

    def wear(self, look: Look) -> None:
        """Show this look from now on; texts already shown keep their language until they are made anew."""
        self._put_on(look)
        for name, value in asdict(look).items():
            self._kept.setValue(name, value)
        self._kept.sync()

    def wear_keys(self, changed: Mapping[str, str]) -> None:
        """Name these keys, by the names of their bindings, in every text asked for from now on."""
        self.keys = dict(changed)
        name_keys(changed)
        self._tongue.speak(self.look.language, renamed=bool(changed))

    def _put_on(self, look: Look) -> None:
        self._tongue.speak(look.language, renamed=bool(self.keys))
        self.look = look
        theme.apply(self._app, look.theme, look.text_percent / 100)

    def _last(self) -> Look:
        looks = (
            Look(theme=theme, text_percent=percent, language=language)
            for theme, percent, language in product(get_args(Theme), get_args(Percent), get_args(Language))
        )
        return next((look for look in looks if self._holds(look)), Look())

    def _holds(self, look: Look) -> bool:
        return all(str(self._kept.value(name)) == str(value) for name, value in asdict(look).items())
