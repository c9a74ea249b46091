"""Answering: of any number of desks one wins; and the life of a call after that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from console.contract.journal import Entry
from console.domain.call import CallState
from console.domain.events import CallAnswered
from console.domain.ids import CallId
from console.service.journal import read_entries
from console.service.server import Service
from tests.service.harness import Client, Desk, Phone, good, refusal


def test_one_of_many_who_press_at_once_wins(
    service: Service, stack: ExitStack, sign_in: Callable[[str, str], Desk], phone: Callable[..., Phone]
) -> None:
    people = ("900001", "900010", "900011")
    desks = [sign_in(people[n % 3], f"s{n}") for n in range(8)]
    for _round in range(3):
        call_id, _ = phone().place()
        start = threading.Barrier(len(desks))

        def press(desk: Desk, call_id: CallId = call_id, start: threading.Barrier = start) -> tuple[int, str]:
            start.wait(10)
            answer = desk.answer(call_id)
            return (answer.status_code, desk.seat if answer.ok else answer.json()["params"].get("seat", ""))

        with ThreadPoolExecutor(len(desks)) as pool:
            results = list(pool.map(press, desks))
        winners = [seat for status, seat in results if status == 200]
        losers = [seat for status, seat in results if status == 409]
        call = desks[0].call(call_id)
        assert winners == [call.seat]
        assert losers == [call.seat] * (len(desks) - 1)
        answered = [
            e for e in _entries(service) if e.call_id == call_id and isinstance(e.event, CallAnswered)
        ]
        assert len(answered) == 1
        winner = next(desk for desk in desks if desk.seat == call.seat)
        winner.post(f"/v1/calls/{call_id}/hang-up")
        winner.post(f"/v1/calls/{call_id}/wrap-up-done")


def test_the_loser_learns_who_won_and_the_winner_may_repeat(
    desk: Desk, sign_in: Callable[[str, str], Desk], phone: Callable[..., Phone]
) -> None:
    other = sign_in("900011", "11")
    call_id, _ = phone().place()
    first = good(desk.answer(call_id)).json()
    lost = other.answer(call_id)
    assert refusal(lost) == (409, "call-taken")
    assert lost.json()["params"] == {"seat": "07", "user_name": "钱演示"}
    assert good(desk.answer(call_id)).json() == first


def test_a_seat_in_a_call_answers_no_other(desk: Desk, phone: Callable[..., Phone]) -> None:
    first, second = phone().place()[0], phone().place()[0]
    good(desk.answer(first))
    assert refusal(desk.answer(second)) == (409, "seat-busy")


def test_the_life_of_a_call(
    desk: Desk, sign_in: Callable[[str, str], Desk], phone: Callable[..., Phone]
) -> None:
    other = sign_in("900011", "11")
    call_id, _ = phone().place()
    assert refusal(desk.send("POST", f"/v1/calls/{call_id}/hang-up", {})) == (403, "not-your-call")
    good(desk.answer(call_id))
    assert refusal(other.send("POST", f"/v1/calls/{call_id}/hang-up", {})) == (403, "not-your-call")
    assert refusal(desk.send("POST", f"/v1/calls/{call_id}/wrap-up-done", {})) == (409, "call-state")
    for _ in range(2):
        desk.post(f"/v1/calls/{call_id}/hang-up")
    assert desk.call(call_id).state is CallState.WRAP_UP
    for _ in range(2):
        desk.post(f"/v1/calls/{call_id}/wrap-up-done")
    assert desk.call(call_id).state is CallState.ENDED
    assert refusal(other.answer(call_id)) == (409, "call-taken")


def test_the_party_leaves(desk: Desk, phone: Callable[..., Phone]) -> None:
    waiting, talking = phone(), phone()
    given_up, _ = waiting.place()
    for _ in range(2):
        waiting.post(f"/v1/party/calls/{given_up}/leave")
    assert desk.call(given_up).state is CallState.ABANDONED
    assert refusal(desk.answer(given_up)) == (409, "call-state")
    ended, _ = talking.place()
    good(desk.answer(ended))
    talking.post(f"/v1/party/calls/{ended}/leave")
    assert desk.call(ended).state is CallState.WRAP_UP
    back, _ = waiting.place()
    assert back != given_up
    assert desk.call(back).incident_id == desk.call(given_up).incident_id


def test_unknown_calls(desk: Desk, phone: Callable[..., Phone]) -> None:
    assert refusal(desk.answer(CallId("0" * 32))) == (404, "unknown-call")
    call_id, _ = phone().place()
    stranger = phone()
    stranger.place()
    assert refusal(stranger.send("POST", f"/v1/party/calls/{call_id}/leave", {})) == (404, "unknown-call")


def test_no_call_without_a_sign_in(service: Service) -> None:
    with Client(service) as client:
        assert refusal(client.send("POST", "/v1/calls/x/answer", {})) == (401, "not-signed-in")


def _entries(service: Service) -> list[Entry]:
    with service.core.database.read() as connection:
        return read_entries(connection, 0, 10_000)


def test_who_answered_sends_the_way_back_while_the_call_lasts(
    desk: Desk, sign_in: Callable[[str, str], Desk], phone: Callable[..., Phone]
) -> None:
    call_id, _ = phone().place()
    incident_id = good(desk.answer(call_id)).json()["incident_id"]
    path = f"/v1/calls/{call_id}/resume-message"
    assert refusal(sign_in("900011", "11").send("POST", path)) == (403, "not-your-call")
    desk.post(path)
    assert refusal(desk.send("POST", path)) == (409, "told-just-now")
    told = next(one for one in desk.snapshot().incidents if one.id == incident_id).messages
    assert [message.template.partition("/")[0] for message in told] == ["resume"]
    desk.post(f"/v1/calls/{call_id}/hang-up")
    assert refusal(desk.send("POST", path)) == (409, "call-state")
