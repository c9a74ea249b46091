"""Faces: a party's live picture held against the licence's or the registry's, as a hint to the officer."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from console.contract.face_api import CompareFaces, JudgeFaces
from console.domain.errors import DomainError
from console.domain.events import FacesCompared
from console.domain.evidence import Evidence
from console.domain.faces import FaceBand, FaceCheck, FaceMethod, FaceReference
from console.domain.ids import EvidenceId, IncidentId, PartyId
from console.domain.incident import Incident
from console.domain.party import ConsentItem, Party
from console.domain.verification import (
    Check,
    CheckItem,
    CheckResult,
    ChecksRecorded,
    Comparison,
    Field,
    Seen,
    Source,
    Verdict,
)
from console.service.auth import DeskUser
from console.service.bounds import bounded
from console.service.commands import ByCollector
from console.service.core import Core, Here
from console.service.guards import editable
from console.service.journal import Work, read_incident
from console.service.recognition.faces import DRAWN, REAL, compare
from console.service.routes.room import Room

router = Room("/v1/incidents/{incident_id}/parties/{party_id}", "faces")

LIMIT_S = 60.0
"""Longest time for one comparison, which takes about one; the first one of a worker loads the models."""
_PHOTO_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {}}, "description": "The photograph"}
}
VERDICTS = {
    FaceBand.LIKELY_SAME: Verdict.AGREES,
    FaceBand.UNCLEAR: Verdict.UNREADABLE,
    FaceBand.LIKELY_DIFFERENT: Verdict.DIFFERS,
}


@router.post("/face-checks")
def compare_faces(
    incident_id: IncidentId, party_id: PartyId, body: CompareFaces, command: ByCollector
) -> FaceCheck:
    """Compare with the party's own consent (``face-consent-missing``); a hint that decides nothing."""
    bounded(body)
    core = command.core
    with core.database.read() as connection:
        incident = read_incident(connection, incident_id)
    party = _consenting(incident, party_id)
    live = core.evidence.read(body.live, _item(incident, body.live).digests)
    reference = _reference(core, incident, party, body)
    limits = DRAWN if core.settings.training else REAL
    likeness = core.comparers.run(LIMIT_S, compare, live, reference, limits)
    with command.begin() as work:
        _consenting(editable(work, incident_id), party_id)
        check = FaceCheck(
            party_id=party_id,
            live=body.live,
            reference=body.reference,
            licence=body.licence,
            method=FaceMethod.PROGRAM,
            band=likeness.band,
            score=likeness.score,
            live_problems=likeness.live_problems,
            reference_problems=likeness.reference_problems,
            note="",
            at=work.now,
            by=work.actor,
            live_box=likeness.live_box,
            reference_box=likeness.reference_box,
        )
        _record(work, incident_id, check)
        return work.answer(check)


@router.post("/face-judgements")
def judge_faces(
    incident_id: IncidentId, party_id: PartyId, body: JudgeFaces, command: ByCollector
) -> FaceCheck:
    """Take down what a person sees side by side; a doubt needs a reason (``reason-missing``)."""
    bounded(body)
    if body.band is not FaceBand.LIKELY_SAME and not body.note.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        incident = editable(work, incident_id)
        party = incident.party(party_id)
        _item(incident, body.live)
        if body.reference is FaceReference.LICENCE:
            _item(incident, body.licence)
        check = FaceCheck(
            party_id=party.id,
            live=body.live,
            reference=body.reference,
            licence=body.licence,
            method=FaceMethod.PERSON,
            band=body.band,
            score=None,
            live_problems=(),
            reference_problems=(),
            note=body.note.strip(),
            at=work.now,
            by=work.actor,
        )
        _record(work, incident_id, check)
        return work.answer(check)


@router.get("/registry-photo", response_class=Response, responses=_PHOTO_ANSWER)
def registry_photo(incident_id: IncidentId, party_id: PartyId, _who: DeskUser, core: Here) -> Response:
    """Return the register's photograph of the stated person, to be looked at beside the live picture."""
    with core.database.read() as connection:
        party = read_incident(connection, incident_id).party(party_id)
    headers = {"Cache-Control": "no-store"}
    return Response(_registered(core, party), media_type="image/jpeg", headers=headers)


def _consenting(incident: Incident, party_id: PartyId) -> Party:
    party = incident.party(party_id)
    consent = party.consent(ConsentItem.FACE_COMPARISON)
    if consent is None or not consent.given:
        raise DomainError("face-consent-missing", label=party.label)
    return party


def _item(incident: Incident, evidence_id: EvidenceId | None) -> Evidence:
    for item in incident.evidence:
        if item.id == evidence_id:
            return item
    raise DomainError("unknown-evidence")


def _reference(core: Core, incident: Incident, party: Party, body: CompareFaces) -> bytes:
    match body.reference:
        case FaceReference.LICENCE:
            item = _item(incident, body.licence)
            return core.evidence.read(item.id, item.digests)
        case FaceReference.REGISTRY:
            return _registered(core, party)


def _registered(core: Core, party: Party) -> bytes:
    number = party.details.id_number
    found = core.photos.of(number) if number else None
    if found is None:
        raise DomainError("photo-missing")
    return found


def _record(work: Work, incident_id: IncidentId, found: FaceCheck) -> None:
    """The comparison, and the line of it among the checks: a program's hint or a person's finding."""
    by_person = found.method is FaceMethod.PERSON
    problems = (*found.live_problems, *found.reference_problems)
    row = Comparison(
        field=Field.LIKENESS,
        seen=Seen(text="" if found.score is None else str(found.score), evidence_id=found.live),
        registered=found.reference.value,
        verdict=Verdict.UNREADABLE if found.band is None else VERDICTS[found.band],
    )
    check = Check(
        item=CheckItem.FACE,
        result=CheckResult.MANUAL if by_person else CheckResult.HINT,
        reason=problems[0].value if problems else found.band.value if found.band is not None else "",
        source=Source.OFFICER if by_person else Source.FACES,
        at=found.at,
        comparisons=(row,),
        by=found.by if by_person else "",
        note=found.note,
        evidence_id=found.live,
    )
    work.record(incident_id, FacesCompared(check=found))
    work.record(incident_id, ChecksRecorded(party_id=found.party_id, checks=(check,)))
