"""Capture: from the newest decoded picture to an item that is safe on this machine and on its way."""

from __future__ import annotations

from datetime import datetime

from console.contract.evidence_api import DiscardEvidence
from console.domain.discarding import DiscardReason
from console.domain.evidence import Capture as CaptureFacts
from console.domain.evidence import CaptureSource, Custody, Slot
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId, new_id
from console.usecases.facts import CustodyChanged, Publish
from console.usecases.following import Follower
from console.usecases.ports import MediaPort, OutboxPort, ServicePort, VaultPort
from console.usecases.shift import Shift


class Capture(Follower):
    """Takes snapshots, brings back what an earlier run left, and finds the bytes of any item."""

    def __init__(
        self,
        shift: Shift,
        media: MediaPort,
        vault: VaultPort,
        outbox: OutboxPort,
        service: ServicePort,
        publish: Publish,
    ) -> None:
        self._shift = shift
        self._media = media
        self._vault = vault
        self._outbox = outbox
        self._service = service
        self._publish = publish

    async def open(self) -> None:
        """Put right what a crash left behind and tell the store of every local item."""
        self._publish(await self._vault.open())
        for item in await self._outbox.items():
            self._publish(item)

    async def snapshot(
        self,
        incident_id: IncidentId,
        call_id: CallId,
        slot: Slot,
        party_id: PartyId | None,
        *,
        recall: bool = False,
    ) -> EvidenceId:
        """Take the newest decoded picture into ``slot``, or with ``recall`` the sharpest of the last 10 s.

        Returns once it is safe on disk. Raises ``MediaError`` when there is no picture.
        """
        still = await self._media.take_still(recall=recall)
        taken = still.taken
        clock = self._service.clock()
        facts = CaptureFacts(
            slot=slot,
            source=CaptureSource.LIVE_FRAME,
            call_id=call_id,
            party_id=party_id,
            captured_by=self._shift.session.user.id,
            captured_at=datetime.fromisoformat(taken.decoded_wall),
            clock_offset_ms=None if clock is None else clock.offset_ms,
            width=taken.width,
            height=taken.height,
            media_type="image/jpeg",
            frame_number=taken.frame_number,
            media_session=f"{taken.call_id}/{taken.attempt}",
        )
        evidence_id = EvidenceId(new_id())
        await self._vault.store(evidence_id, incident_id, facts, still.jpeg)
        self._publish(
            CustodyChanged(
                evidence_id=evidence_id, incident_id=incident_id, capture=facts, custody=Custody.CAPTURED
            )
        )
        self._outbox.wake()
        return evidence_id

    async def picture(self, incident_id: IncidentId, evidence_id: EvidenceId, *, local: bool) -> bytes:
        """Return the original bytes from this machine (``local``) or from the service."""
        if local:
            return await self._vault.read(evidence_id)
        return await self._service.read_evidence(incident_id, evidence_id)

    async def discard(self, incident_id: IncidentId, evidence_id: EvidenceId, reason: DiscardReason) -> None:
        """Have a picture that the service holds count no more; its bytes stay where they are."""
        await self._service.discard_evidence(incident_id, evidence_id, DiscardEvidence(reason=reason))

    async def retry(self, evidence_id: EvidenceId) -> None:
        """Send a rejected item again."""
        await self._outbox.retry(evidence_id)

    def retry_now(self) -> None:
        """Send everything that waits, without waiting for its time."""
        self._outbox.wake()

    def on_online(self) -> None:
        """The service is back: nothing needs to wait for its time."""
        self._outbox.wake()
