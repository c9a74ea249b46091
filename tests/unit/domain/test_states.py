"""Calls and evidence move only along the drawn ways; whole walks are recorded."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from console.domain import events as ev
from console.domain.call import TRANSITIONS, Call, CallState, require_transition
from console.domain.errors import DomainError
from console.domain.events import CALL_ORIGINS, CallEvent, CallMove, evolve_call, state_after
from console.domain.evidence import (
    CUSTODY_TRANSITIONS,
    AccidentForm,
    Custody,
    Slot,
    require_custody,
    required_slots,
)
from console.domain.ids import SeatId, UserId
from console.domain.lost_call import CallClosed, CloseReason
from tests.unit.domain.builders import at, call

RANG = ev.CallRang(seat=SeatId("07"))
RETURNED = ev.CallReturned(seat=SeatId("07"))
ANSWERED = ev.CallAnswered(seat=SeatId("07"), user_id=UserId("u"), user_name="赵演示")
INTERRUPTED = ev.CallInterrupted(reason="media-lost")
RESUMED = ev.CallResumed()
ABANDONED = ev.CallAbandoned(reason="left")
HUNG_UP = ev.CallHungUp(by="desk")
ENDED = ev.CallEnded()
PLACED = ev.CallPlaced(call=call())
EVENTS: list[CallMove] = [PLACED, RANG, RETURNED, ANSWERED, INTERRUPTED, RESUMED, ABANDONED, HUNG_UP, ENDED]


def walk(*events: CallEvent) -> list[str]:
    """Return the states a call passes through."""
    current, states = call(), ["waiting"]
    for second, event in enumerate(events):
        current = evolve_call(current, event, at(second))
        states.append(current.state.value)
    return states


def test_a_whole_call() -> None:
    assert walk(RANG, RETURNED, RANG, ANSWERED, INTERRUPTED, RESUMED, HUNG_UP, ENDED) == [
        "waiting",
        "ringing",
        "waiting",
        "ringing",
        "connected",
        "interrupted",
        "connected",
        "wrap-up",
        "ended",
    ]


def test_a_party_who_gave_up_may_return() -> None:
    assert walk(ABANDONED, PLACED, ANSWERED) == ["waiting", "abandoned", "waiting", "connected"]


def test_events_and_states_draw_the_same_picture() -> None:
    moves = {(origin, state_after(event)) for event in EVENTS for origin in CALL_ORIGINS[type(event)]}
    assert moves == {(origin, after) for origin, wanted in TRANSITIONS.items() for after in wanted}


@pytest.mark.parametrize("event", [RESUMED, ENDED, HUNG_UP, RETURNED])
def test_a_waiting_call_is_not_resumed_returned_or_hung_up(event: CallEvent) -> None:
    with pytest.raises(DomainError) as refused:
        evolve_call(call(), event, at(1))
    assert refused.value.code == "call-state"


@pytest.mark.parametrize("current", CallState)
@pytest.mark.parametrize("wanted", CallState)
def test_calls_refuse_every_other_move(current: CallState, wanted: CallState) -> None:
    if wanted in TRANSITIONS[current]:
        require_transition(current, wanted)
        return
    with pytest.raises(DomainError) as refused:
        require_transition(current, wanted)
    assert refused.value.code == "call-state"
    assert refused.value.params == {"current": current.value, "wanted": wanted.value}


def test_the_answer_is_kept_and_the_ring_forgotten() -> None:
    ringing = evolve_call(call(), RANG, at(1))
    assert (ringing.ringing_seat, ringing.ringing_since) == (SeatId("07"), at(1))
    answered = evolve_call(ringing, ANSWERED, at(4))
    assert (answered.ringing_seat, answered.ringing_since) == (None, None)
    assert (answered.seat, answered.answered_name, answered.answered_at) == (SeatId("07"), "赵演示", at(4))
    resumed = evolve_call(evolve_call(answered, INTERRUPTED, at(5)), RESUMED, at(6))
    assert resumed.answered_at == at(4)


CLOSED = CallClosed(reason=CloseReason.NO_ANSWER)


def after(*events: CallEvent) -> Call:
    """Return a call after these, one a second."""
    current = call()
    for second, event in enumerate(events):
        current = evolve_call(current, event, at(second))
    return current


def test_a_call_is_lost_from_the_drop_until_the_party_is_back_or_somebody_closes_it() -> None:
    assert after(ABANDONED).lost_at == at(0)
    assert after(ABANDONED, CLOSED).lost_at is None
    assert after(ABANDONED, CLOSED).state is CallState.ABANDONED
    assert after(ANSWERED, INTERRUPTED).lost_at == at(1)
    assert after(ANSWERED, INTERRUPTED, RESUMED).lost_at is None
    dropped = after(ANSWERED, INTERRUPTED, HUNG_UP, ENDED)
    assert (dropped.lost_at, dropped.state) == (at(1), CallState.ENDED)
    assert evolve_call(dropped, CLOSED, at(9)).lost_at is None
    assert after(ANSWERED, HUNG_UP, ENDED).lost_at is None
    assert after(ANSWERED, INTERRUPTED, ev.CallHungUp(by="party")).lost_at is None


@pytest.mark.parametrize(
    ("events", "code"),
    [((), "call-not-lost"), ((ABANDONED, CLOSED), "call-not-lost"), ((ANSWERED, INTERRUPTED), "call-held")],
)
def test_only_a_lost_call_that_nobody_holds_is_closed(events: tuple[CallEvent, ...], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        evolve_call(after(*events), CLOSED, at(9))
    assert refused.value.code == code


class AnyCall(RuleBasedStateMachine):
    """Throw any event at a call: it moves as drawn or refuses and stays as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.call = call()
        self.second = 0

    @rule(event=st.sampled_from(EVENTS))
    def happen(self, event: CallMove) -> None:
        self.second += 1
        before = self.call
        if before.state in CALL_ORIGINS[type(event)]:
            self.call = evolve_call(before, event, at(self.second))
            assert self.call.state is state_after(event)
        else:
            with pytest.raises(DomainError):
                evolve_call(before, event, at(self.second))

    @precondition(lambda self: self.call.state is CallState.ENDED)
    @rule(event=st.sampled_from(EVENTS))
    def nothing_follows_the_end(self, event: CallMove) -> None:
        with pytest.raises(DomainError):
            evolve_call(self.call, event, at(self.second))

    @invariant()
    def the_ring_is_known_only_while_ringing(self) -> None:
        ringing = self.call.state is CallState.RINGING
        assert (self.call.ringing_seat is not None) == ringing
        assert (self.call.ringing_since is not None) == ringing

    @invariant()
    def a_connected_call_has_a_seat(self) -> None:
        if self.call.state in {CallState.CONNECTED, CallState.INTERRUPTED, CallState.WRAP_UP}:
            assert self.call.seat is not None


