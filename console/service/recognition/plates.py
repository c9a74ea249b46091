"""Number plates: the text on one or two rows, and the colour of the ground from the pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import cv2
import numpy as np

from console.domain import identifiers as ids
from console.domain.identifiers import PLATE_COLOURS, PlateColour
from console.domain.recognition import FieldName, ReadingProblem
from console.service.recognition.fields import MISFIT, Found, plate_found
from console.service.recognition.pictures import Picture
from console.service.recognition.text import Line, joined

FIRST_PART = 0.22
"""Share of a plate's width that its first two characters take, on their own ground where there are two."""


def plate_in(lines: Sequence[Line]) -> Found | None:
    """Return the largest text that has the form of a plate, also where it stands in two rows or in parts."""
    seen = [replace(line, glyphs=tuple(g for g in line.glyphs if not g.text.isspace())) for line in lines]
    seen = [line for line in seen if line.glyphs]
    pairs = [joined(pair) for pair in permutations(seen, 2) if _goes_with(*pair)]
    triples = [
        joined((one, two, three))
        for one, two, three in permutations(seen, 3)
        if _goes_with(one, two) and (_goes_with(two, three) or _goes_with(joined((one, two)), three))
    ]
    found = [made for part in (*seen, *pairs, *triples) if (made := plate_found(part)) is not None]
    good = [made for made in found if ids.plate_kind(made.value, training=True) is not None]
    return max(good, key=lambda made: made.line.height * len(made.value), default=None)


def _goes_with(first: Line, second: Line) -> bool:
    """Whether the second text can go on a plate that the first one begins."""
    beside = first.beside(second) > 0.5 and second.left - first.left >= 0
    near = second.left - first.right < 1.5 * first.height
    gap = second.top - first.bottom
    under = first.below(second) > 0.5 and -0.5 * first.height < gap < first.height
    return (beside and near) or (under and second.height > 0.8 * first.height)


def plate_of(looks: Sequence[Sequence[Line]]) -> Found | None:
    """Return the plate that several looks at the same text agree on, as sure as the two clearest of them.

    Its form says much, so that a look which saw no plate at all speaks against none.
    """
    plates = sorted(
        (plate for look in looks if (plate := plate_in(look)) is not None),
        key=lambda plate: plate.confidence,
        reverse=True,
    )
    if not plates:
        return None
    best = plates[0]
    same = [plate.confidence for plate in plates if plate.value == best.value]
    other = max((plate.confidence for plate in plates if plate.value != best.value), default=0.0)
    sure = sum(same[:2]) / 2 if len(same) > 1 else MISFIT * best.confidence
    return replace(best, confidence=sure * (1 - other))


def coloured(plate: Found, picture: Picture) -> tuple[Found | None, list[ReadingProblem]]:
    """Return the colour of a plate's ground as a field, and whether such a plate has that colour."""
    colour, share = _ground(plate.line, picture)
    if colour is None:
        return None, []
    found = Found(colour.value, (), share, plate.line)
    kind = ids.plate_kind(plate.value, training=True)
    if kind is not None:
        fits = colour in PLATE_COLOURS[kind]
        found = found.weighed(8.0 if fits else 0.2)
        if not fits and found.confidence > 0.5:
            return found, [ReadingProblem.PLATE_COLOUR]
    return found, []


def _ground(line: Line, picture: Picture) -> tuple[PlateColour | None, float]:
    """The colour behind a line of text and the share of the pixels that have it."""
    rim = 0.1 * line.height
    top, bottom = max(0, round(line.top + rim)), round(line.bottom - rim)
    left, right = max(0, round(line.left)), round(line.right)
    part = picture[top:bottom, left:right]
    if part.size == 0:
        return None, 0.0
    part = np.asarray(cv2.GaussianBlur(part, (0, 0), max(0.8, line.height / 60)), np.uint8)
    hue, strength, light = (
        np.asarray(c, np.float64) for c in cv2.split(cv2.cvtColor(part, cv2.COLOR_BGR2HSV))
    )
    vivid = (strength > 70) & (light > 45)
    yellow = vivid & (hue >= 14) & (hue <= 34)
    green = (strength > 28) & (light > 60) & (hue > 38) & (hue < 94)
    share = {
        PlateColour.BLUE: float(np.mean(vivid & (hue >= 95) & (hue <= 132))),
        PlateColour.YELLOW: float(np.mean(yellow)),
        PlateColour.GREEN: float(np.mean(green)),
    }
    first = max(1, round(FIRST_PART * part.shape[1]))
    if np.mean(yellow[:, :first]) > 0.25 and np.mean(green[:, first:]) > 0.2:
        return PlateColour.YELLOW_GREEN, _clear(share[PlateColour.YELLOW] + share[PlateColour.GREEN])
    best = max(share, key=share.__getitem__)
    if share[best] > 0.25:
        return best, _clear(share[best])
    grey = light[strength <= 90]
    if grey.size < 0.5 * light.size:
        return None, 0.0
    _, split = cv2.threshold(grey.astype(np.uint8), 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = float(np.mean(split))
    return (PlateColour.WHITE, _clear(bright)) if bright > 0.5 else (PlateColour.BLACK, _clear(1 - bright))


def _clear(share: float) -> float:
    """How sure a share of the pixels makes one: the characters take up to half of them."""
    return float(np.clip(0.5 + share, 0.5, 0.97))


def plate_fields(plate: Found, picture: Picture) -> tuple[dict[FieldName, Found], list[ReadingProblem]]:
    """Return both fields of a plate."""
    colour, problems = coloured(plate, picture)
    fields = {FieldName.PLATE: plate}
    if colour is not None:
        fields[FieldName.COLOUR] = colour
    return fields, problems
