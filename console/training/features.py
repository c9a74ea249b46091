"""The parts of a drawn face, in portrait pixels: eyes on row ``EYES``, nose on column ``MIDDLE``."""

from __future__ import annotations

import numpy as np

from console.training.look import RGB, Look, Point
from console.training.pen import Pen, shade

MIDDLE = 400.0
EYES = 400.0
Oval = tuple[float, float, float, float]


def shoulders(pen: Pen, look: Look) -> None:
    """Neck, collar and shoulders, and hair that falls behind them."""
    if look.style in ("long", "bob"):
        low = 800 if look.style == "long" else 640
        half = look.face + 48
        pen.block((MIDDLE - half, 260, MIDDLE + half, low), 120, shade(look.hair, 0.9))
    neck = min(92.0, look.jaw * 0.66)
    pen.block((MIDDLE - neck, 500, MIDDLE + neck, 770), 20, shade(look.skin, 0.8))
    pen.shape([(310, 690), (490, 690), (680, 780), (760, 1000), (40, 1000), (120, 780)], look.clothes)
    pen.oval(680, 900, 95, 140, look.clothes)
    pen.oval(120, 900, 95, 140, look.clothes)
    collar = [(308, 690), (400, 840), (492, 690), (476, 676), (400, 770), (324, 676)]
    pen.shape(collar, shade(look.clothes, 1.3))
    pen.shape([(328, 684), (400, 764), (472, 684), (440, 660), (360, 660)], shade(look.skin, 0.86))


def head(pen: Pen, look: Look, *, talking: bool) -> None:
    """Everything above the neck."""
    _hair_behind(pen, look)
    for side in (-1, 1):
        pen.oval(MIDDLE + side * (look.face + 4), 420, 24, 46, shade(look.skin, 0.88))
    _bones(pen, look)
    _tones(pen, look)
    if look.old:
        _lines(pen, look)
    _eyes(pen, look)
    _nose(pen, look)
    _beard(pen, look)
    _mouth(pen, look, talking=talking)
    _hair(pen, look)
    _glasses(pen, look)
    if look.has_mole:
        pen.oval(MIDDLE + look.mole[0], EYES + look.mole[1], 7, 7, shade(look.skin, 0.42))


def _pair(aside: float, y: float, rx: float, ry: float) -> list[Oval]:
    """One ellipse on either side of the middle."""
    return [(MIDDLE + side * aside, y, rx, ry) for side in (-1, 1)]


def _cheeks(look: Look, first: float, last: float, wider: float = 0.0) -> list[Point]:
    """The outline of the lower face between two shares of the way from the eyes to the chin."""
    down = np.linspace(first, last, 41)
    width = (look.face + (look.jaw - look.face) * down**1.6) * np.sqrt(np.clip(1 - down**6, 0, 1)) + wider
    rows = EYES - 5 + (look.chin + 5) * down
    left = [(MIDDLE - w, y) for w, y in zip(width, rows, strict=True)]
    right = [(MIDDLE + w, y) for w, y in zip(width[::-1], rows[::-1], strict=True)]
    return [*left, *right]


def _bones(pen: Pen, look: Look) -> None:
    """The outline of the face: skull, cheekbones, jaw and chin as one smooth shape."""
    turn = np.linspace(0, np.pi, 41)
    skull = [(MIDDLE + look.face * np.cos(t), 395 - 178 * np.sin(t)) for t in turn]
    pen.shape([*skull, *_cheeks(look, 0.0, 1.0)], look.skin)


def _tones(pen: Pen, look: Look) -> None:
    """Light and shade of the bones."""
    skin, face = look.skin, look.face
    pen.tone([(MIDDLE, EYES + look.chin + 6, look.jaw, 34)], shade(skin, 0.62), 150, 18)
    pen.tone(_pair(face * 0.94, 470, face * 0.24, 110), shade(skin, 0.68), 120, 26)
    pen.tone(_pair(face * 0.52, 486, 40, 28), (206, 104, 92), 66, 18)
    pen.tone([(MIDDLE, 300, face * 0.5, 44)], shade(skin, 1.16), 90, 28)
    sockets = _pair(look.eyes_apart, EYES - 8, look.eye * 1.4, 30)
    pen.tone(sockets, shade(skin, 0.66), 110 if look.old else 70, 14)


