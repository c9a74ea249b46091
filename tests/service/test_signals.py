"""Signals go both ways, each once and in order, and only between the two who share the call."""

from __future__ import annotations

from collections.abc import Callable

from console.contract.desk_api import Signal
from tests.service.harness import Desk, Phone, good, refusal


def signal(kind: str, attempt: int = 1, sdp: str = "v=0") -> dict[str, object]:
    """Return the body of a signal."""
    return {"kind": kind, "attempt": attempt, "sdp": sdp}


def test_both_ways_with_resume(desk: Desk, phone: Callable[..., Phone]) -> None:
    party = phone()
    call_id, token = party.place()
    mine, theirs = f"/v1/calls/{call_id}/signals", f"/v1/party/calls/{call_id}/signals"
    proof = {"Resume-Token": token}
    good(party.send("POST", theirs, signal("offer", sdp="早"), headers=proof))
    assert refusal(desk.send("POST", mine, signal("answer"))) == (403, "not-your-call")
    good(desk.answer(call_id))
    heard = desk.stream(mine)
    heard.until(lambda value: value.sdp == "早", Signal)
    answers = party.stream(theirs)
    good(desk.send("POST", mine, signal("answer")))
    answers.until(lambda value: value.kind == "answer", Signal)
    number = int(heard.events[0][1])
    heard.close()
    good(party.send("POST", theirs, signal("offer", 2), headers=proof))
    resumed = desk.stream(mine, number)
    resumed.wait(1)
    assert '"attempt":2' in resumed.events[0][2]
    desk.post(f"/v1/calls/{call_id}/hang-up")
    assert resumed.ended.wait(5)
    assert answers.ended.wait(5)
    assert refusal(desk.send("GET", mine)) == (409, "call-over")
    late = party.send("POST", theirs, signal("offer", 3), headers=proof)
    assert refusal(late) == (409, "call-state")


def test_strangers_hear_and_say_nothing(
    desk: Desk, sign_in: Callable[[str, str], Desk], phone: Callable[..., Phone]
) -> None:
    party, stranger = phone(), phone()
    call_id, token = party.place()
    stranger.place()
    good(desk.answer(call_id))
    mine, theirs = f"/v1/calls/{call_id}/signals", f"/v1/party/calls/{call_id}/signals"
    for wrong in ({}, {"Resume-Token": ""}, {"Resume-Token": token[:-1] + "!"}, {"Resume-Token": "x" * 9000}):
        answer = party.send("POST", theirs, signal("offer"), headers=wrong)
        assert refusal(answer) == (403, "wrong-resume-token")
    answer = stranger.send("POST", theirs, signal("offer"), headers={"Resume-Token": token})
    assert refusal(answer) == (404, "unknown-call")
    assert refusal(stranger.send("GET", theirs)) == (404, "unknown-call")
    other = sign_in("900011", "11")
    assert refusal(other.send("GET", mine)) == (403, "not-your-call")
    assert refusal(other.send("POST", mine, signal("answer"))) == (403, "not-your-call")


def test_signals_are_bounded(desk: Desk, phone: Callable[..., Phone]) -> None:
    party = phone()
    call_id, token = party.place()
    theirs, proof = f"/v1/party/calls/{call_id}/signals", {"Resume-Token": token}
    for body, code in (
        (signal("offer", sdp="x" * 65_537), "text-too-long"),
        (signal("offer", sdp="字" * 30_000), "text-too-long"),
        (signal("offer", attempt=0), "invalid-request"),
        (signal("offer", attempt=10**30), "invalid-request"),
        (signal("offer", sdp="\0"), "invalid-request"),
        (signal("shout"), "invalid-request"),
    ):
        assert refusal(party.send("POST", theirs, body, headers=proof)) == (422, code)
    codes = [party.send("POST", theirs, signal("offer"), headers=proof).status_code for _ in range(35)]
    assert codes.count(204) == 30
    assert set(codes) == {204, 429}
