"""How a simulated party signs: a line that waves like a hand, slower where it turns."""

from __future__ import annotations

import math

from console.domain.signature import CANVAS, Point, Strokes

STROKES = 3
POINTS = 48
POINT_MS = 18


def signature(name: str) -> Strokes:
    """Return the strokes with which a person of this name signs: the same every time."""
    swing = 60 + sum(map(ord, name)) % 60
    return tuple(
        tuple(
            Point(
                x=round(CANVAS[0] * (0.08 + 0.28 * number + 0.25 * at / POINTS)),
                y=round(CANVAS[1] / 2 + swing * math.sin(at / 5 + number) * math.cos(at / 11)),
                ms=(number * (POINTS + 20) + at) * POINT_MS,
            )
            for at in range(POINTS)
        )
        for number in range(STROKES)
    )