def _lines(pen: Pen, look: Look) -> None:
    """What age draws: forehead, beside nose and mouth, under the eyes."""
    line = shade(look.skin, 0.66)
    for side in (-1, 1):
        x = MIDDLE + side * look.eyes_apart
        pen.arc((x - look.eye, EYES + 8, x + look.eye, EYES + 40), 20, 160, line, 4)
        near = (MIDDLE + side * (look.nose + 14), EYES + look.nose_long)
        pen.line([near, (MIDDLE + side * (look.mouth + 26), near[1] + 74)], line, 5)
    for y in (278, 300, 322):
        pen.line([(MIDDLE - 78, y + 4), (MIDDLE, y), (MIDDLE + 78, y + 4)], line, 3)


def _eyes(pen: Pen, look: Look) -> None:
    for side in (-1, 1):
        x, w, h = MIDDLE + side * look.eyes_apart, look.eye, look.eye * look.eye_open
        _brow(pen, look, x, side)
        turn = np.linspace(0, 1, 21)
        lid = [(x - side * w * (1 - 2 * t), EYES + look.slant * (1 - 2 * t)) for t in turn]
        upper = [(px, py - h * 1.1 * np.sin(np.pi * t)) for (px, py), t in zip(lid, turn, strict=True)]
        lower = [(px, py + h * 0.8 * np.sin(np.pi * t)) for (px, py), t in zip(lid, turn, strict=True)]
        pen.shape([*upper, *lower[::-1]], (246, 246, 244))
        iris, y = min(w * 0.5, h * 1.05), EYES - h * 0.12
        pen.oval(x, y, iris, iris, (62, 40, 28))
        pen.oval(x, y, iris * 0.5, iris * 0.5, (12, 10, 10))
        pen.oval(x + iris * 0.3, y - iris * 0.35, 4, 4, (255, 255, 255))
        pen.line(upper, (34, 24, 22), 8 if look.woman else 6)
        pen.line(lower, shade(look.skin, 0.6), 3)


def _brow(pen: Pen, look: Look, x: float, side: int) -> None:
    hair = shade(look.hair, 0.85) if look.style != "bald" else (60, 50, 46)
    y, w = EYES - look.brow_up, look.eye
    inner = (x - side * w * 1.1, y + look.brow_tilt)
    pen.line([inner, (x, y - 8), (x + side * w * 1.35, y - look.brow_tilt * 0.3)], hair, look.brow)


def _nose(pen: Pen, look: Look) -> None:
    skin, long, foot = look.skin, look.nose_long, EYES + look.nose_long
    pen.tone([(MIDDLE + look.nose * 0.55, EYES + long * 0.5, 8, long * 0.4)], shade(skin, 0.6), 130, 7)
    pen.tone([(MIDDLE - 5, EYES + long * 0.45, 7, long * 0.4)], shade(skin, 1.2), 120, 6)
    pen.oval(MIDDLE, foot - 4, look.nose, 17, shade(skin, 0.93))
    pen.oval(MIDDLE, foot - 10, look.nose * 0.62, 18, shade(skin, 1.02))
    rim = (MIDDLE - look.nose - 6, foot - 26, MIDDLE + look.nose + 6, foot + 16)
    pen.arc(rim, 20, 160, shade(skin, 0.62), 5)
    for side in (-1, 1):
        pen.oval(MIDDLE + side * look.nose * 0.5, foot + 5, look.nose * 0.24, 5, shade(skin, 0.4))


def _mouth_y(look: Look) -> float:
    return EYES + look.nose_long + (look.chin - look.nose_long) * look.mouth_down


def _mouth(pen: Pen, look: Look, *, talking: bool) -> None:
    red: RGB = (184, 74, 82) if look.woman else shade(look.skin, 0.68)
    y, w = _mouth_y(look), look.mouth
    if talking:
        pen.oval(MIDDLE, y + 6, w * 0.72, 24, (70, 24, 28))
        pen.block((MIDDLE - w * 0.42, y - 12, MIDDLE + w * 0.42, y - 2), 4, (238, 236, 230))
        return
    turn = np.linspace(0, 1, 25)
    bow = np.sin(np.pi * turn) * (1 - 0.45 * np.exp(-(((turn - 0.5) / 0.09) ** 2)))
    upper = [(MIDDLE - w + 2 * w * t, y - look.lips * b) for t, b in zip(turn, bow, strict=True)]
    lower = [(MIDDLE - w + 2 * w * t, y + look.lips * 1.2 * np.sin(np.pi * t)) for t in turn]
    pen.shape([*upper, *lower[::-1]], red)
    pen.line([(MIDDLE - w, y), (MIDDLE, y + 3), (MIDDLE + w, y)], shade(red, 0.55), 5)


