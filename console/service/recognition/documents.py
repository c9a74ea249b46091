"""Reading a document: from the bytes of a picture to fields with values, confidence, places and problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache

import cv2
import numpy as np

from console.domain.errors import DomainError
from console.domain.identifiers import FICTIONAL_PROVINCE
from console.domain.recognition import (
    FIELDS,
    LIMIT,
    DocumentKind,
    FieldName,
    FieldReading,
    Reading,
    ReadingProblem,
)
from console.service.recognition.checks import Fields, checked
from console.service.recognition.fields import Found, found_in
from console.service.recognition.layout import Sheet, kind_of, sheet_of
from console.service.recognition.pictures import Picture, decoded
from console.service.recognition.plates import plate_fields, plate_of
from console.service.recognition.reader import Quad, TextReader, crop, placed
from console.service.recognition.text import Glyph, Line
from console.service.recognition.upright import Upright, upright

SECOND_LOOK = 1024
"""Pixels of the longer side in which the lines of the upright picture are found."""
SLANT = 10.0
"""Degrees from level beyond which a line is no line of the document, such as a stamp across it."""
SURE = 0.998
"""Confidence from which a line is looked at only once."""
MARGIN = 0.12
"""The second look at a line takes in this share of its height more around it."""
PLATE_LOOKS = ((-0.05, 1.0), (0.06, 0.8), (0.0, 1.25))
"""Further looks at a plate, around whose characters lies a frame: margin, and how much wider it is made."""
PLATE_SIZE = 5
"""Characters below which there is no plate, even when some were not seen."""
PLATE_LINES = 6
"""The largest lines of a picture, among which a plate is looked for."""
DIFFERS = 0.5
"""What is left of a character's confidence when the second look saw another."""
BLURRED = 30.0
"""Variance of the Laplacian at a line of 32 pixels below which a picture is called blurred."""


def read_bytes(data: bytes, today: dt.date, threads: int) -> Reading:
    """Read the picture in ``data`` with ``threads`` cores; what is no picture is said to be none."""
    try:
        picture = decoded(data)
    except DomainError as refused:
        return Reading(kind=DocumentKind.UNKNOWN, problems=(ReadingProblem(refused.code),))
    return read_picture(picture, _networks(threads), today)


@cache
def _networks(threads: int) -> TextReader:
    """The networks, loaded with the first picture of this process."""
    return TextReader(threads)


def read_picture(picture: Picture, reader: TextReader, today: dt.date) -> Reading:
    """Read a picture; ``today`` (in China) decides what has expired."""
    flat = upright(picture, reader)
    if flat is None:
        return Reading(kind=DocumentKind.UNKNOWN, problems=(ReadingProblem.NO_TEXT,))
    quads = [quad for quad in reader.find(flat.picture, SECOND_LOOK) if _level(quad)]
    lines = [placed(g, q) for g, q in zip(_read(quads, flat, reader, 0.0), quads, strict=True)]
    kind = kind_of(lines)
    problems: list[ReadingProblem] = []
    if kind is DocumentKind.UNKNOWN:
        plate = _plate(lines, quads, flat, reader)
        if plate is None:
            problem = ReadingProblem.UNKNOWN_DOCUMENT if lines else ReadingProblem.NO_TEXT
            return Reading(kind=kind, problems=(problem,))
        kind = DocumentKind.PLATE
        fields, problems = plate_fields(plate, flat.picture)
    else:
        valued = [piece for piece in _valued(sheet_of(lines, kind)) if piece.confidence < SURE]
        fields = found_in(sheet_of(_looked_again(lines, quads, flat, reader, valued, MARGIN), kind))
    fields, found_wrong = checked(kind, fields, today)
    return _reading(kind, fields, [*problems, *found_wrong], flat, picture)


def _plate(lines: Sequence[Line], quads: Sequence[Quad], flat: Upright, reader: TextReader) -> Found | None:
    """Return the plate in a picture without any other document."""
    large = sorted(range(len(lines)), key=lambda number: lines[number].height, reverse=True)[:PLATE_LINES]
    looks = [[lines[number] for number in large]]
    if len("".join(line.text for line in looks[0])) < PLATE_SIZE:
        return None
    for margin, stretch in PLATE_LOOKS:
        crops = [crop(flat.picture, quads[number], margin, stretch) for number in large]
        looks.append([placed(glyphs, quads[n]) for glyphs, n in zip(reader.read(crops), large, strict=True)])
    return plate_of(looks)


