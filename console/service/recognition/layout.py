"""From lines of text to the text of each field, by where the printed labels stand.

No document's measures are known. A piece of text belongs to the label before it on its own line, else to the
nearest one on its left, else to the field whose lines it goes on, else to the label above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from console.domain.recognition import DocumentKind, FieldName
from console.service.recognition.labels import NOISE, WORDS, Label
from console.service.recognition.text import Glyph, Line, joined, without_doubles

LONG = frozenset(
    {
        FieldName.ADDRESS,
        FieldName.OWNER,
        FieldName.INSURED,
        FieldName.INSURER,
        FieldName.MODEL,
        FieldName.VALID_TO,
    }
)
"""Fields that may go on on the next line."""
SEPARATORS = " :：·.。,，;；|()（）[]【】/"
HAN = re.compile(r"[㐀-䶿一-鿿〇]")
CLOSE = 0.8
"""A gap of so many characters parts what stands beside each other."""
BREAK = 2.0
"""A gap of so many characters parts two values."""
FULLER = 1.6
"""The next line of a value is so many times as long as the one above it at most."""
FAR = 14.0
"""Heights of a line beyond which a label no longer reaches to its right."""


@dataclass(frozen=True)
class Anchor:
    """A label where it stands."""

    label: Label
    line: Line


@dataclass
class Sheet:
    """The text of a document taken apart: its anchors and what stands in each field, in reading order."""

    kind: DocumentKind
    anchors: list[Anchor] = field(default_factory=list)
    pieces: dict[FieldName, list[Line]] = field(default_factory=dict)
    loose: list[Line] = field(default_factory=list)

    def value(self, name: FieldName) -> Line | None:
        """Return what stands in a field as one line, or ``None``."""
        found = self.pieces.get(name)
        return joined(found) if found else None

    def is_broken(self, name: FieldName) -> bool:
        """Whether so much room lies inside a field's text that its end may belong to a field not seen."""
        found = self.pieces.get(name, [])
        inside = any(piece.gap(n, n + 1) > BREAK for piece in found for n in range(len(piece.glyphs) - 1))
        return inside or any(
            one.beside(other) >= 0.5 and other.left - one.right > BREAK * one.height
            for one, other in pairwise(found)
        )


def kind_of(lines: Sequence[Line]) -> DocumentKind:
    """Return what kind of document these lines are from, by its title and its labels."""
    texts = [line.text.replace(" ", "") for line in lines]
    points: dict[DocumentKind, float] = {}
    for kind, words in WORDS.items():
        points[kind] = max((_title_points(text, words.titles) for text in texts), default=0.0)
        seen = [label for label in words.labels if any(label.word in text for text in texts)]
        for name in {label.field for label in seen if label.field is not None and not label.english}:
            points[kind] += max(0.4 if len(label.word) < 3 else 1.0 for label in seen if label.field is name)
        points[kind] += 0.5 * sum(label.field is None and len(label.word) > 3 for label in seen)
    best = max(points, key=points.__getitem__)
    return best if points[best] >= 2.0 else DocumentKind.UNKNOWN


def _title_points(text: str, titles: tuple[str, ...]) -> float:
    """A title counts fully where it is most of its line, and little inside a sentence."""
    bare = text.removeprefix("中华人民共和国").removesuffix("副页") or text
    return 6.0 * max((len(title) / len(bare) for title in titles if title in bare), default=0.0)


def sheet_of(lines: Iterable[Line], kind: DocumentKind) -> Sheet:
    """Take the lines of a document of ``kind`` apart."""
    sheet = Sheet(kind)
    values: list[tuple[Line, Anchor | None]] = []
    plain = [line for line in without_doubles(lines) if NOISE.fullmatch(line.text.replace(" ", "")) is None]
    for line in _with_spread_labels(plain, kind):
        anchors, pieces = _split(line, kind)
        sheet.anchors += anchors
        values += pieces
    values = [(piece, before) for piece, before in values if piece.text.strip(SEPARATORS)]
    owners = _owners([piece for piece, _ in values], [before for _, before in values], sheet.anchors)
    for (piece, _), owner in zip(values, owners, strict=True):
        if owner is None:
            sheet.loose.append(piece)
        else:
            sheet.pieces.setdefault(owner, []).append(piece)
    for name, pieces_of in sheet.pieces.items():
        sheet.pieces[name] = _in_reading_order(pieces_of)
    return sheet


