"""How a request of the service's interface is sent and its answer read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from console.adapters.http_client import Ask, HttpClient
from console.contract.codec import DecodeError, decode, encode
from console.domain.ids import new_id
from console.usecases.ports import ServiceUnavailable

T = TypeVar("T")

JSON: Mapping[str, str] = {"Content-Type": "application/json"}


class HttpRequests:
    """Sends through one client."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    async def _write(
        self, method: str, path: str, request: object | None = None, *, limit_s: float = 10.0
    ) -> bytes:
        """Send a write with one key for all its repeats."""
        ask = Ask(
            method=method,
            path=path,
            body=None if request is None else encode(request),
            headers={**JSON, "Idempotency-Key": new_id()},
            limit_s=limit_s,
        )
        return await self._client.send(ask)

    async def _once(self, method: str, path: str, request: object, *, renew: bool = True) -> bytes:
        """Send what holds a password."""
        ask = Ask(method=method, path=path, body=encode(request), headers=JSON, repeat=False, renew=renew)
        return await self._client.send(ask)

    @staticmethod
    def _value(kind: type[T], body: bytes) -> T:
        try:
            value: T = decode(kind, body)
        except DecodeError:
            raise ServiceUnavailable("unreadable") from None
        return value
