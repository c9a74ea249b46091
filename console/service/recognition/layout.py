"""From lines of text to the text of each field, by where the printed labels stand.

No document's measures are known. A piece of text belongs to the label before it on its own line, else to the
nearest one on its left, else to the field whose lines it goes on, else to the label above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise

from console.domain.recognition import DocumentKind, FieldName
from console.service.recognition.labels import ENGLISH, NOISE, WORDS, Label
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
UNTIL = re.compile(r"[至到]\s*\d{4}")
"""How the second line of a period begins."""
HAN = re.compile(r"[㐀-䶿一-鿿〇]")
CLOSE = 0.8
"""A gap of so many characters parts what stands beside each other."""
BREAK = 2.0
"""A gap of so many characters parts two values."""
FULLER = 1.6
"""The next line of a value is so many times as long as the one above it at most."""
FAR = 14.0
"""Heights of a line beyond which a label no longer reaches to its right, unless its row is empty between."""
ALIKE_SIZE = 0.6
"""Share of its label's height that a value at the far end of a row has at least, and the other way round."""
FOLLOWS = 0.9
"""Confidence from which a text of no known meaning below a value makes that uncertain."""
PITCH = 1.9
"""Distance of two lines of one value, in Chinese characters, at most; rows of a form lie further apart."""


@dataclass(frozen=True)
class Anchor:
    """A label where it stands."""

    label: Label
    line: Line


@dataclass
class Sheet:
    """The text of a document taken apart: its anchors and what stands in each field.

    A field has a list of pieces in reading order for each time that it is printed.
    """

    kind: DocumentKind
    anchors: list[Anchor] = field(default_factory=list)
    pieces: dict[FieldName, list[list[Line]]] = field(default_factory=dict)
    loose: list[Line] = field(default_factory=list)
    unknown: list[Line] = field(default_factory=list)
    """Those of the loose ones that stand behind no label at all."""

    def value(self, name: FieldName) -> Line | None:
        """Return what stands in a field as one line, or ``None``; copies that say the same count once."""
        copies = self.copies(name)
        if len({copy.text for copy in copies}) == 1:
            return max(copies, key=lambda copy: copy.confidence)
        return joined(copies) if copies else None

    def copies(self, name: FieldName) -> list[Line]:
        """Return what stands in a field, once for each time it is printed, as on a form with both pages."""
        return [joined(printed) for printed in self.pieces.get(name, [])]

    def is_broken(self, name: FieldName) -> bool:
        """Whether a text may not be the whole value or more than it.

        That is so where much room lies inside it, so that its end may belong to a field not seen, and where
        the line right below it belongs to no other field.
        """
        return any(self._is_broken(name, printed) for printed in self.pieces.get(name, []))

    def _is_broken(self, name: FieldName, found: Sequence[Line]) -> bool:
        if name in LONG and any(_follows(other, piece) for piece in found for other in self.unknown):
            return True
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
    found: list[tuple[Line, Anchor | None]] = []
    plain = [line for line in without_doubles(lines) if NOISE.fullmatch(line.text.replace(" ", "")) is None]
    for line in _with_spread_labels(plain, kind):
        anchors, parts = _split(line, kind)
        sheet.anchors += anchors
        found += parts
    values = [
        (piece, before)
        for piece, before in found
        if piece.text.strip(SEPARATORS) and not _is_english_of(piece, sheet.anchors)
    ]
    pieces = [piece for piece, _ in values]
    owners = _owners(pieces, [before for _, before in values], sheet.anchors)
    printed: dict[FieldName, list[tuple[Anchor, list[Line]]]] = {}
    for piece, owner in zip(pieces, owners, strict=True):
        if owner is None or owner.label.field is None:
            sheet.loose.append(piece)
            sheet.unknown += [piece] if owner is None else []
            continue
        groups = printed.setdefault(owner.label.field, [])
        own = next((group for anchor, group in groups if _same_print(anchor, owner)), None)
        if own is None:
            groups.append((owner, [piece]))
        else:
            own.append(piece)
    for name, groups in printed.items():
        sheet.pieces[name] = [_in_reading_order(group) for _, group in groups]
    return sheet


def _same_print(one: Anchor, other: Anchor) -> bool:
    """Whether two labels of a field are one printed label, such as the English under the Chinese."""
    reach = 2 * max(one.line.height, other.line.height)
    return abs(one.line.left - other.line.left) < reach and abs(one.line.top - other.line.top) < reach


