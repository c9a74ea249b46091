"""What every route of one service shares, handed over once when the app is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from console.service.bell import Bell
from console.service.database import Database
from console.service.journal import Work
from console.service.presence import Presence
from console.service.settings import Settings
from console.service.throttle import Throttle

SERVICE = "service"
"""The actor of what the service does by itself."""


def utc_now() -> datetime:
    """Return the current moment, aware, in UTC."""
    return datetime.now(UTC)


@dataclass
class Core:
    """Settings, database and the living state of one service process."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime] = utc_now
    bell: Bell = field(default_factory=Bell)
    presence: Presence = field(init=False)
    failed_sign_ins: Throttle = field(default_factory=lambda: Throttle(5, 60.0))
    party_requests: Throttle = field(default_factory=lambda: Throttle(120, 60.0))
    link_openings: Throttle = field(default_factory=lambda: Throttle(60, 60.0))
    signal_rate: Throttle = field(default_factory=lambda: Throttle(30, 10.0))

    def __post_init__(self) -> None:
        self.presence = Presence(self.bell.ring)

    @contextmanager
    def work(self, actor: str = SERVICE) -> Iterator[Work]:
        """One writing transaction of ``actor``; listeners are woken once it is committed."""
        with self.database.write() as connection:
            work = Work(connection, self.clock(), actor)
            yield work
        if work.changed:
            self.bell.ring()


def core_of(request: Request) -> Core:
    """Return what ``console.service.app`` put into the app that serves ``request``."""
    core: Core = request.app.state.core
    return core


Here = Annotated[Core, Depends(core_of)]
