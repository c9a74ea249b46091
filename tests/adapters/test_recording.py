"""The recording of a call: a real media process, real connections, segments decoded again."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime, timedelta

import av
import numpy as np

from console.adapters.media_process import MediaProcess
from console.contract.media_pipe import sha256_hex
from console.contract.recording import Segment
from console.media.marks import find_mark
from console.media.sound import SoundMeter
from tests.media_desk import CALL, Ear, call, running
from tests.media_party import Party, until

TONE_HZ = 440.0


def marks(segment: Segment) -> list[int]:
    """Return the counters in the pictures of a segment, in the order of playing."""
    with av.open(io.BytesIO(segment.webm), "r") as film:
        pictures = [np.asarray(frame.to_ndarray(format="gray"), np.uint8) for frame in film.decode(video=0)]
    return [mark for picture in pictures if (mark := find_mark(picture)) is not None]


def tone(segment: Segment) -> float | None:
    """Return the party's strongest tone in a segment."""
    meter = SoundMeter()
    resampler = av.AudioResampler(format="s16", layout="mono", rate=48_000)
    with av.open(io.BytesIO(segment.webm), "r") as film:
        for frame in film.decode(audio=0):
            for piece in resampler.resample(frame):
                meter.add(piece.to_ndarray().reshape(-1).astype(np.int16))
    return meter.reading().frequency_hz


def began(segment: Segment) -> datetime:
    """Return when a segment begins."""
    return datetime.fromisoformat(segment.recorded.started_wall)


def recorded(ear: Ear) -> float:
    """Return how many seconds the media process says it recorded; 0 while it records nothing."""
    stats = ear.stats()
    return 0.0 if stats is None else stats.recorded_s or 0.0


async def segment_of(media: MediaProcess) -> Segment:
    """Return the next segment."""
    async with asyncio.timeout(20):
        return await media.next_segment()


def test_a_recording_goes_on_through_a_reconnect_in_segments(no_sound: None) -> None:
    async def scenario() -> None:
        async with running() as (media, ear):
            async with Party(640, 360, tone_hz=TONE_HZ) as party:
                await call(media, party)
                await until(lambda: ear.stats() is not None, 10, "figures")
                assert recorded(ear) == 0.0, "nothing is recorded before it is asked for"
                await media.start_recording(CALL, 0.0)
                await until(lambda: recorded(ear) > 2.0, 30, "two seconds")
                await media.cut_segment()
                first = await segment_of(media)
                sent = party.counter
            assert sha256_hex(first.webm) == first.recorded.sha256
            assert (first.recorded.attempt, first.recorded.number) == (1, 1)
            assert (first.recorded.width, first.recorded.height) == (640, 360)
            seen = marks(first)
            assert len(seen) > 10
            assert seen == sorted(seen)
            assert seen[-1] <= sent
            heard = tone(first)
            assert heard is not None
            assert abs(heard - TONE_HZ) < 5
            assert abs(first.recorded.duration_ms / 1000 - len(seen) / 20) < 1.5
            rest = await segment_of(media)
            assert rest.recorded.attempt == 1
            ends = began(first) + timedelta(milliseconds=first.recorded.duration_ms)
            assert timedelta() <= ends - began(rest) < timedelta(milliseconds=5), (
                "no moment lies between them"
            )
            async with Party(480, 270) as again:
                await call(media, again, attempt=2)
                before = recorded(ear)
                await until(lambda: recorded(ear) > max(before, 3.0), 20, "the recording goes on")
                second = (await media.stop_recording())[-1]
                assert (second.recorded.attempt, second.recorded.width) == (2, 480)
                assert marks(second)
                await until(lambda: recorded(ear) == 0.0, 10, "nothing is recorded any more")

    asyncio.run(scenario())
