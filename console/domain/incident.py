"""The accident: everything known of it, and how each event changes that knowledge.

``evolve`` is the only way to a new ``Incident``; service and desk both use it, so that replaying the
journal and reading a snapshot cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from console.domain import closing_events as closing
from console.domain import discarding as dc
from console.domain import events as ev
from console.domain import posts as ps
from console.domain import recognition as rc
from console.domain import review as rv
from console.domain import signature as sg
from console.domain import verification as vf
from console.domain.decisions import Dispatch, Evacuation, Return, missing_slots
from console.domain.delivery import Delivery, DeliveryRecorded, told_of, with_delivery, with_sent
from console.domain.determination import Determination, Message
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, CaptureSource, Evidence, Slot
from console.domain.faces import FaceCheck
from console.domain.geo import Position
from console.domain.handling import assess_rows
from console.domain.ids import IncidentId, PartyId
from console.domain.local_finding import LocalFinding, LocalRuleApplied
from console.domain.party import ConsentItem, Party
from console.domain.place import (
    Pin,
    PlaceDescribed,
    PlaceEvent,
    PlaceLocated,
    PlacePinned,
    PositionReported,
    Whereabouts,
)
from console.domain.ruling import Ruling, RulingProblem
from console.domain.suggestion import undecided
from console.domain.triage import Answer, Assessment, Movement, TriageFact, open_facts


class IncidentState(StrEnum):
    """Stages of an incident and the ways it may end."""

    COLLECTING = "collecting"
    RULING = "ruling"
    ISSUED = "issued"
    SERVED = "served"
    CLOSED = "closed"
    DISPATCHED = "dispatched"
    VOID = "void"


INCIDENT_TRANSITIONS: dict[IncidentState, frozenset[IncidentState]] = {
    IncidentState.COLLECTING: frozenset({IncidentState.RULING, IncidentState.DISPATCHED, IncidentState.VOID}),
    IncidentState.RULING: frozenset(
        {IncidentState.COLLECTING, IncidentState.ISSUED, IncidentState.DISPATCHED, IncidentState.VOID}
    ),
    IncidentState.ISSUED: frozenset({IncidentState.SERVED}),
    IncidentState.SERVED: frozenset({IncidentState.CLOSED}),
    IncidentState.CLOSED: frozenset(),
    IncidentState.DISPATCHED: frozenset({IncidentState.CLOSED}),
    IncidentState.VOID: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class Incident:
    """One accident. ``version`` is the journal sequence of the last event applied (0 before any).

    ``hurt_known_at``: when it was first said whether anybody is hurt; ``settled_at``: since when no triage
    fact is open.
    """

    id: IncidentId
    number: str
    training: bool
    opened_at: datetime
    state: IncidentState = IncidentState.COLLECTING
    form: AccidentForm = AccidentForm.REAR_END
    occurred_at: datetime | None = None
    fix: Position | None = None
    pin: Pin | None = None
    whereabouts: tuple[Whereabouts, ...] = ()
    road_text: str = ""
    landmark_text: str = ""
    notes: str = ""
    parties: tuple[Party, ...] = ()
    facts: Mapping[TriageFact, Answer]
    local: LocalFinding | None = None
    hurt_known_at: datetime | None = None
    settled_at: datetime | None = None
    officer_requested_by: tuple[PartyId, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    discarded: tuple[dc.Discarded, ...] = ()
    documents: tuple[rc.ReadDocument, ...] = ()
    verifications: tuple[vf.Verification, ...] = ()
    face_checks: tuple[FaceCheck, ...] = ()
    returned: Return | None = None
    posts: ps.Posts = ps.NOTHING_PASSED
    dispatch: Dispatch | None = None
    evacuation: Evacuation | None = None
    ruling: Ruling | None = None
    determination: Determination | None = None
    review: rv.Review | None = None
    messages: tuple[Message, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    recording: sg.Recording | None = None
    recordings: tuple[Evidence, ...] = ()
    signing: sg.SigningRequest | None = None
    signatures: tuple[sg.Signature, ...] = ()
    version: int = 0

    @property
    def position(self) -> Position | None:
        """Where it was: as the desk pinned it, before that the newest fix of a phone."""
        return self.fix if self.pin is None else self.pin.position

    @property
    def answers(self) -> Mapping[TriageFact, Answer]:
        """The rows as they stand: as they were answered, and by the local rule where it decides."""
        found = Answer.UNKNOWN if self.local is None else self.local.answer
        return self.facts if found is Answer.UNKNOWN else {**self.facts, TriageFact.OUTSIDE_LOCAL_RULE: found}

    @property
    def assessment(self) -> Assessment:
        """Triage recomputed from the facts as they stand, each party's consent among them."""
        return assess_rows(
            self.answers,
            officer_requested=bool(self.officer_requested_by),
            consents=self.simple_procedure_answers,
        )

    @property
    def simple_procedure_answers(self) -> Mapping[str, bool | None]:
        """Each party's newest answer to the simple procedure by label, ``None`` where it was not asked."""
        answers = {party.label: party.consent(ConsentItem.SIMPLE_PROCEDURE) for party in self.parties}
        return {label: None if answer is None else answer.given for label, answer in answers.items()}

    @property
    def open_facts(self) -> tuple[TriageFact, ...]:
        """The triage rows that are to be asked and not answered yet; they block the ruling."""
        return open_facts(self.answers)

    @property
    def missing_slots(self) -> tuple[Slot, ...]:
        """Required slots with no evidence yet, in the order in which they are taken."""
        return missing_slots(self.form, self.evidence, self.returned)

    @property
    def doubted(self) -> tuple[PartyId, ...]:
        """Parties whose registered data contradict the scene.

        Until somebody has looked again or decided, which script is right is open and nobody moves.
        """
        return tuple(found.party_id for found in self.verifications if undecided(found, self.facts))

    @property
    def may_move(self) -> bool:
        """Whether the parties may be told to clear the road: neither the law nor an open doubt holds them."""
        return self.assessment.movement is not Movement.NO and not self.doubted

    @property
    def happened_at(self) -> datetime:
        """When the accident happened; until somebody said so, when it was reported."""
        return self.occurred_at or self.opened_at

    def verification(self, party_id: PartyId) -> vf.Verification:
        """Return all checks of a party, those that nobody asked for yet too."""
        known = (v for v in self.verifications if v.party_id == party_id)
        verification = next(known, vf.unchecked(party_id))
        faces = [check for check in self.face_checks if check.party_id == party_id]
        return vf.with_checks(verification, (vf.face_hint(faces[-1]),)) if faces else verification

    @property
    def open_signatures(self) -> tuple[RulingProblem, ...]:
        """Parties of whom the saved ruling still needs a signature, a noted refusal or a reason."""
        if self.ruling is None:
            return ()
        return sg.signature_problems(self.ruling.outcome, self.parties, self.signatures)

    @property
    def asked_at(self) -> datetime | None:
        """Since when the oldest application of a party waits for a decision, ``None`` while none does."""
        review = () if self.review is None or not self.review.open else (self.review.applied_at,)
        return min((*review, *(one.asked_at for one in self.posts.open_requests)), default=None)

    def signature(self, party_id: PartyId) -> sg.Signature | None:
        """Return what stands of a party's signature, ``None`` while nothing does."""
        return next((one for one in self.signatures if one.party_id == party_id), None)

    def party(self, party_id: PartyId) -> Party:
        """Return a party; raise ``unknown-party``."""
        for party in self.parties:
            if party.id == party_id:
                return party
        raise DomainError("unknown-party")


