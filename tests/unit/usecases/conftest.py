"""One desk's use cases on ports that live in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest_asyncio

from console.contract.desk_api import SignIn
from console.usecases.desk_work import DeskWork, Ports
from console.usecases.use_cases import UseCases
from tests.fake_applications import FakeApplications
from tests.fake_deliveries import FakeDeliveries
from tests.fake_lost_calls import FakeLostCalls
from tests.fake_service import FakeService
from tests.fakes import (
    SEAT,
    Facts,
    FakeClock,
    FakeDrafts,
    FakeEvents,
    FakeMedia,
    FakeSecrets,
    FakeSignals,
    FakeVault,
)


@dataclass
class Bench:
    """A desk at work and everything around it."""

    service: FakeService = field(default_factory=FakeService)
    events: FakeEvents = field(default_factory=FakeEvents)
    signals: FakeSignals = field(default_factory=FakeSignals)
    media: FakeMedia = field(default_factory=FakeMedia)
    vault: FakeVault = field(default_factory=FakeVault)
    drafts: FakeDrafts = field(default_factory=FakeDrafts)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)
    clock: FakeClock = field(default_factory=FakeClock)
    facts: Facts = field(default_factory=Facts)
    desk: DeskWork = field(init=False)
    does: UseCases = field(init=False)

    def __post_init__(self) -> None:
        ports = Ports(
            service=self.service,
            deliveries=FakeDeliveries(),
            lost_calls=FakeLostCalls(),
            applications=FakeApplications(),
            events=self.events,
            signals=self.signals,
            media=self.media,
            vault=self.vault,
            outbox=self.vault,
            drafts=self.drafts,
            secrets=self.secrets,
            clock=self.clock,
        )
        self.desk = DeskWork(ports, self.facts)
        self.does = self.desk.does


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    """A desk that nobody has signed in to yet."""
    made = Bench()
    await made.desk.open()
    yield made
    await made.desk.close()


@pytest_asyncio.fixture
async def at_work(bench: Bench) -> Bench:
    """A desk whose officer is signed in at seat 07."""
    await bench.does.shift.sign_in(SignIn(username="900010", password="right", seat=SEAT))
    await bench.desk.begin()
    return bench
