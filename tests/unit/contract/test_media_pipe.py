"""The pipe between desk and media process: values, content with digest, and what is not one."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing import Pipe

import pytest

from console.contract.media import MediaCommand, SetMuted, ShowCard
from console.contract.media_pipe import MediaPipe, PipeError, sha256_hex

Ends = tuple[MediaPipe, MediaPipe]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """Two ends of one pipe."""
    left, right = Pipe()
    pair = MediaPipe(left, MediaCommand), MediaPipe(right, MediaCommand)
    yield pair
    for end in pair:
        end.close()


def test_values_notices_and_content(ends: Ends) -> None:
    left, right = ends
    left.send(SetMuted(muted=True))
    left.send_frame_notice()
    card = ShowCard(size=3, sha256=sha256_hex(b"abc"))
    left.send(card, b"abc")
    assert right.receive() == SetMuted(muted=True)
    assert right.receive() is None
    assert right.receive() == card
    assert right.receive_content(card) == b"abc"


@pytest.mark.parametrize("content", [b"abd", b"abcd", b""])
def test_content_is_checked(ends: Ends, content: bytes) -> None:
    left, right = ends
    card = ShowCard(size=3, sha256=sha256_hex(b"abc"))
    left.send(card, content)
    right.receive()
    with pytest.raises(PipeError):
        right.receive_content(card)


@pytest.mark.parametrize("block", [b"", b"x", b"m", b"m{}", b'm{"type":"no-such"}', b"cabc"])
def test_what_is_no_value(block: bytes) -> None:
    left, right = Pipe()
    left.send_bytes(block)
    with pytest.raises(PipeError):
        MediaPipe(right, MediaCommand).receive()
    left.close()
    right.close()


def test_closed_pipe_ends(ends: Ends) -> None:
    left, right = ends
    left.close()
    with pytest.raises(EOFError):
        right.receive()