def _beard(pen: Pen, look: Look) -> None:
    y, w, hair = _mouth_y(look), look.mouth, shade(look.hair, 0.9)
    chin = EYES + look.chin
    if look.beard == "full":
        wide = look.face * 0.72
        inner = [(MIDDLE + wide, EYES + 96), (MIDDLE + w + 8, y - 24)]
        mirrored = [(2 * MIDDLE - px, py) for px, py in reversed(inner)]
        pen.shape([*_cheeks(look, 0.18, 0.98, 5), *inner, *mirrored], hair)
        pen.oval(MIDDLE, y + 2, w + 10, 24, shade(look.skin, 0.92))
    if look.beard in ("goatee", "full"):
        pen.oval(MIDDLE, (y + chin) / 2 + 16, w * 0.7, (chin - y) * 0.40, hair)
    if look.beard != "none":
        ends = [
            (MIDDLE - w - 6, y - 4),
            (MIDDLE - 14, y - 34),
            (MIDDLE + 14, y - 34),
            (MIDDLE + w + 6, y - 4),
        ]
        pen.shape([*ends, (MIDDLE, y - 14)], hair)


def _hair_behind(pen: Pen, look: Look) -> None:
    dark = shade(look.hair, 0.92)
    match look.style:
        case "bald":
            return
        case "curly":
            for turn in np.linspace(-0.35, np.pi + 0.35, 13):
                rim = look.face + 12
                pen.oval(MIDDLE + rim * np.cos(turn), 370 - 186 * np.sin(turn), 58, 58, dark)
            for x, radius in ((0, 112), (-80, 84), (80, 84)):
                pen.oval(MIDDLE + x, 244, radius, radius, dark)
            return
        case "bun":
            pen.oval(MIDDLE, 158, 74, 66, dark)
        case _:
            pass
    pen.oval(MIDDLE, 348, look.face + 24, 218, look.hair)


def _hair(pen: Pen, look: Look) -> None:
    """What falls over the forehead."""
    face, hair = look.face, look.hair
    match look.style:
        case "bald":
            for x, y, rx, ry in _pair(face + 4, 372, 16, 52):
                pen.oval(x, y, rx, ry, hair)
        case "short":
            _cap(pen, hair, [(face + 14, 392), (face - 8, 300), (60, 270)], [(face + 20, 290), (60, 140)])
        case "parted":
            inner = [(-face - 16, 400), (-face + 14, 300), (-70, 252), (face - 6, 330), (face + 16, 400)]
            outer = [(face + 22, 280), (0, 130), (-face - 22, 290)]
            pen.shape([(MIDDLE + x, y) for x, y in (*inner, *outer)], hair)
        case "fringe":
            _cap(pen, hair, [(face + 18, 430), (face - 18, 300), (0, 290)], [(face + 24, 270), (0, 128)])
        case "curly":
            for x in np.linspace(MIDDLE - face + 18, MIDDLE + face - 18, 7):
                pen.oval(x, 232, 40, 40, hair)
        case "bun":
            _cap(pen, hair, [(face + 12, 400), (face - 26, 290), (0, 236)], [(face + 18, 280), (0, 130)])
        case _:
            _cap(pen, hair, [(face + 30, 560), (face - 6, 380), (20, 236)], [(face + 44, 290), (0, 124)])


def _cap(pen: Pen, hair: RGB, inner: list[Point], outer: list[Point]) -> None:
    """Hair alike on both sides: hairline and outline of the right one, from the ear to the middle."""
    hairline = [*inner, *((-x, y) for x, y in reversed(inner))]
    outline = [*((-x, y) for x, y in outer), *reversed(outer)]
    pen.shape([(MIDDLE + x, y) for x, y in (*hairline, *outline)], hair)


def _glasses(pen: Pen, look: Look) -> None:
    if look.glasses == "none":
        return
    rim = (54, 52, 58)
    w = min(look.eye + 24, look.eyes_apart - 8)
    for side in (-1, 1):
        x = MIDDLE + side * look.eyes_apart
        if look.glasses == "round":
            h = look.eye + 20
            pen.arc((x - w, EYES - h, x + w, EYES + h), 0, 360, rim, 7)
        else:
            h = look.eye + 6
            corners = [(x - w, EYES - h), (x + w, EYES - h), (x + w, EYES + h), (x - w, EYES + h)]
            pen.line([*corners, corners[0]], rim, 7)
        pen.line([(x + side * w, EYES - 8), (MIDDLE + side * (look.face + 6), EYES - 14)], rim, 7)
    inner = look.eyes_apart - w
    pen.line([(MIDDLE - inner, EYES - 6), (MIDDLE, EYES - 12), (MIDDLE + inner, EYES - 6)], rim, 8)
