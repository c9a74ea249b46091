"""What an officer says of himself and of the procedure: standing back, and general procedure."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.ids import PartyId


@dataclass(frozen=True, kw_only=True)
class DeclareRecusal:
    """``POST /v1/incidents/{incident_id}/recusal``: the signed-in officer stands back from the case.

    ``reason`` is the relation; ``party_id`` is whom it is with, ``None`` where it is with several.
    """

    reason: str
    party_id: PartyId | None = None


@dataclass(frozen=True, kw_only=True)
class OpenGeneralProcedure:
    """``POST /v1/incidents/{incident_id}/general-procedure``: two officers take the case on.

    ``second_officer`` is the police number (警号) of the second one.
    """

    second_officer: str
    reason: str