def _with_spread_labels(lines: Sequence[Line], kind: DocumentKind) -> list[Line]:
    """The lines, with the two halves of a label that is printed wide (姓 名) put together."""
    words = {label.word for label in WORDS[kind].labels if len(label.word) == 2}
    rest = list(lines)
    for first in [line for line in lines if len(line.text.strip()) == 1]:
        for second in list(rest):
            near = 0 < second.left - first.left < 5 * first.height and first.beside(second) > 0.5
            if first in rest and near and first.text.strip() + second.text.strip()[:1] in words:
                rest.remove(first)
                rest[rest.index(second)] = joined((first, second))
    return rest


def _split(line: Line, kind: DocumentKind) -> tuple[list[Anchor], list[tuple[Line, Anchor | None]]]:
    """Find the labels in a line; return them and the pieces between them, each with the label before it."""
    places = [number for number, glyph in enumerate(line.glyphs) if glyph.text not in " :："]
    solid = [line.glyphs[number] for number in places]
    taken: list[tuple[int, int, Label]] = []
    for start, label in _candidates(solid, kind):
        end = start + len(label.word)
        free = all(end <= a or start >= b for a, b, _ in taken)
        if free and _may_begin(line, places, start, end, label, taken):
            taken.append((start, end, label))
    taken.sort(key=lambda found: found[:2])
    anchors: list[Anchor] = []
    pieces: list[tuple[Line, Anchor | None]] = []
    before: Anchor | None = None
    cursor = 0
    for start, end, label in taken:
        first, last = places[start], places[end - 1] + 1
        pieces += [(line.piece(cursor, first), before)] if first > cursor else []
        before = Anchor(label, line.piece(first, last))
        anchors.append(before)
        cursor = last
    if cursor < len(line.glyphs):
        pieces.append((line.piece(cursor, len(line.glyphs)), before))
    return anchors, pieces


def _candidates(glyphs: Sequence[Glyph], kind: DocumentKind) -> list[tuple[int, Label]]:
    """Where labels may stand in a text, the longest first and those read exactly before others.

    A label with a character that may be the right one, or a long one with any Chinese character misread,
    counts too, but as a weak one: values hold words like it.
    """
    found: list[tuple[int, bool, int, Label]] = []
    for label in WORDS[kind].labels:
        word, size = label.word, len(label.word)
        for start in range(len(glyphs) - size + 1):
            seen = glyphs[start : start + size]
            wrong = [glyph for glyph, meant in zip(seen, word, strict=True) if glyph.text != meant]
            if wrong and (label.english or not _nearly(seen, word)):
                continue
            found.append((-size, bool(wrong), start, replace(label, weak=label.weak or bool(wrong))))
    return [(start, label) for _, _, start, label in sorted(found, key=lambda item: item[:3])]


def _nearly(glyphs: Sequence[Glyph], word: str) -> bool:
    """Whether characters are a word of which at most one in two was seen badly."""
    wrong = [(glyph, meant) for glyph, meant in zip(glyphs, word, strict=True) if glyph.text != meant]
    if 2 * len(wrong) > len(word):
        return False
    other = [glyph for glyph, meant in wrong if not glyph.may_be(meant)]
    return not other or (len(wrong) == 1 and len(word) >= 4 and HAN.match(other[0].text) is not None)


