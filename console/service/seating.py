"""Seats: which are ready for a call, and since when they have been idle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from console.contract.desk_api import SeatState
from console.domain.ids import SeatId
from console.service.journal import Work
from console.service.tables import seats, sessions

_READY = (
    select(seats.c.seat, seats.c.idle_since)
    .join(sessions, (sessions.c.seat == seats.c.seat) & (sessions.c.account_id == seats.c.account_id))
    .where(seats.c.state == SeatState.READY.value, sessions.c.ends_at > bindparam("now"))
    .order_by(seats.c.idle_since, seats.c.seat)
)


@dataclass(frozen=True)
class ReadySeat:
    """A seat whose user is signed in and takes calls."""

    seat: SeatId
    idle_since: datetime


def idle_from_now(work: Work, seat: SeatId) -> None:
    """Count the seat's idle time from now: it had its turn and stands last among the ready ones."""
    work.connection.execute(update(seats).where(seats.c.seat == seat).values(idle_since=work.now))


def ready_seats(connection: Connection, now: datetime) -> list[ReadySeat]:
    """Return the seats that are ready, the longest idle first; whether they are there is not asked here."""
    rows = connection.execute(_READY, {"now": now})
    return [ReadySeat(SeatId(row.seat), row.idle_since) for row in rows]
