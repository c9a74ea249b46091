"""Which characters the document's font can draw, and what is printed for one that it cannot.

An archival PDF must not hold a character without a glyph (ISO 19005-2, 6.2.11.8), and the printer gives up
at the first. Parties write their names, places and signatures themselves, with whatever their phones have.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable
from pathlib import Path

MISSING = "〓"
"""What Chinese and Japanese printers set where a type is missing, so that the gap is seen."""
_VARIATIONS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
"""They choose a form of the character before them and need no glyph."""
_SEGMENTED = 4
"""The format of a table of segments of the first plane (OpenType, ``cmap``), all that these fonts have."""
_GLYPHS = 1 << 16


class Glyphs:
    """The characters that every one of some OpenType fonts can draw."""

    def __init__(self, fonts: Iterable[Path]) -> None:
        """Read the fonts; raises ``ValueError`` for one that tells its characters in no way known here."""
        known = [_characters(font.read_bytes()) for font in fonts]
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


def _characters(font: bytes) -> frozenset[int]:
    """Return what the ``cmap`` of an OpenType font maps to a glyph other than the empty one."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(count))
    start = next((place for tag, _sum, place, _size in tables if tag == b"cmap"), None)
    if start is None:
        raise ValueError("the font has no cmap")
    parts = struct.unpack_from(">H", font, start + 2)[0]
    for number in range(parts):
        part = start + struct.unpack_from(">I", font, start + 4 + 8 * number + 4)[0]
        if struct.unpack_from(">H", font, part)[0] == _SEGMENTED:
            return frozenset(_in_segments(font, part))
    raise ValueError("the font has no table of segments")


def _in_segments(font: bytes, part: int) -> Iterable[int]:
    """Yield what is mapped; a segment either shifts its characters or looks them up further on."""
    count = struct.unpack_from(">H", font, part + 6)[0] // 2
    lasts, firsts, shifts, offsets = (
        struct.unpack_from(f">{count}H", font, part + 14 + 2 * (count * row + (row > 0))) for row in range(4)
    )
    for number in range(count):
        lookup = part + 16 + 2 * (count * 3 + number) + offsets[number]
        for code in range(firsts[number], lasts[number] + 1):
            glyph = code
            if offsets[number]:
                glyph = struct.unpack_from(">H", font, lookup + 2 * (code - firsts[number]))[0]
            if glyph and (glyph + shifts[number]) % _GLYPHS:
                yield code
