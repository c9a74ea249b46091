"""The service's list of what parties applied for as the desk's port has it, in memory."""

from __future__ import annotations

from console.contract.application_api import (
    Application,
    ApplicationPage,
    DecideRecusal,
    DecideReview,
    RecordRecusalRequest,
)
from console.domain.errors import DomainError
from console.domain.ids import IncidentId, RequestId


class FakeApplications:
    """``waiting`` is the list, ``done`` what was asked for. ``refusal``: the next answer."""

    def __init__(self) -> None:
        self.waiting: tuple[Application, ...] = ()
        self.done: list[object] = []
        self.refusal = ""

    async def applications(self) -> ApplicationPage:
        """Return all of them."""
        return ApplicationPage(items=self.waiting, next="")

    async def forward_review(self, incident_id: IncidentId) -> None:
        """Note it."""
        self._take(incident_id)

    async def decide_review(self, incident_id: IncidentId, request: DecideReview) -> None:
        """Note it."""
        self._take((incident_id, request))

    async def request_recusal(self, incident_id: IncidentId, request: RecordRecusalRequest) -> None:
        """Note it."""
        self._take((incident_id, request))

    async def decide_recusal(
        self, incident_id: IncidentId, request_id: RequestId, request: DecideRecusal
    ) -> None:
        """Note it."""
        self._take((incident_id, request_id, request))

    def _take(self, asked: object) -> None:
        if self.refusal:
            code, self.refusal = self.refusal, ""
            raise DomainError(code)
        self.done.append(asked)
