"""How each event changes what is known of an accident.

``evolve`` is the only way to a new ``Incident``; service and desk both use it, so that replaying the
journal and reading a snapshot cannot differ.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from console.domain import closing_events as closing
from console.domain import discarding as dc
from console.domain import events as ev
from console.domain import posts as ps
from console.domain import recognition as rc
from console.domain import review as rv
from console.domain import signature as sg
from console.domain import verification as vf
from console.domain.decisions import Dispatch, Evacuation, Return
from console.domain.delivery import DeliveryRecorded, told_of, with_delivery, with_sent
from console.domain.determination import Determination
from console.domain.errors import DomainError
from console.domain.evidence import CaptureSource
from console.domain.ids import UserId
from console.domain.incident import Incident, IncidentState
from console.domain.local_finding import LocalRuleApplied
from console.domain.party import Party
from console.domain.place import Pin, PlaceDescribed, PlaceEvent, PlaceLocated, PlacePinned, PositionReported
from console.domain.triage import Answer, TriageFact


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
        case ev.TriageFactStated(fact=TriageFact.BOTH_LEFT, answer=answer, decide_until=until):
            late = until if answer is Answer.YES else None
            return _with_fact(replace(incident, late_until=late), TriageFact.BOTH_LEFT, answer, at)
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
        case ev.RulingDrafted(ruling=ruling, officer_name=name):
            return _with_officer(replace(incident, ruling=ruling), UserId(actor), name)
        case ev.CallAnswered(user_id=user_id, user_name=name) if incident.state is IncidentState.COLLECTING:
            return incident if incident.ruling is not None else _with_officer(incident, user_id, name)
        case ev.DeterminationIssued(determination=determination):
            return _issued(incident, determination, at)
        case ev.DeterminationServed(service=service):
            document = incident.determination
            if document is None:
                raise DomainError("not-issued")
            served = replace(document, served=(*document.served, service))
            everyone = all(served.service_on(party.id) for party in incident.parties)
            state = IncidentState.SERVED if everyone else incident.state
            return replace(incident, determination=served, state=state)
        case _ if isinstance(event, rv.ReviewEvent):
            return _reviewed(incident, event, at)
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


def _with_officer(incident: Incident, officer: UserId, name: str) -> Incident:
    """Name who has the case; nobody who stood back from it has it again."""
    if not name or incident.posts.recused(officer) is not None:
        return incident
    return replace(incident, posts=replace(incident.posts, in_charge=ps.Officer(id=officer, name=name)))


def _issued(incident: Incident, determination: Determination, at: datetime) -> Incident:
    made = replace(incident, determination=determination, state=IncidentState.ISSUED)
    if incident.determination is None:
        return made
    review = None if incident.review is None else replace(incident.review, redone_at=at)
    return replace(made, cancelled=(*incident.cancelled, incident.determination), review=review)


def _reviewed(incident: Incident, event: rv.ReviewEvent, at: datetime) -> Incident:
    """Follow the review; ordered to be investigated anew, the case goes back to the ruling post (Art. 79).

    Whoever signed, refused or was absent did so for the document that is to be cancelled.
    """
    moved = replace(incident, review=rv.after(incident.review, event, at))
    if isinstance(event, rv.ReviewDecided) and event.outcome is rv.ReviewOutcome.REINVESTIGATE:
        return replace(moved, state=IncidentState.RULING, returned=None, signing=None, signatures=())
    return moved


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
