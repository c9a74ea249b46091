"""A pen for drawing people: smooth shapes and soft shade on a clear picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from console.training.look import RGB, Point

SOFT = 2
"""People are drawn this many times larger and reduced, for smooth edges."""


class Pen:
    """Draws in portrait pixels on a clear picture that is ``SOFT`` times larger."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self.image = Image.new("RGBA", (size[0] * SOFT, size[1] * SOFT), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self.image)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: RGB) -> None:
        """Fill an ellipse around (x, y)."""
        self._draw.ellipse([SOFT * value for value in (x - rx, y - ry, x + rx, y + ry)], fill=colour)

    def shape(self, points: Sequence[Point], colour: RGB) -> None:
        """Fill a polygon."""
        self._draw.polygon([(SOFT * x, SOFT * y) for x, y in points], fill=colour)

    def block(self, box: tuple[float, float, float, float], radius: float, colour: RGB) -> None:
        """Fill a rectangle with round corners."""
        self._draw.rounded_rectangle([SOFT * value for value in box], SOFT * radius, fill=colour)

    def arc(
        self, box: tuple[float, float, float, float], start: float, end: float, colour: RGB, width: float
    ) -> None:
        """Draw a part of an ellipse's rim, in degrees clockwise from the right."""
        self._draw.arc([SOFT * value for value in box], start, end, fill=colour, width=round(width * SOFT))

    def line(self, points: Sequence[Point], colour: RGB, width: float) -> None:
        """Draw a line through points."""
        scaled = [(SOFT * x, SOFT * y) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * SOFT), joint="curve")

    def tone(
        self, ovals: Sequence[tuple[float, float, float, float]], colour: RGB, alpha: int, blur: float
    ) -> None:
        """Lay soft shade or blush over what is drawn already, nowhere else."""
        mask = Image.new("L", self.image.size, 0)
        draw = ImageDraw.Draw(mask)
        for x, y, rx, ry in ovals:
            draw.ellipse([SOFT * value for value in (x - rx, y - ry, x + rx, y + ry)], fill=alpha)
        # A wide blur on a quarter of the picture, which nobody can tell.
        small = mask.resize((mask.width // 4, mask.height // 4)).filter(
            ImageFilter.GaussianBlur(blur * SOFT / 4)
        )
        mask = small.resize(mask.size, Image.Resampling.BICUBIC)
        clear = self.image.getchannel("A")
        self.image.paste(Image.new("RGBA", self.image.size, (*colour, 255)), mask=mask)
        self.image.putalpha(clear)

    def finished(self) -> Image.Image:
        """Reduce, and let the light come from the left."""
        image = self.image.resize(self.size, Image.Resampling.LANCZOS)
        alpha = image.getchannel("A")
        across = np.linspace(0, 70, self.size[0], dtype=np.uint8)
        dark = np.minimum(np.asarray(alpha), np.broadcast_to(across, self.size[::-1]))
        image.paste(Image.new("RGBA", self.size, (20, 22, 34, 255)), mask=Image.fromarray(dark))
        image.putalpha(alpha)
        return image


def shade(colour: RGB, factor: float) -> RGB:
    """A lighter or darker tone."""
    r, g, b = (min(255, round(channel * factor)) for channel in colour)
    return r, g, b
