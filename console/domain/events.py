"""What happened: past-tense facts that service and desk fold into calls and incidents.

Each class carries a literal ``type``, by which the wire tells them apart. When, who and in which order
stand in the journal entry around them (``console.contract.journal``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from console.domain.call import Call, CallState
from console.domain.determination import Determination, Message, Service
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Evidence
from console.domain.geo import Position
from console.domain.ids import IncidentId, MessageId, PartyId, SeatId, UserId
from console.domain.party import Consent, Party, PartyDetails
from console.domain.ruling import Ruling
from console.domain.triage import Answer, TriageFact


@dataclass(frozen=True, kw_only=True)
class IncidentOpened:
    """An accident was reported for the first time."""

    incident_id: IncidentId
    number: str
    training: bool
    type: Literal["incident-opened"] = "incident-opened"


@dataclass(frozen=True, kw_only=True)
class PartyJoined:
    """A person became a party."""

    party: Party
    type: Literal["party-joined"] = "party-joined"


@dataclass(frozen=True, kw_only=True)
class PartyDetailsStated:
    """Details of a party were stated or typed; they replace the earlier ones as a whole."""

    party_id: PartyId
    details: PartyDetails
    type: Literal["party-details-stated"] = "party-details-stated"


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded:
    """A party answered one consent item."""

    party_id: PartyId
    consent: Consent
    type: Literal["consent-recorded"] = "consent-recorded"


@dataclass(frozen=True, kw_only=True)
class PositionReported:
    """A phone or the desk gave a position."""

    position: Position
    type: Literal["position-reported"] = "position-reported"


@dataclass(frozen=True, kw_only=True)
class PlaceDescribed:
    """The place in words: road with direction, and landmark or pole number."""

    road: str
    landmark: str
    type: Literal["place-described"] = "place-described"


@dataclass(frozen=True, kw_only=True)
class NotesWritten:
    """The call-taker's notes, whole."""

    text: str
    type: Literal["notes-written"] = "notes-written"


@dataclass(frozen=True, kw_only=True)
class AccidentFormSet:
    """The accident form was chosen; it decides the evidence slots."""

    form: AccidentForm
    type: Literal["accident-form-set"] = "accident-form-set"


@dataclass(frozen=True, kw_only=True)
class TriageFactStated:
    """One triage row was answered."""

    fact: TriageFact
    answer: Answer
    type: Literal["triage-fact-stated"] = "triage-fact-stated"


@dataclass(frozen=True, kw_only=True)
class OfficerRequested:
    """A party asked for an officer to attend; one must be sent (Art. 20)."""

    party_id: PartyId
    type: Literal["officer-requested"] = "officer-requested"


@dataclass(frozen=True, kw_only=True)
class EvidenceReceived:
    """The service holds an item whose digest equals the sender's."""

    evidence: Evidence
    type: Literal["evidence-received"] = "evidence-received"


@dataclass(frozen=True, kw_only=True)
class PoliceDispatched:
    """The district police were sent."""

    reason: str
    note: str
    type: Literal["police-dispatched"] = "police-dispatched"


@dataclass(frozen=True, kw_only=True)
class EvacuationNoticeSent:
    """The parties were told to clear the road."""

    text: str
    destination: str
    type: Literal["evacuation-notice-sent"] = "evacuation-notice-sent"


@dataclass(frozen=True, kw_only=True)
class EvacuationConfirmed:
    """A party confirmed that the vehicle has left."""

    party_id: PartyId
    type: Literal["evacuation-confirmed"] = "evacuation-confirmed"


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """The call-taker post handed the case to the ruling post; ``gaps_reason`` excuses empty slots."""

    note: str = ""
    gaps_reason: str = ""
    type: Literal["handed-over"] = "handed-over"


@dataclass(frozen=True, kw_only=True)
class RulingDrafted:
    """The ruling form was saved."""

    ruling: Ruling
    type: Literal["ruling-drafted"] = "ruling-drafted"


@dataclass(frozen=True, kw_only=True)
class DeterminationIssued:
    """A qualified officer issued the document."""

    determination: Determination
    type: Literal["determination-issued"] = "determination-issued"


@dataclass(frozen=True, kw_only=True)
class DeterminationServed:
    """The document was served on one party."""

    service: Service
    type: Literal["determination-served"] = "determination-served"


@dataclass(frozen=True, kw_only=True)
class MessageQueued:
    """An SMS was put into the service's outbox."""

    message: Message
    type: Literal["message-queued"] = "message-queued"


@dataclass(frozen=True, kw_only=True)
class MessageSent:
    """The SMS gateway reported success."""

    message_id: MessageId
    type: Literal["message-sent"] = "message-sent"


@dataclass(frozen=True, kw_only=True)
class IncidentClosed:
    """The case was closed with a disposition."""

    disposition: str
    type: Literal["incident-closed"] = "incident-closed"


