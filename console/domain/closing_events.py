"""What happens between the ruling and its service: the call is recorded, parties are asked to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from console.domain.ids import CallId
from console.domain.signature import Signature, SigningRequest


@dataclass(frozen=True, kw_only=True)
class RecordingStarted:
    """Picture and sound of a call are being recorded from this moment."""

    call_id: CallId
    type: Literal["recording-started"] = "recording-started"


@dataclass(frozen=True, kw_only=True)
class RecordingEnded:
    """No recording runs any more; ``reason`` is a stable code."""

    call_id: CallId
    reason: str
    type: Literal["recording-ended"] = "recording-ended"


@dataclass(frozen=True, kw_only=True)
class SignaturesRequested:
    """The parties are asked to read a text and to sign it."""

    request: SigningRequest
    type: Literal["signatures-requested"] = "signatures-requested"


@dataclass(frozen=True, kw_only=True)
class SignatureRecorded:
    """A party signed or declined, or the officer noted a refusal or an absence; the newest counts."""

    signature: Signature
    type: Literal["signature-recorded"] = "signature-recorded"


ClosingEvent = RecordingStarted | RecordingEnded | SignaturesRequested | SignatureRecorded
