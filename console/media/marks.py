"""Draws and reads the frame mark (``console.contract.frame_mark``) in numpy pictures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from console.contract.frame_mark import block_boxes, mark_blocks, read_mark


def draw_mark(picture: NDArray[np.uint8], counter: int) -> None:
    """Draw the mark of ``counter`` into a picture ``(height, width)`` or ``(height, width, channels)``."""
    height, width = picture.shape[:2]
    for white, (left, top, right, bottom) in zip(
        mark_blocks(counter), block_boxes(width, height), strict=True
    ):
        picture[top:bottom, left:right] = 255 if white else 0


def find_mark(picture: NDArray[np.uint8]) -> int | None:
    """Return the counter drawn into a picture ``(height, width)`` or ``(height, width, channels)``."""
    height, width = picture.shape[:2]
    return read_mark(width, height, lambda x, y: int(picture[y, x].mean()))
