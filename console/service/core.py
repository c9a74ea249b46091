"""What every route of one service shares, handed over once when the app is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from console.domain.case_facts import local_finding
from console.domain.delivery import Channel
from console.domain.incident import Incident
from console.domain.local_finding import LocalFinding
from console.service import law_import
from console.service.bell import Bell
from console.service.cities import City, city_folder, load_city
from console.service.database import Database
from console.service.deliveries import open_receivers
from console.service.deliveries.port import Receiver
from console.service.documents import Press
from console.service.documents_folder import DocumentFolder
from console.service.evidence_store import EvidenceStore
from console.service.journal import SERVICE, Work
from console.service.lasting import Lasting
from console.service.maps.atlas import Atlas, open_atlas
from console.service.metrics import Metrics
from console.service.photos import NoPhotos, Photos, TrainingPhotos
from console.service.presence import Presence
from console.service.recognition.pool import Workers
from console.service.registries import open_registry
from console.service.registries.port import Registry
from console.service.rules import Rules, load_rules
from console.service.second_factor import Seal
from console.service.settings import Settings
from console.service.tail import KEPT, Tail
from console.service.throttle import Throttle
from console.service.trail import Trail
from console.service.training_room import TrainingRoom
from console.service.turns import Turns

FAILED_JOINS, FAILED_JOINS_TOGETHER, JOIN_SECONDS = 10, 60, 600.0
"""Wrong join codes within that many seconds: from one address, and from everybody at one process."""


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
    turns: Turns = field(init=False)
    tail: Tail = field(init=False)
    lasting: Lasting = field(default_factory=Lasting)
    presence: Presence = field(init=False)
    rules: Rules = field(init=False)
    city: City = field(init=False)
    receivers: Mapping[Channel, Receiver] = field(init=False)
    """Where the outbox leads to."""
    evidence: EvidenceStore = field(init=False)
    documents: DocumentFolder = field(init=False)
    signatures: DocumentFolder = field(init=False)
    press: Press = field(init=False)
    atlas: Atlas = field(init=False)
    readers: Workers = field(default_factory=Workers)
    """Reads documents."""
    photos: Photos = field(init=False)
    training: TrainingRoom | None = field(init=False)
    comparers: Workers = field(default_factory=Workers)
    """Compares faces."""
    registry: Registry = field(init=False)
    seal: Seal = field(init=False)
    metrics: Metrics = field(default_factory=Metrics)
    failed_addresses: Throttle = field(default_factory=lambda: Throttle(50, 60.0))
    failed_joins: Throttle = field(default_factory=lambda: Throttle(FAILED_JOINS, JOIN_SECONDS))
    failed_joins_together: Throttle = field(
        default_factory=lambda: Throttle(FAILED_JOINS_TOGETHER, JOIN_SECONDS)
    )
    party_requests: Throttle = field(default_factory=lambda: Throttle(120, 60.0))
    link_openings: Throttle = field(default_factory=lambda: Throttle(60, 60.0))
    signal_rate: Throttle = field(default_factory=lambda: Throttle(30, 10.0))
    refused_strangers: Throttle = field(default_factory=lambda: Throttle(60, 60.0))
    """Refusals of strangers and parties that the audit keeps."""

    def __post_init__(self) -> None:
        self.turns = Turns(self.database)
        self.presence = Presence(self.bell.ring)
        self.tail = Tail(min(KEPT, self.settings.max_lag))
        resources, imported = self.settings.resources, self.settings.data / law_import.FOLDER
        self.city = load_city(city_folder(resources / "cities", self.settings.city))
        self.rules = load_rules(resources / "rules", imported, self.city.office)
        self.receivers = open_receivers(self.settings.data, self.clock, training=self.settings.training)
        self.evidence = EvidenceStore(self.settings.data / "evidence")
        self.documents = DocumentFolder(self.settings.data / "documents")
        self.signatures = DocumentFolder(self.settings.data / "signatures", ".json")
        self.press = Press(resources, self.city.document)
        if self.city.document is not None:
            self.press.prove()
        self.seal = Seal(self.settings.data)
        training = self.settings.training
        self.atlas = open_atlas(self.settings.data, resources, training=training, units=self.city.areas)
        folders = (self.settings.resources / "scenarios", self.settings.data / "parties")
        self.training = TrainingRoom(*folders) if self.settings.training else None
        self.registry = open_registry(self.settings, self.clock)
        self.photos = TrainingPhotos(self.registry) if self.settings.training else NoPhotos()

    @contextmanager
    def work(self, actor: str = SERVICE, trail: Trail | None = None) -> Iterator[Work]:
        """One writing transaction of ``actor``; listeners are woken once it is committed.

        It commits together with its rows of the audit: that of the request ``trail`` comes from, else one of
        every incident that it changed; and with others of this process that waited meanwhile (``Turns``).
        """
        with self.turns.turn() as shared:
            work = Work(shared.connection, self.clock(), actor, self._local_finding)
            yield work
            shared.deeds += work.deeds(trail)
            shared.changed |= work.changed
        if trail is not None:
            trail.written = True
        if work.changed and self.database.embedded:
            self.bell.ring()  # else the announcement comes back to this process as to the others

    def _local_finding(self, incident: Incident) -> LocalFinding:
        return local_finding(incident, self.city.profile.rule, self.rules.calendar)


async def core_of(request: Request) -> Core:
    """Return what ``console.service.app`` put into the app that serves ``request``."""
    core: Core = request.app.state.core
    return core


Here = Annotated[Core, Depends(core_of)]
