"""What a city settles for itself: its rule, the order of its steps, how it numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Template

from console.domain.local_rule import LocalRule


class StepOrder(StrEnum):
    """Whether the road is cleared before the ruling or after it (domain.md 1.2: cities differ)."""

    EVACUATE_FIRST = "evacuate-first"
    RULE_FIRST = "rule-first"


class Restart(StrEnum):
    """When a series begins at 1 again, by the day in Asia/Shanghai."""

    DAY = "day"
    YEAR = "year"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class Numbering:
    """One series of numbers. ``pattern`` holds ``$number`` (``digits`` wide) and what tells its restarts
    apart: ``$year``, ``$month``, ``$day``.
    """

    pattern: str
    digits: int
    restarts: Restart

    def series(self, day: date) -> str:
        """Return what the count of ``day`` belongs to."""
        return {Restart.DAY: f"{day:%Y-%m%d}", Restart.YEAR: f"{day:%Y}", Restart.NEVER: ""}[self.restarts]

    def number(self, day: date, count: int) -> str:
        """Return the number ``count`` of ``day``'s series as it is printed."""
        return Template(self.pattern).substitute(
            year=f"{day:%Y}", month=f"{day:%m}", day=f"{day:%d}", number=f"{count:0{self.digits}d}"
        )


DAILY = Numbering(pattern="$year-$month$day-$number", digits=4, restarts=Restart.DAY)
"""How accidents are numbered where nothing else is said."""


@dataclass(frozen=True, kw_only=True)
class CityProfile:
    """What a desk must know of its city."""

    id: str
    name: str
    order: StepOrder
    rule: LocalRule


@dataclass(frozen=True, kw_only=True)
class Office:
    """The unit that issues, whom a review is addressed to, and the short name that signs an SMS."""

    unit: str
    review_by: str
    sms_sign: str
