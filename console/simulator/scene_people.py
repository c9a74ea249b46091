"""People of the scene: who stands by the cars, as the phone sees them from head to foot."""

from __future__ import annotations

from PIL import Image

from console.training.features import head, shoulders
from console.training.look import Look
from console.training.pen import Pen, shade
from console.training.portraits import PORTRAIT

HEAD_PIXELS_PER_METRE = 1830
"""Scale of a portrait: the head of 430 pixels is 0.235 m high."""
FIGURE_HEIGHT = 3120


def figure(look: Look) -> Image.Image:
    """The whole person standing, RGBA, `FIGURE_HEIGHT` pixels high at `HEAD_PIXELS_PER_METRE`."""
    pen = Pen((PORTRAIT[0], FIGURE_HEIGHT))
    dark = shade(look.clothes, 0.82)
    for side in (-1, 1):
        x = 400 + side * 118
        pen.shape([(x - 100, 1800), (x + 100, 1800), (x + 78, 3040), (x - 78, 3040)], (52, 56, 66))
        pen.block((x - 92, 3010, x + 92, 3100), 36, (30, 30, 34))
        pen.block((400 + side * 300 - 80, 820, 400 + side * 300 + 80, 1720), 76, dark)
        pen.oval(400 + side * 300, 1740, 62, 78, look.skin)
    pen.block((165, 900, 635, 1860), 60, look.clothes)
    pen.line([(400, 900), (400, 1850)], dark, 8)
    shoulders(pen, look)
    head(pen, look, talking=False)
    return pen.finished()