def _is_english_of(piece: Line, anchors: Sequence[Anchor]) -> bool:
    """Whether a text is the small English word under a Chinese label, misread."""
    text = piece.text.replace(" ", "")
    if not text.isascii() or any(letter.isdigit() for letter in text):
        return False
    for anchor in anchors:
        label = anchor.line
        under = -0.6 * label.height < piece.top - label.bottom < 0.8 * label.height
        same_start = abs(piece.left - label.left) < label.height
        if under and same_start and piece.height < label.height and not anchor.label.english:
            likeness = (
                SequenceMatcher(None, text.lower(), word.lower(), autojunk=False).ratio()
                for word in ENGLISH.get(anchor.label.field, ())
            )
            if max(likeness, default=0.0) >= 0.5:
                return True
    return False


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
) -> list[Anchor | None]:
    """Return the label that each piece belongs to, or ``None`` for text behind and below no label."""
    owners: list[Anchor | None] = [
        own or _left_of(piece, anchors) or _across_from(piece, anchors, pieces)
        for piece, own in zip(pieces, before, strict=True)
    ]
    answered = {owner.label.field for owner in owners if owner is not None and owner.label.field is not None}
    for number in sorted(range(len(pieces)), key=lambda n: pieces[n].top):
        if owners[number] is not None:
            continue
        piece = pieces[number]
        above = [
            (piece.top - other.bottom, owner)
            for other, owner in zip(pieces, owners, strict=True)
            if owner is not None and _goes_on_in(owner.label.field, piece, other)
        ]
        free = [anchor for anchor in anchors if anchor.label.field not in answered]
        nearest = min(above, key=lambda found: found[0], default=None)
        owners[number] = nearest[1] if nearest is not None else _above(piece, free, pieces)
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


def _across_from(piece: Line, anchors: Sequence[Anchor], pieces: Sequence[Line]) -> Anchor | None:
    """The label at the other end of a row in which nothing else stands, as in a list on a phone."""
    row = [anchor for anchor in anchors if anchor.line.beside(piece) >= 0.3 and not anchor.label.english]
    alone = all(other is piece or other.beside(piece) < 0.3 for other in pieces)
    if len(row) != 1 or not alone or row[0].line.right > piece.left:
        return None
    sizes = sorted((row[0].line.height, piece.height))
    return row[0] if sizes[0] >= ALIKE_SIZE * sizes[1] else None


def goes_on(piece: Line, other: Line) -> bool:
    """Whether a piece is the next line of a value that began above it, where the first one is full."""
    gap = piece.top - other.bottom
    at_right = abs(piece.right - other.right) < 0.5 * other.height and piece.left > other.left
    aligned = abs(piece.left - other.left) < 1.5 * other.height or at_right
    near = -0.4 * other.height < gap < 0.9 * other.height and piece.top > other.top
    return near and aligned and piece.right - piece.left < FULLER * (other.right - other.left)


def _goes_on_in(name: FieldName | None, piece: Line, other: Line) -> bool:
    """Whether a piece is the next line of the text of a field; a period says itself where it goes on."""
    if name is FieldName.VALID_TO and UNTIL.match(piece.text):
        return 0 < piece.top - other.top < 3 * other.height and other.below(piece) > 0.3
    return (
        name in LONG and goes_on(piece, other) and (name is FieldName.VALID_TO or _is_next_row(piece, other))
    )


def _is_next_row(piece: Line, other: Line) -> bool:
    """Whether a line is as near below another one as lines of one text are."""
    pitch = (piece.top + piece.bottom - other.top - other.bottom) / 2
    return piece.top > other.top and pitch < PITCH * max(piece.size, other.size)


def _follows(piece: Line, other: Line) -> bool:
    """Whether a Chinese text right below a value looks like its next line."""
    near = -0.4 * other.height < piece.top - other.bottom < 0.6 * other.height and _is_next_row(piece, other)
    alike = 0.75 * other.height < piece.height < other.height / 0.75
    clear = piece.confidence > FOLLOWS and len(piece.glyphs) > 1 and HAN.search(piece.text) is not None
    full = piece.right - piece.left < FULLER * (other.right - other.left)
    return near and alike and clear and full and other.below(piece) > 0.5


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
