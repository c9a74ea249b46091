"""Laying a document flat: from a picture taken somehow to one with level lines, the right way up.

The direction comes from the lines of text themselves, so that no edge of a card need be in sight; where the
four edges are in sight, they take the perspective out too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from console.domain.recognition import Box
from console.service.recognition.pictures import Picture
from console.service.recognition.reader import Quad, TextReader, crop

FIRST_LOOK = 640
"""Pixels of the longer side in which the direction of the text is found."""
CLOSER = 1280
"""The same for a picture in which the first look found next to nothing."""
LITTLE, TINY = 8, 20.0
"""Lines at most, and pixels of their height below which the rest was too small to be found."""
SIDE = 1600
"""Pixels of the longer side of the upright picture, at most."""
SMALL, LARGE = 36, 72
"""Pixels of height that a line of text has at least, and at most, in the upright picture."""
FEW = 4
"""Lines of text that it takes to find the point at which they meet."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Upright:
    """The upright picture and the way back: ``back`` takes its points to those of the original."""

    picture: Picture
    back: Matrix

    def box(self, left: float, top: float, right: float, bottom: float, original: Picture) -> Box:
        """Return the rectangle of the original around a rectangle of the upright picture."""
        corners = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float64)
        there = cv2.perspectiveTransform(corners, self.back)[0]
        height, width = original.shape[:2]
        low = np.floor(there.min(axis=0)).clip(0, (width - 1, height - 1)).astype(int)
        high = np.ceil(there.max(axis=0)).clip(low + 1, (width, height)).astype(int)
        return Box(left=int(low[0]), top=int(low[1]), right=int(high[0]), bottom=int(high[1]))


def upright(original: Picture, reader: TextReader) -> Upright | None:
    """Return the picture with its text level and the right way up, cut to it; ``None`` without any text."""
    rim = round(0.06 * max(original.shape[:2]))
    framed = np.asarray(cv2.copyMakeBorder(original, rim, rim, rim, rim, cv2.BORDER_REPLICATE), np.uint8)
    quads = _found(framed, reader)
    if not quads:
        return None
    shift: Matrix = np.array([[1, 0, -rim], [0, 1, -rim], [0, 0, 1]], np.float64)
    turn = _turn(quads, framed)
    turned = _warped(framed, turn, (framed.shape[1], framed.shape[0]))
    flat = _card(turned, _moved(quads, turn)) @ turn
    flat = _levelled(_moved(quads, flat)) @ flat
    cut = _cut(_moved(quads, flat), flat)
    size = _size(_moved(quads, cut))
    picture = _warped(framed, cut, size)
    lines = sorted(_moved(quads, cut), key=_length, reverse=True)[:8]
    if reader.upside_down([crop(picture, line) for line in lines]) > 0.5:
        half_turn: Matrix = np.array([[-1, 0, size[0]], [0, -1, size[1]], [0, 0, 1]], np.float64)
        cut = half_turn @ cut
        picture = _warped(framed, cut, size)
    return Upright(picture, shift @ np.linalg.inv(cut))


def _found(picture: Picture, reader: TextReader) -> list[Quad]:
    """The lines of text, looked for once more and closer where only a few small ones were found."""
    quads = reader.find(picture, FIRST_LOOK)
    heights = [min(_length(quad), _thickness(quad)) for quad in quads]
    scale = min(1.0, FIRST_LOOK / max(picture.shape[:2]))
    if len(quads) > LITTLE or scale * float(np.median(heights or [0.0])) >= TINY:
        return quads
    return reader.find(picture, CLOSER)


def _warped(picture: Picture, move: Matrix, size: tuple[int, int]) -> Picture:
    flat = cv2.warpPerspective(picture, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def _turn(quads: Sequence[Quad], picture: Picture) -> Matrix:
    """The turn about the middle that makes the lines level: by their long sides, the long ones first."""
    sides = [quad[1] - quad[0] if _length(quad) >= _thickness(quad) else quad[2] - quad[1] for quad in quads]
    weights = np.array([np.hypot(*side) for side in sides])
    # Twice the angle, so that both directions of a line are the same.
    doubled = np.array([2 * np.arctan2(side[1], side[0]) for side in sides])
    start = np.angle(np.sum(weights**2 * np.exp(1j * doubled)))
    apart = np.angle(np.exp(1j * (doubled - start)))
    order = np.argsort(apart)
    half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    angle = np.degrees(start + apart[order[min(half, len(order) - 1)]]) / 2
    height, width = picture.shape[:2]
    move = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
    return np.vstack([move, (0, 0, 1)])


def _moved(quads: Sequence[Quad], move: Matrix) -> list[Quad]:
    return [_ordered(cv2.perspectiveTransform(quad[None].astype(np.float64), move)[0]) for quad in quads]


def _ordered(quad: npt.NDArray[np.float64]) -> Quad:
    """The corners begun at the top left, for a line that is nearly level."""
    by_x = quad[np.argsort(quad[:, 0])]
    left, right = by_x[:2], by_x[2:]
    left, right = left[np.argsort(left[:, 1])], right[np.argsort(right[:, 1])]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def _length(quad: Quad) -> float:
    return float(np.hypot(*(quad[1] - quad[0])))


def _thickness(quad: Quad) -> float:
    return float(np.hypot(*(quad[3] - quad[0])))


def _card(picture: Picture, quads: Sequence[Quad]) -> Matrix:
    """The move that makes the card around the text a rectangle, or none where its edges are not in sight."""
    nothing: Matrix = np.eye(3)
    text = np.concatenate(quads)
    scale = 640 / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    edges = cv2.Canny(cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0), 40, 120)
    edges = cv2.dilate(edges, np.ones((3, 3), np.uint8), iterations=2)
    shapes, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    middle = text.mean(axis=0)
    for shape in sorted(shapes, key=cv2.contourArea, reverse=True)[:8]:
        around = cv2.convexHull(shape)
        corners = cv2.approxPolyDP(around, 0.03 * cv2.arcLength(around, True), True)[:, 0] / scale
        if len(corners) != 4 or cv2.pointPolygonTest(corners.astype(np.float32), middle.tolist(), False) < 0:
            continue
        card = _ordered(corners)
        inside = [cv2.pointPolygonTest(card, point.tolist(), False) >= 0 for point in text]
        if np.mean(inside) < 0.9 or not _nearly_level(card):
            continue
        if _slant(_moved(quads, _flattening(card))) > _slant(quads) + 0.5:
            continue
        return _flattening(card)
    return nothing


