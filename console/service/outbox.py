"""The table of what is to be delivered, written in the transaction of what causes it.

A delivery belongs to one process at a time: whoever claims it counts the try and holds it for ``CLAIM``; when
that process is killed, another takes it over afterwards and sends it under the same key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update
from tenacity import RetryCallState, Retrying, stop_after_attempt, wait_exponential, wait_random_exponential

from console.contract.codec import encode
from console.contract.delivery_api import Order
from console.domain.delivery import Channel, Delivery, DeliveryRecorded, DeliveryState
from console.domain.errors import DomainError
from console.domain.ids import DeliveryId, IncidentId, PartyId, new_id
from console.service.deliveries.port import FOR_GOOD, Parcel
from console.service.journal import Work
from console.service.tables import deliveries

CLAIM = timedelta(seconds=60)
"""How long a try may take before another process may think that this one was killed."""
TRIES = 10
"""With the pauses below about six minutes, nine at most: a result must be out within ten (domain.md 1.4)."""
POLICY = Retrying(
    stop=stop_after_attempt(TRIES),
    wait=wait_exponential(multiplier=0.5, max=150) + wait_random_exponential(multiplier=0.5, max=150),
)
"""Half of each pause is fixed and half is chance: what failed together does not come back together."""
LATE = (DeliveryState.QUEUED.value, DeliveryState.DEAD.value)
"""States that a success may still end, even one that comes after the claim was lost."""


_DUE = (
    select(deliveries.c.channel, func.min(func.coalesce(deliveries.c.claimed_until, deliveries.c.due_at)))
    .where(deliveries.c.state == DeliveryState.QUEUED.value)
    .group_by(deliveries.c.channel)
)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A delivery that this process alone may try now; ``attempt`` counts from 1."""

    delivery: Delivery
    incident_id: IncidentId
    parcel: Parcel
    attempt: int
    holder: str
    serves: bool


def queue(
    work: Work,
    channel: Channel,
    incident_id: IncidentId,
    order: Order,
    *,
    party_id: PartyId | None = None,
    delivery_id: DeliveryId | None = None,
    what: str = "",
    serves: bool = False,
) -> DeliveryId:
    """Put ``order`` into the outbox; with ``serves`` its delivery is the service of the determination."""
    made = delivery_id or DeliveryId(new_id())
    work.connection.execute(
        insert(deliveries).values(
            id=made,
            channel=channel.value,
            incident_id=incident_id,
            party_id=party_id,
            what=what,
            body=encode(order).decode(),
            serves=serves,
            state=DeliveryState.QUEUED.value,
            queued_at=work.now,
            due_at=work.now,
            attempts=0,
            tried=False,
            trouble="",
            reference="",
        )
    )
    if channel is not Channel.SMS:  # of a message the journal tells as such
        queued = Delivery(
            id=made, channel=channel, state=DeliveryState.QUEUED, at=work.now, party_id=party_id, what=what
        )
        work.record(incident_id, DeliveryRecorded(delivery=queued))
    return made


def due_channels(connection: Connection, now: datetime) -> tuple[frozenset[Channel], float | None]:
    """Return the channels with something to try now, and the seconds until the next try of any is due."""
    rows = connection.execute(_DUE).all()
    waits = {Channel(channel): (at - now).total_seconds() for channel, at in rows}
    ahead = [seconds for seconds in waits.values() if seconds > 0]
    return frozenset(one for one, seconds in waits.items() if seconds <= 0), min(ahead, default=None)


