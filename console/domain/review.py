"""A party's application for review of a document, and what became of it.

Source: 公安部令第146号 Arts. 71-78. It is made in writing within three working days of service, once for an
accident; the unit that ruled sends the file on within two working days, and the superior decides within
thirty calendar days. What was issued stays as it is meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from console.domain.clock import Filing, filing
from console.domain.determination import Determination
from console.domain.errors import DomainError
from console.domain.ids import PartyId


class ReviewOutcome(StrEnum):
    """What the superior decided; ``not-accepted``: it was not taken up."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    REINVESTIGATE = "reinvestigate"
    NOT_ACCEPTED = "not-accepted"


@dataclass(frozen=True, kw_only=True)
class ReviewApplied:
    """A party applied in time; ``forward_until`` is ``None`` where the calendar of that year is missing."""

    party_id: PartyId
    claims: str
    reasons: str
    evidence: str
    forward_until: date | None
    type: Literal["review-applied"] = "review-applied"


@dataclass(frozen=True, kw_only=True)
class ReviewForwarded:
    """The file went to the superior, who has until ``decide_until``."""

    decide_until: date | None
    type: Literal["review-forwarded"] = "review-forwarded"


@dataclass(frozen=True, kw_only=True)
class ReviewDecided:
    """The superior's decision came back; ``note`` says what it says and where it is."""

    outcome: ReviewOutcome
    note: str
    type: Literal["review-decided"] = "review-decided"


ReviewEvent = ReviewApplied | ReviewForwarded | ReviewDecided


@dataclass(frozen=True, kw_only=True)
class Review:
    """The one review of an accident: the application, and the clock that runs."""

    application: ReviewApplied
    applied_at: datetime
    forwarded_at: datetime | None = None
    decide_until: date | None = None
    decision: ReviewDecided | None = None
    decided_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decision is None

    @property
    def due_on(self) -> date | None:
        """Last day of the step that comes next; ``None`` when there is none, or it cannot be counted."""
        if self.decision is not None:
            return None
        return self.application.forward_until if self.forwarded_at is None else self.decide_until


def after(review: Review | None, event: ReviewEvent, at: datetime) -> Review:
    """Return the review after ``event``; raise ``no-review`` where there is none to go on with."""
    if isinstance(event, ReviewApplied):
        return Review(application=event, applied_at=at)
    if review is None:
        raise DomainError("no-review")
    if isinstance(event, ReviewForwarded):
        return replace(review, forwarded_at=at, decide_until=event.decide_until)
    return replace(review, decision=event, decided_at=at)


def require_reviewable(
    document: Determination | None, review: Review | None, party_id: PartyId, now: datetime
) -> Determination:
    """Return the document that a party may still have reviewed.

    Raises ``not-served`` before it was served on the party, ``review-once`` after any application, and
    ``review-late`` (param ``last_day``).
    """
    own = None if document is None else document.service_on(party_id)
    if document is None or own is None:
        raise DomainError("not-served")
    if review is not None:
        raise DomainError("review-once")
    if filing(now, own.review_until) is Filing.LATE:
        raise DomainError("review-late", last_day=own.review_until.isoformat())
    return document
