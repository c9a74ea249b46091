"""The service's list of lost calls, over REST (``console.contract.lost_api``)."""

from __future__ import annotations

from console.adapters.http_client import Ask, HttpClient
from console.contract.codec import DecodeError, decode, encode
from console.contract.lost_api import CloseCall, LostCallPage
from console.domain.ids import CallId, new_id
from console.usecases.ports import ServiceUnavailable


class HttpLostCalls:
    """Shares the connections, the token and the clock of the desk's other requests."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    async def lost_calls(self) -> LostCallPage:
        """``GET /v1/calls/abandoned``."""
        body = await self._client.send(Ask(method="GET", path="/v1/calls/abandoned"))
        try:
            found: LostCallPage = decode(LostCallPage, body)
        except DecodeError:
            raise ServiceUnavailable("unreadable") from None
        return found

    async def close_lost_call(self, call_id: CallId, request: CloseCall) -> None:
        """``POST /v1/calls/{call_id}/close``."""
        await self._post(f"/v1/calls/{call_id}/close", encode(request))

    async def send_link_back(self, call_id: CallId) -> None:
        """``POST /v1/calls/{call_id}/link-back``."""
        await self._post(f"/v1/calls/{call_id}/link-back", b"{}")

    async def _post(self, path: str, body: bytes) -> None:
        headers = {"Content-Type": "application/json", "Idempotency-Key": new_id()}
        await self._client.send(Ask(method="POST", path=path, body=body, headers=headers))
