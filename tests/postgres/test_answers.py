"""Desks on several processes press at once: every call has exactly one winner, and the others learn who."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from console.domain.call import IN_CALL
from console.domain.events import CallEnded, CallHungUp
from console.domain.ids import CallId
from console.service.core import Core
from console.service.journal import read_call
from tests.postgres.cluster import cluster
from tests.service.harness import Desk, refusal
from tests.service.placing import place

PRESSES = 8
"""Desks that press for each call."""
CALLS_A_TOKEN = 500
"""Calls after which the desks renew their tokens, which last for 15 minutes."""


@pytest.mark.timeout(7_200)
def test_racing_answers_have_one_winner_each(
    data: Path, stack: ExitStack, request: pytest.FixtureRequest
) -> None:
    answers: int = request.config.getoption("--answers")
    members = stack.enter_context(cluster(data, 3))
    core = members[0].core
    desks = [stack.enter_context(Desk(members[n % 3], "900011", f"s{n}")) for n in range(PRESSES)]
    pool = stack.enter_context(ThreadPoolExecutor(PRESSES))
    wins = dict.fromkeys((desk.seat for desk in desks), 0)
    for number in range(answers // PRESSES):
        if number % CALLS_A_TOKEN == CALLS_A_TOKEN - 1:
            for desk in desks:
                desk.renew()
        call_id = place(core)
        results = list(pool.map(Desk.answer, desks, [call_id] * PRESSES))
        won = [desk.seat for desk, answer in zip(desks, results, strict=True) if answer.ok]
        assert len(won) == 1
        wins[won[0]] += 1
        lost = [answer for answer in results if not answer.ok]
        assert [refusal(answer) for answer in lost] == [(409, "call-taken")] * (PRESSES - 1)
        assert {answer.json()["params"]["seat"] for answer in lost} == set(won)
        wrap_up(core, call_id, won[0])
    assert sum(wins.values()) == answers // PRESSES


def wrap_up(core: Core, call_id: CallId, seat: str) -> None:
    """Check who holds the call, and free the seat for the next."""
    with core.work() as work:
        call = read_call(work.connection, call_id)
        assert (call.state in IN_CALL, call.seat) == (True, seat)
        work.record(call.incident_id, CallHungUp(by="desk"), call_id)
        work.record(call.incident_id, CallEnded(), call_id)
