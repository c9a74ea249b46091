"""Plates on a car, drawn apart from the simulator's, for measuring alone."""

from __future__ import annotations

import random
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFilter

from console.domain.identifiers import PlateColour
from tests.bench.papers.layouts import Form, Picture, face

Ink = tuple[int, int, int]
GROUNDS: Mapping[PlateColour, tuple[Ink, Ink]] = {
    PlateColour.BLUE: ((20, 70, 170), (245, 248, 255)),
    PlateColour.YELLOW: ((248, 200, 40), (16, 16, 18)),
    PlateColour.GREEN: ((90, 200, 140), (14, 16, 18)),
    PlateColour.YELLOW_GREEN: ((90, 200, 140), (14, 16, 18)),
    PlateColour.WHITE: ((240, 241, 243), (20, 20, 22)),
    PlateColour.BLACK: ((28, 28, 30), (240, 240, 242)),
}


def car_plate(text: str, colour: PlateColour, rng: random.Random) -> Picture:
    """A plate on the bumper of a car; yellow ones stand in two rows half of the time."""
    two = colour is PlateColour.YELLOW and rng.random() < 0.5
    width, height = (880, 440) if two else (960 if "green" in colour.value else 880, 280)
    ground, ink = GROUNDS[colour]
    board = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(board)
    if colour is PlateColour.GREEN:
        for y in range(height):
            part = y / height
            shade = tuple(round(240 + (channel - 240) * part) for channel in ground)
            draw.line((0, y, width, y), fill=shade)
    elif colour is PlateColour.YELLOW_GREEN:
        draw.rectangle((0, 0, width * 0.26, height), fill=GROUNDS[PlateColour.YELLOW][0])
    draw.rounded_rectangle((7, 7, width - 8, height - 8), 20, outline=ink, width=5)
    font = rng.choice((1, 4, 7))
    if two:
        _row(board, text[:2], (250, 30, 630, 160), ink, font)
        _row(board, text[2:], (50, 185, 830, 410), ink, font)
    else:
        dot = "·" if "green" not in colour.value and rng.random() < 0.6 else ""
        _row(board, text[:2] + dot + text[2:], (45, 50, width - 45, height - 50), ink, font)
    paint = rng.choice(((180, 182, 186), (40, 42, 46), (130, 20, 24), (225, 226, 228), (20, 40, 90)))
    car = Image.new("RGB", (width * 2, height * 3), paint)
    scene = ImageDraw.Draw(car)
    scene.rectangle((0, height * 2.3, width * 2, height * 3), fill=(20, 20, 22))
    scene.rectangle(
        (width * 0.4, height * 0.75, width * 1.6, height * 2.2), fill=tuple(c // 2 for c in paint)
    )
    car.paste(board, (width // 2, height))
    form = Form((8, 8), (0, 0, 0), 0)
    form.image = car.filter(ImageFilter.GaussianBlur(1))
    form.draw = ImageDraw.Draw(form.image)
    return form.done()


def _row(board: Image.Image, text: str, box: tuple[int, int, int, int], ink: Ink, font: int) -> None:
    """Stretch a row of characters into ``box``."""
    letters = face(font, 160)
    left, top, right, bottom = letters.getbbox(text)
    flat = Image.new("L", (int(right - left), int(bottom - top)), 0)
    ImageDraw.Draw(flat).text((-left, -top), text, font=letters, fill=255)
    wide = flat.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS)
    board.paste(Image.new("RGB", wide.size, ink), box[:2], wide)