def claim(work: Work, channel: Channel, holder: str) -> Claimed | None:
    """Take the delivery of ``channel`` that has been due longest; ``None`` when there is none."""
    row = work.connection.execute(
        select(deliveries)
        .where(
            deliveries.c.channel == channel.value,
            deliveries.c.state == DeliveryState.QUEUED.value,
            deliveries.c.due_at <= work.now,
            or_(deliveries.c.claimed_until.is_(None), deliveries.c.claimed_until <= work.now),
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    work.connection.execute(
        update(deliveries)
        .where(deliveries.c.id == row.id)
        .values(attempts=row.attempts + 1, tried=True, claimed_by=holder, claimed_until=work.now + CLAIM)
    )
    return Claimed(
        delivery=_delivery(row),
        incident_id=IncidentId(row.incident_id),
        parcel=Parcel(id=DeliveryId(row.id), body=row.body.encode(), tried=row.tried),
        attempt=row.attempts + 1,
        holder=holder,
        serves=row.serves,
    )


def done(work: Work, claimed: Claimed, reference: str) -> bool:
    """Note the success; ``False`` when it was noted before. What was delivered is kept here no longer."""
    before = work.connection.execute(
        select(deliveries.c.state).where(deliveries.c.id == claimed.delivery.id)
    ).scalar_one()
    first = work.connection.execute(
        update(deliveries)
        .where(deliveries.c.id == claimed.delivery.id, deliveries.c.state.in_(LATE))
        .values(
            state=DeliveryState.DONE.value,
            finished_at=work.now,
            reference=reference,
            trouble="",
            body="",
            claimed_by=None,
            claimed_until=None,
        )
    )
    if not first.rowcount:
        return False
    told = replace(claimed.delivery, state=DeliveryState.DONE, at=work.now, reference=reference, trouble="")
    if told.channel is not Channel.SMS or before == DeliveryState.DEAD.value:
        work.record(claimed.incident_id, DeliveryRecorded(delivery=told))
    return True


def failed(work: Work, claimed: Claimed, trouble: str) -> float | None:
    """Note a try that failed; return the pause in seconds before the next, ``None`` after the last.

    Nothing is noted for a process that has lost its claim meanwhile.
    """
    state = RetryCallState(POLICY, None, (), {})
    state.attempt_number = claimed.attempt
    last = trouble in FOR_GOOD or bool(POLICY.stop(state))
    pause = None if last else float(POLICY.wait(state))
    noted = work.connection.execute(
        update(deliveries)
        .where(
            deliveries.c.id == claimed.delivery.id,
            deliveries.c.state == DeliveryState.QUEUED.value,
            deliveries.c.claimed_by == claimed.holder,
            deliveries.c.attempts == claimed.attempt,
        )
        .values(
            state=(DeliveryState.DEAD if last else DeliveryState.QUEUED).value,
            due_at=work.now + timedelta(seconds=pause or 0.0),
            trouble=trouble,
            claimed_by=None,
            claimed_until=None,
        )
    )
    if last and noted.rowcount:
        dead = replace(claimed.delivery, state=DeliveryState.DEAD, at=work.now, trouble=trouble)
        work.record(claimed.incident_id, DeliveryRecorded(delivery=dead))
    return pause


def retry(work: Work, delivery_id: DeliveryId, reason: str) -> None:
    """Queue a dead delivery again, under its old key; raise ``unknown-delivery`` or ``delivery-state``."""
    row = _dead(work, delivery_id)
    work.connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(state=DeliveryState.QUEUED.value, due_at=work.now, attempts=0)
    )
    again = replace(_delivery(row), state=DeliveryState.QUEUED, at=work.now, reason=reason)
    work.record(IncidentId(row.incident_id), DeliveryRecorded(delivery=again))


def give_up(work: Work, delivery_id: DeliveryId, reason: str) -> None:
    """End a dead delivery for a reason; raises as ``retry`` does, and ``reason-missing``."""
    if not reason.strip():
        raise DomainError("reason-missing")
    row = _dead(work, delivery_id)
    work.connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(state=DeliveryState.GIVEN_UP.value, finished_at=work.now, body="")
    )
    ended = replace(_delivery(row), state=DeliveryState.GIVEN_UP, at=work.now, reason=reason)
    work.record(IncidentId(row.incident_id), DeliveryRecorded(delivery=ended))


def _dead(work: Work, delivery_id: DeliveryId) -> Row[Any]:
    row = work.connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).one_or_none()
    if row is None:
        raise DomainError("unknown-delivery")
    if row.state != DeliveryState.DEAD.value:
        raise DomainError("delivery-state", current=row.state)
    return row


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        channel=Channel(row.channel),
        state=DeliveryState(row.state),
        at=row.queued_at,
        party_id=None if row.party_id is None else PartyId(row.party_id),
        what=row.what,
        trouble=row.trouble,
        reference=row.reference,
    )
