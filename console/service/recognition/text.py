"""Text as it stands on a picture: characters with confidence and place, in lines.

Places are in pixels of the upright picture, x to the right and y down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

ALIKE: Mapping[str, str] = {"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "i": "1"}
"""Characters that look like a digit; where only the digit can stand, seeing the one is seeing the other."""
TWIN = 0.0005
"""Chance below which a character is not taken for the one that looks like it."""
HALF = 0.55
"""Width of a Latin letter or digit as a share of a Chinese character's."""
LIKELY = 0.5
"""Chance from which a character counts alone against those that cannot stand in its place."""
POSSIBLE = 0.02
"""Chance from which a character may be another one where only that makes a known word."""


@dataclass(frozen=True)
class Glyph:
    """One character, how sure the reader is, where it begins and ends, and what else it may be."""

    text: str
    confidence: float
    left: float
    right: float
    others: tuple[tuple[str, float], ...] = ()

    @property
    def middle(self) -> float:
        """Its middle along the line."""
        return (self.left + self.right) / 2

    @property
    def wide(self) -> float:
        """How much room it takes, where a Chinese character takes 1."""
        return 1.0 if self.text >= "\u2e80" else HALF

    def may_be(self, text: str) -> bool:
        """Whether this may be another character, seen badly."""
        return any(other == text and chance >= POSSIBLE for other, chance in self.others)

    def within(self, alphabet: str) -> Glyph:
        """The character if only those of ``alphabet`` can stand here, with the confidence that this leaves.

        A character outside the alphabet is exchanged for the one of the alphabet that looks the same; when
        there is none, it stays as it is with no confidence at all. What cannot stand here is no rival of a
        character that is more likely than not.
        """
        text = self.text
        if text not in alphabet:
            text = text.upper() if text.upper() in alphabet else ALIKE.get(text, "")
        if not text or text not in alphabet:
            return replace(self, confidence=0.0)
        seen = {self.text: self.confidence, **dict(self.others)}
        same = {
            other
            for other in seen
            if other == text or ALIKE.get(other) == text or (other == self.text and other.upper() == text)
        }
        sure = min(1.0, sum(seen[other] for other in same))
        if sure >= LIKELY:
            impossible = sum(
                chance for other, chance in seen.items() if other not in same and other not in alphabet
            )
            sure /= max(sure, 1 - impossible)
        return replace(self, text=text, confidence=sure)


@dataclass(frozen=True)
class Line:
    """Characters beside each other, and the rectangle around them; a piece of a line is a line."""

    glyphs: tuple[Glyph, ...]
    left: float
    top: float
    right: float
    bottom: float

    @cached_property
    def text(self) -> str:
        """Its characters in order."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.bottom - self.top

    @cached_property
    def size(self) -> float:
        """Width of a Chinese character in this line, in pixels."""
        usual = [_apart(one, other) / ((one.wide + other.wide) / 2) for one, other in pairwise(self.glyphs)]
        return max(0.4 * self.height, min(self.height, median(usual or [self.height])))

    def gap(self, one: int, other: int) -> float:
        """Free room between two of its characters, counted in Chinese characters."""
        first, second = self.glyphs[one], self.glyphs[other]
        return _apart(first, second) / self.size - (first.wide + second.wide) / 2

    @property
    def confidence(self) -> float:
        """That of its least certain character."""
        return min((glyph.confidence for glyph in self.glyphs), default=0.0)

    def piece(self, start: int, end: int) -> Line:
        """The part from character ``start`` up to before ``end``."""
        glyphs = self.glyphs[start:end]
        left = glyphs[0].left if glyphs and start else self.left
        right = glyphs[-1].right if glyphs and end < len(self.glyphs) else self.right
        return Line(glyphs, left, self.top, right, self.bottom)

    def beside(self, other: Line) -> float:
        """Share of the smaller height that both have in common, 0 to 1."""
        common = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, common / max(1.0, min(self.height, other.height)))

    def below(self, other: Line) -> float:
        """Share of the smaller width that both have in common, 0 to 1."""
        common = min(self.right, other.right) - max(self.left, other.left)
        return max(0.0, common / max(1.0, min(self.right - self.left, other.right - other.left)))


def _apart(one: Glyph, other: Glyph) -> float:
    return other.middle - one.middle


def joined(lines: Iterable[Line]) -> Line:
    """One line of the characters of several, in the order given, with the rectangle around all."""
    parts = tuple(lines)
    return Line(
        tuple(glyph for part in parts for glyph in part.glyphs),
        min(part.left for part in parts),
        min(part.top for part in parts),
        max(part.right for part in parts),
        max(part.bottom for part in parts),
    )


def without_doubles(lines: Iterable[Line]) -> list[Line]:
    """The lines without characters that a box caught from its neighbour and that stand there again."""
    rest = _without_cut(sorted(lines, key=lambda line: line.left))
    single = [_without_start_of(line, rest[number + 1 :]) for number, line in enumerate(rest)]
    return [line for line in single if line.text.strip()]


def _without_cut(lines: Sequence[Line]) -> list[Line]:
    """The lines without a character that one box cut through and another one holds as a whole.

    Two characters whose middles are nearer than half a narrow one are the same; the surer reading stays.
    """
    rest = list(lines)
    for number, line in enumerate(rest):
        for place in range(number + 1, len(rest)):
            other = rest[place]
            if not rest[number].glyphs or not other.glyphs or line.beside(other) < 0.5:
                continue
            last, first = rest[number].glyphs[-1], other.glyphs[0]
            same = abs(last.middle - first.middle) < HALF / 2 * min(line.height, other.height)
            if not same or last.text == first.text:
                continue
            if last.confidence >= first.confidence:
                rest[place] = replace(other, glyphs=other.glyphs[1:])
            else:
                rest[number] = replace(rest[number], glyphs=rest[number].glyphs[:-1])
    return rest


def _without_start_of(line: Line, others: Iterable[Line]) -> Line:
    """A line without the characters at its end with which a neighbour on its right begins."""
    for other in others:
        if other.left >= line.right or line.beside(other) < 0.5 or not other.glyphs:
            continue
        kept = line.glyphs
        while kept and kept[-1].middle > other.left and kept[-1].text in {other.glyphs[0].text, " "}:
            kept = kept[:-1]
        if len(kept) < len(line.glyphs):
            return Line(kept, line.left, line.top, min(line.right, other.left), line.bottom)
    return line
