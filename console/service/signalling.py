"""Signals of a call: stored, bounded, and streamed to the other side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Set
from contextlib import AbstractContextManager
from enum import StrEnum

from fastapi.sse import format_sse_event
from sqlalchemy import func, insert, select

from console.contract.codec import encode
from console.contract.desk_api import Signal
from console.domain.call import Call, CallState
from console.domain.errors import DomainError
from console.domain.ids import CallId
from console.service.bell import rung
from console.service.bounds import bounded
from console.service.core import Core
from console.service.journal import Work, read_call
from console.service.streams import HEARTBEAT, EventStream
from console.service.tables import signals

MAX_SDP_BYTES = 64 * 1024
MAX_ATTEMPT = 100_000
MAX_SIGNALS = 500
"""Signals that one side may send in one call."""

_OVER = frozenset({CallState.WRAP_UP, CallState.ENDED, CallState.ABANDONED})


class Side(StrEnum):
    """Who sent a signal."""

    DESK = "desk"
    PARTY = "party"


def check(signal: Signal) -> None:
    """Raise ``text-too-long`` or ``invalid-request`` unless the signal is within its bounds."""
    bounded(signal, sdp=MAX_SDP_BYTES)
    if len(signal.sdp.encode()) > MAX_SDP_BYTES:
        raise DomainError("text-too-long", field="sdp", limit=MAX_SDP_BYTES)
    if not 1 <= signal.attempt <= MAX_ATTEMPT:
        raise DomainError("invalid-request", places="attempt: range")


def append(work: Work, call: Call, sender: Side, signal: Signal, *, allowed: Set[CallState]) -> None:
    """Store a signal; raise ``call-state`` outside the allowed states and ``too-many-requests``."""
    if call.state not in allowed:
        raise DomainError("call-state", current=call.state.value, wanted=CallState.CONNECTED.value)
    sent = work.connection.execute(
        select(func.count()).where(signals.c.call_id == call.id, signals.c.sender == sender.value)
    ).scalar_one()
    if sent >= MAX_SIGNALS:
        raise DomainError("too-many-requests", retry_after=60)
    work.connection.execute(
        insert(signals).values(
            call_id=call.id, sender=sender.value, at=work.now, body=encode(signal).decode()
        )
    )
    work.changed = True


async def stream(
    core: Core,
    call_id: CallId,
    sender: Side,
    after: int,
    find_call: Callable[[], Call],
    attendance: AbstractContextManager[None] | None = None,
) -> EventStream:
    """Return the stream of the signals that ``sender`` sent; it ends with the call.

    ``find_call`` runs before it starts and raises a refusal; a call that is over raises ``call-over``.
    ``attendance`` counts while the stream is open.
    """
    call = await asyncio.to_thread(find_call)
    if call.state in _OVER:
        raise DomainError("call-over", state=call.state.value)
    return EventStream(core, _signals(core, call_id, sender, after), attendance)


async def _signals(core: Core, call_id: CallId, sender: Side, after: int) -> AsyncIterator[bytes]:
    yield HEARTBEAT
    while not core.bell.closed:
        turn = core.bell.turn
        batch, over = await asyncio.to_thread(_read, core, call_id, sender, after)
        for number, body in batch:
            yield format_sse_event(data_str=body, id=str(number))
            after = number
        if over:
            return
        if not batch and not await rung(turn, core.settings.heartbeat_seconds):
            yield HEARTBEAT


def _read(core: Core, call_id: CallId, sender: Side, after: int) -> tuple[list[tuple[int, str]], bool]:
    with core.database.read() as connection:
        rows = connection.execute(
            select(signals.c.number, signals.c.body)
            .where(signals.c.call_id == call_id, signals.c.sender == sender.value, signals.c.number > after)
            .order_by(signals.c.number)
            .limit(50)
        ).all()
        over = read_call(connection, call_id).state in _OVER and not rows
    return [(row.number, row.body) for row in rows], over
