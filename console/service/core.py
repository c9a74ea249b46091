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
from console.service.documents import DocumentFolder, Press
from console.service.evidence_store import EvidenceStore
from console.service.journal import Work
from console.service.messages import NoGateway, SmsGateway, Templates, TrainingGateway, load_templates
from console.service.presence import Presence
from console.service.rules import Rules, load_rules
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
    rules: Rules = field(init=False)
    templates: Templates = field(init=False)
    gateway: SmsGateway = field(init=False)
    evidence: EvidenceStore = field(init=False)
    documents: DocumentFolder = field(init=False)
    press: Press = field(init=False)
    failed_sign_ins: Throttle = field(default_factory=lambda: Throttle(5, 60.0))
    failed_addresses: Throttle = field(default_factory=lambda: Throttle(50, 60.0))
    party_requests: Throttle = field(default_factory=lambda: Throttle(120, 60.0))
    link_openings: Throttle = field(default_factory=lambda: Throttle(60, 60.0))
    signal_rate: Throttle = field(default_factory=lambda: Throttle(30, 10.0))

    def __post_init__(self) -> None:
        self.presence = Presence(self.bell.ring)
        self.rules = load_rules(self.settings.resources / "rules")
        self.templates = load_templates(self.settings.resources / "rules" / "messages.json")
        self.gateway = TrainingGateway() if self.settings.training else NoGateway()
        self.evidence = EvidenceStore(self.settings.data / "evidence")
        self.documents = DocumentFolder(self.settings.data / "documents")
        self.press = Press(self.settings.resources)

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
