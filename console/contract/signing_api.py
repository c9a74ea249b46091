"""Requests of the desk around signatures, spoken consents, service by hand and the recording of a call.

As all writes of ``console.contract.desk_api`` they carry an ``Idempotency-Key`` and are answered by 204.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from console.domain.determination import ServiceWay
from console.domain.party import ConsentItem
from console.domain.signature import SignatureState


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """Last days by the service's calendar: to make the document, and to apply for review if served today.

    ``None`` where the calendar of ``missing_year`` is missing: a day is never guessed. ``anew``: the document
    is made after a review, within ten working days, and is not reviewed again.
    """

    document: date | None = None
    review: date | None = None
    calendar_year: int = 0
    missing_year: int = 0
    anew: bool = False


NO_DEADLINES = Deadlines()


@dataclass(frozen=True, kw_only=True)
class ReportRecording:
    """``PUT /v1/calls/{call_id}/recording``: the desk began to record the call, or stopped and why."""

    running: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestSignatures:
    """``POST /v1/incidents/{incident_id}/signature-requests``: show the saved ruling to the parties to sign.

    ``unrecorded_reason`` is needed while no recording runs (``recording-not-running``).
    """

    unrecorded_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteSignature:
    """``PUT /v1/incidents/{incident_id}/parties/{party_id}/signature``: ``refused`` or ``absent``; why."""

    state: SignatureState
    reason: str


@dataclass(frozen=True, kw_only=True)
class StateConsent:
    """``POST /v1/incidents/{incident_id}/parties/{party_id}/consents``: an answer given by voice while the
    recording runs; ``wording`` is the version of what was read out.
    """

    item: ConsentItem
    given: bool
    wording: str


@dataclass(frozen=True, kw_only=True)
class ServeByHand:
    """``POST /v1/incidents/{incident_id}/parties/{party_id}/service``: the paper was handed over, or refused;
    ``note`` says to whom, where and how.
    """

    way: ServiceWay
    note: str
