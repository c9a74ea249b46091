"""The part of ``ServicePort`` about pictures: sending, reading and setting them aside."""

from __future__ import annotations

from typing import Protocol

from console.contract.desk_api import AnnounceEvidence, ConfirmField, EvidenceReceipt
from console.contract.evidence_api import DiscardEvidence
from console.domain.ids import EvidenceId, IncidentId
from console.domain.recognition import FieldName


class EvidencePort(Protocol):
    """The evidence of a case at the service; trouble and refusals are as with ``ServicePort``."""

    async def announce_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, request: AnnounceEvidence
    ) -> None: ...
    async def upload_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, content: bytes, sha256: str, media_type: str
    ) -> EvidenceReceipt:
        """Send the bytes with their digest; the receipt carries the service's own."""
        ...

    async def read_evidence(self, incident_id: IncidentId, evidence_id: EvidenceId) -> bytes: ...
    async def ask_for_reading(self, incident_id: IncidentId, evidence_id: EvidenceId) -> None:
        """Have the document on a picture read; the outcome comes with the journal."""

    async def confirm_field(
        self, incident_id: IncidentId, evidence_id: EvidenceId, field: FieldName, request: ConfirmField
    ) -> None: ...
    async def discard_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, request: DiscardEvidence
    ) -> None:
        """Have a picture count no more, or raise what ``domain.held`` refuses."""
