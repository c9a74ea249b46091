"""What the city's rule says of one accident, with the rule and its version, for the row the service fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from console.domain.local_rule import Unmet
from console.domain.triage import Answer


@dataclass(frozen=True, kw_only=True)
class LocalFinding:
    """A city's rule applied to what is known: ``rule``, ``name`` and ``version`` are those of ``LocalRule``.

    ``unmet`` is what does not hold. ``open`` is what the rule asks and nobody knows yet; while it is not
    empty and nothing fails, a person answers the row.
    """

    rule: str
    name: str
    version: str
    unmet: tuple[Unmet, ...] = ()
    open: tuple[Unmet, ...] = ()

    @property
    def answer(self) -> Answer:
        """Whether the accident lies outside the local rule; ``unknown`` leaves the row to a person."""
        if self.unmet:
            return Answer.YES
        return Answer.UNKNOWN if self.open else Answer.NO


@dataclass(frozen=True, kw_only=True)
class LocalRuleApplied:
    """The service applied the city's rule to the facts as they stand now."""

    finding: LocalFinding
    type: Literal["local-rule-applied"] = "local-rule-applied"
