"""Writing in the scene: the one font of the house, number plates and signs."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from console.assets import RESOURCES
from console.simulator.scene_space import Picture

FONTS = RESOURCES / "fonts"

PLATE_METRES = (0.44, 0.14)
"""Size of a small car's plate (GA 36-2018)."""
PLATE_PIXELS = (880, 280)
PLATE_BLUE = (28, 78, 184)
PLATE_WHITE = (250, 252, 255)


@cache
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The embedded font at `size` pixels."""
    name = "NotoSansCJKsc-Bold.otf" if bold else "NotoSansCJKsc-Regular.otf"
    return ImageFont.truetype(str(FONTS / name), size)


def bgr(image: Image.Image) -> Picture:
    """An RGB image as a BGR picture."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"), np.uint8)[:, :, ::-1])


def written(
    text: str, box: tuple[int, int], colour: tuple[int, int, int], ground: tuple[int, int, int]
) -> Image.Image:
    """`text` in bold, stretched to fill `box` (width, height) up to a thin rim; colours are RGB."""
    face = font(box[1], bold=True)
    left, top, right, bottom = face.getbbox(text)
    plain = Image.new("RGB", (int(right - left), int(bottom - top)), ground)
    ImageDraw.Draw(plain).text((-left, -top), text, font=face, fill=colour)
    return plain.resize(box, Image.Resampling.LANCZOS)


@cache
def plate_picture(plate: str) -> Picture:
    """The plate as metal (BGR, `PLATE_PIXELS`): blue, white rim, white characters, four screws."""
    width, height = PLATE_PIXELS
    image = Image.new("RGB", PLATE_PIXELS, PLATE_BLUE)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((6, 6, width - 7, height - 7), 22, outline=PLATE_WHITE, width=8)
    text = written(plate, (width - 110, height - 100), PLATE_WHITE, PLATE_BLUE)
    image.paste(text, (55, 50))
    for x in (230, width - 230):
        for y in (28, height - 28):
            draw.ellipse((x - 8, y - 8, x + 8, y + 8), fill=(150, 170, 205))
    return bgr(image)


def sign_picture(lines: tuple[str, ...], ground: tuple[int, int, int], size: tuple[int, int]) -> Picture:
    """A traffic sign (BGR) of `size` pixels with one to three lines in white on `ground` (RGB)."""
    width, height = size
    image = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((8, 8, width - 9, height - 9), 18, outline=(255, 255, 255), width=6)
    step = (height - 40) / len(lines)
    for number, line in enumerate(lines):
        face = font(int(step * 0.68), bold=number == 0)
        fitted = min(1.0, (width - 60) / draw.textlength(line, font=face))
        face = font(int(step * 0.68 * fitted), bold=number == 0)
        draw.text((width / 2, 20 + step * (number + 0.5)), line, font=face, fill=(255, 255, 255), anchor="mm")
    return bgr(image)
