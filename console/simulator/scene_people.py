"""People of the scene: a drawn face with shoulders, a standing figure. A person always looks the same."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from console.training.scenario import Person

RGB = tuple[int, int, int]

HEAD_PIXELS_PER_METRE = 1830
"""Scale of a portrait: the head of 430 pixels is 0.235 m high."""
PORTRAIT = (800, 1000)
FIGURE_HEIGHT = 3120
SOFT = 2
"""People are drawn this many times larger and reduced, for smooth edges."""

SKINS: tuple[RGB, ...] = ((236, 196, 164), (226, 182, 148), (210, 164, 130), (242, 208, 180))
HAIRS: tuple[RGB, ...] = ((28, 24, 24), (44, 34, 30), (62, 46, 38))
GREYS: tuple[RGB, ...] = ((96, 92, 92), (120, 116, 114))
GREY_BEFORE = 1972
"""Who was born before this year has grey hair."""
CLOTHES: tuple[RGB, ...] = (
    (44, 62, 92),
    (96, 54, 52),
    (58, 88, 74),
    (104, 100, 96),
    (150, 120, 72),
    (66, 58, 86),
)


@dataclass(frozen=True)
class Look:
    """What a person looks like."""

    skin: RGB
    hair: RGB
    clothes: RGB
    long_hair: bool
    glasses: bool
    face_width: int
    brow_tilt: int
    mouth_width: int


def look_of(person: Person) -> Look:
    """The look that belongs to a person, from the ID number."""
    rng = random.Random(person.id_number)
    return Look(
        skin=rng.choice(SKINS),
        hair=rng.choice(HAIRS if person.birth_date.year > GREY_BEFORE else GREYS),
        clothes=rng.choice(CLOTHES),
        long_hair=person.sex == "女",
        glasses=rng.random() < 0.35,
        face_width=rng.randrange(150, 180),
        brow_tilt=rng.randrange(-6, 8),
        mouth_width=rng.randrange(50, 72),
    )


class _Pen:
    """Draws in portrait pixels on a picture that is `SOFT` times larger."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.image = Image.new("RGBA", (size[0] * SOFT, size[1] * SOFT), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self.image)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: RGB) -> None:
        box = tuple(SOFT * value for value in (x - rx, y - ry, x + rx, y + ry))
        self._draw.ellipse(box, fill=colour)

    def shape(self, points: list[tuple[float, float]], colour: RGB) -> None:
        self._draw.polygon([(SOFT * x, SOFT * y) for x, y in points], fill=colour)

    def block(self, box: tuple[float, float, float, float], radius: float, colour: RGB) -> None:
        self._draw.rounded_rectangle([SOFT * value for value in box], SOFT * radius, fill=colour)

    def arc(
        self, box: tuple[float, float, float, float], start: float, end: float, colour: RGB, width: int
    ) -> None:
        self._draw.arc([SOFT * value for value in box], start, end, fill=colour, width=width * SOFT)

    def line(self, points: list[tuple[float, float]], colour: RGB, width: int) -> None:
        self._draw.line(
            [(SOFT * x, SOFT * y) for x, y in points], fill=colour, width=width * SOFT, joint="curve"
        )


def shade(colour: RGB, factor: float) -> RGB:
    """A lighter or darker tone."""
    r, g, b = (min(255, round(channel * factor)) for channel in colour)
    return r, g, b


def portrait(look: Look, eyes_open: bool = True, talking: bool = False) -> Image.Image:
    """Head and shoulders, RGBA, `PORTRAIT` pixels, background clear."""
    pen = _Pen(PORTRAIT)
    _shoulders(pen, look)
    _head(pen, look, eyes_open, talking)
    return _finished(pen, PORTRAIT)


def figure(look: Look) -> Image.Image:
    """The whole person standing, RGBA, `FIGURE_HEIGHT` pixels high at `HEAD_PIXELS_PER_METRE`."""
    size = (PORTRAIT[0], FIGURE_HEIGHT)
    pen = _Pen(size)
    dark = shade(look.clothes, 0.82)
    for side in (-1, 1):
        x = 400 + side * 118
        pen.shape([(x - 100, 1800), (x + 100, 1800), (x + 78, 3040), (x - 78, 3040)], (52, 56, 66))
        pen.block((x - 92, 3010, x + 92, 3100), 36, (30, 30, 34))
        pen.block((400 + side * 300 - 80, 820, 400 + side * 300 + 80, 1720), 76, dark)
        pen.oval(400 + side * 300, 1740, 62, 78, look.skin)
    pen.block((165, 900, 635, 1860), 60, look.clothes)
    pen.line([(400, 900), (400, 1850)], dark, 8)
    _shoulders(pen, look)
    _head(pen, look, True, False)
    return _finished(pen, size)


