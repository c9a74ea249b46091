"""Who gets which call: the longest-waiting call rings at the longest-idle ready seat.

A call with injured people goes first. A seat is offered a call while it is ready, has an open event stream
and no call of its own. What is not answered in time goes back to the queue and on to the next seat.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.domain.call import IN_CALL, Call, CallState
from console.domain.events import CallInterrupted, CallRang, CallResumed, CallReturned
from console.domain.ids import SeatId
from console.service.bell import rung
from console.service.core import Core
from console.service.journal import AT_A_SEAT, Work, next_waiting, read_calls
from console.service.notices import tell_way_back
from console.service.presence import BEAT_SECONDS
from console.service.seating import ReadySeat, idle_from_now, ready_seats

LONGEST_REST = 1.0
"""Seconds after which presence is looked at even when nothing was rung."""
SHORTEST_REST = 0.2
"""Seconds between two rounds, however much happens: a round costs what the seats cost."""


@dataclass(frozen=True)
class Offer:
    """This call shall ring at this seat."""

    call: Call
    seat: SeatId


def offers(waiting: Sequence[Call], ready: Sequence[ReadySeat], in_use: Set[SeatId]) -> list[Offer]:
    """Pair the waiting calls, in the order of the queue, with the free seats (the longest idle first)."""
    free = [seat.seat for seat in sorted(ready, key=lambda s: s.idle_since) if seat.seat not in in_use]
    return [Offer(call, seat) for call, seat in zip(waiting, free, strict=False)]


def overdue(
    ringing: Iterable[Call], now: datetime, ring_for: timedelta, here: Callable[[str], bool]
) -> list[Call]:
    """Return the calls that ring too long, or at a seat where nobody is."""
    return [
        call
        for call in ringing
        if call.ringing_seat is not None
        and call.ringing_since is not None
        and (now - call.ringing_since >= ring_for or not here(call.ringing_seat))
    ]


def seats_in_use(at_seats: Iterable[Call]) -> set[SeatId]:
    """Return the seats at which one of these calls rings or is not wrapped up yet."""
    return {seat for call in at_seats for seat in (call.ringing_seat, call.seat) if seat is not None}


def party_changes(
    calls: Iterable[Call], silent_for: Callable[[str], float], limit: float
) -> list[tuple[Call, CallInterrupted | CallResumed]]:
    """Return which connected parties have fallen silent for ``limit`` seconds, and which are back."""
    found: list[tuple[Call, CallInterrupted | CallResumed]] = []
    for call in calls:
        silent = silent_for(call.party_id) >= limit
        if call.state is CallState.CONNECTED and silent:
            found.append((call, CallInterrupted(reason="party-silent")))
        elif call.state is CallState.INTERRUPTED and not silent:
            found.append((call, CallResumed()))
    return found


@dataclass(frozen=True)
class Due:
    """What a look at the queue finds to do. ``watch`` tells that something may be due by mere time."""

    overdue: list[Call]
    changes: list[tuple[Call, CallInterrupted | CallResumed]]
    offers: list[Offer]
    watch: bool

    def __bool__(self) -> bool:
        return bool(self.overdue or self.changes or self.offers)


async def run(core: Core) -> None:
    """Assign calls and watch parties for as long as the service runs.

    Every process does so; what one of them has decided the others find done.
    """
    while not core.bell.closed:
        turn = core.bell.turn
        rest = await asyncio.to_thread(one_round, core)
        await asyncio.sleep(SHORTEST_REST)
        await rung(turn, rest)


def one_round(core: Core) -> float:
    """Do what is due now and return the seconds after which something may be due again."""
    if not core.database.embedded and core.presence.due():
        with core.work() as work:
            work.changed = core.presence.publish(work.connection, work.now)
    with core.database.read() as connection:
        due = look(core, connection, core.clock())
    if due:
        with core.work() as work:
            _act(core, work)
    shortest = min(core.settings.ring_seconds, core.settings.party_gone_seconds) / 4
    return min(LONGEST_REST, shortest) if due.watch else BEAT_SECONDS


def look(core: Core, connection: Connection, now: datetime) -> Due:
    """Return what is due; the cost follows the number of seats and never the length of the queue."""
    at_seats = read_calls(connection, *AT_A_SEAT)
    ringing = [call for call in at_seats if call.state is CallState.RINGING]
    talking = [call for call in at_seats if call.state in IN_CALL]
    ready = ready_seats(connection, now)
    keys: set[str] = {call.party_id for call in talking} | {seat.seat for seat in ready}
    keys |= {call.ringing_seat for call in ringing if call.ringing_seat is not None}
    there = core.presence.of(connection, keys, now)
    ring_for = timedelta(seconds=core.settings.ring_seconds)
    present = [seat for seat in ready if there.here(seat.seat)]
    return Due(
        overdue=overdue(ringing, now, ring_for, there.here),
        changes=party_changes(talking, there.silent_for, core.settings.party_gone_seconds),
        offers=offers(next_waiting(connection, len(present)), present, seats_in_use(at_seats)),
        watch=bool(ringing or talking),
    )


def _act(core: Core, work: Work) -> None:
    """Decide again on what stands in this transaction, and record it."""
    due = look(core, work.connection, work.now)
    for call in due.overdue:
        if call.ringing_seat is not None:
            work.record(call.incident_id, CallReturned(seat=call.ringing_seat), call.id)
            idle_from_now(work, call.ringing_seat)
    for call, event in due.changes:
        work.record(call.incident_id, event, call.id)
        if isinstance(event, CallInterrupted):
            tell_way_back(core, work, call)
    for offer in look(core, work.connection, work.now).offers if due.overdue else due.offers:
        work.record(offer.call.incident_id, CallRang(seat=offer.seat), offer.call.id)
