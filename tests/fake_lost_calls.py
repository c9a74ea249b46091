"""The service's list of lost calls as the desk's port has it, in memory."""

from __future__ import annotations

from console.contract.lost_api import CloseCall, LostCall, LostCallPage
from console.domain.errors import DomainError
from console.domain.ids import CallId


class FakeLostCalls:
    """``lost`` is the list; ``linked`` and ``closed`` what was done. ``refusal``: the next answer."""

    def __init__(self) -> None:
        self.lost: tuple[LostCall, ...] = ()
        self.asked = 0
        self.linked: list[CallId] = []
        self.closed: list[tuple[CallId, CloseCall]] = []
        self.refusal = ""

    async def lost_calls(self) -> LostCallPage:
        """Return all of them."""
        self.asked += 1
        return LostCallPage(items=self.lost, next="")

    async def close_lost_call(self, call_id: CallId, request: CloseCall) -> None:
        """Take it off the list."""
        self._refuse()
        self.closed.append((call_id, request))
        self.lost = tuple(one for one in self.lost if one.call_id != call_id)

    async def send_link_back(self, call_id: CallId) -> None:
        """Note it."""
        self._refuse()
        self.linked.append(call_id)

    def _refuse(self) -> None:
        if self.refusal:
            code, self.refusal = self.refusal, ""
            raise DomainError(code)
