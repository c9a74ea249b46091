"""Faces: a hint of the program with the party's consent, and the word of a person without."""

from __future__ import annotations

from console.contract.face_api import CompareFaces, JudgeFaces
from console.domain.faces import FaceBand, FaceCheck, FaceReference
from console.domain.ids import EvidenceId, IncidentId, PartyId
from console.usecases.ports import ServicePort


class Faces:
    """Compares a party's live face with a photograph.

    All raise ``DomainError`` and ``ServiceUnavailable``.
    """

    def __init__(self, service: ServicePort) -> None:
        self._service = service

    async def compare(
        self,
        incident_id: IncidentId,
        party_id: PartyId,
        live: EvidenceId,
        *,
        licence: EvidenceId | None = None,
    ) -> FaceCheck:
        """Hold the face in ``live`` against the one in ``licence``, or against the registry's photograph.

        Raises ``face-consent-missing`` unless the party agreed; both pictures must have reached the service.
        """
        reference = FaceReference.REGISTRY if licence is None else FaceReference.LICENCE
        request = CompareFaces(live=live, reference=reference, licence=licence)
        return await self._service.compare_faces(incident_id, party_id, request)

    async def judge(
        self,
        incident_id: IncidentId,
        party_id: PartyId,
        live: EvidenceId,
        band: FaceBand,
        *,
        licence: EvidenceId | None = None,
        note: str = "",
    ) -> FaceCheck:
        """Record what the person at the desk sees in both pictures; always possible."""
        reference = FaceReference.REGISTRY if licence is None else FaceReference.LICENCE
        request = JudgeFaces(live=live, reference=reference, licence=licence, band=band, note=note)
        return await self._service.judge_faces(incident_id, party_id, request)

    async def photo(self, incident_id: IncidentId, party_id: PartyId) -> bytes:
        """Return the registry's photograph (JPEG) of the stated person; raise ``photo-missing``."""
        return await self._service.registry_photo(incident_id, party_id)
