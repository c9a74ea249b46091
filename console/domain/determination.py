"""The issued document, its service, and the messages sent to parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from console.domain.ids import MessageId, PartyId
from console.domain.ruling import Ruling

REVIEW_WORKING_DAYS = 3
"""Time to apply for review, in working days after service (公安部令第146号 Art. 71)."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """Delivery of a determination to one party; ``review_until`` is the last day to apply for review."""

    party_id: PartyId
    served_at: datetime
    review_until: date


@dataclass(frozen=True, kw_only=True)
class Determination:
    """An issued document: the ruling it holds, its number, and the SHA-256 and size of its PDF."""

    number: str
    ruling: Ruling
    issued_at: datetime
    issued_by: str
    pdf_sha256: str
    pdf_size: int
    served: tuple[Service, ...] = ()


class MessageState(StrEnum):
    """Where an SMS has got to; ``sent`` is the gateway's own word."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Message:
    """An SMS to a party, made from a versioned template."""

    id: MessageId
    party_id: PartyId
    template: str
    text: str
    state: MessageState
    queued_at: datetime
    sent_at: datetime | None = None
