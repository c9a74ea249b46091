"""The recording of a call: picture and sound as the phone encoded them, in segments that each play alone.

Nothing is decoded or encoded again but the officer's own voice: the party's VP8 and Opus go into WebM as they
came. A segment begins with a key frame and ends after ``SEGMENT_SECONDS``, when it is large, when the
connection is another one, or when nothing comes any more; so a reconnect makes a new segment of the same
recording and a crash loses one segment at most. Times are this machine's: RTP time stamps start anew with
every connection (media.md 6).
"""

from __future__ import annotations

import io
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

import av
import numpy as np
from av import AudioFrame, Packet
from av.audio.stream import AudioStream
from av.stream import Stream
from numpy.typing import NDArray

from console.contract.media_pipe import sha256_hex
from console.contract.recording import SegmentRecorded
from console.domain.ids import CallId
from console.media.pictures import utc_text
from console.media.tracks import SAMPLE_RATE

SEGMENT_SECONDS = 30.0
SEGMENT_BYTES = 12 << 20
IDLE_SECONDS = 2.0
"""A segment is closed, and nothing counts as being recorded, once no picture has come for so long."""
WAITING_ITEMS = 1_000
"""Frames that wait for the writer; more are dropped, so that a slow disk or machine cannot fill memory."""
OFFICER_BITS = 24_000
DRIFT_SECONDS = 0.3
"""A stream whose own clock is further than this from ours is set anew."""
VIDEO_CLOCK = 90_000
MS = Fraction(1, 1000)

