"""The language of the desk: zh-CN is written in the code, English stands in one file of resources."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from console.assets import RESOURCES
from widgets.keycap import sentence

ENGLISH = RESOURCES / "i18n" / "en.json"
TABLES = RESOURCES / "i18n" / "tables.en.json"
"""The English of what the code tables of the standards and the situations say; documents stay Chinese."""


def english(path: Path = ENGLISH) -> dict[str, str]:
    """Return the English of every text of the desk by its zh-CN text."""
    texts: dict[str, str] = json.loads(path.read_text("utf-8"))
    return texts


class Catalogue(QTranslator):
    """Answers every ``tr`` of the desk by the text alone: one thing has one name, wherever it stands.

    A text that is not in the file stays as it is written: statutes, scripts and what people wrote.
    """

    def __init__(self, texts: dict[str, str], parent: QApplication) -> None:
        super().__init__(parent)
        self._texts = texts

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return False

    def translate(
        self, _context: str, text: str, _disambiguation: str | None = None, _count: int = -1
    ) -> str:
        """Return ``text`` in the language and with the keys in force, or as it is written."""
        return sentence(self._texts.get(text, text))


class Tongue:
    """Which language the application speaks; ``speak`` takes effect for every text asked for afterwards."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._installed: Catalogue | None = None

    def speak(self, language: str, *, renamed: bool = False) -> None:
        """Speak zh-CN or en; ``renamed``: some keys are others than the texts are written with."""
        if self._installed is not None:
            self._app.removeTranslator(self._installed)
            self._installed = None
        wanted = QLocale.Language.English if language == "en" else QLocale.Language.Chinese
        QLocale.setDefault(QLocale(wanted, QLocale.Country.China))
        if language == "en" or renamed:
            texts = english() | english(TABLES) if language == "en" else {}
            self._installed = Catalogue(texts, self._app)
            self._app.installTranslator(self._installed)
