"""Draft, preview, issue and close. Only a qualified officer issues (公安部令第146号 Art. 5)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fastapi import Response

from console.contract.codec import encode
from console.contract.desk_api import CloseIncident, IssueDetermination, RulingReview, User
from console.contract.tables import Tables
from console.domain.city import Numbering
from console.domain.clock import Clock, local_date
from console.domain.determination import REVIEW_WORKING_DAYS, Determination
from console.domain.ending import Ending, require_ended
from console.domain.errors import DomainError
from console.domain.events import DeterminationIssued, IncidentClosed, RulingDrafted
from console.domain.ids import IncidentId
from console.domain.incident import Incident, IncidentState, require_state
from console.domain.party import ConsentItem, Party
from console.domain.ruling import Liability, Outcome, Ruling, RulingProblem
from console.domain.staleness import changes_reading
from console.domain.wording import SHARE
from console.service import orders
from console.service.auth import DeskUser
from console.service.bounds import bounded
from console.service.commands import ByCollector, ByRulingOfficer
from console.service.core import Core, Here
from console.service.documents_sheet import Paper, compose, signing_text
from console.service.documents_signing import require_signatures, signature_rows
from console.service.guards import editable, require_may_rule
from console.service.journal import Work, events_after, read_incident, read_incident_calls
from console.service.notices import document_name, queue_sms
from console.service.opening import next_number
from console.service.routes.room import Room
from console.service.ruling_review import cited, deadlines, issuable, review, suggestion

router = Room("/v1", "rulings")

PASSAGE = 4_000
"""Characters of facts, reason and mediation: about two pages of the document each."""

PDF = "application/pdf"
_PDF_ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {PDF: {}}, "description": "The document"}}


@router.get("/tables", response_model=Tables)
def tables(_who: DeskUser, core: Here) -> Response:
    """Return everything that the ruling form chooses from."""
    return Response(encode(core.rules.tables), media_type="application/json")


@router.put("/incidents/{incident_id}/ruling")
def draft_ruling(incident_id: IncidentId, body: Ruling, command: ByRulingOfficer) -> RulingReview:
    """Save the ruling form whole, with its faults in the table's own words; return what still hinders.

    Whoever saves it has the case from then on; ``officer-recused`` for who stood back from it.
    """
    bounded(body, facts=PASSAGE, reason=PASSAGE, mediation=PASSAGE)
    with command.begin() as work:
        incident, officer = editable(work, incident_id), command.who.user
        if incident.posts.recused(officer.id) is not None:
            raise DomainError("officer-recused")
        ruling, hindered = review(incident, body, command.core.rules)
        work.record(incident_id, RulingDrafted(ruling=ruling, officer_name=officer.name))
        return work.answer(_reviewed(work.incident(incident_id), ruling, hindered, command.core))


@router.get("/incidents/{incident_id}/suggestion")
def suggested(incident_id: IncidentId, _who: DeskUser, core: Here) -> RulingReview:
    """Return what the facts of the saved form suggest and what hinders it; ``no-ruling`` without one."""
    with core.database.read() as connection:
        incident = read_incident(connection, incident_id)
    if incident.ruling is None:
        raise DomainError("no-ruling")
    ruling, hindered = review(incident, incident.ruling, core.rules)
    return _reviewed(incident, ruling, hindered, core)


@router.get("/incidents/{incident_id}/ruling/preview.pdf", response_class=Response, responses=_PDF_ANSWER)
def preview(incident_id: IncidentId, who: DeskUser, core: Here) -> Response:
    """Return the saved ruling as the document it would become, stamped as a draft."""
    with core.database.read() as connection:
        incident = read_incident(connection, incident_id)
    if incident.ruling is None:
        raise DomainError("no-ruling")
    now = core.clock()
    paper = Paper(number="", at=now, officer=_signed_by(who.user), review_until=None)
    rows = signature_rows(incident, core.signatures)
    sheet = compose(incident, incident.ruling, core.rules, paper, rows)
    return Response(core.press.pdf(sheet, now), media_type=PDF)


@router.post("/incidents/{incident_id}/determination")
def issue(incident_id: IncidentId, body: IssueDetermination, command: ByRulingOfficer) -> Determination:
    """Issue the saved ruling as a numbered document and send every party its result.

    Refusals: ``unqualified-issuer``; ``officer-recused``; ``stale`` when anything that counts was recorded
    since the ``version`` that was read; ``ruling-not-issuable`` with the codes of all problems;
    ``signatures-open`` while a party has neither signed this text nor refused nor been noted as absent;
    ``calendar-missing``. After a review that ordered it, the new document cancels the old one, which stays as
    it was (公安部令第146号 Art. 79). The document is on the disk before the journal says that it was issued.
    """
    bounded(body)
    core, user = command.core, command.who.user
    with command.begin() as work:
        incident = work.incident(incident_id)
        require_may_rule(incident, user)
        require_state(incident, IncidentState.ISSUED)
        if any(changes_reading(event) for event in events_after(work.connection, incident, body.version)):
            raise DomainError("stale", version=incident.version)
        ruling = issuable(incident, core.rules)
        require_signatures(incident, ruling, signing_text(incident, ruling, core.rules))
        replaced = incident.determination.number if incident.to_redo and incident.determination else ""
        number = _number(work, core.city.documents, training=incident.training)
        pdf = core.press.pdf(
            compose(
                incident,
                ruling,
                core.rules,
                Paper(
                    number=number,
                    at=work.now,
                    officer=_signed_by(user),
                    review_until=None if replaced else _last_day(core, work.now),
                ),
                signature_rows(incident, core.signatures),
            ),
            work.now,
        )
        determination = Determination(
            number=number,
            ruling=ruling,
            issued_at=work.now,
            issued_by=user.id,
            pdf_sha256=core.documents.keep(pdf),
            pdf_size=len(pdf),
            replaces=replaced,
            serve_until=core.rules.last_day(Clock.SERVE_CERTIFICATE, local_date(work.now)),
        )
        work.record(incident_id, DeterminationIssued(determination=determination))
        for party in incident.parties:
            _send_result(core, work, incident, party, ruling)
        orders.report_document(core, work, work.incident(incident_id))
        return work.answer(determination)


@router.get("/incidents/{incident_id}/determination.pdf", response_class=Response, responses=_PDF_ANSWER)
def determination(incident_id: IncidentId, _who: DeskUser, core: Here, number: str = "") -> Response:
    """Return the issued document, byte for byte; raise ``not-issued`` or ``document-damaged``.

    ``number``: that of a document which was cancelled after a review; empty for the newest one.
    """
    with core.database.read() as connection:
        incident = read_incident(connection, incident_id)
    documents = (incident.determination, *incident.cancelled)
    issued = next((one for one in documents if one is not None and number in {"", one.number}), None)
    if issued is None:
        raise DomainError("not-issued")
    return Response(core.documents.read(issued.pdf_sha256), media_type=PDF)


@router.post("/incidents/{incident_id}/close", status_code=204)
def close(incident_id: IncidentId, body: CloseIncident, command: ByCollector) -> None:
    """Close a case that has come to its end (``domain.ending``); the disposition says what became of it.

    Refusals: ``reason-missing``, ``incident-state``, ``review-open``, ``call-held``, ``facts-open``. Whether
    a late report is taken on (公安部令第146号 Art. 18) is decided by a qualified officer alone.
    """
    bounded(body)
    if not body.disposition.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        incident = work.incident(incident_id)
        ending = require_ended(incident, read_incident_calls(work.connection, incident_id))
        if ending is Ending.NOT_TAKEN:
            require_may_rule(incident, command.who.user)
        work.record(incident_id, IncidentClosed(disposition=body.disposition.strip(), ending=ending))


def _reviewed(
    incident: Incident, ruling: Ruling, hindered: tuple[RulingProblem, ...], core: Core
) -> RulingReview:
    found = suggestion(incident, ruling, core.rules)
    return RulingReview(
        version=incident.version,
        problems=hindered,
        suggestion=found,
        provisions=() if found is None else cited(found, incident, core.rules),
        deadlines=deadlines(incident, core.rules, core.clock()),
    )


def _number(work: Work, numbering: Numbering, *, training: bool) -> str:
    """Return the next document number of the city's series; training documents are counted apart."""
    if training:
        return f"训练样张第{next_number(work.connection, 'determination-training'):04d}号"
    today = local_date(work.now)
    return numbering.number(today, next_number(work.connection, f"determination-{numbering.series(today)}"))


