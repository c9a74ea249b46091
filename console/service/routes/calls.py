"""Answering a call, passing it on, ending it."""

from __future__ import annotations

from fastapi import Response
from sqlalchemy import bindparam, select

from console.contract.desk_api import CallSummary
from console.domain.call import IN_CALL, Call, CallState
from console.domain.errors import DomainError
from console.domain.events import CallAnswered, CallEnded, CallHungUp, CallReturned
from console.domain.ids import CallId
from console.service.auth import SignedIn
from console.service.commands import ByCallTaker
from console.service.guards import answered_call
from console.service.journal import Work
from console.service.notices import tell_way_back_again
from console.service.routes.room import Room
from console.service.seating import idle_from_now
from console.service.tables import calls

router = Room("/v1/calls", "calls")

_OPEN = (CallState.WAITING, CallState.RINGING)
_BUSY = select(calls.c.id).where(
    calls.c.seat == bindparam("seat"), calls.c.state.in_([state.value for state in IN_CALL])
)


@router.post("/{call_id}/answer", response_model=CallSummary)
def answer(call_id: CallId, command: ByCallTaker) -> Response:
    """Claim a call. Of all who press one wins; the winner may repeat, others learn who it was."""
    with command.begin() as work:
        call = work.call(call_id)
        claimed = call.state in _OPEN  # under the write lock: nobody else can find it open as well
        if claimed:
            _claim(work, call, command.who)
        elif call.state not in IN_CALL or not _won(call, command.who):
            _lost(call)
        work.answer(CallSummary(call_id=call.id, incident_id=call.incident_id))
    if claimed:
        command.core.metrics.answered.observe((work.now - call.placed_at).total_seconds())
    return Response(work.reply, media_type="application/json")


def _claim(work: Work, call: Call, who: SignedIn) -> None:
    if work.connection.execute(_BUSY, {"seat": who.seat}).first() is not None:
        raise DomainError("seat-busy", seat=who.seat)
    event = CallAnswered(seat=who.seat, user_id=who.user.id, user_name=who.user.name)
    work.record(call.incident_id, event, call.id)


def _won(call: Call, who: SignedIn) -> bool:
    return call.seat == who.seat and call.answered_by == who.user.id


def _lost(call: Call) -> None:
    if call.answered_by is None:
        raise DomainError("call-state", current=call.state.value, wanted=CallState.CONNECTED.value)
    raise DomainError("call-taken", seat=call.seat or "", user_name=call.answered_name)


@router.post("/{call_id}/pass", status_code=204)
def pass_on(call_id: CallId, command: ByCallTaker) -> None:
    """Give an offered call back to the queue; nothing happens when it rings here no more."""
    with command.begin() as work:
        call = work.call(call_id)
        if call.ringing_seat == command.who.seat:
            work.record(call.incident_id, CallReturned(seat=command.who.seat), call.id)
            idle_from_now(work, command.who.seat)


@router.post("/{call_id}/resume-message", status_code=204)
def tell_to_resume(call_id: CallId, command: ByCallTaker) -> None:
    """Send the party a fresh link back to this call by SMS; only while the call lasts.

    Refusals: ``call-state``, ``not-your-call``, ``no-phone``, ``told-just-now``.
    """
    with command.begin() as work:
        call = answered_call(work, call_id, command.who)
        if call.state not in IN_CALL:
            raise DomainError("call-state", current=call.state.value, wanted=CallState.CONNECTED.value)
        tell_way_back_again(command.core, work, call)


@router.post("/{call_id}/hang-up", status_code=204)
def hang_up(call_id: CallId, command: ByCallTaker) -> None:
    """End the conversation; the seat goes to wrap-up. Nothing happens when it is over already."""
    with command.begin() as work:
        call = answered_call(work, call_id, command.who)
        if call.state in IN_CALL:
            work.record(call.incident_id, CallHungUp(by="desk"), call.id)


@router.post("/{call_id}/wrap-up-done", status_code=204)
def wrap_up_done(call_id: CallId, command: ByCallTaker) -> None:
    """End the wrap-up; the seat may be offered the next call."""
    with command.begin() as work:
        call = answered_call(work, call_id, command.who)
        if call.state is not CallState.ENDED:
            work.record(call.incident_id, CallEnded(), call.id)
            idle_from_now(work, command.who.seat)
