"""Verification between desk and service; rules as in ``console.contract.desk_api``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.ids import EvidenceId, PartyId
from console.domain.registry import SilentCode
from console.domain.verification import CheckItem, Field


@dataclass(frozen=True, kw_only=True)
class StartChecks:
    """``POST /v1/incidents/{incident_id}/parties/{party_id}/checks``: ask the sources again about ``items``.

    Checks start by themselves once their facts are known; this is for asking again. Without items all that
    can be asked are. ``check-lacks`` (params ``reason``) refuses an item whose facts are missing.
    """

    items: tuple[CheckItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FindManually:
    """``PUT /v1/incidents/{incident_id}/parties/{party_id}/checks/{item}``: a person's own finding.

    ``note`` is the person's reason, ``evidence_id`` the picture it rests on; both are needed.
    """

    note: str
    evidence_id: EvidenceId


@dataclass(frozen=True, kw_only=True)
class AdoptRegistered:
    """``POST /v1/incidents/{incident_id}/parties/{party_id}/adoptions``: an officer takes a registered value
    over into the party's details. ``value`` is the one the officer has read; another one makes it ``stale``.
    """

    field: Field
    value: str


@dataclass(frozen=True, kw_only=True)
class SilentCount:
    """Answer to ``GET /v1/incidents/{incident_id}/silent-alerts``: how many stand, and nothing more.

    ``silent-closed`` for everybody but the seat that holds the call and supervisors. Look again whenever
    checks of the incident are recorded: the journal tells nothing of silent codes.
    """

    count: int


@dataclass(frozen=True, kw_only=True)
class ViewSilentAlerts:
    """``POST /v1/incidents/{incident_id}/silent-alerts/views``: show them; who looks, and why, is logged."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class SilentAlert:
    """One silent code of a party; never to be shown on a shared view and never to be read out."""

    party_id: PartyId
    code: SilentCode
    raised_at: datetime


@dataclass(frozen=True, kw_only=True)
class SilentAlerts:
    """Answer to ``ViewSilentAlerts``."""

    alerts: tuple[SilentAlert, ...]