Samples = NDArray[np.int16]
OnSegment = Callable[[SegmentRecorded, bytes], None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Arrived:
    """One frame of the party or one block of the officer's voice."""

    kind: str
    attempt: int
    at: float
    timestamp: int
    data: bytes


@dataclass
class _Pace:
    """Turns a stream's own time stamps into this machine's time."""

    clock: int
    first: int = 0
    origin: float | None = None

    def at(self, timestamp: int, arrived: float) -> float:
        """Return when the frame belongs, in seconds of ``time.monotonic()``."""
        if self.origin is not None:
            due = self.origin + (timestamp - self.first) / self.clock
            if abs(due - arrived) <= DRIFT_SECONDS:
                return due
        self.first, self.origin = timestamp, arrived
        return arrived


class _Segment:
    """One file in the making."""

    def __init__(self, attempt: int, began: float, width: int, height: int) -> None:
        self.attempt, self.began, self.width, self.height = attempt, began, width, height
        self.wall = time.time() - (time.monotonic() - began)
        self.frames = 0
        self.last = began
        self._file = io.BytesIO()
        self._container = av.open(self._file, "w", format="webm")
        self._video = self._container.add_mux_stream("vp8", width=width, height=height, time_base=MS)
        self._party = self._container.add_stream("libopus", rate=SAMPLE_RATE, layout="stereo")
        self._officer: AudioStream = self._container.add_stream("libopus", rate=SAMPLE_RATE, layout="mono")
        self._officer.bit_rate = OFFICER_BITS
        self._newest: dict[int, int] = {}
        self._spoken = 0

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.tell()

    def picture(self, data: bytes, at: float, *, key: bool) -> None:
        """Add one encoded picture."""
        self._mux(data, self._video, at, key=key)
        self.frames += 1
        self.last = max(self.last, at)

    def party(self, data: bytes, at: float) -> None:
        """Add one encoded frame of the party's voice."""
        self._mux(data, self._party, at, key=True)

    def officer(self, samples: Samples, at: float) -> None:
        """Add what the officer says, encoding it."""
        due = round((at - self.began) * SAMPLE_RATE)
        if abs(due - self._spoken) > DRIFT_SECONDS * SAMPLE_RATE:
            self._spoken = max(self._spoken, due)
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        frame.pts = self._spoken
        frame.time_base = Fraction(1, SAMPLE_RATE)
        self._spoken += len(samples)
        for packet in self._officer.encode(frame):
            self._container.mux(packet)

    def finish(self) -> bytes:
        """Close the file and return it."""
        for packet in self._officer.encode(None):
            self._container.mux(packet)
        self._container.close()
        return self._file.getvalue()

    def _mux(self, data: bytes, stream: Stream, at: float, *, key: bool) -> None:
        due = max(round((at - self.began) * 1000), self._newest.get(stream.index, -1) + 1, 0)
        self._newest[stream.index] = due
        packet = Packet(data)
        packet.stream = stream
        packet.time_base = MS
        packet.pts = packet.dts = due
        packet.is_keyframe = key
        self._container.mux(packet)


@dataclass
class Recorder:
    """Records one call until ``close``. All methods but ``close`` may be called from any thread and never
    wait.

    ``on_segment`` gets every finished segment in the writer's thread. ``want_key_frame`` is set by whoever
    owns the connection. ``already_s`` is what an earlier process recorded of this call.
    """

    call_id: CallId
    on_segment: OnSegment
    already_s: float = 0.0
    want_key_frame: Callable[[], None] | None = None
    dropped: int = 0
    _arrived: queue.Queue[_Arrived | None] = field(default_factory=lambda: queue.Queue(WAITING_ITEMS))
    _paces: dict[tuple[int, str], _Pace] = field(default_factory=dict)
    _segment: _Segment | None = None
    _number: int = 0
    _finished_s: float = 0.0
    _asked_at: float = 0.0
    _cut: threading.Event = field(default_factory=threading.Event)
    _last_picture: float = 0.0

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._write, name="recorder", daemon=True)
        self._thread.start()

    @property
    def recorded_s(self) -> float | None:
        """Seconds recorded so far, ``None`` while nothing is being recorded."""
        segment = self._segment
        if segment is None or time.monotonic() - self._last_picture > IDLE_SECONDS:
            return None
        return self.already_s + self._finished_s + segment.last - segment.began

    def encoded(self, attempt: int, codec: str, data: bytes, timestamp: int) -> None:
        """Take one encoded frame of the party; codecs other than VP8 and Opus are not recorded."""
        if codec in {"vp8", "opus"}:
            self._put(_Arrived(codec, attempt, time.monotonic(), timestamp, data))

    def officer(self, attempt: int, samples: Samples) -> None:
        """Take 20 ms of the officer's voice as it goes to the party."""
        self._put(_Arrived("officer", attempt, time.monotonic(), 0, samples.tobytes()))

    def cut(self) -> None:
        """End the running segment at the next key frame, which is asked for now."""
        self._cut.set()

    def close(self) -> None:
        """Hand out what is left and end; waits for the writer."""
        self._arrived.put(None)
        self._thread.join()

    def _put(self, item: _Arrived) -> None:
        try:
            self._arrived.put_nowait(item)
        except queue.Full:
            self.dropped += 1

    def _write(self) -> None:
        while True:
            try:
                item = self._arrived.get(timeout=IDLE_SECONDS)
            except queue.Empty:
                self._finish()
                continue
            if item is None:
                self._finish()
                return
            try:
                self._take(item)
            except (av.FFmpegError, ValueError):
                logger.exception("a segment broke; the next begins")
                self._segment = None

    def _take(self, item: _Arrived) -> None:
        if item.kind == "vp8":
            self._picture(item)
            return
        segment = self._segment
        if segment is None or segment.attempt != item.attempt:
            return
        if item.kind == "opus":
            segment.party(item.data, self._due(item, SAMPLE_RATE))
        else:
            segment.officer(np.frombuffer(item.data, np.int16), item.at)
        if item.at - self._last_picture > IDLE_SECONDS:
            self._finish()

    def _picture(self, item: _Arrived) -> None:
        key = is_key_frame(item.data)
        segment = self._segment
        full = segment is not None and (
            item.at - segment.began >= SEGMENT_SECONDS or segment.size >= SEGMENT_BYTES or self._cut.is_set()
        )
        if segment is not None and segment.attempt != item.attempt:
            self._finish()
        elif full and (key or (segment is not None and segment.size >= 2 * SEGMENT_BYTES)):
            self._cut.clear()
            if (
                segment is not None
            ):  # its last picture stood until this one: no moment lies between two segments
                segment.last = max(segment.last, self._due(item, VIDEO_CLOCK))
            self._finish()
        if self._segment is None and key:
            width, height = key_frame_size(item.data)
            self._segment = _Segment(item.attempt, self._due(item, VIDEO_CLOCK), width, height)
        if self._segment is None or (full and not key):
            self._ask(item.at)
        if self._segment is not None:
            self._segment.picture(item.data, self._due(item, VIDEO_CLOCK), key=key)
            self._last_picture = time.monotonic()

    def _due(self, item: _Arrived, clock: int) -> float:
        pace = self._paces.setdefault((item.attempt, item.kind), _Pace(clock))
        return pace.at(item.timestamp, item.at)

    def _ask(self, now: float) -> None:
        if now - self._asked_at >= 1.0 and self.want_key_frame is not None:
            self._asked_at = now
            self.want_key_frame()

    def _finish(self) -> None:
        segment, self._segment = self._segment, None
        if segment is None:
            return
        content = segment.finish()
        self._number += 1
        length = segment.last - segment.began
        self._finished_s += length
        recorded = SegmentRecorded(
            call_id=self.call_id,
            attempt=segment.attempt,
            number=self._number,
            started_wall=utc_text(segment.wall),
            duration_ms=ceil(length * 1000),
            width=segment.width,
            height=segment.height,
            frames=segment.frames,
            size=len(content),
            sha256=sha256_hex(content),
        )
        self.on_segment(recorded, content)


def is_key_frame(data: bytes) -> bool:
    """Tell whether a VP8 frame is whole in itself: the lowest bit of its tag is 0 (RFC 6386, 9.1)."""
    return len(data) >= 10 and not data[0] & 1


def key_frame_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a VP8 key frame: 14 bits each after the start code (RFC 6386, 9.1)."""
    return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