def _finished(pen: _Pen, size: tuple[int, int]) -> Image.Image:
    """Reduce, and let the light come from the left."""
    image = pen.image.resize(size, Image.Resampling.LANCZOS)
    side = Image.linear_gradient("L").rotate(90).resize(size).point(lambda value: value * 70 // 255)
    side = Image.eval(side, lambda value: 70 - value)
    alpha = image.getchannel("A")
    shadow = Image.composite(side, Image.new("L", size, 0), alpha)
    image.paste(Image.composite(Image.new("RGBA", size, (20, 22, 34, 255)), image, shadow), mask=alpha)
    image.putalpha(alpha)
    return image


def _shoulders(pen: _Pen, look: Look) -> None:
    if look.long_hair:
        pen.block((400 - look.face_width - 42, 280, 400 + look.face_width + 42, 790), 120, look.hair)
    pen.shape([(330, 560), (470, 560), (486, 760), (314, 760)], shade(look.skin, 0.86))
    pen.shape([(310, 690), (490, 690), (680, 780), (760, 1000), (40, 1000), (120, 780)], look.clothes)
    pen.oval(680, 900, 95, 140, look.clothes)
    pen.oval(120, 900, 95, 140, look.clothes)
    pen.shape(
        [(318, 690), (400, 830), (482, 690), (470, 676), (400, 760), (330, 676)], shade(look.clothes, 1.3)
    )
    pen.shape([(334, 684), (400, 758), (466, 684), (440, 670), (360, 670)], shade(look.skin, 0.92))


def _head(pen: _Pen, look: Look, eyes_open: bool, talking: bool) -> None:
    width, skin, hair = look.face_width, look.skin, look.hair
    pen.oval(400, 345, width + 22, 215, hair)
    for side in (-1, 1):
        pen.oval(400 + side * (width + 4), 418, 24, 44, shade(skin, 0.9))
    pen.oval(400, 405, width, 205, skin)
    pen.oval(400, 470, width - 18, 148, skin)
    pen.shape(
        [
            (400 - width, 395),
            (400 - width + 12, 292),
            (360, 262),
            (400 + width - 10, 300),
            (400 + width, 395),
            (400 + width + 18, 300),
            (400, 132),
            (400 - width - 18, 300),
        ],
        hair,
    )
    pen.oval(400 - width * 0.52, 478, 34, 22, shade(skin, 0.96))
    pen.oval(400 + width * 0.52, 478, 34, 22, shade(skin, 0.96))
    for side in (-1, 1):
        x = 400 + side * width * 0.44
        pen.line(
            [(x - 36, 352 + side * look.brow_tilt), (x, 342), (x + 36, 352 - side * look.brow_tilt)],
            shade(hair, 0.9),
            13,
        )
        if eyes_open:
            pen.oval(x, 400, 35, 19, (248, 248, 246))
            pen.oval(x, 400, 17, 18, (58, 38, 30))
            pen.oval(x, 400, 8, 9, (14, 12, 12))
            pen.oval(x + 5, 394, 4, 4, (255, 255, 255))
            pen.arc((x - 37, 379, x + 37, 423), 195, 345, (38, 28, 26), 6)
        else:
            pen.arc((x - 35, 380, x + 35, 418), 15, 165, (48, 34, 30), 7)
        if look.glasses:
            pen.arc((x - 56, 358, x + 56, 446), 0, 360, (34, 36, 42), 7)
    if look.glasses:
        pen.line([(400 - width * 0.44 + 56, 396), (400 + width * 0.44 - 56, 396)], (34, 36, 42), 7)
    pen.line([(398, 400), (386, 478), (394, 490)], shade(skin, 0.80), 7)
    pen.oval(400, 490, 32, 17, shade(skin, 0.93))
    for side in (-1, 1):
        pen.oval(400 + side * 14, 496, 6, 4, shade(skin, 0.62))
    if talking:
        pen.oval(400, 548, look.mouth_width * 0.7, 24, (88, 30, 34))
        pen.oval(400, 560, look.mouth_width * 0.4, 10, (190, 92, 92))
    else:
        pen.oval(400, 545, look.mouth_width, 13, (186, 96, 92))
        pen.line([(400 - look.mouth_width, 544), (400, 547), (400 + look.mouth_width, 544)], (124, 56, 56), 4)


def on_ground(image: Image.Image, ground: RGB, blur: float = 0.0) -> Image.Image:
    """A portrait on a plain background, as RGB."""
    plain = Image.new("RGB", image.size, ground)
    plain.paste(image, mask=image.getchannel("A"))
    return plain.filter(ImageFilter.GaussianBlur(blur)) if blur else plain