def _flattening(card: Quad) -> Matrix:
    """The move that makes four corners a rectangle of about the same size."""
    wide = (_length(card) + float(np.hypot(*(card[2] - card[3])))) / 2
    high = (_thickness(card) + float(np.hypot(*(card[2] - card[1])))) / 2
    left, top = card.min(axis=0)
    right, bottom = left + wide, top + high
    target = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(card, target), np.float64)


def _long(quads: Sequence[Quad]) -> list[Quad]:
    """The lines whose direction can be trusted."""
    return [quad for quad in quads if _length(quad) > 3 * _thickness(quad)]


def _slope(quad: Quad) -> float:
    side = quad[1] - quad[0] + quad[2] - quad[3]
    return float(side[1] / max(1e-6, side[0]))


def _slant(quads: Sequence[Quad]) -> float:
    """By how many degrees the lines of text lean, most of them at most."""
    leans = [abs(np.degrees(np.arctan(_slope(quad)))) for quad in _long(quads)]
    return float(np.percentile(leans, 75)) if leans else 0.0


def _levelled(quads: Sequence[Quad]) -> Matrix:
    """The move after which the lines of text are level and parallel, by the point at which they meet.

    A line through height ``k`` at the middle has the slope ``a + c k``; the lines that do not are left out.
    """
    lines = _long(quads)
    if len(lines) < FEW:
        return np.eye(3)
    centres = np.array([line.mean(axis=0) for line in lines], np.float64)
    middle = centres.mean(axis=0)
    slopes = np.array([_slope(line) for line in lines])
    heights = centres[:, 1] - middle[1] - slopes * (centres[:, 0] - middle[0])
    weights = np.sqrt([_length(line) for line in lines])
    kept = np.abs(slopes - np.median(slopes)) < np.tan(np.radians(10))
    a = c = 0.0
    for _ in range(3):
        rows = np.stack([np.ones(len(lines)), heights], axis=1)[kept] * weights[kept, None]
        a, c = (float(part) for part in np.linalg.lstsq(rows, slopes[kept] * weights[kept], rcond=None)[0])
        off = np.abs(slopes - a - c * heights)
        kept = off <= max(np.radians(1), 2 * float(np.median(off)))
    wide = float(np.abs(np.concatenate(quads)[:, 0] - middle[0]).max())
    if abs(c) * wide > 0.5:
        return np.eye(3)
    there: Matrix = np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, 1]], np.float64)
    move: Matrix = np.array([[1, 0, 0], [-a, 1, 0], [c, 0, 1]], np.float64)
    return np.asarray(np.linalg.inv(there) @ move @ there, np.float64)


def _nearly_level(card: Quad) -> bool:
    """Whether a shape can be a card whose text is level: its edges lean by 20 degrees at most."""
    across, down = (card[1] - card[0], card[2] - card[3]), (card[3] - card[0], card[2] - card[1])
    lean = [abs(np.arctan2(side[1], side[0])) for side in across]
    lean += [abs(np.arctan2(side[0], side[1])) for side in down]
    return bool(np.degrees(max(lean)) < 20)


def _cut(quads: Sequence[Quad], move: Matrix) -> Matrix:
    """``move`` shifted and scaled so that the text begins near the top left corner and is large enough."""
    text = np.concatenate(quads)
    low, high = text.min(axis=0), text.max(axis=0)
    size = float(max(high - low))
    rim = 0.04 * size + float(np.median([_thickness(quad) for quad in quads]))
    line = float(np.median([_thickness(quad) for quad in quads]))
    scale = min(SIDE / (size + 2 * rim), float(np.clip(1.0, SMALL / line, LARGE / line)), 4.0)
    place: Matrix = np.array(
        [[scale, 0, (rim - low[0]) * scale], [0, scale, (rim - low[1]) * scale], [0, 0, 1]], np.float64
    )
    return place @ move


def _size(quads: Sequence[Quad]) -> tuple[int, int]:
    text = np.concatenate(quads)
    low, high = text.min(axis=0), text.max(axis=0)
    return round(float(high[0] + low[0])), round(float(high[1] + low[1]))
