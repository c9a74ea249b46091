"""The service's outbox as supervisors see it, over REST (``console.contract.outbox_api``)."""

from __future__ import annotations

from console.adapters.http_client import Ask, HttpClient
from console.contract.codec import DecodeError, decode, encode
from console.contract.outbox_api import DecideDelivery, DeliveryPage
from console.domain.ids import DeliveryId, new_id
from console.usecases.ports import ServiceUnavailable


class HttpDeliveries:
    """Shares the connections, the token and the clock of the desk's other requests."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    async def dead_deliveries(self) -> DeliveryPage:
        """``GET /v1/deliveries?state=dead``."""
        body = await self._client.send(Ask(method="GET", path="/v1/deliveries?state=dead"))
        try:
            found: DeliveryPage = decode(DeliveryPage, body)
        except DecodeError:
            raise ServiceUnavailable("unreadable") from None
        return found

    async def retry_delivery(self, delivery_id: DeliveryId, request: DecideDelivery) -> None:
        """``POST /v1/deliveries/{delivery_id}/retry``."""
        await self._decide(f"/v1/deliveries/{delivery_id}/retry", request)

    async def give_up_delivery(self, delivery_id: DeliveryId, request: DecideDelivery) -> None:
        """``POST /v1/deliveries/{delivery_id}/give-up``."""
        await self._decide(f"/v1/deliveries/{delivery_id}/give-up", request)

    async def _decide(self, path: str, request: DecideDelivery) -> None:
        headers = {"Content-Type": "application/json", "Idempotency-Key": new_id()}
        await self._client.send(Ask(method="POST", path=path, body=encode(request), headers=headers))
