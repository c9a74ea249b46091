"""SMS to parties: queued with what they tell, and told as sent exactly once.

What the gateway's success means for the case, the service of a determination, is decided in the same
transaction that records it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from datetime import timedelta

from console.contract.delivery_api import SmsOrder
from console.contract.desk_api import CreateLink
from console.domain.call import Call
from console.domain.clock import Clock, end_of_day, local_date
from console.domain.delivery import Channel
from console.domain.determination import REVIEW_WORKING_DAYS, Message, MessageState, Service, ServiceWay
from console.domain.errors import DomainError
from console.domain.events import DeterminationServed, MessageQueued, MessageSent
from console.domain.ids import DeliveryId, IncidentId, MessageId, PartyId, new_id
from console.domain.incident import Incident
from console.domain.party import Party
from console.domain.ruling import Outcome
from console.service import outbox
from console.service.core import Core
from console.service.documents_words import chinese_date, weekday_date
from console.service.journal import Work
from console.service.messages import LINK
from console.service.outbox import Claimed
from console.service.party_access import create_link, keep_open

log = logging.getLogger(__name__)

DROPPED, NOT_ANSWERED = "resume", "call-back"
WAYS_BACK = frozenset({DROPPED, NOT_ANSWERED})
"""Templates with a link back to the case."""
WAY_BACK_PAUSE = timedelta(minutes=1)
"""Who calls and leaves again and again gets no message each time: the last link is still good."""
HIDDEN_LINK = "（链接）"
"""What stands for a link wherever a message is kept: links are kept by hash alone."""
PAGE_STAYS = timedelta(days=14)
"""A party's page outlives its time to apply: who comes too late reads so there, and the document stays."""
ASKED_PAUSE = timedelta(seconds=30)
"""A person who asks for it sends no second message sooner: the first may still be on its way."""


def queue_sms(
    core: Core,
    work: Work,
    incident: Incident,
    party: Party,
    template: str,
    words: Mapping[str, str],
    *,
    serves: bool = False,
    link: str = "",
) -> None:
    """Put a message to ``party`` into the outbox, in the transaction of what it tells.

    ``serves``: its sending is the service of the determination. ``link`` is for the receiver alone: what the
    journal keeps of the message does not have it. A party without phone gets none.
    """
    if not party.details.phone:
        return
    sign = core.rules.office.sms_sign + ("（训练）" if incident.training else "")
    filled = {"sign": sign, "incident": incident.number, LINK: HIDDEN_LINK, **words}
    message = Message(
        id=MessageId(new_id()),
        party_id=party.id,
        template=f"{template}/{core.city.templates.version}",
        text=core.city.templates.text(template, filled),
        state=MessageState.QUEUED,
        queued_at=work.now,
    )
    work.record(incident.id, MessageQueued(message=message))
    outbox.queue(
        work,
        Channel.SMS,
        incident.id,
        SmsOrder(
            phone=party.details.phone,
            text=core.city.templates.text(template, {**filled, LINK: link}) if link else message.text,
            template=message.template,
        ),
        party_id=party.id,
        delivery_id=DeliveryId(message.id),
        what=message.template,
        serves=serves,
    )


def tell_everyone(
    core: Core, work: Work, incident: Incident, template: str, words: Mapping[str, str]
) -> None:
    """Queue the same message to every party that can be reached."""
    for party in incident.parties:
        queue_sms(core, work, incident, party, template, words)


def way_back(incident: Incident, party_id: PartyId) -> Message | None:
    """Return the newest message that gave the party a link back to its case."""
    told = (one for one in reversed(incident.messages) if one.party_id == party_id)
    return next((one for one in told if one.template.partition("/")[0] in WAYS_BACK), None)


def send_way_back(core: Core, work: Work, call: Call) -> None:
    """Send a fresh link back to the case to the party of ``call``; raise ``no-phone`` where none is known."""
    incident = work.incident(call.incident_id)
    party = incident.party(call.party_id)
    if not party.details.phone:
        raise DomainError("no-phone")
    wanted = CreateLink(phone=party.details.phone, incident_id=incident.id, party_id=party.id)
    link = create_link(core, work, wanted)
    template = NOT_ANSWERED if call.answered_at is None else DROPPED
    queue_sms(core, work, incident, party, template, {}, link=link.url)


