"""The acts of the two posts over HTTPS: police, evacuation, hand-over, return, standing back, join codes."""

from __future__ import annotations

from console.adapters.http_requests import HttpRequests
from console.contract.desk_api import DispatchPolice, HandOver, ReturnForEvidence, SendEvacuationNotice
from console.contract.join_api import CreateJoinCode, JoinCode
from console.contract.posts_api import DeclareRecusal, OpenGeneralProcedure
from console.domain.ids import IncidentId


class PostRequests(HttpRequests):
    """Part of ``ServicePort``."""

    async def dispatch(self, incident_id: IncidentId, request: DispatchPolice) -> None:
        """``POST …/dispatch``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/dispatch", request)

    async def evacuate(self, incident_id: IncidentId, request: SendEvacuationNotice) -> None:
        """``POST …/evacuation``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/evacuation", request)

    async def hand_over(self, incident_id: IncidentId, request: HandOver) -> None:
        """``POST …/hand-over``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/hand-over", request)

    async def return_for_evidence(self, incident_id: IncidentId, request: ReturnForEvidence) -> None:
        """``POST …/return``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/return", request)

    async def stand_back(self, incident_id: IncidentId, request: DeclareRecusal) -> None:
        """``POST …/recusal``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/recusal", request)

    async def open_general_procedure(self, incident_id: IncidentId, request: OpenGeneralProcedure) -> None:
        """``POST …/general-procedure``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/general-procedure", request)

    async def create_join_code(self, incident_id: IncidentId, request: CreateJoinCode) -> JoinCode:
        """``POST …/join-codes``."""
        body = await self._write("POST", f"/v1/incidents/{incident_id}/join-codes", request)
        return self._value(JoinCode, body)
