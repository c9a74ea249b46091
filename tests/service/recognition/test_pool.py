"""Workers: killed when stuck, started again when gone, ended when nobody needs them."""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from console.domain.errors import DomainError
from console.domain.recognition import ReadingProblem
from console.service.recognition.pool import Workers
from console.service.recognition.reading import read
from tests.service.pictures import bomb, picture
from tests.waiting import wait_until

TODAY = dt.date(2026, 11, 26)
LIMIT_S = 60.0


def children() -> list[psutil.Process]:
    """The processes that this one has started and that still run, pool helpers aside."""
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


@pytest.fixture
def workers() -> Iterator[Workers]:
    """One worker, not started yet."""
    assert children() == []
    made = Workers()
    yield made
    made.close()
    assert children() == []


def test_a_worker_starts_when_needed_and_is_replaced_when_it_is_gone(workers: Workers) -> None:
    assert children() == []
    first = workers.run(LIMIT_S, os.getpid)
    assert workers.run(LIMIT_S, os.getpid) == first
    psutil.Process(first).kill()
    second = workers.run(LIMIT_S, os.getpid)
    assert second != first
    assert [child.pid for child in children()] == [second]


def test_a_worker_that_is_stuck_or_dies_over_its_work_is_given_up(workers: Workers) -> None:
    with pytest.raises(DomainError, match="recognition-late"):
        workers.run(0.1, time.sleep, 600)
    assert children() == []
    with pytest.raises(DomainError, match="recognition-failed"):
        workers.run(LIMIT_S, os._exit, 3)
    assert workers.run(LIMIT_S, abs, -4) == 4


def test_what_the_work_raises_comes_back_and_the_worker_stays(workers: Workers) -> None:
    first = workers.run(LIMIT_S, os.getpid)
    with pytest.raises(ValueError, match="invalid literal") as raised:
        workers.run(LIMIT_S, int, "four")
    assert "in _serve" in "".join(raised.value.__notes__)
    assert workers.run(LIMIT_S, os.getpid) == first


def test_whoever_waits_when_the_pool_is_closed_is_told(workers: Workers) -> None:
    outcomes: list[str] = []

    def run() -> None:
        try:
            workers.run(LIMIT_S, time.sleep, 600)
        except DomainError as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    wait_until(children, LIMIT_S, "the worker")
    workers.close()
    for thread in threads:
        thread.join(LIMIT_S)
    assert outcomes == ["recognition-busy"] * 2
    assert children() == []


@pytest.mark.allows_log("a picture is given up")
def test_a_picture_that_takes_too_long_is_given_up_and_a_bomb_is_refused(workers: Workers) -> None:
    hasty = read(workers, picture(1, 2400, 1800), TODAY, limit_s=0.1)
    assert hasty.problems == (ReadingProblem.TOO_SLOW,)
    assert read(workers, bomb(), TODAY).problems == (ReadingProblem.TOO_LARGE,)
    assert read(workers, b"", TODAY).problems == (ReadingProblem.EMPTY_FILE,)
