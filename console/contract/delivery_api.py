"""What the service delivers to systems elsewhere; published as ``delivery.openapi.json`` beside this file.

Every delivery is a ``POST`` of one order. It comes at least once and always with the same ``Idempotency-Key``
and body: a receiver that has taken it already takes it no second time and answers again, with ``repeated``.
An answer is 200 with a ``Receipt``; 4xx (but 408 and 429) is a refusal for good; all else is tried again.

Both sides share a key for each channel and sign with it. The request carries ``Kuaichu-Timestamp`` (seconds
since 1970, UTC), ``Kuaichu-Nonce`` (32 hexadecimal digits, never used twice), ``Content-Digest``
(RFC 9530, sha-256) and ``Kuaichu-Signature``: ``hmac-sha256=`` and the base64 of HMAC-SHA-256 over these
lines, each ended by a line feed: ``kuaichu-request-1``, the path, the idempotency key, the timestamp, the
nonce, the lower-case hexadecimal SHA-256 of the body. A receiver refuses with 401 what is not signed so, is
more than 300 s off its own clock or shows a nonce again. The answer carries the same signature header over
``kuaichu-answer-1``, the nonce of the request, the status, and the SHA-256 of the answer's body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.delivery import Channel
from console.domain.geo import Position
from console.domain.ids import DeliveryId
from console.domain.ruling import Liability, Outcome


@dataclass(frozen=True, kw_only=True)
class SmsOrder:
    """``POST /v1/sms``: a text message; ``template`` is its name and version."""

    phone: str
    text: str
    template: str = ""


@dataclass(frozen=True, kw_only=True)
class PushOrder:
    """``POST /v1/push``: a notice in the app of whoever holds the account of this phone number."""

    phone: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ClaimOrder:
    """``POST /v1/claims``: the party of a settled accident starts its claim with its insurer.

    Police and insurers share what they know of an accident (公安部令第146号 Art. 8).
    """

    incident_number: str
    document_number: str
    happened_at: datetime
    place: str
    insurer: str
    policy_number: str
    plate: str
    plate_kind: str
    claimant: str
    phone: str
    liability: Liability | None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom the police on their way can reach."""

    label: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class DispatchOrder:
    """``POST /v1/dispatches``: send the district police (公安部令第146号 Arts. 9, 13, 15, 20).

    ``unit`` is the unit of the place as far as the map knows it, ``reason`` the desk's.
    """

    incident_number: str
    reason: str
    note: str
    unit: str
    road: str
    landmark: str
    position: Position | None
    contacts: tuple[Contact, ...]
    ordered_at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordedParty:
    """One party as the document has it."""

    label: str
    name: str
    id_number: str
    plate: str
    plate_kind: str
    insurer: str
    policy_number: str
    liability: Liability | None
    faults: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccidentRecord:
    """``POST /v1/records``: an issued document, for the national system (公安部令第146号 Art. 6)."""

    incident_number: str
    document_number: str
    outcome: Outcome
    issued_at: datetime
    happened_at: datetime
    place: str
    pdf_sha256: str
    parties: tuple[RecordedParty, ...]


Order = SmsOrder | PushOrder | ClaimOrder | DispatchOrder | AccidentRecord

ORDERS: Mapping[Channel, type[Order]] = {
    Channel.SMS: SmsOrder,
    Channel.PUSH: PushOrder,
    Channel.INSURER: ClaimOrder,
    Channel.DISPATCH: DispatchOrder,
    Channel.REGISTRY: AccidentRecord,
}
PATHS: Mapping[Channel, str] = {
    Channel.SMS: "/v1/sms",
    Channel.PUSH: "/v1/push",
    Channel.INSURER: "/v1/claims",
    Channel.DISPATCH: "/v1/dispatches",
    Channel.REGISTRY: "/v1/records",
}


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The receiver has taken the order and answers for it.

    ``body_sha256`` is of the body that it took under this key (lower-case hexadecimal), ``repeated`` says
    that it was taken before, ``reference`` is the receiver's own number for it.
    """

    delivery_id: DeliveryId
    body_sha256: str
    taken_at: datetime
    repeated: bool
    reference: str
