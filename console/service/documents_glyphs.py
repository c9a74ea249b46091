"""Which characters the document's font can draw, and what is printed for one that it cannot.

An archival PDF must not hold a character without a glyph (ISO 19005-2, 6.2.11.8), and the printer gives up
at the first. Parties write their names, places and signatures themselves, with whatever their phones have.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

MISSING = "〓"
"""What Chinese and Japanese printers set where a type is missing, so that the gap is seen."""
_VARIATIONS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
"""They choose a form of the character before them and need no glyph."""


class Glyphs:
    """The characters that every one of some OpenType fonts can draw."""

    def __init__(self, fonts: Iterable[Path]) -> None:
        """Read the fonts; raises ``ValueError`` for one that does not tell its characters."""
        known = [_characters(font) for font in fonts]
        self._known: frozenset[int] = frozenset.intersection(*known)

    def drawable(self, text: str) -> str:
        """Return ``text`` as it can be printed.

        What has no glyph becomes ``MISSING``. What is never seen is left out: among it are the signs that
        turn the direction of reading, by which a line would say something else than the case does.
        """
        return "".join(map(self._drawn, text))

    def _drawn(self, character: str) -> str:
        if unicodedata.category(character) == "Cf":
            return ""
        code = ord(character)
        seen = code in self._known or code in _VARIATIONS or character.isspace()
        return character if seen else MISSING


@cache
def _characters(font: Path) -> frozenset[int]:
    """Return what a font maps to a glyph other than the empty one, which is its first."""
    with TTFont(font, lazy=True) as opened:
        table = opened.getBestCmap()
        if table is None:
            raise ValueError(f"{font.name} has no table of Unicode characters")
        empty = opened.getGlyphOrder()[0]
        return frozenset(code for code, glyph in table.items() if glyph != empty)