@dataclass(frozen=True, kw_only=True)
class CallPlaced:
    """A party called; the call waits."""

    call: Call
    type: Literal["call-placed"] = "call-placed"


@dataclass(frozen=True, kw_only=True)
class CallRang:
    """The call was offered to a seat."""

    seat: SeatId
    type: Literal["call-rang"] = "call-rang"


@dataclass(frozen=True, kw_only=True)
class CallReturned:
    """An offered call went back to the queue: passed on, or not answered in time."""

    seat: SeatId
    type: Literal["call-returned"] = "call-returned"


@dataclass(frozen=True, kw_only=True)
class CallAnswered:
    """One seat won the call."""

    seat: SeatId
    user_id: UserId
    user_name: str
    type: Literal["call-answered"] = "call-answered"


@dataclass(frozen=True, kw_only=True)
class CallInterrupted:
    """The connection with the party broke."""

    reason: str
    type: Literal["call-interrupted"] = "call-interrupted"


@dataclass(frozen=True, kw_only=True)
class CallResumed:
    """The same call is connected again."""

    type: Literal["call-resumed"] = "call-resumed"


@dataclass(frozen=True, kw_only=True)
class CallAbandoned:
    """The party gave up before anybody answered."""

    reason: str
    type: Literal["call-abandoned"] = "call-abandoned"


@dataclass(frozen=True, kw_only=True)
class CallHungUp:
    """The conversation is over; the seat is in wrap-up."""

    by: str
    type: Literal["call-hung-up"] = "call-hung-up"


@dataclass(frozen=True, kw_only=True)
class CallEnded:
    """Wrap-up is done."""

    type: Literal["call-ended"] = "call-ended"


CallEvent = (
    CallPlaced
    | CallRang
    | CallReturned
    | CallAnswered
    | CallInterrupted
    | CallResumed
    | CallAbandoned
    | CallHungUp
    | CallEnded
)

IncidentEvent = (
    IncidentOpened
    | PartyJoined
    | PartyDetailsStated
    | ConsentRecorded
    | PositionReported
    | PlaceDescribed
    | NotesWritten
    | AccidentFormSet
    | TriageFactStated
    | OfficerRequested
    | EvidenceReceived
    | PoliceDispatched
    | EvacuationNoticeSent
    | EvacuationConfirmed
    | HandedOver
    | RulingDrafted
    | DeterminationIssued
    | DeterminationServed
    | MessageQueued
    | MessageSent
    | IncidentClosed
)

Event = CallEvent | IncidentEvent


def state_after(event: CallEvent) -> CallState:
    """Return the call state that ``event`` leads to."""
    match event:
        case CallPlaced() | CallReturned():
            return CallState.WAITING
        case CallRang():
            return CallState.RINGING
        case CallAnswered() | CallResumed():
            return CallState.CONNECTED
        case CallInterrupted():
            return CallState.INTERRUPTED
        case CallAbandoned():
            return CallState.ABANDONED
        case CallHungUp():
            return CallState.WRAP_UP
        case CallEnded():
            return CallState.ENDED


CALL_ORIGINS: Mapping[type[CallEvent], frozenset[CallState]] = {
    CallPlaced: frozenset({CallState.ABANDONED}),
    CallRang: frozenset({CallState.WAITING}),
    CallReturned: frozenset({CallState.RINGING}),
    CallAnswered: frozenset({CallState.WAITING, CallState.RINGING}),
    CallInterrupted: frozenset({CallState.CONNECTED}),
    CallResumed: frozenset({CallState.INTERRUPTED}),
    CallAbandoned: frozenset({CallState.WAITING, CallState.RINGING}),
    CallHungUp: frozenset({CallState.CONNECTED, CallState.INTERRUPTED}),
    CallEnded: frozenset({CallState.WRAP_UP}),
}
"""The states in which each event can happen to a call: a waiting call is answered, never resumed."""


def evolve_call(call: Call, event: CallEvent, at: datetime) -> Call:
    """Return ``call`` after ``event``; raise ``call-state`` when it cannot happen in the call's state."""
    wanted = state_after(event)
    if call.state not in CALL_ORIGINS[type(event)]:
        raise DomainError("call-state", current=call.state.value, wanted=wanted.value)
    moved = replace(call, state=wanted, ringing_seat=None, ringing_since=None)
    match event:
        case CallPlaced(call=placed):
            return placed
        case CallRang(seat=seat):
            return replace(moved, ringing_seat=seat, ringing_since=at)
        case CallAnswered(seat=seat, user_id=user_id, user_name=name):
            return replace(moved, seat=seat, answered_by=user_id, answered_name=name, answered_at=at)
        case CallAbandoned() | CallEnded():
            return replace(moved, ended_at=at)
        case _:
            return moved