def tell_way_back(core: Core, work: Work, call: Call) -> None:
    """Tell a party that was lost how to come back: once a drop, and not twice within ``WAY_BACK_PAUSE``.

    A party without a phone is on the list of lost calls all the same.
    """
    incident = work.incident(call.incident_id)
    told = way_back(incident, call.party_id)
    recent = told is not None and work.now - told.queued_at < WAY_BACK_PAUSE
    if incident.party(call.party_id).details.phone and not recent:
        send_way_back(core, work, call)


def tell_way_back_again(core: Core, work: Work, call: Call) -> None:
    """Tell the party of ``call`` how to come back because the call-taker asks for it.

    Raises ``no-phone`` and ``told-just-now`` (params ``seconds`` until ``ASKED_PAUSE`` is over).
    """
    told = way_back(work.incident(call.incident_id), call.party_id)
    left = timedelta() if told is None else told.queued_at + ASKED_PAUSE - work.now
    if left > timedelta():
        raise DomainError("told-just-now", seconds=math.ceil(left.total_seconds()))
    send_way_back(core, work, call)


def sent(core: Core, work: Work, claimed: Claimed) -> None:
    """Tell that a message was sent: the gateway's own word, and with it what the message serves."""
    message_id, party_id = MessageId(claimed.delivery.id), claimed.delivery.party_id
    work.record(claimed.incident_id, MessageSent(message_id=message_id))
    if claimed.serves and party_id is not None and _of_the_document(work, claimed.incident_id, message_id):
        _serve(core, work, claimed.incident_id, party_id)


def _of_the_document(work: Work, incident_id: IncidentId, message_id: MessageId) -> bool:
    """Tell whether a message was about the document that holds now; a late one may be about one cancelled."""
    incident = work.incident(incident_id)
    told = next((one for one in incident.messages if one.id == message_id), None)
    issued = incident.document
    return told is not None and issued is not None and told.queued_at >= issued.issued_at


def _serve(core: Core, work: Work, incident_id: IncidentId, party_id: PartyId) -> None:
    """Record the service on a party: the sending system shows success (违法行为处理程序规定 Art. 56)."""
    try:
        serve(core, work, incident_id, party_id)
    except DomainError:
        log.exception("sent, but the service cannot be dated")


def serve(
    core: Core,
    work: Work,
    incident_id: IncidentId,
    party_id: PartyId,
    *,
    way: ServiceWay = ServiceWay.SMS,
    note: str = "",
) -> None:
    """Record the service of the issued document on a party, once, and tell the party of its review.

    A document made after a review is not reviewed again, and says so (公安部令第146号 Art. 71).
    Raises ``calendar-missing`` where the last day to apply for review cannot be counted.
    """
    incident = work.incident(incident_id)
    document = incident.document
    if document is None or document.service_on(party_id) is not None:
        return
    today = local_date(work.now)
    anew = bool(document.replaces)
    last_day = None if anew else core.rules.calendar.last_day(today, REVIEW_WORKING_DAYS)
    service = Service(
        party_id=party_id,
        served_at=work.now,
        review_until=last_day,
        way=way,
        note=note,
        mediation_until=core.rules.last_day(Clock.MEDIATION_REQUEST, local_date(work.now)),
    )
    work.record(incident_id, DeterminationServed(service=service))
    keep_open(work, [party_id], end_of_day(last_day or today) + PAGE_STAYS)
    words = {"document": document_name(document.ruling.outcome), "served": chinese_date(today)}
    if last_day is None:
        template = "served-anew"
    else:
        template = "review"
        words |= {"last_day": weekday_date(last_day), "review_by": core.rules.office.review_by}
    queue_sms(core, work, incident, incident.party(party_id), template, words)


def document_name(outcome: Outcome) -> str:
    """Return what a document is called in a message."""
    return "事故证明" if outcome is Outcome.CERTIFICATE else "认定书"
