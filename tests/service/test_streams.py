"""A stream towards a reader who takes nothing: it ends, and its attendance with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.types import Message

from console.service.presence import Presence
from console.service.streams import EventStream


def test_a_reader_who_stalls_is_left() -> None:
    presence = Presence(lambda: None)

    async def chunks() -> AsyncIterator[bytes]:
        while True:
            assert presence.here("07")
            yield b"data: x\n\n"

    async def serve() -> int:
        taken = 0

        async def send(_message: Message) -> None:
            nonlocal taken
            taken += 1
            if taken == 3:
                await asyncio.Event().wait()

        async def receive() -> Message:
            await asyncio.Event().wait()
            raise AssertionError("nothing comes")

        stream = EventStream(chunks(), send_timeout=0.05, attendance=presence.attend("07"))
        async with asyncio.timeout(5):
            await stream({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)
        return taken

    assert asyncio.run(serve()) == 3
    assert not presence.here("07")


def test_presence_counts_streams_and_remembers_the_last_sign_of_life() -> None:
    now = [100.0]
    changes: list[None] = []
    presence = Presence(lambda: changes.append(None), lambda: now[0])
    now[0] = 105.0
    assert presence.silent_for("p") == 5.0
    with presence.attend("p"), presence.attend("p"):
        now[0] = 200.0
        assert (presence.here("p"), presence.silent_for("p")) == (True, 0.0)
    assert not presence.here("p")
    assert len(changes) == 4
    now[0] = 203.0
    assert presence.silent_for("p") == 3.0
    presence.heard("p")
    assert presence.silent_for("p") == 0.0
