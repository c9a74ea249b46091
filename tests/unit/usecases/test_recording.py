"""Recording begins after the notice, says the truth to the service, and stores every segment."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from console.contract.journal import DeskSnapshot, Entry
from console.contract.media import MediaLost, MediaRestarted
from console.contract.recording import Segment, SegmentRecorded
from console.contract.signing_api import ReportRecording
from console.domain.call import CallState
from console.domain.closing_events import SignatureRecorded
from console.domain.events import CallAnswered, CallHungUp, ConsentRecorded, Event
from console.domain.evidence import CaptureSource
from console.domain.ids import CallId, IncidentId, UserId
from console.domain.party import Consent, ConsentItem, ConsentWay
from console.domain.signature import Signature, SignatureState
from console.usecases.facts import ConnectionChanged, CustodyChanged
from tests.fakes import NOW, SEAT
from tests.media_party import until
from tests.unit.domain.builders import PARTY_A, T0, call, incident, party
from tests.unit.usecases.conftest import Bench
from tests.unit.usecases.test_calls import stats

pytestmark = pytest.mark.asyncio

CALL = CallId("call")
TOLD = Consent(item=ConsentItem.RECORDING_NOTICE, given=True, wording="v1", way=ConsentWay.PAGE, at=NOW)
ANSWERED = CallAnswered(seat=SEAT, user_id=UserId("officer"), user_name="示例安")


def entry(sequence: int, event: Event, call_id: CallId | None = None) -> Entry:
    return Entry(
        sequence=sequence,
        at=NOW,
        actor="party",
        incident_id=IncidentId("incident"),
        call_id=call_id,
        event=event,
    )


def segment(number: int) -> Segment:
    content = b"webm %d" % number
    recorded = SegmentRecorded(
        call_id=CALL,
        attempt=1,
        number=number,
        started_wall=NOW.isoformat(),
        duration_ms=30_000,
        width=1280,
        height=720,
        frames=750,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return Segment(recorded, content)


async def ringing(bench: Bench) -> None:
    """A call of a party that was told nothing yet waits for this seat."""
    case = replace(incident(), parties=(party(PARTY_A, "甲"),))
    waiting = replace(call(), state=CallState.RINGING)
    bench.events.put(DeskSnapshot(sequence=1, at=NOW, calls=(waiting,), incidents=(case,)))
    await bench.events.until_followed(1)


async def recorded(bench: Bench) -> None:
    """The call is answered, the party told, and the media process records."""
    await ringing(bench)
    bench.events.put(entry(2, ANSWERED, CALL), entry(3, ConsentRecorded(party_id=PARTY_A, consent=TOLD)))
    await until(lambda: bench.media.recording == [(CALL, 0.0)], 10, "the recording")
    bench.desk.media_watch.media_event(replace(stats(1, 0.1), recorded_s=1.0))
    await until(lambda: said(bench) == [(True, "")], 10, "the service's knowledge")


def said(bench: Bench) -> list[tuple[bool, str]]:
    """What the service was told of the recording."""
    told = [request for name, request in bench.service.asked if name == "report_recording"]
    return [(one.running, one.reason) for one in told if isinstance(one, ReportRecording)]


async def test_nothing_is_recorded_before_the_party_was_told(at_work: Bench) -> None:
    await ringing(at_work)
    at_work.events.put(entry(2, ANSWERED, CALL))
    await at_work.facts.until(ConnectionChanged)
    assert at_work.media.recording == []
    refused = replace(TOLD, given=False)
    at_work.events.put(entry(3, ConsentRecorded(party_id=PARTY_A, consent=refused)))
    at_work.events.put(entry(4, ConsentRecorded(party_id=PARTY_A, consent=TOLD)))
    await until(lambda: at_work.media.recording == [(CALL, 0.0)], 10, "the recording")
    assert said(at_work) == [], "that a recording was asked for is no recording"


async def test_the_service_is_told_when_the_picture_stops_and_when_it_is_back(at_work: Bench) -> None:
    await recorded(at_work)
    watch = at_work.desk.media_watch
    watch.media_event(stats(1, 4.0))
    await until(lambda: said(at_work)[-1] == (False, "picture-lost"), 10, "the break")
    watch.media_event(replace(stats(2, 0.1), recorded_s=12.0))
    await until(lambda: said(at_work)[-1] == (True, ""), 10, "the recording again")
    watch.media_event(MediaLost(exit_code=1))
    await until(lambda: said(at_work)[-1] == (False, "media-process-ended"), 10, "the loss")
    watch.media_event(MediaRestarted(pid=2, call_id=CALL, attempt=2))
    await until(lambda: at_work.media.recording[-1] == (CALL, 12.0), 10, "the same recording goes on")


async def test_segments_become_evidence_and_a_signature_brings_one_soon(at_work: Bench) -> None:
    await recorded(at_work)
    at_work.media.segments.put_nowait(segment(1))
    await until(lambda: len(at_work.vault.stored) == 1, 10, "the segment in the vault")
    (fact,) = at_work.facts.of(CustodyChanged)
    assert fact.capture.source is CaptureSource.RECORDING
    assert (fact.capture.duration_ms, fact.capture.media_type) == (30_000, "video/webm")
    signed = Signature(party_id=PARTY_A, state=SignatureState.SIGNED, at=T0)
    at_work.events.put(entry(4, SignatureRecorded(signature=signed)))
    await until(lambda: at_work.media.cuts == 1, 10, "the cut")


async def test_the_last_segment_is_stored_when_the_call_ends(at_work: Bench) -> None:
    await recorded(at_work)
    at_work.events.put(entry(4, CallHungUp(by="desk"), CALL))
    await until(lambda: at_work.media.recording[-1] == (None, 0.0), 10, "the end")
    await until(lambda: said(at_work)[-1] == (False, "call-over"), 10, "the service's knowledge")


async def test_closing_the_desk_stores_what_was_recorded(at_work: Bench) -> None:
    await recorded(at_work)
    at_work.media.segments.put_nowait(segment(1))
    await at_work.desk.close()
    assert list(at_work.vault.stored.values()) == [b"webm 1"]
