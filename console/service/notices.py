"""The SMS outbox: queued with what it tells, sent by a worker, told as sent exactly once.

A message goes to the gateway at least once and always under its own id. What the gateway's success means for
the case, the service of a determination, is decided in the same transaction that records it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Row, insert, select, update

from console.domain.call import Call
from console.domain.clock import local_date
from console.domain.determination import REVIEW_WORKING_DAYS, Message, MessageState, Service
from console.domain.errors import DomainError
from console.domain.events import DeterminationServed, MessageQueued, MessageSent
from console.domain.ids import IncidentId, MessageId, PartyId, new_id
from console.domain.incident import Incident
from console.domain.party import Party
from console.domain.ruling import Outcome
from console.service.bell import rung
from console.service.core import SERVICE, Core
from console.service.documents_sheet import chinese_date, weekday_date
from console.service.journal import Work
from console.service.messages import GatewayUnavailable
from console.service.tables import outbox

log = logging.getLogger(__name__)

IDLE_SECONDS = 5.0
"""How long the worker rests when nothing wakes it: messages that failed are due again by then."""
LONGEST_PAUSE_SECONDS = 300


def queue_sms(
    core: Core,
    work: Work,
    incident: Incident,
    party: Party,
    template: str,
    words: Mapping[str, str],
    *,
    serves: bool = False,
) -> None:
    """Put a message to ``party`` into the outbox, in the transaction of what it tells.

    ``serves``: its sending is the service of the determination. A party without phone gets none.
    """
    if not party.details.phone:
        return
    sign = core.rules.office.sms_sign + ("（训练）" if incident.training else "")
    message = Message(
        id=MessageId(new_id()),
        party_id=party.id,
        template=f"{template}/{core.templates.version}",
        text=core.templates.text(template, {"sign": sign, "incident": incident.number, **words}),
        state=MessageState.QUEUED,
        queued_at=work.now,
    )
    work.record(incident.id, MessageQueued(message=message))
    work.connection.execute(
        insert(outbox).values(
            message_id=message.id,
            incident_id=incident.id,
            party_id=party.id,
            phone=party.details.phone,
            text=message.text,
            serves=serves,
            attempts=0,
            due_at=work.now,
        )
    )


def tell_everyone(
    core: Core, work: Work, incident: Incident, template: str, words: Mapping[str, str]
) -> None:
    """Queue the same message to every party that can be reached."""
    for party in incident.parties:
        queue_sms(core, work, incident, party, template, words)


def tell_to_resume(core: Core, work: Work, call: Call) -> None:
    """Tell a party whose phone fell silent how to come back to the same call: once a call."""
    incident = work.incident(call.incident_id)
    told = any(
        message.party_id == call.party_id
        and message.template.startswith("resume/")
        and message.queued_at >= call.placed_at
        for message in incident.messages
    )
    if not told:
        queue_sms(core, work, incident, incident.party(call.party_id), "resume", {})


async def run(core: Core) -> None:
    """Send what is due until cancelled; a fault is logged and the next round goes on."""
    while True:
        turn = core.bell.turn
        try:
            await asyncio.to_thread(send_due, core)
        except Exception:
            log.exception("a round of sending failed")
        await rung(turn, IDLE_SECONDS)


def send_due(core: Core) -> int:
    """Try every message that is due once; return how many were sent."""
    with core.database.read() as connection:
        due = connection.execute(
            select(outbox)
            .where(outbox.c.sent_at.is_(None), outbox.c.due_at <= core.clock())
            .order_by(outbox.c.due_at)
        ).all()
    return sum(_send(core, row) for row in due)


def _send(core: Core, row: Row[tuple[object, ...]]) -> bool:
    try:
        core.gateway.send(MessageId(row.message_id), row.phone, row.text)
    except GatewayUnavailable as error:
        pause = min(2**row.attempts, LONGEST_PAUSE_SECONDS)
        log.warning("message waits %d s: %s", pause, error)
        with core.work() as work:
            work.connection.execute(
                update(outbox)
                .where(outbox.c.message_id == row.message_id)
                .values(attempts=row.attempts + 1, due_at=work.now + timedelta(seconds=pause))
            )
        return False
    with core.work(SERVICE) as work:
        first = work.connection.execute(
            update(outbox)
            .where(outbox.c.message_id == row.message_id, outbox.c.sent_at.is_(None))
            .values(sent_at=work.now, attempts=row.attempts + 1)
        ).rowcount
        if not first:
            return False
        incident_id = IncidentId(row.incident_id)
        work.record(incident_id, MessageSent(message_id=MessageId(row.message_id)))
        if row.serves:
            _serve(core, work, incident_id, PartyId(row.party_id))
    return True


def _serve(core: Core, work: Work, incident_id: IncidentId, party_id: PartyId) -> None:
    """Record the service on a party: the sending system shows success (违法行为处理程序规定 Art. 56)."""
    incident = work.incident(incident_id)
    document = incident.determination
    if document is None or party_id in {served.party_id for served in document.served}:
        return
    today = local_date(work.now)
    try:
        last_day = core.rules.calendar.last_day(today, REVIEW_WORKING_DAYS)
    except DomainError:
        log.exception("sent, but the service cannot be dated")
        return
    service = Service(party_id=party_id, served_at=work.now, review_until=last_day)
    work.record(incident_id, DeterminationServed(service=service))
    queue_sms(
        core,
        work,
        incident,
        incident.party(party_id),
        "review",
        {
            "document": document_name(document.ruling.outcome),
            "served": chinese_date(today),
            "last_day": weekday_date(last_day),
            "review_by": core.rules.office.review_by,
        },
    )


def document_name(outcome: Outcome) -> str:
    """Return what a document is called in a message."""
    return "事故证明" if outcome is Outcome.CERTIFICATE else "认定书"