def opened(event: ev.IncidentOpened, at: datetime, sequence: int) -> Incident:
    """Return the incident that ``event`` opened."""
    return Incident(
        id=event.incident_id,
        number=event.number,
        training=event.training,
        opened_at=at,
        facts={},
        version=sequence,
    )


def evolve(incident: Incident, event: ev.Event, at: datetime, actor: str, sequence: int) -> Incident:
    """Return ``incident`` after ``event``; an event already applied (by sequence) changes nothing."""
    if sequence <= incident.version:
        return incident
    after = _apply(incident, event, at, actor)
    if _signed_content(after) != _signed_content(incident):
        after = _without_signatures(after)
    return replace(after, version=sequence)


def require_state(incident: Incident, wanted: IncidentState) -> None:
    """Raise ``incident-state`` unless the move to ``wanted`` is drawn in ``INCIDENT_TRANSITIONS``."""
    if wanted not in INCIDENT_TRANSITIONS[incident.state]:
        raise DomainError("incident-state", current=incident.state.value, wanted=wanted.value)


def _apply(incident: Incident, event: ev.Event, at: datetime, actor: str) -> Incident:  # one arm an event
    match event:
        case ev.PartyJoined(party=party):
            return replace(incident, parties=(*incident.parties, party))
        case ev.PartyDetailsStated(party_id=party_id, details=details):
            return _with_party(incident, replace(incident.party(party_id), details=details))
        case ev.ConsentRecorded(party_id=party_id, consent=consent):
            party = incident.party(party_id)
            return _with_party(incident, replace(party, consents=(*party.consents, consent)))
        case PositionReported() | PlacePinned() | PlaceLocated() | PlaceDescribed():
            return _apply_place(incident, event, at, actor)
        case ev.NotesWritten(text=text):
            return replace(incident, notes=text)
        case ev.AccidentFormSet(form=form):
            return replace(incident, form=form)
        case ev.TriageFactStated(fact=fact, answer=answer):
            return _with_fact(incident, fact, answer, at)
        case LocalRuleApplied(finding=finding):
            return _settled(replace(incident, local=finding), at)
        case ev.OfficerRequested(party_id=party_id):
            asked = dict.fromkeys((*incident.officer_requested_by, party_id))
            return replace(incident, officer_requested_by=tuple(asked))
        case ev.EvidenceReceived(evidence=evidence) if evidence.capture.source is CaptureSource.RECORDING:
            return replace(incident, recordings=(*incident.recordings, evidence))
        case ev.EvidenceReceived(evidence=evidence):
            return replace(incident, evidence=(*incident.evidence, evidence))
        case dc.EvidenceDiscarded():
            left, gone = dc.after(incident.evidence, event, at, actor)
            return replace(incident, evidence=left, discarded=(*incident.discarded, *gone))
        case vf.AccidentTimeStated() | vf.ChecksStarted() | vf.ChecksRecorded() | vf.RegisteredValueAdopted():
            return _apply_verification(incident, event)
        case rc.DocumentRead() | rc.FieldConfirmed():
            return replace(incident, documents=rc.after(incident.documents, event, at, actor))
        case ev.FacesCompared(check=check):
            return replace(incident, face_checks=(*incident.face_checks, check))
        case _:
            return _apply_decision(incident, event, at, actor)


