"""What the call-taker says on each road of triage, and what a party is told of why. The lines are data.

A line says that the vehicles go, that they stay, or neither; no road's lines say both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.domain.triage import Assessment, Branch, Ground


class Says(StrEnum):
    """What a line tells the parties to do with their vehicles."""

    MOVE = "move"
    STAY = "stay"
    NEITHER = "neither"


@dataclass(frozen=True, kw_only=True)
class BranchLine:
    """One sentence. ``only`` names the flag or duty without which it is not said; empty: always."""

    text: str
    says: Says = Says.NEITHER
    only: str = ""


@dataclass(frozen=True, kw_only=True)
class BranchScript:
    """The lines of one road in the order in which they are said; ``version`` of the wording."""

    branch: Branch
    version: str
    lines: tuple[BranchLine, ...]


def spoken(scripts: Iterable[BranchScript], assessment: Assessment) -> tuple[BranchLine, ...]:
    """Return what is to be said on the road of ``assessment``; empty where nobody wrote it down."""
    marks = {str(mark) for mark in (*assessment.flags, *assessment.must)}
    script = next((one for one in scripts if one.branch is assessment.branch), None)
    lines = () if script is None else script.lines
    return tuple(line for line in lines if not line.only or line.only in marks)


class PublicReason(StrEnum):
    """Why a case takes its road, as far as a party is told: a suspicion is never named."""

    INJURY = "injury"
    CONSENT = "consent"
    ON_SITE = "on_site"
    IMMOVABLE = "immovable"
    DANGEROUS_GOODS = "dangerous_goods"
    MARKS = "marks"
    FACILITY = "facility"
    REQUEST = "request"
    LATE_REPORT = "late_report"
    NO_DISPUTE = "no_dispute"
    LOCAL_RULE = "local_rule"
    ORDINARY = "ordinary"


TOLD: Mapping[Ground, PublicReason] = {
    Ground.INJURY: PublicReason.INJURY,
    Ground.CONSENT_REFUSED: PublicReason.CONSENT,
    Ground.CONSENT_OPEN: PublicReason.CONSENT,
    Ground.IMMOVABLE: PublicReason.IMMOVABLE,
    Ground.DANGEROUS_GOODS: PublicReason.DANGEROUS_GOODS,
    Ground.INSPECTION: PublicReason.MARKS,
    Ground.INSURANCE: PublicReason.MARKS,
    Ground.FACILITY: PublicReason.FACILITY,
    Ground.REQUEST: PublicReason.REQUEST,
    Ground.LATE_REPORT: PublicReason.LATE_REPORT,
    Ground.NO_DISPUTE: PublicReason.NO_DISPUTE,
    Ground.LOCAL_RULE: PublicReason.LOCAL_RULE,
    Ground.ORDINARY: PublicReason.ORDINARY,
}
"""What is said of a ground; every other one is a suspicion that officers look into on the spot."""


def public_reasons(assessment: Assessment) -> tuple[PublicReason, ...]:
    """Return why, each once, the deciding one first."""
    return tuple(dict.fromkeys(TOLD.get(ground, PublicReason.ON_SITE) for ground in assessment.grounds))
