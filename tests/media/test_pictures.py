"""Pictures into the ring and into JPEG: every size and format arrives as it was."""

from __future__ import annotations

import mmap
from functools import partial

import av
import cv2
import numpy as np
import pytest
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

from console.contract.frame_ring import RING_BYTES, SLOT_BYTES, FrameRing
from console.media.mailbox import LatestFrame
from console.media.marks import draw_mark, find_mark
from console.media.pictures import FrameFeed, encode_still, shown_size, write_picture
from tests.media_party import scene
from tests.waiting import wait_until


def bgra(ring: FrameRing) -> NDArray[np.uint8]:
    """Return the newest picture of the ring."""
    view = ring.latest()
    assert view is not None
    return np.frombuffer(view.pixels, np.uint8).reshape(view.height, view.width, 4)


def marked(width: int, height: int, counter: int) -> av.VideoFrame:
    """Return a frame with a mark."""
    picture = scene(width, height)
    draw_mark(picture, counter)
    return av.VideoFrame.from_ndarray(picture, format="bgr24")


@pytest.mark.parametrize("size", [(1280, 720), (480, 270), (641, 361), (322, 243), (1080, 1920)])
@pytest.mark.parametrize("pixel_format", ["yuv420p", "nv12", "yuvj420p"])
def test_colours_survive(size: tuple[int, int], pixel_format: str) -> None:
    ring = FrameRing(mmap.mmap(-1, RING_BYTES))
    frame = marked(*size, 5).reformat(format=pixel_format)
    write_picture(frame, ring, 1.0)
    shown = bgra(ring)[:, :, :3]
    assert shown.shape[:2] == (size[1], size[0])
    assert find_mark(shown) == 5
    assert np.abs(shown.astype(int) - frame.to_ndarray(format="bgr24").astype(int)).mean() < 3
    still = cv2.imdecode(np.frombuffer(encode_still(frame), np.uint8), cv2.IMREAD_COLOR)
    assert still is not None
    assert find_mark(np.asarray(still, np.uint8)) == 5
    assert still.shape[:2] == (size[1], size[0])


def test_full_range_is_not_taken_for_limited() -> None:
    ring = FrameRing(mmap.mmap(-1, RING_BYTES))
    frame = av.VideoFrame.from_ndarray(np.full((48 * 3 // 2, 64), 128, np.uint8), format="yuv420p")
    frame.color_range = ColorRange.JPEG
    write_picture(frame, ring, 1.0)
    assert abs(int(bgra(ring)[10, 10, 1]) - 128) <= 1


def test_picture_too_large_for_a_slot_is_scaled_down() -> None:
    ring = FrameRing(mmap.mmap(-1, RING_BYTES))
    write_picture(marked(3840, 2160, 9), ring, 1.0)
    shown = bgra(ring)
    assert shown.nbytes <= SLOT_BYTES
    assert abs(shown.shape[1] / shown.shape[0] - 16 / 9) < 0.01
    assert find_mark(shown[:, :, :3]) == 9
    assert shown_size(1280, 720) == (1280, 720)


def test_mailbox_counts_what_was_overtaken() -> None:
    box = LatestFrame()
    frame = marked(64, 48, 0)
    assert box.take(0.0) is None
    for number in range(3):
        box.put(frame, float(number), 0.0)
    taken = box.take(0.0)
    assert taken is not None
    assert (taken.number, box.count, box.dropped) == (3, 3, 2)
    assert box.take(0.0) is None
    assert box.peek() == taken
    box.close()
    assert box.take(10.0) is None


def test_feed_writes_and_stops() -> None:
    ring, box = FrameRing(mmap.mmap(-1, RING_BYTES)), LatestFrame()
    notices: list[int] = []
    first: list[int] = []
    each: list[int] = []
    feed = FrameFeed(
        box,
        ring,
        lambda: notices.append(1),
        lambda decoded: first.append(decoded.number),
        lambda decoded: each.append(decoded.number),
    )

    def reached(number: int) -> bool:
        return ring.newest >= number

    for number in range(1, 4):
        box.put(marked(640, 360, number), 0.0, 0.0)
        wait_until(partial(reached, number), 5, f"picture {number}")
    feed.stop()
    assert ring.newest == 3
    assert find_mark(bgra(ring)[:, :, :3]) == 3
    assert (len(notices), first) == (1, [1])
