"""What a desk does about calls whose party was lost."""

from __future__ import annotations

from typing import Protocol

from console.contract.lost_api import CloseCall, LostCall, LostCallPage
from console.domain.ids import CallId
from console.domain.lost_call import CloseReason


class LostCallsPort(Protocol):
    """The service's list of lost calls; trouble and refusals are as with ``ServicePort``."""

    async def lost_calls(self) -> LostCallPage: ...
    async def close_lost_call(self, call_id: CallId, request: CloseCall) -> None: ...
    async def send_link_back(self, call_id: CallId) -> None: ...


class LostCalls:
    """All raise ``DomainError`` (``role-missing``, ``call-not-lost``, ``call-held``) and
    ``ServiceUnavailable``."""

    def __init__(self, service: LostCallsPort) -> None:
        self._service = service

    async def waiting(self) -> tuple[LostCall, ...]:
        """Return those that nobody has closed, the first lost first, a page of them."""
        return (await self._service.lost_calls()).items

    async def close(self, call_id: CallId, reason: CloseReason, note: str) -> None:
        """Take one off the list; ``reason-missing`` where the reason needs a note."""
        await self._service.close_lost_call(call_id, CloseCall(reason=reason, note=note))

    async def send_link(self, call_id: CallId) -> None:
        """Have its party sent another link back; ``no-phone`` where none is known."""
        await self._service.send_link_back(call_id)
