"""What a desk says of a picture that the service holds."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.discarding import DiscardReason


@dataclass(frozen=True, kw_only=True)
class DiscardEvidence:
    """``POST /v1/incidents/{incident_id}/evidence/{evidence_id}/discard``: the picture counts no more."""

    reason: DiscardReason
