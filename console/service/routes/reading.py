"""Documents on pictures of the evidence: asking for their reading, and taking on what was read."""

from __future__ import annotations

from console.contract.desk_api import ConfirmField
from console.domain.ids import EvidenceId, IncidentId
from console.domain.party import PartyDetails
from console.domain.recognition import FieldConfirmed, FieldName, document_of, require_value
from console.service import readings
from console.service.bounds import bounded, require_right_data
from console.service.commands import ByCollector
from console.service.guards import editable
from console.service.routes.room import Room

router = Room("/v1/incidents/{incident_id}/evidence/{evidence_id}", "reading")


@router.post("/reading", status_code=202)
def ask_for_reading(incident_id: IncidentId, evidence_id: EvidenceId, command: ByCollector) -> None:
    """Read the document on a picture; the outcome comes as ``document-read``, also when nothing was found.

    Refusals: ``unknown-evidence``, ``incident-locked``, ``too-many-readings``.
    """
    with command.begin() as work:
        readings.ask(work, editable(work, incident_id), evidence_id)


@router.put("/fields/{field}", status_code=204)
def confirm_field(
    incident_id: IncidentId,
    evidence_id: EvidenceId,
    field: FieldName,
    body: ConfirmField,
    command: ByCollector,
) -> None:
    """Say what counts for one field; what the machine had read is kept beside it.

    Refusals: ``not-read``, ``unknown-field``, ``field-form``, ``incident-locked``, ``fictional-data``,
    ``fictional-data-only``. The same said again is no news.
    """
    bounded(body)
    with command.begin() as work:
        incident = editable(work, incident_id)
        document = document_of(incident.documents, evidence_id)
        require_value(document.reading.kind, field, body.value)
        if field is FieldName.PLATE:
            require_right_data(PartyDetails(plate=body.value), training=incident.training)
        if document.confirmed_value(field) != body.value:
            event = FieldConfirmed(evidence_id=evidence_id, field=field, value=body.value)
            work.record(incident.id, event)
