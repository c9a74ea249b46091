"""What a supervisor does about deliveries of the service that did not arrive."""

from __future__ import annotations

from console.contract.outbox_api import DecideDelivery, DeliveryItem
from console.domain.ids import DeliveryId
from console.usecases.ports import DeliveriesPort


class Deliveries:
    """All raise ``DomainError`` (``role-missing``, ``delivery-state``) and ``ServiceUnavailable``."""

    def __init__(self, service: DeliveriesPort) -> None:
        self._service = service

    async def dead(self) -> tuple[DeliveryItem, ...]:
        """Return what did not arrive, the newest first, a page of it."""
        return (await self._service.dead_deliveries()).items

    async def retry(self, delivery_id: DeliveryId, reason: str) -> None:
        """Have it sent again."""
        await self._service.retry_delivery(delivery_id, DecideDelivery(reason=reason))

    async def give_up(self, delivery_id: DeliveryId, reason: str) -> None:
        """End it: it was settled otherwise, as ``reason`` says."""
        await self._service.give_up_delivery(delivery_id, DecideDelivery(reason=reason))