TestAnyCall = AnyCall.TestCase


@pytest.mark.parametrize("current", Custody)
@pytest.mark.parametrize("wanted", Custody)
def test_custody_refuses_every_other_move(current: Custody, wanted: Custody) -> None:
    if wanted in CUSTODY_TRANSITIONS[current]:
        require_custody(current, wanted)
        return
    with pytest.raises(DomainError) as refused:
        require_custody(current, wanted)
    assert refused.value.code == "custody-state"


def test_verified_comes_only_from_received() -> None:
    assert [state for state, after in CUSTODY_TRANSITIONS.items() if Custody.VERIFIED in after] == [
        Custody.RECEIVED
    ]


@pytest.mark.parametrize("start", set(Custody) - {Custody.VERIFIED, Custody.CORRUPT})
def test_no_item_is_stuck(start: Custody) -> None:
    reached, fresh = {start}, [start]
    while fresh:
        following = CUSTODY_TRANSITIONS[fresh.pop()] - reached
        reached |= following
        fresh += following
    assert Custody.VERIFIED in reached


def test_every_event_carries_its_own_type() -> None:
    members = [*ev.CallEvent.__args__, *ev.IncidentEvent.__args__]
    types = [next(field.default for field in fields(member) if field.name == "type") for member in members]
    assert len(set(types)) == len(members)


def test_a_single_vehicle_has_no_slots_of_another_party() -> None:
    two, one = required_slots(AccidentForm.REAR_END), required_slots(AccidentForm.SINGLE_VEHICLE)
    assert Slot.OTHER not in two
    assert set(two) - set(one) == {
        Slot.CONTACT_B,
        Slot.PLATE_B,
        Slot.BOTH_IN_FRAME,
        Slot.DRIVING_LICENCE_B,
        Slot.VEHICLE_LICENCE_B,
    }
