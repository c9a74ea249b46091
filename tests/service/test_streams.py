"""A stream towards a reader who takes nothing: it ends, and its attendance with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from starlette.types import Message

from console.service.core import Core
from console.service.database import Database
from console.service.presence import Attendance, Presence
from console.service.streams import EventStream
from console.service.tables import metadata
from tests.service.harness import settings

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


def look(presence: Presence, key: str) -> Attendance:
    """Return who is there when there is no other process."""
    database = Database("sqlite://")
    metadata.create_all(database.engine)
    with database.read() as connection:
        found = presence.of(connection, {key}, NOON)
    database.close()
    return found


def here(presence: Presence, key: str) -> bool:
    """Tell whether ``key`` has an open stream."""
    return look(presence, key).here(key)


def test_a_reader_who_stalls_is_left(tmp_path: Path) -> None:
    core = Core(settings(tmp_path, send_timeout_seconds=0.05), Database("sqlite://"))
    presence = core.presence

    async def chunks() -> AsyncIterator[bytes]:
        while True:
            assert here(presence, "07")
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

        stream = EventStream(core, chunks(), presence.attend("07"))
        async with asyncio.timeout(5):
            await stream({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)
        return taken

    assert asyncio.run(serve()) == 3
    assert not here(presence, "07")
    core.press.close()


def test_presence_counts_streams_and_remembers_the_last_sign_of_life() -> None:
    now = [100.0]
    changes: list[None] = []
    presence = Presence(lambda: changes.append(None), lambda: now[0])
    now[0] = 105.0
    assert look(presence, "p").silent_for("p") == 5.0
    with presence.attend("p"), presence.attend("p"):
        now[0] = 200.0
        assert (here(presence, "p"), look(presence, "p").silent_for("p")) == (True, 0.0)
    assert not here(presence, "p")
    assert len(changes) == 4
    now[0] = 203.0
    assert look(presence, "p").silent_for("p") == 3.0
    presence.heard("p")
    assert look(presence, "p").silent_for("p") == 0.0
