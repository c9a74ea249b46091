"""The frame mark survives what video does to a picture, and nothing else passes for one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from console.contract.frame_mark import BLOCKS, block_boxes, mark_blocks, read_mark

SIZES = ((1280, 720), (640, 360), (480, 270), (322, 242), (720, 1280))


def drawn(counter: int, width: int, height: int) -> NDArray[np.int16]:
    """Return a gray picture with a mark."""
    picture = np.full((height, width), 90, np.int16)
    for white, (left, top, right, bottom) in zip(
        mark_blocks(counter), block_boxes(width, height), strict=True
    ):
        picture[top:bottom, left:right] = 255 if white else 0
    return picture


def read(picture: NDArray[np.int16]) -> int | None:
    """Read the mark of a gray picture."""
    return read_mark(picture.shape[1], picture.shape[0], lambda x, y: int(picture[y, x]))


@given(
    st.integers(0, 2**32 - 1), st.sampled_from([(1280, 720), (640, 360), (480, 270), (322, 242), (720, 1280)])
)
def test_read_is_what_was_drawn(counter: int, size: tuple[int, int]) -> None:
    noisy = drawn(counter, *size) // 2 + 60
    assert read(noisy) == counter


@given(st.integers(0, 2**32 - 1), st.integers(2, BLOCKS - 1))
def test_one_wrong_block_is_noticed(counter: int, wrong: int) -> None:
    picture = drawn(counter, 1280, 720)
    left, top, right, bottom = list(block_boxes(1280, 720))[wrong]
    picture[top:bottom, left:right] = 255 - picture[top:bottom, left:right]
    assert read(picture) is None


def test_pictures_without_a_mark() -> None:
    for level in (0, 90, 200, 255):
        assert read(np.full((720, 1280), level, np.int16)) is None
    assert read(np.zeros((10, 10), np.int16)) is None


def test_geometry_is_fixed() -> None:
    boxes = list(block_boxes(1280, 720))
    assert boxes[0] == (0, 0, 16, 16)
    assert boxes[-1] == (624, 0, 640, 16)
    assert len(boxes) == BLOCKS == 40


@pytest.mark.parametrize("counter", [-1, 2**32])
def test_counter_out_of_range(counter: int) -> None:
    with pytest.raises(ValueError, match="32-bit"):
        mark_blocks(counter)
