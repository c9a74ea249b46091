"""The service's list of what parties applied for, over REST (``console.contract.application_api``)."""

from __future__ import annotations

from console.adapters.http_client import Ask
from console.adapters.http_requests import HttpRequests
from console.contract.application_api import (
    ApplicationPage,
    DecideRecusal,
    DecideReview,
    RecordRecusalRequest,
)
from console.domain.ids import IncidentId, RequestId


class HttpApplications(HttpRequests):
    """Shares the connections, the token and the clock of the desk's other requests."""

    async def applications(self) -> ApplicationPage:
        """``GET /v1/applications``."""
        return self._value(
            ApplicationPage, await self._client.send(Ask(method="GET", path="/v1/applications"))
        )

    async def forward_review(self, incident_id: IncidentId) -> None:
        """``POST …/review/forwarding``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/review/forwarding")

    async def decide_review(self, incident_id: IncidentId, request: DecideReview) -> None:
        """``POST …/review/decision``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/review/decision", request)

    async def request_recusal(self, incident_id: IncidentId, request: RecordRecusalRequest) -> None:
        """``POST …/recusal-requests``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/recusal-requests", request)

    async def decide_recusal(
        self, incident_id: IncidentId, request_id: RequestId, request: DecideRecusal
    ) -> None:
        """``POST …/recusal-requests/{request_id}/decision``."""
        path = f"/v1/incidents/{incident_id}/recusal-requests/{request_id}/decision"
        await self._write("POST", path, request)
