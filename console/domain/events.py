"""What happened: past-tense facts that service and desk fold into calls and incidents.

Each class carries a literal ``type``, by which the wire tells them apart. When, who and in which order
stand in the journal entry around them (``console.contract.journal``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from console.domain.by_photo import ByPhotoEvent
from console.domain.call import IN_CALL, Call, CallState
from console.domain.closing_events import ClosingEvent
from console.domain.delivery import DeliveryRecorded
from console.domain.determination import Determination, Message, Service
from console.domain.discarding import EvidenceDiscarded
from console.domain.ending import Ending
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Evidence
from console.domain.faces import FaceCheck
from console.domain.ids import IncidentId, MessageId, PartyId, SeatId, UserId
from console.domain.local_finding import LocalRuleApplied
from console.domain.lost_call import CallClosed, require_closable
from console.domain.party import Consent, Party, PartyDetails, PartyViewed
from console.domain.place import PlaceEvent
from console.domain.posts import PostEvent
from console.domain.recognition import RecognitionEvent
from console.domain.review import ReviewEvent
from console.domain.ruling import Ruling
from console.domain.triage import Answer, TriageFact
from console.domain.verification import VerificationEvent


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
    """One triage row was answered.

    ``decide_until``: of a report after the scene was cleared, until when it is decided whether the case is
    taken (Art. 18); ``None`` where the calendar of that year is missing.
    """

    fact: TriageFact
    answer: Answer
    decide_until: date | None = None
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
class FacesCompared:
    """A party's live face was held against a photograph, by the program or by a person."""

    check: FaceCheck
    type: Literal["faces-compared"] = "faces-compared"


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
class RulingDrafted:
    """The ruling form was saved; ``officer_name`` is the acting officer's, who has the case from now on."""

    ruling: Ruling
    officer_name: str = ""
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
    """The case was closed: how it ended, and in words what became of it.

    ``ending`` is ``None`` in what earlier versions recorded.
    """

    disposition: str
    ending: Ending | None = None
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


CallMove = (
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

CallEvent = CallMove | CallClosed | ByPhotoEvent

IncidentEvent = (
    IncidentOpened
    | PartyJoined
    | PartyDetailsStated
    | ConsentRecorded
    | PlaceEvent
    | NotesWritten
    | AccidentFormSet
    | TriageFactStated
    | LocalRuleApplied
    | OfficerRequested
    | EvidenceReceived
    | EvidenceDiscarded
    | FacesCompared
    | PoliceDispatched
    | EvacuationNoticeSent
    | EvacuationConfirmed
    | PostEvent
    | RulingDrafted
    | DeterminationIssued
    | DeterminationServed
    | ReviewEvent
    | MessageQueued
    | MessageSent
    | DeliveryRecorded
    | IncidentClosed
    | VerificationEvent
    | RecognitionEvent
    | PartyViewed
    | ClosingEvent
)

Event = CallEvent | IncidentEvent


def state_after(event: CallMove) -> CallState:
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


CALL_ORIGINS: Mapping[type[CallMove], frozenset[CallState]] = {
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
    """Return ``call`` after ``event``; raise ``call-state`` when it cannot happen in the call's state.

    Of a call that cannot be closed it raises as ``require_closable`` does.
    """
    if isinstance(event, CallClosed):
        require_closable(call)
        return replace(call, lost_at=None)
    if isinstance(event, ByPhotoEvent):
        if call.state not in IN_CALL:
            raise DomainError("call-state", current=call.state.value, wanted=CallState.CONNECTED.value)
        return replace(call, by_photo=call.by_photo.after(event, at))
    wanted = state_after(event)
    if call.state not in CALL_ORIGINS[type(event)]:
        raise DomainError("call-state", current=call.state.value, wanted=wanted.value)
    moved = replace(call, state=wanted, ringing_seat=None, ringing_since=None)
    if call.lost_since is not None:
        moved = replace(moved, lost_since=None, lost_s=call.lost_until(at).total_seconds())
    match event:
        case CallInterrupted():
            return replace(moved, lost_since=at, lost_at=at)
        case CallResumed():
            return replace(moved, lost_at=None)
        case CallPlaced(call=placed):
            return placed
        case CallRang(seat=seat):
            return replace(moved, ringing_seat=seat, ringing_since=at)
        case CallAnswered(seat=seat, user_id=user_id, user_name=name):
            return replace(moved, seat=seat, answered_by=user_id, answered_name=name, answered_at=at)
        case CallAbandoned():
            return replace(moved, ended_at=at, lost_at=at)
        case CallHungUp(by="party"):
            return replace(moved, lost_at=None)
        case CallEnded():
            return replace(moved, ended_at=at)
        case _:
            return moved
