"""The issued document, its service, and the messages sent to parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from console.domain.ids import MessageId, PartyId
from console.domain.ruling import Ruling

DOCUMENT_WORKING_DAYS = 3
"""Time to make a determination by simple procedure, in working days after the scene (Art. 24)."""

REVIEW_WORKING_DAYS = 3
"""Time to apply for review, in working days after service (公安部令第146号 Art. 71)."""


class ServiceWay(StrEnum):
    """How a document reached a party; a refusal to take it is noted and counts as service."""

    SMS = "sms"
    PAPER = "paper"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Service:
    """Delivery of a determination to one party; ``review_until`` is the last day to apply for review.

    ``review_until`` is ``None`` for a document that was made after a review: there is no other (Art. 71).
    ``mediation_until`` is the last day on which the parties may together ask the police to mediate (Art. 86),
    ``None`` where the calendar of that year is missing.
    ``note`` is the officer's: who received the paper and where, or how it was refused.
    """

    party_id: PartyId
    served_at: datetime
    review_until: date | None
    way: ServiceWay = ServiceWay.SMS
    note: str = ""
    mediation_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Determination:
    """An issued document: the ruling it holds, its number, and the SHA-256 and size of its PDF.

    ``replaces`` is the number of the document that it cancels after a review (Art. 79), mostly empty.
    ``serve_until`` is the last day to serve it (Art. 65), ``None`` where the calendar is missing.
    """

    number: str
    ruling: Ruling
    issued_at: datetime
    issued_by: str
    pdf_sha256: str
    pdf_size: int
    served: tuple[Service, ...] = ()
    replaces: str = ""
    serve_until: date | None = None

    def service_on(self, party_id: PartyId) -> Service | None:
        """Return when and how it was served on a party, ``None`` while it was not."""
        return next((one for one in self.served if one.party_id == party_id), None)


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