def _last_day(core: Core, moment: datetime) -> date:
    return core.rules.calendar.last_day(local_date(moment), REVIEW_WORKING_DAYS)


def _signed_by(user: User) -> str:
    return f"{user.name}（警号 {user.number}）"


def _own_share(ruling: Ruling, share: Liability | None) -> str:
    if ruling.blow_shares:
        return "有多次独立碰撞，责任逐次认定"
    return f"您承担{SHARE[share]}" if share not in {None, Liability.NONE} else "您无责任"


def _send_result(core: Core, work: Work, incident: Incident, party: Party, ruling: Ruling) -> None:
    """Queue the result; it serves the document only on a party that agreed to electronic service."""
    consent = party.consent(ConsentItem.E_SERVICE)
    agreed = consent is not None and consent.given
    share = next(p.liability for p in ruling.parties if p.party_id == party.id)
    outcome = {
        Outcome.NO_FAULT: "属于交通意外，各方无责任",
        Outcome.CERTIFICATE: "成因无法查清，出具事故证明",
    }.get(ruling.outcome, _own_share(ruling, share))
    queue_sms(
        core,
        work,
        incident,
        party,
        "result" if agreed else "result-paper",
        {"outcome": outcome, "document": document_name(ruling.outcome)},
        serves=agreed,
    )
