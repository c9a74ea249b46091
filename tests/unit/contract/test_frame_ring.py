"""The frame ring: newest wins, torn pictures are noticed, a writer gone wrong cannot mislead the reader."""

from __future__ import annotations

import mmap
import struct

import pytest

from console.contract import frame_ring
from console.contract.frame_ring import RING_BYTES, SLOT_BYTES, SLOTS, FrameRing


@pytest.fixture
def memory() -> mmap.mmap:
    """Anonymous memory of a ring's size."""
    return mmap.mmap(-1, RING_BYTES)


def write(ring: FrameRing, value: int, width: int = 4, height: int = 2) -> bool:
    """Write one picture of a single value."""
    ring.begin(width, height)[:] = bytes([value]) * (width * height * 4)
    return ring.commit(width, height, float(value))


def test_empty_ring_has_no_picture(memory: mmap.mmap) -> None:
    assert FrameRing(memory).latest() is None


def test_newest_wins_and_one_wake_up_is_pending(memory: mmap.mmap) -> None:
    writer, reader = FrameRing(memory), FrameRing(memory)
    assert [write(writer, value) for value in (1, 2, 3)] == [True, False, False]
    view = reader.latest()
    assert view is not None
    assert (view.sequence, view.decoded_at, view.width, view.height, view.stride) == (3, 3.0, 4, 2, 16)
    assert bytes(view.pixels) == b"\x03" * 32
    assert reader.is_whole(view)
    assert write(writer, 4)


def test_overwritten_picture_is_noticed(memory: mmap.mmap) -> None:
    writer, reader = FrameRing(memory), FrameRing(memory)
    write(writer, 1)
    view = reader.latest()
    assert view is not None
    for value in range(2, SLOTS + 1):
        write(writer, value)
        assert reader.is_whole(view)
    writer.begin(4, 2)
    assert not reader.is_whole(view)


def test_size_may_change_with_every_picture(memory: mmap.mmap) -> None:
    writer, reader = FrameRing(memory), FrameRing(memory)
    for width, height in ((1920, 1088), (3, 5), (640, 360)):
        write(writer, 7, width, height)
        view = reader.latest()
        assert view is not None
        assert (view.width, view.height, len(view.pixels)) == (width, height, width * height * 4)


@pytest.mark.parametrize(("width", "height"), [(1920, 1089), (0, 5), (100_000, 100_000)])
def test_picture_that_fits_no_slot(memory: mmap.mmap, width: int, height: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        FrameRing(memory).begin(width, height)


@pytest.mark.parametrize(
    ("width", "height", "stride"),
    [
        (0, 0, 0),
        (2**31, 2, 2**31),
        (10, 2**31, 40),
        (10, 10, 41),
        (SLOT_BYTES, 1, SLOT_BYTES * 4),
    ],
)
def test_lying_head_counts_as_no_picture(memory: mmap.mmap, width: int, height: int, stride: int) -> None:
    writer, reader = FrameRing(memory), FrameRing(memory)
    write(writer, 1)
    slot_head = 64 + 64 * (1 % SLOTS)
    struct.pack_into("<III", memory, slot_head + 8, width, height, stride)
    assert reader.latest() is None


@pytest.mark.parametrize("look", range(1, 6))
def test_no_wake_up_is_lost_wherever_the_reader_comes_between(
    memory: mmap.mmap, monkeypatch: pytest.MonkeyPatch, look: int
) -> None:
    writer, reader = FrameRing(memory), FrameRing(memory)
    assert write(writer, 1)
    seen = list[int]()
    head, looks = frame_ring._HEAD, iter(range(1, 100))

    class Interrupted:
        """The head, at one look of the writer at which the reader runs before anything else happens."""

        @staticmethod
        def unpack_from(view: memoryview) -> tuple[int, int]:
            number, pending = head.unpack_from(view)
            if next(looks) == look:
                shown = reader.latest()
                seen.append(shown.sequence if shown else 0)
            return int(number), int(pending)

    monkeypatch.setattr(frame_ring, "_HEAD", Interrupted)
    woken = write(writer, 2)
    monkeypatch.setattr(frame_ring, "_HEAD", head)
    assert woken or 2 in seen or not seen, "the reader is told of the picture or has seen it"
    if not woken and seen:
        assert write(writer, 3), "the next picture wakes the reader again"
