"""Discarding (弃用): a picture counts no more, and stays under custody as it is.

Source: interface.md 4 and domain.md 9: nothing of the record is erased, what is left out is explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from console.domain.evidence import Evidence
from console.domain.ids import EvidenceId


class DiscardReason(StrEnum):
    """Why a picture is not to count."""

    UNCLEAR = "unclear"
    WRONG_SUBJECT = "wrong-subject"
    WRONG_SLOT = "wrong-slot"
    DUPLICATE = "duplicate"
    BYSTANDERS = "bystanders"


@dataclass(frozen=True, kw_only=True)
class Discarded:
    """A picture that counts no more; ``by`` is who set it aside."""

    evidence: Evidence
    reason: DiscardReason
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class EvidenceDiscarded:
    """A picture of the evidence was set aside; it fills no slot and proves nothing from then on."""

    evidence_id: EvidenceId
    reason: DiscardReason
    type: Literal["evidence-discarded"] = "evidence-discarded"


def after(
    evidence: tuple[Evidence, ...], event: EvidenceDiscarded, at: datetime, actor: str
) -> tuple[tuple[Evidence, ...], tuple[Discarded, ...]]:
    """Return what still counts of ``evidence`` after ``event``, and what counts no more because of it."""
    gone = tuple(item for item in evidence if item.id == event.evidence_id)
    left = tuple(item for item in evidence if item not in gone)
    return left, tuple(Discarded(evidence=item, reason=event.reason, at=at, by=actor) for item in gone)
