"""Requests of the desk about faces (``console.domain.faces``); paths stand in the docstrings."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.faces import FaceBand, FaceReference
from console.domain.ids import EvidenceId


@dataclass(frozen=True, kw_only=True)
class CompareFaces:
    """``POST /v1/incidents/{incident_id}/parties/{party_id}/face-checks``, answered by the ``FaceCheck``.

    ``live`` is a received picture with the party's face, ``licence`` one of the document when ``reference``
    is the licence. Refused without the party's consent (``face-consent-missing``).
    """

    live: EvidenceId
    reference: FaceReference
    licence: EvidenceId | None = None


@dataclass(frozen=True, kw_only=True)
class JudgeFaces:
    """``POST /v1/incidents/{incident_id}/parties/{party_id}/face-judgements``: what a person says who saw
    both pictures side by side; needs no consent. Answered by the ``FaceCheck``. A ``band`` other than likely
    the same needs a ``note``.
    """

    live: EvidenceId
    reference: FaceReference
    licence: EvidenceId | None
    band: FaceBand
    note: str = ""
