"""What a desk does about what parties apply for: review of a document, and that an officer stand back."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from console.contract.application_api import (
    Application,
    ApplicationPage,
    DecideRecusal,
    DecideReview,
    RecordRecusalRequest,
)
from console.domain.ids import IncidentId, PartyId, RequestId
from console.domain.review import ReviewOutcome


class ApplicationsPort(Protocol):
    """The service's list of applications; trouble and refusals are as with ``ServicePort``."""

    async def applications(self) -> ApplicationPage: ...
    async def forward_review(self, incident_id: IncidentId) -> None: ...
    async def decide_review(self, incident_id: IncidentId, request: DecideReview) -> None: ...
    async def request_recusal(self, incident_id: IncidentId, request: RecordRecusalRequest) -> None: ...
    async def decide_recusal(
        self, incident_id: IncidentId, request_id: RequestId, request: DecideRecusal
    ) -> None: ...


class Applications:
    """All raise ``DomainError`` (``role-missing``, what the service refuses) and ``ServiceUnavailable``."""

    def __init__(self, service: ApplicationsPort) -> None:
        self._service = service

    async def waiting(self) -> tuple[Application, ...]:
        """Return those that nobody has decided, the longest waiting first, a page of them."""
        return (await self._service.applications()).items

    async def forward(self, incident_id: IncidentId) -> None:
        """Say that the file of a review went to the superior."""
        await self._service.forward_review(incident_id)

    async def decide_review(
        self, incident_id: IncidentId, outcome: ReviewOutcome, note: str, decided_on: date
    ) -> None:
        """Take down what the superior decided, and on which day."""
        decision = DecideReview(outcome=outcome, note=note, decided_on=decided_on)
        await self._service.decide_review(incident_id, decision)

    async def ask_recusal(
        self, incident_id: IncidentId, party_id: PartyId, reason: str, officer: str
    ) -> None:
        """Take down that a party asks an officer (police number) to stand back; empty: who has the case."""
        request = RecordRecusalRequest(party_id=party_id, reason=reason, officer=officer)
        await self._service.request_recusal(incident_id, request)

    async def decide_recusal(
        self, incident_id: IncidentId, request_id: RequestId, granted: bool, note: str
    ) -> None:
        """Grant or refuse it; ``own-recusal`` for a request about oneself."""
        await self._service.decide_recusal(incident_id, request_id, DecideRecusal(granted=granted, note=note))
