"""What desk and media process tell each other of a call's recording (``console.contract.media``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from console.domain.ids import CallId


@dataclass(frozen=True, kw_only=True)
class StartRecording:
    """Record this call from now on, through every connection of it; ``already_s`` is what an earlier media
    process recorded of it, in seconds. Brings ``SegmentRecorded`` again and again.
    """

    call_id: CallId
    already_s: float = 0.0
    type: Literal["start-recording"] = "start-recording"


@dataclass(frozen=True, kw_only=True)
class CutSegment:
    """End the running segment soon: what it holds is wanted safe."""

    type: Literal["cut-segment"] = "cut-segment"


@dataclass(frozen=True, kw_only=True)
class StopRecording:
    """End the recording; brings the last ``SegmentRecorded`` and then ``RecordingStopped``."""

    type: Literal["stop-recording"] = "stop-recording"


@dataclass(frozen=True, kw_only=True)
class SegmentRecorded:
    """A piece of the recording as WebM that plays by itself; its content follows.

    ``number`` counts from 1 within one media process, ``started_wall`` is ISO 8601 UTC.
    """

    call_id: CallId
    attempt: int
    number: int
    started_wall: str
    duration_ms: int
    width: int
    height: int
    frames: int
    size: int
    sha256: str
    type: Literal["segment-recorded"] = "segment-recorded"


@dataclass(frozen=True)
class Segment:
    """A segment as it reached the desk: ``webm`` was checked against the digest in ``recorded``."""

    recorded: SegmentRecorded
    webm: bytes


@dataclass(frozen=True, kw_only=True)
class RecordingStopped:
    """No recording runs and every segment was handed over."""

    type: Literal["recording-stopped"] = "recording-stopped"
