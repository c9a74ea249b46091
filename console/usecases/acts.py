"""Acts that cannot be taken back: each goes to the service at once and is done when the journal says so.

All raise the service's refusal as ``DomainError`` and ``ServiceUnavailable`` when it cannot be reached;
nothing of this kind waits in an outbox, because the moment matters.
"""

from __future__ import annotations

from console.contract.desk_api import (
    CloseIncident,
    CreateLink,
    DispatchPolice,
    IssueDetermination,
    Link,
    ReturnForEvidence,
    RulingReview,
    SendEvacuationNotice,
)
from console.contract.desk_api import HandOver as HandOverRequest
from console.contract.join_api import CreateJoinCode, JoinCode
from console.contract.posts_api import DeclareRecusal, OpenGeneralProcedure
from console.contract.tables import Tables
from console.domain.errors import DomainError
from console.domain.evidence import Slot
from console.domain.ids import IncidentId, PartyId
from console.domain.ruling import Ruling
from console.usecases.edits import RULING, Edits
from console.usecases.ports import ServicePort, ServiceUnavailable


class Dispatch:
    """Send the district police."""

    def __init__(self, service: ServicePort) -> None:
        self._service = service

    async def send(self, incident_id: IncidentId, reason: str, note: str = "") -> None:
        """Send the police for ``reason`` (a stable code)."""
        await self._service.dispatch(incident_id, DispatchPolice(reason=reason, note=note))


class Evacuate:
    """Tell the parties to clear the road."""

    def __init__(self, service: ServicePort) -> None:
        self._service = service

    async def push(self, incident_id: IncidentId, text: str, destination: str) -> None:
        """Push the notice; raises ``evacuation-locked`` under Art. 13 or 15."""
        await self._service.evacuate(incident_id, SendEvacuationNotice(text=text, destination=destination))


class HandOver:
    """Give the case to the ruling post."""

    def __init__(self, service: ServicePort, edits: Edits) -> None:
        self._service = service
        self._edits = edits

    async def hand_over(self, incident_id: IncidentId, note: str = "", gaps_reason: str = "") -> None:
        """Hand over after everything typed was delivered; ``gaps_reason`` when required slots are empty."""
        await self._edits.deliver(incident_id)
        await self._service.hand_over(incident_id, HandOverRequest(note=note, gaps_reason=gaps_reason))

    async def give_back(self, incident_id: IncidentId, slots: tuple[Slot, ...], note: str = "") -> None:
        """Give the case back to the call-taker post for these pictures, after what was typed arrived."""
        await self._edits.deliver(incident_id)
        await self._service.return_for_evidence(incident_id, ReturnForEvidence(slots=slots, note=note))

    async def stand_back(self, incident_id: IncidentId, reason: str) -> None:
        """Stand back from the case because of a relation to a party."""
        await self._service.stand_back(incident_id, DeclareRecusal(reason=reason))

    async def general_procedure(self, incident_id: IncidentId, second_officer: str, reason: str) -> None:
        """Take the case out of the simple procedure, with the officer of that number, once all arrived."""
        await self._edits.deliver(incident_id)
        request = OpenGeneralProcedure(second_officer=second_officer, reason=reason)
        await self._service.open_general_procedure(incident_id, request)


class Rule:
    """Draft, preview and issue a determination."""

    def __init__(self, service: ServicePort, edits: Edits) -> None:
        self._service = service
        self._edits = edits

    async def tables(self) -> Tables:
        """Return what the form chooses from; the service's own words and articles."""
        return await self._service.tables()

    async def write(self, incident_id: IncidentId, ruling: Ruling) -> None:
        """Take the form after a key stroke; the review is published when the service has it."""
        self._edits.put(incident_id, RULING, ruling)

    async def save(self, incident_id: IncidentId, ruling: Ruling) -> RulingReview:
        """Save now and return what still hinders the issue."""
        self._edits.put(incident_id, RULING, ruling, now=True)
        await self._edits.deliver(incident_id)
        review = self._edits.review(incident_id)
        if review is None:
            raise ServiceUnavailable("busy")
        return review

    async def preview(self, incident_id: IncidentId) -> bytes:
        """Return the PDF of what is typed, after delivering it."""
        await self._edits.deliver(incident_id)
        return await self._service.preview_determination(incident_id)

    async def issue(self, incident_id: IncidentId, version: int) -> None:
        """Issue the document for the incident as read at ``version``; only a qualified officer may.

        Raises ``edits-unsent`` while anything typed is not on the service: nobody has read that version.
        """
        if self._edits.unsent(incident_id):
            raise DomainError("edits-unsent")
        await self._service.issue_determination(incident_id, IssueDetermination(version=version))

    async def document(self, incident_id: IncidentId) -> bytes:
        """Return the issued PDF."""
        return await self._service.read_determination(incident_id)


class Close:
    """End a case."""

    def __init__(self, service: ServicePort, edits: Edits) -> None:
        self._service = service
        self._edits = edits

    async def close(self, incident_id: IncidentId, disposition: str) -> None:
        """Close the case; ``disposition`` says what became of it.

        Raises ``edits-unsent`` while anything typed is not on the service: a closed case takes nothing more.
        """
        if self._edits.unsent(incident_id):
            raise DomainError("edits-unsent")
        await self._service.close_incident(incident_id, CloseIncident(disposition=disposition))


class Invite:
    """Make a link by which a party can call."""

    def __init__(self, service: ServicePort) -> None:
        self._service = service

    async def create(
        self, phone: str, incident_id: IncidentId | None = None, party_id: PartyId | None = None
    ) -> Link:
        """Return a fresh link for ``phone``; its address is shown nowhere again.

        With ``incident_id`` it lets a further party join that accident, with ``party_id`` one known there.
        """
        request = CreateLink(phone=phone, incident_id=incident_id, party_id=party_id)
        return await self._service.create_link(request)

    async def join_code(self, incident_id: IncidentId, party_id: PartyId | None, phone: str) -> JoinCode:
        """Return a code to read out to that party, or to a further one; it is shown nowhere again."""
        return await self._service.create_join_code(
            incident_id, CreateJoinCode(party_id=party_id, phone=phone)
        )
