"""Who gets which call: pure choices, and the running service with short times."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from console.contract.journal import Entry
from console.domain.call import Call, CallSource, CallState
from console.domain.events import CallInterrupted, CallRang, CallResumed, CallReturned
from console.domain.ids import CallId, IncidentId, PartyId, SeatId
from console.service.assignment import offers, overdue, party_changes, seats_in_use
from console.service.journal import AT_A_SEAT, next_waiting, read_calls
from console.service.seating import ReadySeat
from console.service.server import Service
from tests.service.harness import Desk, Phone, good, running, settings

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def call(name: str, second: int, **more: Any) -> Call:
    """Return a waiting call placed ``second`` seconds after noon."""
    waiting = Call(
        id=CallId(name),
        incident_id=IncidentId("i" + name),
        party_id=PartyId("p" + name),
        source=CallSource.SMS_LINK,
        placed_at=NOON + timedelta(seconds=second),
    )
    return replace(waiting, **more)


def seat(name: str, second: int) -> ReadySeat:
    """Return a seat that is idle since ``second`` seconds after noon."""
    return ReadySeat(SeatId(name), NOON + timedelta(seconds=second))


def pairs(calls: list[Call], seats: list[ReadySeat], *in_use: str) -> list[tuple[str, str]]:
    """Return the offers in short."""
    return [(offer.call.id, offer.seat) for offer in offers(calls, seats, {SeatId(s) for s in in_use})]


def test_the_head_of_the_queue_goes_to_the_longest_idle() -> None:
    calls = [call("early", 1), call("middle", 5), call("late", 9)]
    assert pairs(calls, [seat("07", 3), seat("11", 2)]) == [("early", "11"), ("middle", "07")]


def test_a_seat_in_use_is_offered_nothing() -> None:
    assert pairs([call("w", 1)], [seat("07", 0), seat("11", 0)], "07", "11") == []


def test_the_hurt_go_first_then_the_longest_waiting(
    service: Service, desk: Desk, phone: Callable[..., Phone]
) -> None:
    placed = [phone().place(hurt=hurt)[0] for hurt in (False, True, False)]
    with service.core.database.read() as connection:
        assert [c.id for c in next_waiting(connection, 2)] == [placed[1], placed[0]]
        assert seats_in_use(read_calls(connection, *AT_A_SEAT)) == set()
    good(desk.answer(placed[1]))
    with service.core.database.read() as connection:
        assert [c.id for c in next_waiting(connection, 9)] == [placed[0], placed[2]]
        assert seats_in_use(read_calls(connection, *AT_A_SEAT)) == {"07"}


def test_a_call_rings_only_so_long_and_only_where_somebody_is() -> None:
    ringing = call("r", 0, state=CallState.RINGING, ringing_seat=SeatId("07"), ringing_since=NOON)
    limit = timedelta(seconds=15)
    assert overdue([ringing], NOON + timedelta(seconds=14), limit, lambda _seat: True) == []
    assert overdue([ringing], NOON + timedelta(seconds=15), limit, lambda _seat: True) == [ringing]
    assert overdue([ringing], NOON, limit, lambda _seat: False) == [ringing]


def test_a_silent_party_interrupts_and_resumes() -> None:
    talking = call("t", 0, state=CallState.CONNECTED)
    broken = call("b", 0, state=CallState.INTERRUPTED)
    waiting = call("w", 0)
    silent = party_changes([talking, broken, waiting], lambda _party: 20.0, 20.0)
    assert silent == [(talking, CallInterrupted(reason="party-silent"))]
    assert party_changes([talking, broken, waiting], lambda _party: 1.0, 20.0) == [(broken, CallResumed())]


def test_a_call_rings_passes_on_and_comes_back(
    sign_in: Callable[[str, str], Desk], phone: Callable[..., Phone]
) -> None:
    first, second = sign_in("900010", "05"), sign_in("900011", "06")
    stream = first.ready()
    second.ready()
    call_id, _ = phone().place()

    def ring(number: int) -> Entry:
        seen: list[Entry] = []

        def wanted(entry: Entry) -> bool:
            if isinstance(entry.event, CallRang):
                seen.append(entry)
            return len(seen) == number

        found: Entry = stream.until(wanted, Entry)
        return found

    seats = []
    for number in (1, 2, 3):
        event = ring(number).event
        assert isinstance(event, CallRang)
        seats.append(event.seat)
    assert seats == ["05", "06", "05"]
    first.post(f"/v1/calls/{call_id}/pass")
    event = ring(4).event
    assert isinstance(event, CallRang)
    assert event.seat == "06"
    good(second.answer(call_id))
    assert first.call(call_id).seat == "06"


def test_a_seat_that_hangs_up_its_stream_is_left(desk: Desk, phone: Callable[..., Phone]) -> None:
    stream = desk.ready()
    phone().place()
    stream.until(lambda entry: isinstance(entry.event, CallRang), Entry)
    watcher = desk.stream("/v1/events", 0)
    stream.close()
    watcher.close()
    again = desk.stream("/v1/events", 0)
    again.until(lambda entry: isinstance(entry.event, CallReturned), Entry)
    again.until(lambda entry: isinstance(entry.event, CallRang) and entry.sequence > 4, Entry)


def test_a_seat_on_a_break_is_left_alone(desk: Desk, phone: Callable[..., Phone]) -> None:
    stream = desk.ready()
    desk.put("/v1/seats/current", {"state": "break", "reason": "小休"})
    call_id, _ = phone().place()
    desk.put("/v1/seats/current", {"state": "ready"})
    rang: Entry = stream.until(lambda entry: isinstance(entry.event, CallRang), Entry)
    assert rang.call_id == call_id
    assert [entry[1] for entry in stream.events[-2:]] == [str(rang.sequence - 1), str(rang.sequence)]


def test_a_party_that_vanishes_interrupts_the_call_and_may_come_back(data: Path, stack: ExitStack) -> None:
    service = stack.enter_context(running(settings(data, party_gone_seconds=0.6)))
    desk = stack.enter_context(Desk(service, "900010", "07"))
    party = stack.enter_context(Phone(service, desk.link()))
    watcher = desk.stream("/v1/events")
    call_id, _ = party.place()
    there = party.stream("/v1/party/events")
    good(desk.answer(call_id))
    there.wait(1)
    there.close()
    watcher.until(lambda entry: isinstance(entry.event, CallInterrupted), Entry)
    assert desk.call(call_id).state is CallState.INTERRUPTED
    party.stream("/v1/party/events")
    watcher.until(lambda entry: isinstance(entry.event, CallResumed), Entry)
    assert desk.call(call_id).state is CallState.CONNECTED
