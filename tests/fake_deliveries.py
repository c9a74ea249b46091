"""The service's outbox as the desk's port has it, in memory."""

from __future__ import annotations

from console.contract.outbox_api import DecideDelivery, DeliveryItem, DeliveryPage
from console.domain.ids import DeliveryId


class FakeDeliveries:
    """``dead`` is what did not arrive; ``decided`` what was done about it."""

    def __init__(self) -> None:
        self.dead: tuple[DeliveryItem, ...] = ()
        self.asked = 0
        self.decided: list[tuple[str, DeliveryId, str]] = []

    async def dead_deliveries(self) -> DeliveryPage:
        """Return all of them."""
        self.asked += 1
        return DeliveryPage(items=self.dead, next="")

    async def retry_delivery(self, delivery_id: DeliveryId, request: DecideDelivery) -> None:
        """Take it off the list."""
        self._decide("retry", delivery_id, request)

    async def give_up_delivery(self, delivery_id: DeliveryId, request: DecideDelivery) -> None:
        """Take it off the list."""
        self._decide("give-up", delivery_id, request)

    def _decide(self, what: str, delivery_id: DeliveryId, request: DecideDelivery) -> None:
        self.decided.append((what, delivery_id, request.reason))
        self.dead = tuple(one for one in self.dead if one.id != delivery_id)