def _with_fact(incident: Incident, fact: TriageFact, answer: Answer, at: datetime) -> Incident:
    stated = replace(incident, facts={**incident.facts, fact: answer})
    if fact is TriageFact.INJURY and answer is not Answer.UNKNOWN:
        stated = replace(stated, hurt_known_at=incident.hurt_known_at or at)
    return _settled(stated, at)


def _settled(incident: Incident, at: datetime) -> Incident:
    return replace(incident, settled_at=None if incident.open_facts else incident.settled_at or at)


def _apply_verification(incident: Incident, event: vf.VerificationEvent) -> Incident:
    match event:
        case vf.AccidentTimeStated(occurred_at=occurred_at):
            return replace(incident, occurred_at=occurred_at)
        case vf.ChecksStarted(party_id=party_id, items=items, attempt=attempt):
            return _with_verification(incident, vf.started(incident.verification(party_id), items, attempt))
        case vf.ChecksRecorded(party_id=party_id, checks=checks):
            return _with_verification(incident, vf.with_checks(incident.verification(party_id), checks))
        case vf.RegisteredValueAdopted(party_id=party_id, field=field, value=value):
            party = incident.party(party_id)
            details = replace(party.details, **{vf.ADOPTABLE[field]: value})
            return _with_party(incident, replace(party, details=details))


def _apply_place(incident: Incident, event: PlaceEvent, at: datetime, actor: str) -> Incident:
    match event:
        case PositionReported(position=position):
            moved = replace(incident, fix=position)
        case PlacePinned(position=position, by_hand=by_hand):
            moved = replace(incident, pin=Pin(position=position, by_hand=by_hand, at=at, by=actor))
        case PlaceLocated(whereabouts=whereabouts):
            return replace(incident, whereabouts=whereabouts)
        case PlaceDescribed(road=road, landmark=landmark):
            return replace(incident, road_text=road, landmark_text=landmark)
    if moved.position == incident.position:
        return moved
    return replace(moved, whereabouts=())  # what the map said was said of another place


