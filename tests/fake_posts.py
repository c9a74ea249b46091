"""What a stand-in service is asked about who rules, what counts and who is to come back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import timedelta

from console.contract.by_photo_api import AskPhoto
from console.contract.evidence_api import DiscardEvidence
from console.contract.join_api import CreateJoinCode, JoinCode
from console.contract.posts_api import DeclareRecusal, OpenGeneralProcedure
from console.domain.ids import CallId, EvidenceId, IncidentId
from tests.fakes import NOW


class FakePosts(ABC):
    """Takes down standing back, general procedure, pictures set aside and messages to come back."""

    async def stand_back(self, incident_id: IncidentId, request: DeclareRecusal) -> None:
        self._take("stand_back", request)

    async def open_general_procedure(self, incident_id: IncidentId, request: OpenGeneralProcedure) -> None:
        self._take("open_general_procedure", request)

    async def discard_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, request: DiscardEvidence
    ) -> None:
        self._take("discard_evidence", (evidence_id, request.reason))

    async def create_join_code(self, incident_id: IncidentId, request: CreateJoinCode) -> JoinCode:
        self._take("create_join_code", (incident_id, request))
        until = NOW + timedelta(minutes=10)
        return JoinCode(code="48217730", address="https://127.0.0.1/j", expires_at=until)

    async def ask_photo(self, call_id: CallId, request: AskPhoto) -> None:
        self._take("ask_photo", request)

    async def end_photos(self, call_id: CallId) -> None:
        self._take("end_photos", call_id)

    async def tell_to_resume(self, call_id: CallId) -> None:
        self._take("tell_to_resume", call_id)

    @abstractmethod
    def _take(self, name: str, request: object) -> None:
        """Take down a request, or raise what is to go wrong with it."""
