"""Documents on pictures: having them read, and taking on what was read, field by field."""

from __future__ import annotations

from collections.abc import Iterable

from console.contract.desk_api import ConfirmField
from console.domain.ids import EvidenceId, IncidentId
from console.domain.recognition import FieldName
from console.usecases.ports import ServicePort


class Documents:
    """Readings are made by the service and come with the journal; nothing counts before a person says so."""

    def __init__(self, service: ServicePort) -> None:
        self._service = service

    async def read(self, incident_id: IncidentId, evidence_id: EvidenceId) -> None:
        """Ask for the reading of a picture that the service holds."""
        await self._service.ask_for_reading(incident_id, evidence_id)

    async def accept(
        self, incident_id: IncidentId, evidence_id: EvidenceId, fields: Iterable[tuple[FieldName, str]]
    ) -> None:
        """Take on several fields of one document as proposed, one after the other."""
        for field, value in fields:
            await self.confirm(incident_id, evidence_id, field, value)

    async def confirm(
        self, incident_id: IncidentId, evidence_id: EvidenceId, field: FieldName, value: str
    ) -> None:
        """Take on one field as proposed, or as the person corrected it."""
        await self._service.confirm_field(incident_id, evidence_id, field, ConfirmField(value=value.strip()))
