"""The loop's thread: work in, outcomes out, and an orderly end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from console.adapters.io_thread import IoThread


@pytest.fixture
def thread() -> Iterator[IoThread]:
    """A running loop."""
    made = IoThread()
    made.start()
    yield made
    assert made.stop()


def test_work_runs_in_one_other_thread(thread: IoThread) -> None:
    async def where() -> str:
        return threading.current_thread().name

    names = {thread.submit(where()).result(5) for _ in range(3)}
    assert names == {"io"}


def test_errors_come_back(thread: IoThread) -> None:
    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        thread.submit(fail()).result(5)


def test_cancelling_the_future_cancels_the_work(thread: IoThread) -> None:
    started, cancelled = threading.Event(), threading.Event()

    async def wait() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    future = thread.submit(wait())
    assert started.wait(5)
    future.cancel()
    assert cancelled.wait(5)


def test_the_end_cancels_what_still_runs_and_waits_for_it() -> None:
    thread = IoThread()
    thread.start()
    order: list[str] = []
    started = threading.Event()

    async def work() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            order.append("cleaned up")

    future = thread.submit(work())
    assert started.wait(5)
    assert thread.stop()
    assert order == ["cleaned up"]
    with pytest.raises(CancelledError):
        future.result(5)

    async def late() -> None:
        order.append("late")

    with pytest.raises(RuntimeError):
        thread.submit(late())
    assert order == ["cleaned up"]
