"""Questions asked while one is under way go together with the next."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

from console.service.gathering import Gathering


def test_what_comes_meanwhile_is_asked_together_and_each_gets_its_own() -> None:
    asked: list[list[int]] = []
    begun, go_on = threading.Event(), threading.Event()

    def double(numbers: Sequence[int]) -> list[int]:
        asked.append([*numbers])
        begun.set()
        assert go_on.wait(10)
        return [2 * number for number in numbers]

    async def ask() -> list[int]:
        gathering = Gathering(double)
        first = asyncio.create_task(gathering.one(1))
        assert await asyncio.to_thread(begun.wait, 10)
        others = [asyncio.create_task(gathering.one(number)) for number in (2, 3, 4)]
        await asyncio.sleep(0)
        others[1].cancel()  # whoever asked may go
        go_on.set()
        return [await first, await others[0], await others[2]]

    assert asyncio.run(ask()) == [2, 4, 8]
    assert asked == [[1], [2, 3, 4]]


def test_a_look_that_fails_fails_for_all_and_the_next_is_made_anew() -> None:
    failing = [True]

    def look(numbers: Sequence[int]) -> Sequence[int]:
        if failing.pop():
            raise OSError
        return numbers

    async def ask() -> int:
        gathering = Gathering(look)
        outcomes = await asyncio.gather(gathering.one(1), gathering.one(2), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [OSError, OSError]
        failing.append(False)
        return await gathering.one(3)

    assert asyncio.run(ask()) == 3
