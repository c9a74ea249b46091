"""Small, valid domain values for the tests of the ground floor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from console.domain.call import Call, CallSource
from console.domain.determination import Determination, Message, MessageState
from console.domain.events import IncidentOpened
from console.domain.evidence import Capture, CaptureSource, Digests, Evidence, Slot
from console.domain.evolution import opened
from console.domain.ids import CallId, EvidenceId, IncidentId, MessageId, PartyId
from console.domain.incident import Incident
from console.domain.party import Party
from console.domain.ruling import Citation, Fault, Liability, MediationOutcome, Outcome, PartyRuling, Ruling

T0 = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
PARTY_A = PartyId("party-a")
PARTY_B = PartyId("party-b")
REAR_END = Fault(
    code="1094", name="追尾", citation=Citation(law="道路交通安全法", article=43, paragraph=None, item=None)
)


def at(seconds: float) -> datetime:
    """Return the moment ``seconds`` after ``T0``."""
    return T0 + timedelta(seconds=seconds)


def call() -> Call:
    """Return a call that has just been placed."""
    return Call(
        id=CallId("call"),
        incident_id=IncidentId("incident"),
        party_id=PARTY_A,
        source=CallSource.SMS_LINK,
        placed_at=T0,
    )


def incident() -> Incident:
    """Return an incident that has just been opened, at version 1."""
    event = IncidentOpened(incident_id=IncidentId("incident"), number="2026-1123-0001", training=True)
    return opened(event, T0, 1)


def party(party_id: PartyId, label: str) -> Party:
    """Return a party of whom nothing is known."""
    return Party(id=party_id, label=label, caller=label == "甲")


def evidence(slot: Slot) -> Evidence:
    """Return a received item in ``slot``."""
    return Evidence(
        id=EvidenceId(f"evidence-{slot.value}"),
        capture=Capture(
            slot=slot,
            source=CaptureSource.LIVE_FRAME,
            call_id=CallId("call"),
            party_id=PARTY_A,
            captured_by="user",
            captured_at=T0,
            clock_offset_ms=0,
            width=1280,
            height=720,
            media_type="image/jpeg",
        ),
        digests=Digests(sha256="0" * 64, sm3="0" * 64, size=1),
        received_at=T0,
    )


def ruling() -> Ruling:
    """Return a ruling that may be issued: 乙 ran into 甲."""
    return Ruling(
        outcome=Outcome.RULING,
        parties=(
            PartyRuling(party_id=PARTY_A, liability=Liability.NONE),
            PartyRuling(party_id=PARTY_B, faults=(REAR_END,), liability=Liability.FULL),
        ),
        facts="乙车追尾碰撞停车等候的甲车。",
        mediation="双方同意按保险理赔。",
        mediation_outcome=MediationOutcome.AGREED,
    )


def determination() -> Determination:
    """Return an issued document that nobody has received."""
    return Determination(
        number="训练样张第0001号",
        ruling=ruling(),
        issued_at=T0,
        issued_by="user",
        pdf_sha256="0" * 64,
        pdf_size=1,
    )


def message() -> Message:
    """Return a queued message to 甲."""
    return Message(
        id=MessageId("message"),
        party_id=PARTY_A,
        template="result",
        text="结果已出",
        state=MessageState.QUEUED,
        queued_at=T0,
    )
