"""A party's application for review of a document, and what became of it.

Source: 公安部令第146号 Arts. 71-79. It is made in writing within three working days of service, once for an
accident; the unit that ruled sends the file on within two working days, and the superior decides within
thirty calendar days. What was issued stays as it is meanwhile.

Every party has its own three days (Arts. 65, 71), and what comes in time is accepted on the day it comes in
(Art. 73): so a second party's application that comes in before the decision is joined to the one review of
the accident, sent on within its own two days, and decided with it. The thirty days run from the first. After
the decision there is no other review (Art. 71): who is late for it is told so and of the court.

Where the superior orders another investigation, the unit has ten working days from the decision for it, makes
a new document and cancels the old one by it (Art. 79); that document is not reviewed again.
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
    """The superior's decision came back; ``note`` says what it says and where it is.

    ``redo_until`` is the last day to make a new document where one is ordered (Art. 79); ``None`` where none
    is, or the calendar of that year is missing. ``decided_on`` is the day of the decision, from which that is
    counted; ``None``: the day on which it was taken down.
    """

    outcome: ReviewOutcome
    note: str
    redo_until: date | None = None
    decided_on: date | None = None
    type: Literal["review-decided"] = "review-decided"


ReviewEvent = ReviewApplied | ReviewForwarded | ReviewDecided


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A further party's application, decided together with the first."""

    application: ReviewApplied
    applied_at: datetime
    forwarded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Review:
    """The one review of an accident: the application, those joined to it, and the clock that runs.

    ``redone_at``: when the new document that was ordered was issued.
    """

    application: ReviewApplied
    applied_at: datetime
    forwarded_at: datetime | None = None
    decide_until: date | None = None
    decision: ReviewDecided | None = None
    decided_at: datetime | None = None
    joined: tuple[Joined, ...] = ()
    redone_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decision is None

    @property
    def applications(self) -> tuple[tuple[ReviewApplied, datetime], ...]:
        """Every party's application and when it came in, in that order."""
        return (
            (self.application, self.applied_at),
            *((one.application, one.applied_at) for one in self.joined),
        )

    def applied_by(self, party_id: PartyId) -> datetime | None:
        """Return when a party applied, ``None`` where it did not."""
        return next((at for one, at in self.applications if one.party_id == party_id), None)

    @property
    def to_forward(self) -> tuple[ReviewApplied, ...]:
        """The applications that were not sent on yet."""
        first = () if self.forwarded_at else (self.application,)
        return (*first, *(one.application for one in self.joined if one.forwarded_at is None))

    @property
    def to_redo(self) -> bool:
        """Whether a new document was ordered and is not made yet."""
        ordered = self.decision is not None and self.decision.outcome is ReviewOutcome.REINVESTIGATE
        return ordered and self.redone_at is None

    @property
    def due_on(self) -> date | None:
        """Last day of the step that comes next; ``None`` when there is none, or it cannot be counted."""
        if self.decision is not None:
            return self.decision.redo_until if self.to_redo else None
        if self.to_forward:
            return self.to_forward[0].forward_until
        return self.decide_until


def after(review: Review | None, event: ReviewEvent, at: datetime) -> Review:
    """Return the review after ``event``; raise ``no-review`` where there is none to go on with."""
    if isinstance(event, ReviewApplied):
        if review is None:
            return Review(application=event, applied_at=at)
        return replace(review, joined=(*review.joined, Joined(application=event, applied_at=at)))
    if review is None:
        raise DomainError("no-review")
    if isinstance(event, ReviewForwarded):
        joined = tuple(replace(one, forwarded_at=one.forwarded_at or at) for one in review.joined)
        if review.forwarded_at is not None:
            return replace(review, joined=joined)
        return replace(review, forwarded_at=at, decide_until=event.decide_until, joined=joined)
    return replace(review, decision=event, decided_at=at)


def require_reviewable(
    document: Determination | None, review: Review | None, party_id: PartyId, now: datetime
) -> Determination:
    """Return the document that a party may still have reviewed.

    Raises ``not-served`` before it was served on the party, ``review-once`` after the party's own application
    or once the accident's review is decided, and ``review-late`` (param ``last_day``).
    """
    own = None if document is None else document.service_on(party_id)
    if document is None or own is None:
        raise DomainError("not-served")
    if own.review_until is None or not may_join(review, party_id):
        raise DomainError("review-once")
    if filing(now, own.review_until) is Filing.LATE:
        raise DomainError("review-late", last_day=own.review_until.isoformat())
    return document


def may_join(review: Review | None, party_id: PartyId) -> bool:
    """Tell whether a party's application would be taken: the first of it, before the accident's decision."""
    return review is None or (review.open and review.applied_by(party_id) is None)
