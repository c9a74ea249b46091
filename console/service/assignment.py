"""Who gets which call: the longest-waiting call rings at the longest-idle ready seat.

A call with injured people goes first. A seat is offered a call while it is ready, has an open event stream
and no call of its own. What is not answered in time goes back to the queue and on to the next seat.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.call import Call, CallState
from console.domain.events import CallInterrupted, CallRang, CallResumed, CallReturned
from console.domain.ids import SeatId
from console.service.bell import rung
from console.service.core import Core
from console.service.journal import Work, read_calls
from console.service.notices import tell_to_resume
from console.service.seating import ReadySeat, idle_from_now, ready_seats

_LIVE = (
    CallState.WAITING,
    CallState.RINGING,
    CallState.CONNECTED,
    CallState.INTERRUPTED,
    CallState.WRAP_UP,
)
_BUSY = frozenset({CallState.CONNECTED, CallState.INTERRUPTED, CallState.WRAP_UP})
LONGEST_REST = 1.0
"""Seconds after which presence is looked at even when nothing was rung."""


@dataclass(frozen=True)
class Offer:
    """This call shall ring at this seat."""

    call: Call
    seat: SeatId


def offers(calls: Iterable[Call], ready: Sequence[ReadySeat]) -> list[Offer]:
    """Pair waiting calls (hurt first, then the longest waiting) with free seats (the longest idle first)."""
    taken = {call.ringing_seat for call in calls if call.state is CallState.RINGING}
    taken |= {call.seat for call in calls if call.state in _BUSY}
    free = [seat.seat for seat in sorted(ready, key=lambda s: s.idle_since) if seat.seat not in taken]
    waiting = [call for call in calls if call.state is CallState.WAITING]
    waiting.sort(key=lambda call: (not call.hurt_reported, call.placed_at, call.id))
    return [Offer(call, seat) for call, seat in zip(waiting, free, strict=False)]


def overdue(
    calls: Iterable[Call], now: datetime, ring_for: timedelta, here: Callable[[str], bool]
) -> list[Call]:
    """Return the calls that ring too long, or at a seat where nobody is."""
    return [
        call
        for call in calls
        if call.ringing_seat is not None
        and call.ringing_since is not None
        and (now - call.ringing_since >= ring_for or not here(call.ringing_seat))
    ]


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


async def run(core: Core) -> None:
    """Assign calls and watch parties for as long as the service runs."""
    while not core.bell.closed:
        turn = core.bell.turn
        rest = await asyncio.to_thread(one_round, core)
        await rung(turn, rest)


def one_round(core: Core) -> float:
    """Do what is due now and return the seconds after which something may be due again."""
    with core.database.read() as connection:
        calls = read_calls(connection, *_LIVE)
        ready = ready_seats(connection, core.clock())
    if _due(core, calls, ready, core.clock()):
        with core.work() as work:
            _act(core, work)
    ringing = any(call.state is CallState.RINGING for call in calls)
    watched = any(call.state in (CallState.CONNECTED, CallState.INTERRUPTED) for call in calls)
    shortest = min(core.settings.ring_seconds, core.settings.party_gone_seconds) / 4
    return min(LONGEST_REST, shortest) if ringing or watched else core.settings.heartbeat_seconds


def _due(core: Core, calls: list[Call], ready: list[ReadySeat], now: datetime) -> bool:
    return bool(
        overdue(calls, now, _ring_for(core), core.presence.here)
        or offers(calls, _present(core, ready))
        or party_changes(calls, core.presence.silent_for, core.settings.party_gone_seconds)
    )


def _act(core: Core, work: Work) -> None:
    """Decide again on what stands in this transaction, and record it."""
    calls = read_calls(work.connection, *_LIVE)
    for call in overdue(calls, work.now, _ring_for(core), core.presence.here):
        if call.ringing_seat is not None:
            work.record(call.incident_id, CallReturned(seat=call.ringing_seat), call.id)
            idle_from_now(work, call.ringing_seat)
    for call, event in party_changes(calls, core.presence.silent_for, core.settings.party_gone_seconds):
        work.record(call.incident_id, event, call.id)
        if isinstance(event, CallInterrupted):
            tell_to_resume(core, work, call)
    calls = read_calls(work.connection, *_LIVE)
    for offer in offers(calls, _present(core, ready_seats(work.connection, work.now))):
        work.record(offer.call.incident_id, CallRang(seat=offer.seat), offer.call.id)


def _present(core: Core, ready: list[ReadySeat]) -> list[ReadySeat]:
    return [seat for seat in ready if core.presence.here(seat.seat)]


def _ring_for(core: Core) -> timedelta:
    return timedelta(seconds=core.settings.ring_seconds)
