"""Requests and answers between desk and service. Paths stand in the docstrings; all begin with ``/v1``.

Every request but the sign-in carries ``Authorization: Bearer TOKEN``; every write but the sign-in carries an
``Idempotency-Key`` (8 to 64 of ``A-Z a-z 0-9 - _``) so that it can be sent again; every answer carries
``Server-Time`` (RFC 3339, UTC). An answer without a body is 204.

Paths with no body of their own: ``DELETE /v1/sessions/current`` signs out; ``GET /v1/time`` tells the time;
``GET /v1/desk/snapshot`` is a ``DeskSnapshot`` and ``GET /v1/events`` the stream of ``Entry`` after it
(server-sent events, ``id`` = sequence, resumed by ``Last-Event-ID`` or ``?after=``; an event ``resync`` ends
a stream that is too far behind); ``GET /v1/incidents/{incident_id}`` is an ``Incident``.
``POST /v1/calls/{call_id}/`` + ``answer`` (answered by ``CallSummary``), ``pass``, ``hang-up`` (to wrap-up),
``wrap-up-done`` (to ended).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.contract.signing_api import NO_DEADLINES, Deadlines
from console.domain.city import CityProfile
from console.domain.evidence import AccidentForm, Capture, Digests, Slot
from console.domain.geo import Datum, Position
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId, SeatId, UserId
from console.domain.law import Provision
from console.domain.party import PartyDetails, ViewReason
from console.domain.ruling import RulingProblem
from console.domain.ruling_suggestion import RulingSuggestion
from console.domain.triage import Answer


class Role(StrEnum):
    """What an account may do; an auxiliary never holds ``ruling-officer``."""

    CALL_TAKER = "call-taker"
    RULING_OFFICER = "ruling-officer"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """``POST /v1/sessions``. ``seat`` is the workplace that signs in, ``code`` the six digits of the person's
    own device where the service asks for a second factor and no client certificate shows it.
    """

    username: str
    password: str
    seat: SeatId
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class RenewSession:
    """``POST /v1/sessions/renewal``: the renewal token of the session; answered by a ``Session`` with new
    tokens. An older renewal token ends the session: somebody else has it.
    """

    renewal_token: str


@dataclass(frozen=True, kw_only=True)
class ChangePassword:
    """``PUT /v1/accounts/current/password``; the account's other sessions end. Refused with
    ``password-weak`` (params ``reason``, see ``console.domain.passwords``) or ``wrong-credentials``.
    """

    current: str
    new: str


@dataclass(frozen=True, kw_only=True)
class TimeNow:
    """Answer to ``GET /v1/time``: the service's clock, to measure the desk's own against."""

    server_time: datetime


@dataclass(frozen=True, kw_only=True)
class User:
    """Who is signed in. ``qualified`` tells whether the officer may rule (公安部令第146号 Art. 5)."""

    id: UserId
    name: str
    number: str
    roles: tuple[Role, ...]
    qualified: bool


@dataclass(frozen=True, kw_only=True)
class Session:
    """Answer to the sign-in. ``training`` is the service's word and decides how the desk is drawn.

    ``token`` serves until ``expires_at`` and is renewed with ``renewal_token`` until ``ends_at``.
    ``password_due`` allows nothing but to change the password first.
    """

    token: str
    expires_at: datetime
    renewal_token: str
    ends_at: datetime
    password_due: bool
    user: User
    seat: SeatId
    training: bool
    server_time: datetime
    city: CityProfile | None = None


class SeatState(StrEnum):
    """Whether a seat may be offered calls."""

    READY = "ready"
    BREAK = "break"


@dataclass(frozen=True, kw_only=True)
class SetSeatState:
    """``PUT /v1/seats/current``. A break may carry a reason; it is never required."""

    state: SeatState
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CallTaken:
    """Parameters of the 409 problem ``call-taken`` of ``POST /v1/calls/{call_id}/answer``."""

    seat: SeatId
    user_name: str


class SignalKind(StrEnum):
    """Steps of the connection set-up. The party offers, the desk answers or asks for a new offer."""

    OFFER = "offer"
    ANSWER = "answer"
    REOFFER = "reoffer"
    BYE = "bye"


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One signalling message. ``attempt`` counts the connections of a call from 1; ``sdp`` is at most 64 KiB.

    ``POST /v1/calls/{call_id}/signals`` sends one to the party, ``GET /v1/calls/{call_id}/signals`` streams
    the party's from the first (server-sent events, ``id`` = rising number, resumed by ``Last-Event-ID``).
    """

    kind: SignalKind
    attempt: int
    sdp: str = ""


@dataclass(frozen=True, kw_only=True)
class DescribePlace:
    """``PUT /v1/incidents/{incident_id}/place``."""

    road: str
    landmark: str


@dataclass(frozen=True, kw_only=True)
class PinPlace:
    """``PUT /v1/incidents/{incident_id}/pin``: where it was, as set at the desk; no later fix moves it.

    Without ``by_hand`` the position is a fix of the phone that was taken over. An unknown datum is refused
    with ``datum-unknown``.
    """

    position: Position
    by_hand: bool


@dataclass(frozen=True, kw_only=True)
class MapAccess:
    """Answer to ``GET /v1/map``: where this desk's map comes from.

    Tiles are ``GET {tiles}/{dark|light}/{z}/{x}/{y}.png`` in spherical Mercator. ``tiles`` is a path that
    holds a key of this session: it opens the map and nothing else, and ends with the session. ``datum`` is
    the system in which the tiles are drawn; ``west`` to ``north`` (degrees of it) bound what they show.
    Tiles kept under another ``edition`` are of another map.
    """

    tiles: str
    edition: str
    attribution: str
    datum: Datum
    min_zoom: int
    max_zoom: int
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, kw_only=True)
class WriteNotes:
    """``PUT /v1/incidents/{incident_id}/notes``: the whole text, at most 20,000 characters."""

    text: str


