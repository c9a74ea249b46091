"""The training room: a trainer starts real simulated parties, a few of them, and in training alone."""

from __future__ import annotations

from collections.abc import Callable

import psutil
import pytest

from console.domain.call import CallState
from console.service.server import Service
from tests.service.harness import Desk, refusal
from tests.waiting import wait_until

BODY = {"scenario": "rear_end", "seed": 7}
LONG_S = 90.0


@pytest.fixture
def trainer(sign_in: Callable[[str, str], Desk]) -> Desk:
    """The trainer at a desk."""
    return sign_in("900030", "90")


def processes() -> list[psutil.Process]:
    """The simulated parties that this process started."""
    return [child for child in psutil.Process().children() if "simulate" in child.cmdline()]


def test_a_started_party_calls_and_is_ended(desk: Desk, trainer: Desk) -> None:
    known = [one["name"] for one in trainer.get("/v1/training/scenarios")]
    assert known[0] == "lane_change" or "rear_end" in known
    party = trainer.post("/v1/training/parties", BODY).json()
    wait_until(lambda: desk.snapshot().calls, LONG_S, "the call")
    (call,) = desk.snapshot().calls
    assert call.state is CallState.WAITING
    trainer.post(f"/v1/training/parties/{party['id']}/view", {"flaw": "blurred"})
    assert [one["id"] for one in trainer.get("/v1/training/parties")] == [party["id"]]
    (process,) = processes()
    trainer.send("DELETE", f"/v1/training/parties/{party['id']}")
    assert not process.is_running()
    assert trainer.get("/v1/training/parties") == []
    gone = trainer.send("DELETE", f"/v1/training/parties/{party['id']}")
    assert refusal(gone) == (404, "unknown-simulated-party")


def test_parties_are_few_and_end_with_the_service(trainer: Desk, service: Service) -> None:
    for seed in (1, 2):
        trainer.post("/v1/training/parties", {**BODY, "seed": seed})
    third = trainer.send("POST", "/v1/training/parties", {**BODY, "seed": 3})
    assert refusal(third) == (429, "too-many-parties-running")
    running = processes()
    assert len(running) == 2
    room = service.core.training
    assert room is not None
    room.close()
    assert not any(process.is_running() for process in running)


def test_only_a_trainer_and_only_in_training(desk: Desk, trainer: Desk, service: Service) -> None:
    assert refusal(desk.send("POST", "/v1/training/parties", BODY)) == (403, "role-missing")
    wrong = trainer.send("POST", "/v1/training/parties", {**BODY, "scenario": "../rear_end"})
    assert refusal(wrong) == (404, "unknown-scenario")
    service.core.training = None
    assert refusal(trainer.send("POST", "/v1/training/parties", BODY)) == (404, "training-only")
    assert processes() == []
