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

from console.domain.evidence import Slot
from console.domain.geo import Position
from console.domain.ids import CallId, EvidenceId
from console.domain.party import Consent, ConsentItem
from console.domain.review import ReviewOutcome
from console.domain.ruling import Liability, Outcome
from console.domain.script import PublicReason
from console.domain.signature import SignatureState, Strokes
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
class WriteWords:
    """``POST /v1/party/words``: write to the desk during a call; ``no-call``, ``too-many-words``."""

    text: str


@dataclass(frozen=True, kw_only=True)
class PartyPhoto:
    """A photo that the desk asks for in place of the picture; it is sent as a still with ``request_id``.

    ``arrived``: the service holds it already; words may be written all the same.
    """

    request_id: EvidenceId
    slot: Slot
    text: str
    arrived: bool


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
    """The decision as the party reads it. ``review_until`` is the last day to apply for review.

    ``replaces`` is the number of the document that it cancels, after a review. ``mediation_until`` is the
    last day to ask the police together to mediate.
    """

    number: str
    outcome: Outcome
    own_label: str
    shares: tuple[tuple[str, Liability | None], ...]
    faults: tuple[tuple[str, str], ...]
    review_until: date | None
    replaces: str = ""
    mediation_until: date | None = None


class LegalAct(StrEnum):
    """What a party does only with a code that came to its phone (architecture.md, ground rules)."""

    SIGN = "sign"
    READ = "read"
    """Reading the issued document."""
    REVIEW = "review"
    """Applying for review of the issued document."""
    CLAIM = "claim"
    """Starting the claim with the own insurer."""


@dataclass(frozen=True, kw_only=True)
class AskCode:
    """``POST /v1/party/codes``: send six digits by SMS to the phone that the link went to.

    The code serves this act alone, on what is there now: the text to be signed, else the issued document;
    for five minutes and five tries. Refusals: ``nothing-to-do`` where there is no such act now,
    ``no-phone``, ``too-many-requests``, ``code-not-sent``.
    """

    act: LegalAct


@dataclass(frozen=True, kw_only=True)
class ReadDetermination:
    """``POST /v1/party/determination``: the issued document as PDF; refused as a signature is for its code.

    While the code lasts it may be read again.
    """

    code: str


@dataclass(frozen=True, kw_only=True)
class ApplyForReview:
    """``POST /v1/party/review``: what is asked for, why, and the main evidence; none of them empty.

    Refused with ``not-served``, ``review-late`` (param ``last_day``), ``review-once`` and ``text-missing``,
    and as a signature is for its code.
    """

    claims: str
    reasons: str
    evidence: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class StartClaim:
    """``POST /v1/party/claim``: start the claim with the own insurer; ``claim-not-possible``, and as a
    signature is for its code.
    """

    code: str = ""


@dataclass(frozen=True, kw_only=True)
class AskRecusal:
    """``POST /v1/party/recusal-requests``: ask that the officer who has the own call stand back, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class GiveSignature:
    """``POST /v1/party/signature``: sign the text of this digest.

    Either ``strokes`` of a finger on a plane of 1000 x 400, or ``typed_name`` where a hand cannot draw.
    ``code`` is what came by SMS: ``code-needed``, ``code-wrong`` and ``code-spent`` (too old, used, tried too
    often, or for another text) refuse.
    """

    text_sha256: str
    strokes: Strokes = ()
    typed_name: str = ""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class DeclineSignature:
    """``POST /v1/party/signature/decline``: not sign the text of this digest; the officer notes it."""

    text_sha256: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PartySigning:
    """The text this party is asked to sign, and what became of it; ``recorded`` while the signature would
    be recorded in picture and sound.
    """

    text: str
    sha256: str
    recorded: bool
    unrecorded_reason: str
    state: SignatureState | None
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PartyMessage:
    """An SMS that went to this party; shown on the page by the training gateway only."""

    text: str
    sent_at: datetime


class ClaimStage(StrEnum):
    """How far the own insurance claim is. ``open``: it may be started here; ``none``: it may not."""

    NONE = "none"
    OPEN = "open"
    STARTED = "started"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class PartyClaim:
    """The own claim; ``reference`` is the insurer's number once it has accepted."""

    stage: ClaimStage = ClaimStage.NONE
    reference: str = ""


NO_CLAIM = PartyClaim()


class ReviewStage(StrEnum):
    """How far a review is: ``none`` before the service; ``open``: this party may apply; ``late``: no more."""

    NONE = "none"
    OPEN = "open"
    LATE = "late"
    APPLIED = "applied"
    FORWARDED = "forwarded"
    DECIDED = "decided"


@dataclass(frozen=True, kw_only=True)
class PartyReview:
    """The review of the document; ``own``: this party applied, nothing of what another wrote is here.

    ``at`` is the moment of the own or the first application, ``until`` the last day of what comes next.
    ``join_until``: another party applied, and until this day this one may have its own joined to it.
    ``redoing``: the new document that was ordered is still to be made.
    """

    stage: ReviewStage = ReviewStage.NONE
    own: bool = False
    at: datetime | None = None
    until: date | None = None
    outcome: ReviewOutcome | None = None
    join_until: date | None = None
    redoing: bool = False


NO_REVIEW = PartyReview()


@dataclass(frozen=True, kw_only=True)
class PartyRecusal:
    """The own newest request that an officer stand back; ``granted`` is ``None`` until it is decided.

    ``possible``: another may be made now, about ``officer``, who has the case.
    """

    possible: bool = False
    officer: str = ""
    asked_at: datetime | None = None
    until: date | None = None
    granted: bool | None = None


NO_RECUSAL = PartyRecusal()


@dataclass(frozen=True, kw_only=True)
class PartyState:
    """Everything the page shows. ``GET /v1/party/state`` returns it and ``GET /v1/party/events`` streams it
    whole.

    ``queue_ahead`` counts the calls ahead; ``movement`` is ``None`` until triage has said something, and
    ``reasons`` say why, a suspicion never by its name. ``evacuation`` is the text of the notice. Nothing of a
    silent code and nothing of the other party's data is ever here.
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
    recording_since: datetime | None = None
    reasons: tuple[PublicReason, ...] = ()
    signing: PartySigning | None = None
    claim: PartyClaim = NO_CLAIM
    review: PartyReview = NO_REVIEW
    recusal: PartyRecusal = NO_RECUSAL
    late_until: date | None = None
    photo: PartyPhoto | None = None
