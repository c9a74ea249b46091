"""The frame ring: shared memory through which pictures go from the media process to the desk's window.

A ring is a head, ``SLOTS`` slot heads and ``SLOTS`` slots of BGRA pixels (alpha unused). One writer fills the
slots in turn, so the newest picture always wins and a reader has three pictures' time before its slot is
written again. Every slot carries its sequence number before and after the pixels are written; a reader that
finds both equal to the number it started with, before *and after* it painted, painted one whole picture.

The memory has no name that could be left behind: on POSIX it is an anonymous file inherited by the child,
on Windows a tagged mapping that vanishes with its last user. So any side may be killed at any moment.
"""

from __future__ import annotations

import mmap
import os
import struct
import sys
from dataclasses import dataclass

SLOTS = 4
BYTES_PER_PIXEL = 4
SLOT_BYTES = 1920 * 1088 * BYTES_PER_PIXEL
"""Room of one slot; a larger picture is scaled down before it is written, stills are not concerned."""

_HEAD = struct.Struct("<QQ")  # newest complete sequence number, wake-up pending (0 or 1)
_SLOT_HEAD = struct.Struct("<QIIIxxxxdQ")  # begun, width, height, stride, decoded_at, finished
_HEAD_BYTES = 64
_SLOT_HEAD_BYTES = 64
_PIXELS_AT = 4096
_WORD = struct.Struct("<Q")
_FINISHED_AT = _SLOT_HEAD.size - _WORD.size

RING_BYTES = _PIXELS_AT + SLOTS * SLOT_BYTES


@dataclass(frozen=True)
class FrameView:
    """One picture in its slot: ``pixels`` are ``height * stride`` bytes of BGRA that lie in the ring.

    ``sequence`` counts all pictures ever written to this ring from 1; ``decoded_at`` is ``time.monotonic()``
    of the moment it was decoded, comparable between processes of one machine.
    """

    pixels: memoryview
    width: int
    height: int
    stride: int
    sequence: int
    decoded_at: float


class FrameRing:
    """One end of a ring over a mapping of ``RING_BYTES``; a ring has one writer and one reader."""

    def __init__(self, memory: mmap.mmap) -> None:
        self._view = memoryview(memory)

    @property
    def newest(self) -> int:
        """Sequence number of the newest complete picture, 0 before the first."""
        return int(_HEAD.unpack_from(self._view)[0])

    def begin(self, width: int, height: int) -> memoryview:
        """Writer: start the next picture and return its room (``width * height * 4`` bytes).

        Raises ``ValueError`` where the picture does not fit a slot.
        """
        size = width * height * BYTES_PER_PIXEL
        if not 0 < size <= SLOT_BYTES:
            raise ValueError(f"{width}x{height} does not fit a slot of {SLOT_BYTES} bytes")
        slot = (self.newest + 1) % SLOTS
        _WORD.pack_into(self._view, self._slot_head(slot), self.newest + 1)
        start = _PIXELS_AT + slot * SLOT_BYTES
        return self._view[start : start + size]

    def commit(self, width: int, height: int, decoded_at: float) -> bool:
        """Writer: publish the picture begun last; true if the reader must be woken (none is pending).

        First the number, then the look at what is pending, as the reader allows a wake-up before it looks at
        the number: whichever comes first, the other sees it, and no wake-up is lost.
        """
        sequence = self.newest + 1
        stride = width * BYTES_PER_PIXEL
        head = (sequence, width, height, stride, decoded_at, sequence)
        _SLOT_HEAD.pack_into(self._view, self._slot_head(sequence % SLOTS), *head)
        _WORD.pack_into(self._view, 0, sequence)
        if _HEAD.unpack_from(self._view)[1]:
            return False
        _WORD.pack_into(self._view, _WORD.size, 1)
        return True

    def latest(self) -> FrameView | None:
        """Reader: the newest picture, or ``None`` before the first; allows the next wake-up.

        The writer is not trusted: a head that does not describe a picture inside its slot counts as none.
        """
        _WORD.pack_into(self._view, _WORD.size, 0)
        sequence = self.newest
        begun, width, height, stride, decoded_at, finished = _SLOT_HEAD.unpack_from(
            self._view, self._slot_head(sequence % SLOTS)
        )
        size = height * stride
        if not sequence or not begun == finished == sequence:
            return None
        if stride != width * BYTES_PER_PIXEL or not 0 < size <= SLOT_BYTES:
            return None
        start = _PIXELS_AT + sequence % SLOTS * SLOT_BYTES
        return FrameView(self._view[start : start + size], width, height, stride, sequence, decoded_at)

    def is_whole(self, view: FrameView) -> bool:
        """Reader: tell after painting whether ``view`` was still untouched by the writer."""
        head = self._slot_head(view.sequence % SLOTS)
        begun = _WORD.unpack_from(self._view, head)[0]
        finished = _WORD.unpack_from(self._view, head + _FINISHED_AT)[0]
        return bool(begun == finished == view.sequence)

    @staticmethod
    def _slot_head(slot: int) -> int:
        return _HEAD_BYTES + slot * _SLOT_HEAD_BYTES


def create_memory(tag: str) -> tuple[mmap.mmap, int | None]:
    """Make a ring's memory; returned with the descriptor that a child must inherit (Windows: ``None``)."""
    if sys.platform == "win32":
        return mmap.mmap(-1, RING_BYTES, tagname=tag), None
    descriptor = os.memfd_create(tag)
    os.ftruncate(descriptor, RING_BYTES)
    return mmap.mmap(descriptor, RING_BYTES), descriptor


def open_memory(handle: str) -> mmap.mmap:
    """Map the ring a child was given: a descriptor's number on POSIX, a tag on Windows."""
    if sys.platform == "win32":
        return mmap.mmap(-1, RING_BYTES, tagname=handle)
    descriptor = int(handle)
    try:
        return mmap.mmap(descriptor, RING_BYTES)
    finally:
        os.close(descriptor)
