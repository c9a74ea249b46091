"""The last ten seconds: thin, bounded, of one call only, and the sharpest picture is given out."""

from __future__ import annotations

import numpy as np
from av import VideoFrame

from console.domain.ids import CallId
from console.media.mailbox import DecodedFrame
from console.media.recall import EVERY_S, SECONDS, Recall

RATE = 25


def decoded(number: int, at: float, *, sharp: bool = False) -> DecodedFrame:
    """A grey picture, with a chess board on it when sharp."""
    picture = np.full((90, 160, 3), 128, np.uint8)
    if sharp:
        picture[::2, ::2] = 255
    frame = VideoFrame.from_ndarray(picture, format="bgr24")
    return DecodedFrame(frame, number, at, 1_700_000_000.0 + at)


def filmed(recall: Recall, seconds: float, sharp_at: int) -> None:
    for number in range(round(seconds * RATE)):
        recall.keep(1, decoded(number, number / RATE, sharp=number == sharp_at))


def test_the_sharpest_of_the_last_seconds_is_given_with_its_number() -> None:
    recall = Recall()
    recall.begin(CallId("one"))
    assert recall.sharpest() is None
    filmed(recall, 8, sharp_at=104)
    found = recall.sharpest()
    assert found is not None
    assert (found[0], found[1].number, found[1].decoded_at) == (1, 104, 104 / RATE)


def test_what_is_older_than_ten_seconds_is_gone_and_little_is_kept() -> None:
    recall = Recall()
    recall.begin(CallId("one"))
    filmed(recall, 30, sharp_at=0)
    found = recall.sharpest()
    assert found is not None
    assert found[1].decoded_at >= 30 - SECONDS - EVERY_S


def test_a_new_connection_keeps_the_pictures_and_a_new_call_forgets_them() -> None:
    recall = Recall()
    recall.begin(CallId("one"))
    recall.keep(1, decoded(7, 0.0, sharp=True))
    recall.begin(CallId("one"))
    recall.keep(2, decoded(1, 6.0))
    found = recall.sharpest()
    assert found is not None
    assert (found[0], found[1].number) == (1, 7)
    recall.keep(2, decoded(2, 11.0))
    found = recall.sharpest()
    assert found is not None
    assert found[0] == 2
    recall.begin(CallId("two"))
    assert recall.sharpest() is None
    recall.keep(1, decoded(1, 12.0))
    recall.forget()
    assert recall.sharpest() is None