def _may_begin(
    line: Line,
    places: Sequence[int],
    start: int,
    end: int,
    label: Label,
    taken: Sequence[tuple[int, int, Label]],
) -> bool:
    """Whether a label's word may be the label here, or is part of a value or a longer word."""
    glyphs = line.glyphs
    if label.english:
        before = glyphs[places[start - 1]].text if start else ""
        rest = glyphs[places[end]].text if end < len(places) else ""
        return not (before.isascii() and before.isalnum()) and not (rest.isascii() and rest.islower())
    if not label.weak or start == 0 or any(other_end == start for _, other_end, _ in taken):
        return True
    wide = line.gap(places[start - 1], places[start]) > CLOSE
    after = places[end - 1] + 1
    colon = after < len(glyphs) and glyphs[after].text in ":："
    return wide or places[start] - places[start - 1] > 1 or colon


def _owners(
    pieces: Sequence[Line], before: Sequence[Anchor | None], anchors: Sequence[Anchor]
) -> list[FieldName | None]:
    """Return the field of each piece, or ``None`` for text that belongs to none."""
    owners: list[FieldName | None] = [None] * len(pieces)
    settled = [False] * len(pieces)
    for number, (piece, own) in enumerate(zip(pieces, before, strict=True)):
        anchor = own or _left_of(piece, anchors)
        if anchor is not None:
            owners[number], settled[number] = anchor.label.field, True
    answered = {owner for owner in owners if owner is not None}
    for number in sorted(range(len(pieces)), key=lambda n: pieces[n].top):
        if settled[number]:
            continue
        piece = pieces[number]
        above = [
            (piece.top - other.bottom, owners[n])
            for n, other in enumerate(pieces)
            if settled[n] and owners[n] in LONG and goes_on(piece, other)
        ]
        free = [anchor for anchor in anchors if anchor.label.field not in answered]
        anchor = _above(piece, free, pieces)
        if above:
            owners[number], settled[number] = min(above, key=lambda found: found[0])[1], True
        elif anchor is not None:
            owners[number], settled[number] = anchor.label.field, True
    return owners


def _left_of(piece: Line, anchors: Sequence[Anchor]) -> Anchor | None:
    """The nearest label on the left of a piece on the same height."""
    reach = [
        anchor
        for anchor in anchors
        if anchor.line.beside(piece) >= 0.5
        and anchor.line.right <= piece.left + 0.6 * piece.height
        and piece.left - anchor.line.right < FAR * max(piece.height, anchor.line.height)
    ]
    return max(reach, key=lambda anchor: anchor.line.right, default=None)


def goes_on(piece: Line, other: Line) -> bool:
    """Whether a piece is the next line of a value that began above it, where the first one is full."""
    gap = piece.top - other.bottom
    aligned = abs(piece.left - other.left) < 1.5 * other.height
    near = -0.4 * other.height < gap < 0.9 * other.height and piece.top > other.top
    return near and aligned and piece.right - piece.left < FULLER * (other.right - other.left)


def _above(piece: Line, anchors: Sequence[Anchor], pieces: Sequence[Line]) -> Anchor | None:
    """The label right above a piece, as on forms that write values below their labels."""
    reach = []
    for anchor in anchors:
        gap = piece.top - anchor.line.bottom
        near = -0.3 * anchor.line.height < gap < 1.8 * max(anchor.line.height, piece.height)
        under = anchor.line.below(piece) > 0.3 and piece.left > anchor.line.left - 2.5 * anchor.line.height
        answered = any(
            other is not piece
            and anchor.line.beside(other) >= 0.5
            and 0 <= other.left - anchor.line.right + other.height < FAR * other.height
            for other in pieces
        )
        if near and under and not answered:
            reach.append((gap, anchor))
    return min(reach, key=lambda found: found[0])[1] if reach else None


def _in_reading_order(pieces: Sequence[Line]) -> list[Line]:
    """Row by row, each from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda line: line.top + line.bottom):
        row = next((row for row in rows if row[0].beside(piece) >= 0.5), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [piece for row in rows for piece in sorted(row, key=lambda line: line.left)]
