"""What the desk tells the phone, and how a picture becomes evidence."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from console.contract.codec import decode, encode
from console.contract.control import Acknowledge, Guide, RequestStill, SwitchCamera, ToPhone
from console.contract.journal import Entry
from console.contract.media import ControlReceived, MediaError
from console.domain.errors import DomainError
from console.domain.events import EvidenceReceived
from console.domain.evidence import CaptureSource, Custody, Slot
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId
from console.usecases.facts import CustodyChanged, EvidenceRecovered, GuidanceChanged, GuideState
from console.usecases.guidance import Guidance
from tests.fakes import NOW
from tests.unit.domain.builders import evidence
from tests.unit.usecases.conftest import Bench

pytestmark = pytest.mark.asyncio

CALL = CallId("call")
INCIDENT = IncidentId("incident")


async def heard(bench: Bench) -> Guide | RequestStill | SwitchCamera:
    """Return the next message as the phone reads it."""
    async with asyncio.timeout(5):
        message: Guide | RequestStill | SwitchCamera = decode(ToPhone, await bench.media.controls.get())
    return message


def says(bench: Bench, text: str, call_id: CallId = CALL) -> None:
    """Let the phone of a call say something."""
    bench.desk.media_watch.media_event(ControlReceived(call_id=call_id, attempt=1, text=text))


def acknowledge(bench: Bench, message_id: str, *, ok: bool = True, detail: str = "") -> None:
    """Let the phone acknowledge."""
    says(bench, encode(Acknowledge(id=message_id, ok=ok, detail=detail)).decode())


async def test_a_pushed_line_is_shown_and_acknowledged(at_work: Bench) -> None:
    pushing = asyncio.create_task(at_work.does.guidance.push(CALL, "请拍前车牌", Slot.PLATE_A, 3, 14))
    message = await heard(at_work)
    assert isinstance(message, Guide)
    assert (message.text, message.slot, message.done, message.required) == ("请拍前车牌", Slot.PLATE_A, 3, 14)
    acknowledge(at_work, message.id)
    assert await pushing is GuideState.DONE
    states = [(fact.state, fact.kind, fact.slot) for fact in at_work.facts.of(GuidanceChanged)]
    assert states == [
        (GuideState.SENT, "guide", Slot.PLATE_A),
        (GuideState.DONE, "guide", Slot.PLATE_A),
    ]


async def test_only_the_phone_of_the_call_can_acknowledge(bench: Bench) -> None:
    guidance = Guidance(bench.media, bench.facts, answer_s=0.05)
    switching = asyncio.create_task(guidance.switch_camera(CALL, "user"))
    message = await heard(bench)
    guidance.on_phone(CallId("other"), Acknowledge(id=message.id, ok=True))
    guidance.on_phone(CALL, Acknowledge(id="other", ok=True))
    assert await switching is GuideState.UNANSWERED


async def test_a_refusal_of_the_phone_is_told_in_its_words(at_work: Bench) -> None:
    switching = asyncio.create_task(at_work.does.guidance.switch_camera(CALL, "user"))
    message = await heard(at_work)
    acknowledge(at_work, message.id, ok=False, detail="没有前置摄像头")
    assert await switching is GuideState.REFUSED
    assert at_work.facts.of(GuidanceChanged)[-1].detail == "没有前置摄像头"


async def test_nonsense_from_the_phone_is_left_out(at_work: Bench) -> None:
    before = list(at_work.facts.seen)
    for text in ("", "{", '{"type": "guide"}', '{"type": "acknowledge", "id": 7}'):
        says(at_work, text)
    assert at_work.facts.seen == before


async def test_a_still_is_there_when_the_service_holds_it(at_work: Bench) -> None:
    asking = asyncio.create_task(at_work.does.guidance.request_still(CALL, Slot.PLATE_B))
    message = await heard(at_work)
    assert isinstance(message, RequestStill)
    acknowledge(at_work, message.id)
    for name in ("another", message.id):
        arrived = EvidenceReceived(evidence=replace(evidence(Slot.PLATE_B), id=EvidenceId(name)))
        at_work.events.put(
            Entry(sequence=1, at=NOW, actor="party", incident_id=INCIDENT, call_id=None, event=arrived)
        )
    assert await asyncio.wait_for(asking, 5) == message.id


async def test_a_still_the_phone_refuses_or_never_sends(bench: Bench) -> None:
    guidance = Guidance(bench.media, bench.facts, answer_s=0.02, still_s=0.1)
    asking = asyncio.create_task(guidance.request_still(CALL, Slot.PLATE_B))
    message = await heard(bench)
    guidance.on_phone(CALL, Acknowledge(id=message.id, ok=False))
    with pytest.raises(DomainError, match="still-refused"):
        await asking
    with pytest.raises(DomainError, match="still-missing"):
        await guidance.request_still(CALL, Slot.PLATE_B)


async def test_a_snapshot_is_stored_before_it_is_told(at_work: Bench) -> None:
    at_work.media.picture = b"\xff\xd8 picture"
    evidence_id = await at_work.does.capture.snapshot(INCIDENT, CALL, Slot.PLATE_A, PartyId("party-a"))
    assert at_work.vault.stored[evidence_id] == at_work.media.picture
    told = at_work.facts.of(CustodyChanged)[0]
    assert (told.evidence_id, told.custody) == (evidence_id, Custody.CAPTURED)
    capture = told.capture
    assert (capture.slot, capture.source) == (Slot.PLATE_A, CaptureSource.LIVE_FRAME)
    assert (capture.frame_number, capture.media_session) == (42, "call/1")
    assert (capture.captured_at, capture.clock_offset_ms) == (NOW, 120)
    assert (capture.width, capture.height, capture.captured_by) == (1280, 720, "officer")
    assert at_work.vault.woken == 1


async def test_without_a_picture_nothing_is_captured(at_work: Bench) -> None:
    with pytest.raises(MediaError, match="no-picture"):
        await at_work.does.capture.snapshot(INCIDENT, CALL, Slot.PLATE_A, None)
    assert at_work.vault.stored == {}
    assert at_work.facts.of(CustodyChanged) == []


async def test_pictures_come_from_here_or_from_the_service(at_work: Bench) -> None:
    at_work.media.picture = b"own"
    own = await at_work.does.capture.snapshot(INCIDENT, CALL, Slot.PLATE_A, None)
    at_work.service.evidence[EvidenceId("still")] = b"phone"
    assert await at_work.does.capture.picture(INCIDENT, own, local=True) == b"own"
    assert await at_work.does.capture.picture(INCIDENT, EvidenceId("still"), local=False) == b"phone"


async def test_what_an_earlier_run_left_is_told_at_start(at_work: Bench) -> None:
    at_work.vault.known = (
        CustodyChanged(
            evidence_id=EvidenceId("old"),
            incident_id=INCIDENT,
            capture=evidence(Slot.PLATE_A).capture,
            custody=Custody.QUEUED,
        ),
    )
    await at_work.does.capture.open()
    assert at_work.facts.of(EvidenceRecovered)[-1].waiting == 1
    assert at_work.facts.of(CustodyChanged) == list(at_work.vault.known)
