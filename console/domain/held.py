"""What the service holds of a case, and what of it may be set aside."""

from __future__ import annotations

from console.domain.errors import DomainError
from console.domain.evidence import Evidence
from console.domain.ids import EvidenceId
from console.domain.incident import Incident


def held(incident: Incident) -> tuple[Evidence, ...]:
    """Return every item under custody: pictures that count, pictures set aside, segments of the recording."""
    return (*incident.evidence, *(one.evidence for one in incident.discarded), *incident.recordings)


def require_discardable(incident: Incident, evidence_id: EvidenceId) -> None:
    """Raise unless a picture may still be set aside.

    ``unknown-evidence``: the service does not hold it, or it counts no more; ``discard-too-late``: a ruling
    was drafted on what is there; ``evidence-relied-on``: a finding that stands rests on it and comes first.
    """
    if evidence_id not in {item.id for item in incident.evidence}:
        raise DomainError("unknown-evidence")
    if incident.ruling is not None:
        raise DomainError("discard-too-late")
    found = (check for party in incident.parties for check in incident.verification(party.id).checks)
    if any(check.evidence_id == evidence_id for check in found):
        raise DomainError("evidence-relied-on")
