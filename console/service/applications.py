"""What parties apply for: review of a document, and that an officer stand back. Each has its own clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, select, tuple_

from console.contract.application_api import Application, ApplicationPage, ApplicationStep, DecideReview
from console.contract.codec import decode
from console.contract.party_api import ApplyForReview
from console.domain.clock import Clock, local_date
from console.domain.errors import DomainError
from console.domain.ids import PartyId, RequestId, UserId, new_id
from console.domain.incident import Incident
from console.domain.party import Party
from console.domain.posts import Officer, RecusalDecided, RecusalRequest, RecusalRequested
from console.domain.review import (
    Review,
    ReviewApplied,
    ReviewDecided,
    ReviewForwarded,
    ReviewOutcome,
    require_reviewable,
)
from console.service.core import Core
from console.service.documents_words import chinese_date
from console.service.guards import editable
from console.service.journal import Work
from console.service.notices import document_name, queue_sms, tell_everyone
from console.service.party_access import keep_open
from console.service.tables import incidents

PAGE_STAYS = timedelta(days=60)
"""Longer than sending the file on, deciding and serving the decision take together."""
PAGE = 100
"""Incidents on one page."""
OUTCOMES = {
    ReviewOutcome.UPHELD: "维持原认定",
    ReviewOutcome.CORRECTED: "更正后维持原认定",
    ReviewOutcome.REINVESTIGATE: "责令重新调查、认定",
    ReviewOutcome.NOT_ACCEPTED: "不予受理",
}
GRANTED, REFUSED = "准予回避，由其他民警办理", "不符合回避情形，由原民警继续办理"
_STAMP = "%Y%m%dT%H%M%S.%fZ"


def apply_for_review(core: Core, work: Work, incident: Incident, party: Party, body: ApplyForReview) -> None:
    """Take an application, or join it to another party's.

    Raises ``text-missing`` and as ``require_reviewable``.
    """
    document = require_reviewable(incident.determination, incident.review, party.id, work.now)
    words = {name: getattr(body, name).strip() for name in ("claims", "reasons", "evidence")}
    if not all(words.values()):
        raise DomainError("text-missing")
    until = core.rules.last_day(Clock.FORWARD_FILE, local_date(work.now))
    work.record(incident.id, ReviewApplied(party_id=party.id, forward_until=until, **words))
    keep_open(work, [one.id for one in incident.parties], work.now + PAGE_STAYS)
    queue_sms(
        core,
        work,
        incident,
        party,
        "review-received",
        {
            "document": document_name(document.ruling.outcome),
            "received": chinese_date(local_date(work.now)),
            "review_by": core.rules.office.review_by,
        },
    )


def forward_review(core: Core, work: Work, incident: Incident) -> None:
    """Note that the file, or what came in since, went to the superior.

    Raises ``no-review`` or ``review-forwarded``. The superior has thirty days from the day on which the first
    application came in, which is the day of acceptance (公安部令第146号 Arts. 73, 74).
    """
    review = _open_review(incident)
    if not review.to_forward:
        raise DomainError("review-forwarded")
    until = core.rules.last_day(Clock.REVIEW_DECISION, local_date(review.applied_at))
    work.record(incident.id, ReviewForwarded(decide_until=until))


def decide_review(core: Core, work: Work, incident: Incident, who: UserId, body: DecideReview) -> None:
    """Note the superior's decision and tell every party; ordered anew, the case is to be ruled again.

    Raises ``no-review``, ``review-not-forwarded``, ``own-ruling``, ``reason-missing`` and ``decision-day``.
    """
    review = _open_review(incident)
    if review.to_forward:
        raise DomainError("review-not-forwarded")
    if incident.determination is not None and incident.determination.issued_by == who:
        raise DomainError("own-ruling")
    if not body.note.strip():
        raise DomainError("reason-missing")
    day = body.decided_on or local_date(work.now)
    if not local_date(review.applied_at) <= day <= local_date(work.now):
        raise DomainError("decision-day")
    anew = body.outcome is ReviewOutcome.REINVESTIGATE
    until = core.rules.last_day(Clock.REINVESTIGATION, day) if anew else None
    work.record(
        incident.id,
        ReviewDecided(outcome=body.outcome, note=body.note.strip(), redo_until=until, decided_on=day),
    )
    tell_everyone(core, work, incident, "review-decided", {"outcome": OUTCOMES[body.outcome]})


def request_recusal(
    core: Core, work: Work, incident: Incident, party_id: PartyId, officer: Officer, reason: str
) -> None:
    """Take a party's request that an officer stand back, while he may still rule.

    Raises ``incident-locked``, ``reason-missing``, ``recused-already``, and ``recusal-asked`` while the same
    request of the party is open or was refused.
    """
    editable(work, incident.id)
    if not reason.strip():
        raise DomainError("reason-missing")
    if incident.posts.recused(officer.id) is not None:
        raise DomainError("recused-already")
    same = (one.asked for one in incident.posts.requests)
    if any((asked.party_id, asked.officer) == (party_id, officer.id) for asked in same):
        raise DomainError("recusal-asked")
    event = RecusalRequested(
        request_id=RequestId(new_id()),
        party_id=incident.party(party_id).id,
        officer=officer.id,
        officer_name=officer.name,
        reason=reason.strip(),
        decide_until=core.rules.last_day(Clock.RECUSAL_DECISION, local_date(work.now)),
    )
    work.record(incident.id, event)


def decide_recusal(
    core: Core, work: Work, incident: Incident, who: UserId, request_id: RequestId, granted: bool, note: str
) -> None:
    """Grant or refuse what a party asked for, and tell the party.

    Raises ``unknown-request``, ``recusal-decided``, ``own-recusal`` and ``reason-missing``.
    """
    request = incident.posts.request(request_id)
    if request.decision is not None:
        raise DomainError("recusal-decided")
    if request.asked.officer == who:
        raise DomainError("own-recusal")
    if not granted and not note.strip():
        raise DomainError("reason-missing")
    work.record(incident.id, RecusalDecided(request_id=request_id, granted=granted, note=note.strip()))
    party = incident.party(request.asked.party_id)
    queue_sms(core, work, incident, party, "recusal-decided", {"outcome": GRANTED if granted else REFUSED})


def page(connection: Connection, today: date, after: str = "") -> ApplicationPage:
    """Return what waits after the place ``after``, the longest waiting incidents first.

    A place is a moment and an id, for what waited there may have been decided meanwhile.
    """
    query = (
        select(incidents.c.id, incidents.c.asked_at, incidents.c.body)
        .where(incidents.c.asked_at.is_not(None))
        .order_by(incidents.c.asked_at, incidents.c.id)
        .limit(PAGE + 1)
    )
    if after:
        query = query.where(tuple_(incidents.c.asked_at, incidents.c.id) > tuple_(*_place(after)))
    rows = connection.execute(query).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return ApplicationPage(
        items=tuple(item for row in rows[:PAGE] for item in _items(decode(Incident, row.body), today)),
        next="" if last is None else f"{last.asked_at.astimezone(UTC).strftime(_STAMP)}~{last.id}",
    )


def _items(incident: Incident, today: date) -> Iterator[Application]:
    if incident.review is not None and (incident.review.open or incident.to_redo is not None):
        yield _of_review(incident, incident.review, today)
    for request in incident.posts.open_requests:
        yield _of_recusal(incident, request, today)


def _of_review(incident: Incident, review: Review, today: date) -> Application:
    step = ApplicationStep.FORWARD_REVIEW if review.to_forward else ApplicationStep.DECIDE_REVIEW
    words = [_written(incident, asked, alone=not review.joined) for asked, _at in review.applications]
    if review.decision is not None:
        step = ApplicationStep.REDETERMINE
        words.insert(0, f"复核结论：{review.decision.note}")
    return Application(
        step=step,
        incident_id=incident.id,
        incident_number=incident.number,
        party="、".join(incident.party(asked.party_id).label for asked, _at in review.applications),
        asked_at=review.applied_at,
        due_on=review.due_on,
        overdue=review.due_on is not None and review.due_on < today,
        words="\n".join(words),
    )


def _written(incident: Incident, asked: ReviewApplied, *, alone: bool) -> str:
    """Return what a party wrote; each under its label where several applied."""
    head = "" if alone else f"【{incident.party(asked.party_id).label}】\n"
    return f"{head}请求：{asked.claims}\n理由：{asked.reasons}\n证据：{asked.evidence}"


def _of_recusal(incident: Incident, request: RecusalRequest, today: date) -> Application:
    asked = request.asked
    return Application(
        step=ApplicationStep.DECIDE_RECUSAL,
        incident_id=incident.id,
        incident_number=incident.number,
        party=incident.party(asked.party_id).label,
        asked_at=request.asked_at,
        due_on=asked.decide_until,
        overdue=asked.decide_until is not None and asked.decide_until < today,
        words=asked.reason,
        request_id=asked.request_id,
        officer=asked.officer_name,
    )


def _open_review(incident: Incident) -> Review:
    if incident.review is None or not incident.review.open:
        raise DomainError("no-review")
    return incident.review


def _place(after: str) -> tuple[datetime, str]:
    stamp, _tilde, incident_id = after.partition("~")
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC), incident_id
    except ValueError:
        raise DomainError("invalid-request", places="after: form") from None
