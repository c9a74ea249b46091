"""Requests and answers between a party's page (or simulated phone) and the service.

The link ``/p/{token}`` opens the page. ``POST /v1/party/session`` trades the token for a cookie (HttpOnly,
SameSite=Strict) that binds the link to that browser; all other requests need the cookie. Sending a signal
needs the call's resume token as well (header ``Resume-Token``). Every write but the session carries an
``Idempotency-Key``. All input is hostile until checked.

Paths without a body (an empty object is allowed), answered by 204: ``POST /v1/party/officer-requests`` asks
for an officer to attend, ``POST /v1/party/evacuation`` confirms that the vehicle has left,
``POST /v1/party/calls/{call_id}/leave`` leaves the queue or ends the call. Signals go by ``POST`` and come by
``GET`` (server-sent events) at ``/v1/party/calls/{call_id}/signals``, with ``Signal`` of ``desk_api``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from console.domain.geo import Position
from console.domain.ids import CallId, EvidenceId
from console.domain.party import Consent, ConsentItem
from console.domain.ruling import Liability, Outcome
from console.domain.triage import Movement


@dataclass(frozen=True, kw_only=True)
class OpenLink:
    """``POST /v1/party/session``, answered by ``PartyState``; a repeat from the same browser is welcome."""

    token: str


@dataclass(frozen=True, kw_only=True)
class PlaceCall:
    """``POST /v1/party/calls``: join the queue. Answered by ``PlacedCall``; a repeat returns the same
    call.
    """

    hurt: bool
    name: str = ""
    place_hint: str = ""


@dataclass(frozen=True, kw_only=True)
class PlacedCall:
    """The call and the secret that lets this phone return to it."""

    call_id: CallId
    resume_token: str


@dataclass(frozen=True, kw_only=True)
class GiveConsent:
    """``POST /v1/party/consents``."""

    item: ConsentItem
    given: bool
    wording: str


@dataclass(frozen=True, kw_only=True)
class ReportPosition:
    """``POST /v1/party/position``."""

    position: Position


@dataclass(frozen=True, kw_only=True)
class StillReceipt:
    """Answer to ``POST /v1/party/stills?request_id=…&slot=…`` (body: the picture; ``Content-Digest``
    required).

    JPEG or PNG, at most 20 MiB. ``request_id`` is the desk's and becomes the evidence id.
    """

    evidence_id: EvidenceId
    sha256: str
    size: int


class PartyStage(StrEnum):
    """Which screen the party is at, as far as the service decides it."""

    NEW = "new"
    WAITING = "waiting"
    IN_CALL = "in-call"
    AFTER_CALL = "after-call"


@dataclass(frozen=True, kw_only=True)
class ProgressStep:
    """A line of the progress list; ``at`` is empty while it is still to come."""

    step: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PartyResult:
    """The decision as the party reads it. ``review_until`` is the last day to apply for review."""

    number: str
    outcome: Outcome
    own_label: str
    shares: tuple[tuple[str, Liability | None], ...]
    faults: tuple[tuple[str, str], ...]
    review_until: date | None


@dataclass(frozen=True, kw_only=True)
class PartyMessage:
    """An SMS that went to this party; shown on the page by the training gateway only."""

    text: str
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class PartyState:
    """Everything the page shows. ``GET /v1/party/state`` returns it and ``GET /v1/party/events`` streams it
    whole.

    ``queue_ahead`` counts the calls ahead; ``movement`` is ``None`` until triage has said something;
    ``evacuation`` is the text of the notice. Nothing of a silent code and nothing of the other
    party's data is ever here.
    """

    training: bool
    stage: PartyStage
    call_id: CallId | None
    resume_token: str | None
    queue_ahead: int
    seat: str
    incident_number: str
    label: str
    movement: Movement | None
    officer_requested: bool
    police_dispatched: bool
    evacuation: str | None
    evacuation_destination: str
    evacuation_confirmed: bool
    evidence_done: int
    evidence_required: int
    consents: tuple[Consent, ...]
    progress: tuple[ProgressStep, ...]
    result: PartyResult | None
    messages: tuple[PartyMessage, ...]
    server_time: datetime
