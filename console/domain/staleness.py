"""Which events make a reading of the case out of date: nobody issues what he has not read."""

from __future__ import annotations

from console.domain import events as ev
from console.domain.closing_events import RecordingEnded, RecordingStarted
from console.domain.delivery import DeliveryRecorded
from console.domain.evidence import CaptureSource


def changes_reading(event: ev.Event) -> bool:
    """Tell whether somebody who has read the case must read it again because of ``event``.

    Segments of the recording arrive all the time and messages go out by themselves; neither is ruled on.
    """
    match event:
        case ev.EvidenceReceived(evidence=evidence):
            return evidence.capture.source is not CaptureSource.RECORDING
        case (
            RecordingStarted() | RecordingEnded() | ev.MessageQueued() | ev.MessageSent() | DeliveryRecorded()
        ):
            return False
        case _:
            return True