@dataclass(frozen=True, kw_only=True)
class SetAccidentForm:
    """``PUT /v1/incidents/{incident_id}/form``."""

    form: AccidentForm


@dataclass(frozen=True, kw_only=True)
class StateFact:
    """``PUT /v1/incidents/{incident_id}/facts/{fact}``."""

    answer: Answer


@dataclass(frozen=True, kw_only=True)
class StatePartyDetails:
    """``PUT /v1/incidents/{incident_id}/parties/{party_id}``: the details as a whole."""

    details: PartyDetails


@dataclass(frozen=True, kw_only=True)
class StateAccidentTime:
    """``PUT /v1/incidents/{incident_id}/time``: when the accident happened, to the minute; never ahead."""

    occurred_at: datetime


@dataclass(frozen=True, kw_only=True)
class ViewParty:
    """``POST /v1/incidents/{incident_id}/parties/{party_id}/views``: log it, then masked fields are shown."""

    reason: ViewReason


@dataclass(frozen=True, kw_only=True)
class JoinParty:
    """``POST /v1/incidents/{incident_id}/parties``: a further party, taken down by the call-taker.

    Answered by ``JoinedParty``.
    """

    details: PartyDetails


@dataclass(frozen=True, kw_only=True)
class JoinedParty:
    """The party that was added; its label follows the order of joining."""

    party_id: PartyId
    label: str


@dataclass(frozen=True, kw_only=True)
class AnnounceEvidence:
    """``PUT /v1/incidents/{incident_id}/evidence/{evidence_id}``: what is coming, before its bytes.

    The bytes follow with ``PUT …/content`` and the header ``Content-Digest: sha-256=:BASE64:``; the answer to
    them is an ``EvidenceReceipt``. Both may be repeated: same id and digest give the same receipt.
    """

    capture: Capture
    digests: Digests


@dataclass(frozen=True, kw_only=True)
class EvidenceReceipt:
    """The service's own digest of the bytes it stored. Only an equal one makes an item *verified*."""

    evidence_id: EvidenceId
    sha256: str
    size: int
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class ConfirmField:
    """``PUT /v1/incidents/{incident_id}/evidence/{evidence_id}/fields/{field}``: what counts for one field
    of a document that was read, as proposed or corrected. The reading itself is asked for with ``POST
    …/evidence/{evidence_id}/reading`` (no body, 202) and comes as the event ``document-read``.
    """

    value: str


@dataclass(frozen=True, kw_only=True)
class DispatchPolice:
    """``POST /v1/incidents/{incident_id}/dispatch``."""

    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SendEvacuationNotice:
    """``POST /v1/incidents/{incident_id}/evacuation``; refused with ``evacuation-locked`` under Art. 13 or
    15.
    """

    text: str
    destination: str


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """``POST /v1/incidents/{incident_id}/hand-over``. ``gaps_reason`` is needed when required slots are
    empty (else ``evidence-incomplete``); an unanswered triage row refuses it (``facts-open``).
    """

    note: str = ""
    gaps_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnForEvidence:
    """``POST /v1/incidents/{incident_id}/return``: give the case back for these pictures (退回补证).

    Only a qualified officer may, and only while the case is to be ruled; ``slots-missing`` names none.
    """

    slots: tuple[Slot, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RulingReview:
    """Answer to ``PUT /v1/incidents/{incident_id}/ruling`` (body: ``Ruling``): saved, and what still
    hinders. ``GET …/ruling/preview.pdf`` shows the saved form as the document it would become.

    ``suggestion`` is what the facts suggest, ``None`` while there is nothing to suggest from; it never
    changes the form. ``provisions`` are those it names, in our words. ``GET …/suggestion`` answers with the
    same for the form as it is saved.
    """

    version: int
    problems: tuple[RulingProblem, ...]
    suggestion: RulingSuggestion | None = None
    provisions: tuple[Provision, ...] = ()
    deadlines: Deadlines = NO_DEADLINES


@dataclass(frozen=True, kw_only=True)
class IssueDetermination:
    """``POST /v1/incidents/{incident_id}/determination``. ``version`` is the incident the officer has
    read; anything recorded since makes it ``stale`` (412). Answered by the ``Determination``, whose document
    is ``GET …/determination.pdf``.
    """

    version: int


@dataclass(frozen=True, kw_only=True)
class CloseIncident:
    """``POST /v1/incidents/{incident_id}/close``."""

    disposition: str


@dataclass(frozen=True, kw_only=True)
class CreateLink:
    """``POST /v1/links``: a link that lets one party call, such as the 110 desk sends by SMS.

    With ``incident_id`` the party joins that accident as a further party; with ``party_id`` as well it is
    that party, already taken down by the call-taker. Sent again, it makes another link.
    """

    phone: str
    source: str = "sms-link"
    incident_id: IncidentId | None = None
    party_id: PartyId | None = None


@dataclass(frozen=True, kw_only=True)
class Link:
    """A fresh link; ``url`` opens the party's page. The token in it is shown nowhere again."""

    url: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class CallSummary:
    """A call and its incident, as answers of commands on calls."""

    call_id: CallId
    incident_id: IncidentId