def _apply_decision(incident: Incident, event: ev.Event, at: datetime, actor: str) -> Incident:
    match event:
        case ev.PoliceDispatched(reason=reason, note=note):
            dispatch = Dispatch(reason=reason, note=note, at=at, by=actor)
            return replace(incident, dispatch=dispatch, state=IncidentState.DISPATCHED)
        case ev.EvacuationNoticeSent(text=text, destination=destination):
            notice = Evacuation(text=text, destination=destination, at=at, by=actor)
            return replace(incident, evacuation=notice)
        case ev.EvacuationConfirmed(party_id=party_id):
            return _with_party(incident, replace(incident.party(party_id), evacuated_at=at))
        case _ if isinstance(event, ps.PostEvent):
            return _apply_post(incident, event, at, actor)
        case ev.RulingDrafted(ruling=ruling):
            return replace(incident, ruling=ruling)
        case ev.DeterminationIssued(determination=determination):
            return replace(incident, determination=determination, state=IncidentState.ISSUED)
        case ev.DeterminationServed(service=service):
            document = incident.determination
            if document is None:
                raise DomainError("not-issued")
            served = replace(document, served=(*document.served, service))
            everyone = all(served.service_on(party.id) for party in incident.parties)
            state = IncidentState.SERVED if everyone else incident.state
            return replace(incident, determination=served, state=state)
        case _ if isinstance(event, rv.ReviewEvent):
            return replace(incident, review=rv.after(incident.review, event, at))
        case ev.MessageQueued(message=message):
            return replace(incident, messages=(*incident.messages, message))
        case ev.MessageSent(message_id=message_id):
            return replace(incident, messages=with_sent(incident.messages, message_id, at))
        case DeliveryRecorded(delivery=delivery):
            deliveries = with_delivery(incident.deliveries, delivery)
            return replace(incident, deliveries=deliveries, messages=told_of(incident.messages, delivery))
        case ev.IncidentClosed():
            return replace(incident, state=IncidentState.CLOSED)
        case _:
            return _apply_closing(incident, event, at)


def _apply_post(incident: Incident, event: ps.PostEvent, at: datetime, actor: str) -> Incident:
    moved = replace(incident, posts=ps.after(incident.posts, event, at, actor, incident.missing_slots))
    match event:
        case ps.ReturnedForEvidence(slots=slots, note=note):
            wanted = Return(slots=slots, note=note, at=at, by=actor)
            return replace(moved, returned=wanted, state=IncidentState.COLLECTING)
        case ps.HandedOver():
            return replace(moved, returned=None, state=IncidentState.RULING)
        case ps.GeneralProcedureOpened():
            return replace(moved, state=IncidentState.DISPATCHED)
        case _:
            return moved


def _apply_closing(incident: Incident, event: ev.Event, at: datetime) -> Incident:
    match event:
        case closing.RecordingStarted(call_id=call_id):
            return replace(incident, recording=sg.Recording(call_id=call_id, since=at))
        case closing.RecordingEnded():
            return replace(incident, recording=None)
        case closing.SignaturesRequested(request=request):
            same = incident.signing is not None and incident.signing.sha256 == request.sha256
            return replace(incident if same else _without_signatures(incident), signing=request)
        case closing.SignatureRecorded(signature=signature):
            others = tuple(one for one in incident.signatures if one.party_id != signature.party_id)
            return replace(incident, signatures=(*others, signature))
        case _:
            return incident  # an event of a call changes nothing here


def _signed_content(incident: Incident) -> tuple[object, ...]:
    """Return what the text to be signed is made of."""
    stated = tuple((party.id, party.details) for party in incident.parties)
    return incident.ruling, incident.road_text, incident.landmark_text, incident.happened_at, stated


def _without_signatures(incident: Incident) -> Incident:
    """The text changed: who signed or refused did so to another one; who was absent still is."""
    absent = tuple(one for one in incident.signatures if one.state is sg.SignatureState.ABSENT)
    return replace(incident, signing=None, signatures=absent)


def _with_party(incident: Incident, changed: Party) -> Incident:
    parties = tuple(changed if p.id == changed.id else p for p in incident.parties)
    return replace(incident, parties=parties)


def _with_verification(incident: Incident, changed: vf.Verification) -> Incident:
    others = tuple(v for v in incident.verifications if v.party_id != changed.party_id)
    return replace(incident, verifications=(*others, changed))
