"""The outbox: every stored item reaches the service once, or somebody is told why not."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tenacity import RetryCallState, Retrying, wait_exponential_jitter

from console.adapters.database import Database
from console.contract.codec import decode
from console.contract.desk_api import AnnounceEvidence, EvidenceReceipt
from console.domain.errors import DomainError
from console.domain.evidence import Capture, Custody, Digests, require_custody
from console.domain.ids import EvidenceId, IncidentId
from console.usecases.facts import CustodyChanged, Publish
from console.usecases.ports import ClockPort, ServicePort, ServiceUnavailable, VaultPort

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
SHOWN_FOR = timedelta(hours=24)
"""Verified items of before are not told at start when they are older."""
PASSING = frozenset({"not-signed-in", "too-many-requests", "evidence-locked"})
"""Refusals that say nothing about the item itself."""

_COLUMNS = "e.*, o.custody, o.attempts, o.next_try_at, o.reason"
_FROM = "FROM outbox o JOIN evidence e ON e.id = o.evidence_id"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Item:
    evidence_id: EvidenceId
    incident_id: IncidentId
    capture: Capture
    digests: Digests
    custody: Custody
    attempts: int
    next_try_at: datetime | None
    reason: str


class Outbox:
    """``OutboxPort`` on the vault's database.

    Items go one after another, those with the fewest attempts first, so that a bad one stops nothing. Times
    of the next attempt are kept on disk. ``pause_s`` is the first of the growing pauses.
    """

    def __init__(
        self,
        database: Database,
        vault: VaultPort,
        service: ServicePort,
        clock: ClockPort,
        publish: Publish,
        *,
        pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        self._database = database
        self._vault = vault
        self._service = service
        self._clock = clock
        self._publish = publish
        self._pause = wait_exponential_jitter(multiplier=pause_s, max=LONGEST_PAUSE_S, jitter=pause_s)
        self._woken = asyncio.Event()

    async def items(self) -> tuple[CustodyChanged, ...]:
        """Return every item that is under way, needs somebody, or was verified within a day; oldest first."""
        since = (self._clock.now() - SHOWN_FOR).isoformat()

        def select(connection: sqlite3.Connection) -> list[sqlite3.Row]:
            return connection.execute(
                f"SELECT {_COLUMNS} {_FROM} WHERE o.custody <> ? OR e.stored_at > ? ORDER BY e.stored_at",
                (Custody.VERIFIED, since),
            ).fetchall()

        return tuple(_fact(_item(row)) for row in await self._database.run(select))

    def wake(self) -> None:
        """Try everything that waits now."""
        self._woken.set()

    async def retry(self, evidence_id: EvidenceId) -> None:
        """Queue a rejected item again; raises ``custody-state`` for any other."""
        item = await self._find(evidence_id)
        await self._move(item, Custody.QUEUED)
        self.wake()

    async def run(self) -> None:
        """Upload until cancelled."""
        while True:
            if self._woken.is_set():
                self._woken.clear()
                await self._hurry()
            await self._queue_captured()
            item = await self._next()
            if item is None:
                await self._sleep()
            else:
                await self._upload(item)

    async def _upload(self, item: _Item) -> None:
        item = await self._move(item, Custody.UPLOADING, attempts=item.attempts + 1)
        try:
            receipt = await self._send(item)
        except ServiceUnavailable as error:
            await self._put_off(item, error.reason)
        except DomainError as refusal:
            if refusal.code in PASSING:
                await self._put_off(item, refusal.code)
            else:
                corrupt = refusal.code in {"evidence-corrupt", "evidence-unknown"}
                state = Custody.CORRUPT if corrupt else Custody.REJECTED
                await self._move(item, state, reason=refusal.code)
        except Exception:
            logger.exception("item %s could not be uploaded", item.evidence_id)
            await self._put_off(item, "fault")
        else:
            await self._judge(item, receipt)

    async def _send(self, item: _Item) -> EvidenceReceipt:
        content = await self._vault.read(item.evidence_id)
        announcement = AnnounceEvidence(capture=item.capture, digests=item.digests)
        await self._service.announce_evidence(item.incident_id, item.evidence_id, announcement)
        return await self._service.upload_evidence(
            item.incident_id, item.evidence_id, content, item.digests.sha256, item.capture.media_type
        )

    async def _judge(self, item: _Item, receipt: EvidenceReceipt) -> None:
        """Only the service's own equal digest makes an item verified; no digest proves nothing."""
        if not receipt.sha256:
            await self._put_off(item, "digest-missing")
            return
        item = await self._move(item, Custody.RECEIVED)
        expected = (item.evidence_id, item.digests.sha256, item.digests.size)
        if (receipt.evidence_id, receipt.sha256, receipt.size) == expected:
            await self._move(item, Custody.VERIFIED)
        else:
            logger.error("the service's digest of item %s differs", item.evidence_id)
            await self._move(item, Custody.CORRUPT, reason="digest-differs")

    async def _put_off(self, item: _Item, reason: str) -> None:
        state = RetryCallState(Retrying(), None, (), {})
        state.attempt_number = item.attempts
        due = self._clock.now() + timedelta(seconds=self._pause(state))
        await self._move(item, Custody.RETRY_LATER, next_try_at=due, reason=reason)

    async def _move(
        self,
        item: _Item,
        custody: Custody,
        *,
        attempts: int | None = None,
        next_try_at: datetime | None = None,
        reason: str = "",
    ) -> _Item:
        require_custody(item.custody, custody)
        moved = _Item(
            evidence_id=item.evidence_id,
            incident_id=item.incident_id,
            capture=item.capture,
            digests=item.digests,
            custody=custody,
            attempts=item.attempts if attempts is None else attempts,
            next_try_at=next_try_at,
            reason=reason,
        )

        def update(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE outbox SET custody = ?, attempts = ?, next_try_at = ?, reason = ?"
                " WHERE evidence_id = ?",
                (
                    custody,
                    moved.attempts,
                    None if next_try_at is None else next_try_at.astimezone(UTC).isoformat(),
                    reason,
                    item.evidence_id,
                ),
            )

        await self._database.run(update)
        self._publish(_fact(moved))
        return moved

    async def _hurry(self) -> None:
        now = self._clock.now().isoformat()

        def update(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE outbox SET next_try_at = ? WHERE custody = ?", (now, Custody.RETRY_LATER)
            )

        await self._database.run(update)

    async def _queue_captured(self) -> None:
        for item in await self._select("o.custody = ?", Custody.CAPTURED):
            await self._move(item, Custody.QUEUED)

    async def _next(self) -> _Item | None:
        due = await self._select(
            "o.custody = ? OR (o.custody = ? AND o.next_try_at <= ?)",
            Custody.QUEUED,
            Custody.RETRY_LATER,
            self._clock.now().isoformat(),
        )
        return min(due, key=lambda item: item.attempts, default=None)

    async def _sleep(self) -> None:
        """Wait for the next due time or for a wake-up."""
        waiting = await self._select("o.custody = ?", Custody.RETRY_LATER)
        next_due = min((item.next_try_at for item in waiting if item.next_try_at), default=None)
        pause = None if next_due is None else max(0.0, (next_due - self._clock.now()).total_seconds())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._woken.wait()

    async def _find(self, evidence_id: EvidenceId) -> _Item:
        found = await self._select("e.id = ?", evidence_id)
        if not found:
            raise DomainError("evidence-unknown")
        return found[0]

    async def _select(self, condition: str, *values: str) -> list[_Item]:
        query = f"SELECT {_COLUMNS} {_FROM} WHERE {condition} ORDER BY e.stored_at"
        rows = await self._database.run(lambda connection: connection.execute(query, values).fetchall())
        return [_item(row) for row in rows]


def _item(row: sqlite3.Row) -> _Item:
    due = row["next_try_at"]
    return _Item(
        evidence_id=EvidenceId(row["id"]),
        incident_id=IncidentId(row["incident_id"]),
        capture=decode(Capture, row["capture"]),
        digests=Digests(sha256=row["sha256"], sm3=row["sm3"], size=row["size"]),
        custody=Custody(row["custody"]),
        attempts=row["attempts"],
        next_try_at=None if due is None else datetime.fromisoformat(due),
        reason=row["reason"],
    )


def _fact(item: _Item) -> CustodyChanged:
    return CustodyChanged(
        evidence_id=item.evidence_id,
        incident_id=item.incident_id,
        capture=item.capture,
        custody=item.custody,
        attempts=item.attempts,
        next_try_at=item.next_try_at,
        reason=item.reason,
    )
