"""A vault and an outbox on real files, opened as often as a desk is started."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from console.adapters.clock import SystemClock
from console.adapters.database import Database
from console.adapters.evidence_vault import EvidenceVault, open_vault_database
from console.adapters.local_keys import LocalKeys
from console.adapters.outbox import Outbox
from console.domain.evidence import Capture, CaptureSource, Custody, Slot
from console.domain.ids import EvidenceId, IncidentId, new_id
from console.usecases.facts import CustodyChanged, EvidenceRecovered, KeyPlace
from console.usecases.ports import ServicePort
from tests.fakes import NOW, Facts, FakeSecrets
from tests.service.pictures import picture

INCIDENT = IncidentId("incident")
PICTURE = picture()
CAPTURE = Capture(
    slot=Slot.PLATE_A,
    source=CaptureSource.LIVE_FRAME,
    call_id=None,
    party_id=None,
    captured_by="officer",
    captured_at=NOW,
    clock_offset_ms=12,
    width=320,
    height=180,
    media_type="image/jpeg",
    frame_number=7,
    media_session="call/1",
)


@dataclass
class Opened:
    """One start of the desk, as far as evidence goes."""

    database: Database
    vault: EvidenceVault
    outbox: Outbox
    facts: Facts
    recovered: EvidenceRecovered

    async def capture(self, content: bytes = PICTURE, incident_id: IncidentId = INCIDENT) -> EvidenceId:
        """Store an item and wake the outbox."""
        evidence_id = EvidenceId(new_id())
        await self.vault.store(evidence_id, incident_id, CAPTURE, content)
        self.outbox.wake()
        return evidence_id

    async def until(self, evidence_id: EvidenceId, custody: Custody) -> CustodyChanged:
        """Wait until an item has got that far."""
        return await self.facts.until(
            CustodyChanged, lambda fact: fact.evidence_id == evidence_id and fact.custody is custody
        )

    def way(self, evidence_id: EvidenceId) -> list[Custody]:
        """Return every state an item went through."""
        return [f.custody for f in self.facts.of(CustodyChanged) if f.evidence_id == evidence_id]

    async def forget_verification(self, evidence_id: EvidenceId) -> None:
        """Put an item back to where a kill between upload and database leaves it."""

        def update(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE outbox SET custody = ? WHERE evidence_id = ?", (Custody.UPLOADING, evidence_id)
            )

        await self.database.run(update)

    async def custody(self, evidence_id: EvidenceId) -> CustodyChanged:
        """Return an item as it stands on disk."""
        return next(item for item in await self.outbox.items() if item.evidence_id == evidence_id)


@asynccontextmanager
async def opened(
    folder: Path,
    service: ServicePort,
    *,
    secrets: FakeSecrets | None = None,
    running: bool = True,
    pause_s: float = 0.02,
) -> AsyncIterator[Opened]:
    """Open vault and outbox, upload for as long as the block when ``running``, and close both."""
    database = open_vault_database(folder)
    keys = LocalKeys(secrets or FakeSecrets(KeyPlace.MEMORY), folder)
    await keys.open()
    vault = EvidenceVault(folder, database, keys)
    facts = Facts()
    outbox = Outbox(database, vault, service, SystemClock(), facts, pause_s=pause_s)
    recovered = await vault.open()
    uploading = asyncio.create_task(outbox.run()) if running else None
    try:
        yield Opened(database, vault, outbox, facts, recovered)
    finally:
        if uploading is not None:
            uploading.cancel()
            await asyncio.gather(uploading, return_exceptions=True)
        await asyncio.to_thread(vault.close)
        await asyncio.to_thread(database.close)