def _level(quad: Quad) -> bool:
    side = quad[1] - quad[0]
    return bool(abs(np.degrees(np.arctan2(side[1], side[0]))) < SLANT)


def _read(quads: Sequence[Quad], flat: Upright, reader: TextReader, margin: float) -> list[tuple[Glyph, ...]]:
    return reader.read([crop(flat.picture, quad, margin) for quad in quads])


def _valued(sheet: Sheet) -> list[Line]:
    """The lines that hold something else than labels."""
    printed = (piece for copies in sheet.pieces.values() for copy in copies for piece in copy)
    return [*printed, *sheet.loose]


def _looked_again(
    lines: Sequence[Line],
    quads: Sequence[Quad],
    flat: Upright,
    reader: TextReader,
    wanted: Sequence[Line],
    margin: float,
) -> list[Line]:
    """The lines after a second look at those that hold values; where the looks differ, confidence is lost."""
    again = [
        number
        for number, line in enumerate(lines)
        if any(piece.top == line.top and line.left <= piece.left <= line.right for piece in wanted)
    ]
    second = dict(zip(again, _read([quads[number] for number in again], flat, reader, margin), strict=True))
    return [
        replace(line, glyphs=_agreed(line.glyphs, second[number])) if number in second else line
        for number, line in enumerate(lines)
    ]


def _agreed(first: Sequence[Glyph], second: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The first reading with the confidence that the second leaves it."""
    solid = [glyph for glyph in second if not glyph.text.isspace()]
    places = [number for number, glyph in enumerate(first) if not glyph.text.isspace()]
    found = list(first)
    matcher = SequenceMatcher(
        None, [first[place].text for place in places], [glyph.text for glyph in solid], autojunk=False
    )
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            for offset in range(b - a):
                glyph, other = first[places[a + offset]], solid[c + offset]
                sure = (glyph.confidence + other.confidence) / 2
                found[places[a + offset]] = replace(glyph, confidence=sure)
        else:
            around = range(a, b) if b > a else range(max(0, a - 1), min(len(places), a + 1))
            edge = b == a and (a in (0, len(places))) and d - c <= 1
            for number in () if edge else around:
                glyph = found[places[number]]
                found[places[number]] = replace(glyph, confidence=glyph.confidence * DIFFERS)
    return tuple(found)


def _reading(
    kind: DocumentKind, fields: Fields, problems: list[ReadingProblem], flat: Upright, picture: Picture
) -> Reading:
    read = tuple(_field(name, fields[name], flat, picture) for name in FIELDS[kind] if name in fields)
    if any(not field.value for field in read):
        problems.append(ReadingProblem.LOW_CONFIDENCE)
        if _sharpness(list(fields.values()), flat.picture) < BLURRED:
            problems.append(ReadingProblem.BLURRED)
    if any(field.value.startswith(FICTIONAL_PROVINCE) for field in read if field.name is FieldName.PLATE):
        problems.append(ReadingProblem.FICTIONAL)
    return Reading(kind=kind, fields=read, problems=tuple(dict.fromkeys(problems)))


def _field(name: FieldName, found: Found, flat: Upright, picture: Picture) -> FieldReading:
    line = found.line
    rim = 0.1 * line.height
    solid = found.glyphs or line.glyphs
    left = min((glyph.left for glyph in solid), default=line.left)
    right = max((glyph.right for glyph in solid), default=line.right)
    box = flat.box(
        max(line.left, left) - rim, line.top - rim, min(line.right, right) + rim, line.bottom + rim, picture
    )
    confidence = round(min(found.confidence, 1.0), 4)
    return FieldReading(
        name=name,
        value=found.value if confidence >= LIMIT else "",
        raw="".join(glyph.text for glyph in found.glyphs) or found.value,
        confidence=confidence,
        characters=tuple(round(glyph.confidence, 4) for glyph in found.glyphs) or (confidence,),
        box=box,
    )


def _sharpness(fields: Sequence[Found], picture: Picture) -> float:
    """Variance of the Laplacian of the picture, brought to lines of 32 pixels."""
    scale = 32 / float(np.median([found.line.height for found in fields]))
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=min(1.0, scale), fy=min(1.0, scale), interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(small, cv2.CV_64F).var())
