"""Liability: the values the law knows and the combinations it allows.

Sources: 公安部令第146号 Art. 60 (shares follow fault), 61, 67 (certificate when facts cannot be found).
Liability is never a percentage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.domain.ids import PartyId


class Liability(StrEnum):
    """A party's share, in the words of Art. 60."""

    FULL = "full"
    MAIN = "main"
    EQUAL = "equal"
    SECONDARY = "secondary"
    NONE = "none"


class Outcome(StrEnum):
    """What the officer decides."""

    RULING = "ruling"
    NO_FAULT = "no_fault"
    CERTIFICATE = "certificate"
    GENERAL_PROCEDURE = "general_procedure"


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A provision: ``law`` by its usual short Chinese name, numbers as printed, ``None`` where undivided."""

    law: str
    article: int
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A causal fault of a party: code of the fault table, its name and the provision breached."""

    code: str
    name: str
    citation: Citation


@dataclass(frozen=True, kw_only=True)
class PartyRuling:
    """One party's faults and share. ``liability`` is ``None`` while undecided and for a certificate."""

    party_id: PartyId
    faults: tuple[Fault, ...] = ()
    liability: Liability | None = None


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A draft as the officer has it on the screen; codes are those of the police tables (domain.md 3.3).

    ``reason`` is required for a no-fault accident and whenever the officer departs from the usual result.
    ``mediation`` is the result of mediation, or why there was none (Arts. 25, 26).
    """

    outcome: Outcome
    parties: tuple[PartyRuling, ...]
    facts: str = ""
    weather: str = ""
    junction: str = ""
    control: str = ""
    collision_form: str = ""
    reason: str = ""
    mediation: str = ""


@dataclass(frozen=True, kw_only=True)
class RulingProblem:
    """Why a ruling cannot be issued: a stable ``code`` and, where one is to blame, the party."""

    code: str
    party_id: PartyId | None = None


def combination_problem(shares: Sequence[Liability]) -> str | None:
    """Return why these shares may not stand together (Art. 60), or ``None`` when they may.

    One full share leaves none to others; one main share needs a secondary; equal shares come in twos or
    more and stand alone; nobody liable is an accident without fault and not a ruling.
    """
    count = Counter(shares)
    full, main, equal, secondary = (
        count[Liability.FULL],
        count[Liability.MAIN],
        count[Liability.EQUAL],
        count[Liability.SECONDARY],
    )
    checks = (
        (full > 1, "TWO_FULL"),
        (full == 1 and main + equal + secondary > 0, "FULL_WITH_SHARE"),
        (main > 1, "TWO_MAIN"),
        (main == 1 and equal > 0, "MAIN_WITH_EQUAL"),
        (main == 1 and secondary == 0, "MAIN_ALONE"),
        (equal > 0 and secondary > 0, "EQUAL_WITH_SECONDARY"),
        (equal == 1, "EQUAL_ALONE"),
        (secondary > 0 and main == 0, "SECONDARY_ALONE"),
        (full + main + equal + secondary == 0, "NO_FAULT_WITHOUT_REASON"),
    )
    return next((code for wrong, code in checks if wrong), None)


def problems(ruling: Ruling) -> tuple[RulingProblem, ...]:
    """Return everything that keeps ``ruling`` from being issued, in reading order; empty when it may."""
    found: list[RulingProblem] = []
    if not ruling.facts.strip():
        found.append(RulingProblem(code="FACTS_MISSING"))
    if not ruling.mediation.strip():
        found.append(RulingProblem(code="MEDIATION_MISSING"))
    match ruling.outcome:
        case Outcome.RULING:
            found += _ruling_problems(ruling)
        case Outcome.NO_FAULT:
            if not ruling.reason.strip():
                found.append(RulingProblem(code="NO_FAULT_WITHOUT_REASON"))
            found += [
                RulingProblem(code="CAUSAL_FAULT_WITHOUT_LIABILITY", party_id=party.party_id)
                for party in ruling.parties
                if party.faults or party.liability is not Liability.NONE
            ]
        case Outcome.CERTIFICATE:
            found += [
                RulingProblem(code="CERTIFICATE_WITH_LIABILITY", party_id=party.party_id)
                for party in ruling.parties
                if party.liability is not None
            ]
        case Outcome.GENERAL_PROCEDURE:
            if not ruling.reason.strip():
                found.append(RulingProblem(code="REASON_MISSING"))
    return tuple(found)


def _ruling_problems(ruling: Ruling) -> list[RulingProblem]:
    found: list[RulingProblem] = []
    shares: list[Liability] = []
    for party in ruling.parties:
        if party.liability is None:
            found.append(RulingProblem(code="LIABILITY_MISSING", party_id=party.party_id))
            continue
        shares.append(party.liability)
        if party.faults and party.liability is Liability.NONE:
            found.append(RulingProblem(code="CAUSAL_FAULT_WITHOUT_LIABILITY", party_id=party.party_id))
        if not party.faults and party.liability is not Liability.NONE:
            found.append(RulingProblem(code="LIABILITY_WITHOUT_FAULT", party_id=party.party_id))
    if not found or len(shares) == len(ruling.parties):
        code = combination_problem(shares)
        if code is not None:
            found.append(RulingProblem(code=code))
    return found
