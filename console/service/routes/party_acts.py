"""Acts of a party that are not its signature: reading the document, its review, the claim, an officer's
recusal; and the code that legal acts need.
"""

from __future__ import annotations

from typing import Any

from fastapi import Response

from console.contract.party_api import (
    ApplyForReview,
    AskCode,
    AskRecusal,
    LegalAct,
    ReadDetermination,
    StartClaim,
)
from console.domain.delivery import claim_of
from console.domain.errors import DomainError
from console.domain.incident import Incident, IncidentState
from console.domain.review import require_reviewable
from console.service import applications, one_time, orders
from console.service.bounds import STATEMENT, bounded
from console.service.core import Core, Here
from console.service.party_access import ByParty, Visiting, Visitor
from console.service.party_case import known_case, read_case
from console.service.routes.room import Room

router = Room("/v1/party", "party")

_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}, "description": "The PDF"}}


@router.post("/codes", status_code=204)
def ask_code(body: AskCode, visitor: Visiting, core: Here) -> None:
    """Send a code for an act; sent again within half a minute it is ``too-many-requests``.

    For a review it is refused as the application would be.
    """
    subject = _subject(core, _case(core, visitor), visitor, body.act)
    if not subject:
        raise DomainError("nothing-to-do")
    one_time.send(core, visitor, body.act, subject)


@router.post("/determination", response_class=Response, responses=_PDF)
def read_determination(body: ReadDetermination, visitor: Visiting, core: Here) -> Response:
    """Return the issued document to a party that has shown the code."""
    bounded(body)
    subject = _document(_case(core, visitor))
    if not subject:
        raise DomainError("not-issued")
    one_time.prove(core, visitor, LegalAct.READ, subject, body.code).require()
    return Response(core.documents.read(subject), media_type="application/pdf")


@router.post("/review", status_code=204)
def apply_for_review(body: ApplyForReview, command: ByParty) -> None:
    """Apply for review of the issued document, in writing and once an accident.

    Refusals: ``not-served``, ``review-late`` (param ``last_day``), ``review-once``, ``text-missing``, and
    those of the code.
    """
    bounded(body, claims=STATEMENT, reasons=STATEMENT, evidence=STATEMENT)
    core, visitor = command.core, command.visitor
    subject = _document(_case(core, visitor))
    proof = one_time.prove(core, visitor, LegalAct.REVIEW, subject, body.code)
    with command.begin() as work:
        incident, party = known_case(work, visitor)
        applications.apply_for_review(core, work, incident, party, body)
        proof.use(work)


@router.post("/claim", status_code=204)
def start_claim(body: StartClaim, command: ByParty) -> None:
    """Start the claim with the own insurer, once; asked again it stays as it is.

    ``claim-not-possible`` before the document was served, and the refusals of the code.
    """
    bounded(body)
    core, visitor = command.core, command.visitor
    subject = _document(_case(core, visitor))
    proof = one_time.prove(core, visitor, LegalAct.CLAIM, subject, body.code)
    with command.begin() as work:
        incident, party = known_case(work, visitor)
        if claim_of(incident.deliveries, party.id) is None:
            orders.start_claim(core, work, incident, party)
            proof.use(work)


@router.post("/recusal-requests", status_code=204)
def ask_recusal(body: AskRecusal, command: ByParty) -> None:
    """Ask that the officer who has the case stand back (公安部令第146号 Art. 105).

    That is who writes the ruling, before that who answered the call.

    Refusals: ``no-officer`` before anybody answered, ``incident-locked`` once the document is issued,
    ``reason-missing``, ``recusal-asked`` and ``recused-already``.
    """
    bounded(body)
    with command.begin() as work:
        incident, party = known_case(work, command.visitor)
        officer = incident.posts.in_charge
        if officer is None:
            raise DomainError("no-officer")
        applications.request_recusal(command.core, work, incident, party.id, officer, body.reason)


def _case(core: Core, visitor: Visitor) -> Incident:
    with core.database.read() as connection:
        return read_case(connection, visitor)[0]


def _document(incident: Incident) -> str:
    return "" if incident.determination is None else incident.determination.pdf_sha256


def _subject(core: Core, incident: Incident, visitor: Visitor, act: LegalAct) -> str:
    """Return the digest of what the act is about now, empty where there is nothing."""
    match act:
        case LegalAct.READ:
            return _document(incident)
        case LegalAct.REVIEW:
            require_reviewable(incident.determination, incident.review, visitor.party_id, core.clock())
            return _document(incident)
        case LegalAct.CLAIM:
            started = claim_of(incident.deliveries, visitor.party_id) is not None
            possible = orders.may_claim(core, incident, incident.party(visitor.party_id))
            return _document(incident) if possible and not started else ""
        case LegalAct.SIGN:
            asked = incident.signing if incident.state is IncidentState.RULING else None
            return "" if asked is None else asked.sha256
