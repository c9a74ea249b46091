"""The one thread crossing: everything arrives, in order, on the GUI thread; failures are told, not lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from console.adapters.io_thread import IoThread
from console.domain.errors import DomainError
from console.presenters.bridge import Bridge
from tests.waiting import wait_until

COUNT = 10_000
DEADLINE_S = 20.0


@pytest.fixture
def io() -> Iterator[IoThread]:
    thread = IoThread()
    thread.start()
    yield thread
    assert thread.stop()


@pytest.fixture
def reported() -> list[Exception]:
    return []


@pytest.fixture
def bridge(app: QApplication, io: IoThread, reported: list[Exception]) -> Bridge:
    return Bridge(io, reported.append)


def settle(app: QApplication, condition: Callable[[], bool]) -> None:
    def look() -> bool:
        app.processEvents()
        return condition()

    wait_until(look, DEADLINE_S, "what the test waits for")


def test_ten_thousand_signals_arrive_in_order(app: QApplication, io: IoThread, bridge: Bridge) -> None:
    arrived: list[tuple[int, int]] = []

    def arrive(number: int) -> None:
        arrived.append((number, threading.get_ident()))

    async def post() -> None:
        for number in range(COUNT):
            bridge.post(partial(arrive, number))

    io.submit(post())
    settle(app, lambda: len(arrived) == COUNT)
    assert [number for number, _ in arrived] == list(range(COUNT))
    assert {thread for _, thread in arrived} == {threading.get_ident()}


def test_ten_thousand_signals_from_many_threads_are_all_there(app: QApplication, bridge: Bridge) -> None:
    arrived: list[tuple[int, int]] = []

    def post(source: int) -> None:
        for number in range(COUNT // 4):
            bridge.post(partial(arrived.append, (source, number)))

    threads = [threading.Thread(target=post, args=(source,)) for source in range(4)]
    for thread in threads:
        thread.start()
    settle(app, lambda: len(arrived) == COUNT)
    for thread in threads:
        thread.join()
    for source in range(4):
        assert [number for who, number in arrived if who == source] == list(range(COUNT // 4))


def test_outcomes_come_back_on_the_gui_thread(
    app: QApplication, bridge: Bridge, reported: list[Exception]
) -> None:
    done: list[tuple[int, int]] = []
    refused: list[str] = []

    async def works() -> int:
        await asyncio.sleep(0)
        return threading.get_ident()

    async def refuses() -> None:
        raise DomainError("stale")

    bridge.run(works(), lambda loop: done.append((loop, threading.get_ident())))
    bridge.run(refuses(), None, lambda error: refused.append(str(error)))
    bridge.run(refuses())
    settle(app, lambda: len(done) == len(refused) == len(reported) == 1)
    assert refused == [str(reported[0])] == ["stale"]
    ((ran_on, came_on),) = done
    assert came_on == threading.get_ident() != ran_on


def test_cancelled_work_calls_nobody(app: QApplication, bridge: Bridge, reported: list[Exception]) -> None:
    called: list[object] = []
    ended: list[bool] = []

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    future = bridge.run(waits(), called.append, called.append)
    settle(app, lambda: not future.done())
    future.cancel()
    settle(app, lambda: ended == [True])
    app.processEvents()
    assert called == reported == []


@pytest.mark.allows_log("a presenter failed")
def test_a_presenter_that_fails_does_not_stop_the_next(app: QApplication, bridge: Bridge) -> None:
    arrived: list[bool] = []

    def fails() -> None:
        raise RuntimeError("broken")

    bridge.post(fails)
    bridge.post(lambda: arrived.append(True))
    settle(app, lambda: bool(arrived))


@pytest.mark.allows_log("work failed unexpectedly")
def test_unexpected_failures_are_written_down(
    app: QApplication, bridge: Bridge, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Exception] = []

    async def breaks() -> None:
        raise RuntimeError("broken")

    async def refuses() -> None:
        raise DomainError("stale")

    bridge.run(refuses(), None, told.append)
    bridge.run(breaks(), None, told.append)
    settle(app, lambda: len(told) == 2)
    assert [record.getMessage() for record in caplog.records] == ["work failed unexpectedly"]
