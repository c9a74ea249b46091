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


class PartyKind(StrEnum):
    """What a party was. Property carries no liability, a passenger may."""

    MOTOR = "motor"
    NON_MOTOR = "non_motor"
    PEDESTRIAN = "pedestrian"
    PASSENGER = "passenger"
    PROPERTY = "property"


class MediationOutcome(StrEnum):
    """What mediation came to, or why there was none (Arts. 25, 26)."""

    AGREED = "agreed"
    NOT_AGREED = "not-agreed"
    DECLINED = "declined"
    DISPUTED = "disputed"
    UNSIGNED = "unsigned"
    NOT_ASKED = "not-asked"


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
    """One party's faults and share.

    ``liability`` is ``None`` while undecided, for a certificate, and for property, which carries none.
    """

    party_id: PartyId
    faults: tuple[Fault, ...] = ()
    liability: Liability | None = None
    kind: PartyKind = PartyKind.MOTOR


@dataclass(frozen=True, kw_only=True)
class RuledImpact:
    """One impact of an accident of several: who struck whom. Their order is that of the form."""

    striking: PartyId
    struck: PartyId


@dataclass(frozen=True, kw_only=True)
class BlowShare:
    """One party's share of one independent blow, blows numbered from 1."""

    blow: int
    party_id: PartyId
    liability: Liability


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A draft as the officer has it on the screen; codes are those of the police tables (domain.md 3.3).

    ``reason`` is required for a no-fault accident and whenever the officer departs from the usual result.
    ``mediation_outcome`` is the result of mediation or why there was none (Arts. 25, 26), ``mediation`` says
    it in the officer's own words; what was agreed must be written out. ``impacts`` say who struck whom where
    that makes more than one accident; then parties have no share of their own, and ``blow_shares`` hold them.
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
    mediation_outcome: MediationOutcome | None = None
    impacts: tuple[RuledImpact, ...] = ()
    blow_shares: tuple[BlowShare, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RulingProblem:
    """Why a ruling cannot be issued: a stable ``code`` and, where one is to blame, the party."""

    code: str
    party_id: PartyId | None = None


INTENT = "X-INTENT"
ESCAPE = "X-ESCAPE"
TAMPERING = "X-TAMPER"

WIPES_OUT = frozenset({INTENT, TAMPERING})
"""Faults that take away every other party's share: intent (Art. 60 ¶2) and tampering (Art. 61)."""


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


def fault_problem(share: Liability, *, at_fault: bool, wiped_out: bool) -> str | None:
    """Return why ``share`` does not follow the party's own faults, or ``None`` when it does.

    ``wiped_out``: another party's intent or tampering takes this party's share away.
    """
    weighs = at_fault and not wiped_out
    if share is Liability.NONE:
        return "CAUSAL_FAULT_WITHOUT_LIABILITY" if weighs else None
    return None if weighs else "LIABILITY_WITHOUT_FAULT"


def wiped_out(faults: Sequence[frozenset[str]], index: int) -> bool:
    """Tell whether party ``index`` loses its share to another's intent or tampering, by each one's codes."""
    others = (codes for number, codes in enumerate(faults) if number != index)
    return not faults[index] & WIPES_OUT and any(codes & WIPES_OUT for codes in others)


def problems(ruling: Ruling, *, split: bool = False) -> tuple[RulingProblem, ...]:
    """Return everything that keeps ``ruling`` from being issued, in reading order; empty when it may.

    ``split``: independent blows are ruled one by one, and ``domain.split`` judges the shares instead.
    """
    found: list[RulingProblem] = []
    if not ruling.facts.strip():
        found.append(RulingProblem(code="FACTS_MISSING"))
    if ruling.mediation_outcome is None:
        found.append(RulingProblem(code="MEDIATION_MISSING"))
    elif ruling.mediation_outcome is MediationOutcome.AGREED and not ruling.mediation.strip():
        found.append(RulingProblem(code="AGREEMENT_MISSING"))
    match ruling.outcome:
        case Outcome.RULING:
            found += () if split else _ruling_problems(ruling)
        case Outcome.NO_FAULT:
            if not ruling.reason.strip():
                found.append(RulingProblem(code="NO_FAULT_WITHOUT_REASON"))
            found += [
                RulingProblem(code="CAUSAL_FAULT_WITHOUT_LIABILITY", party_id=party.party_id)
                for party in ruling.parties
                if party.faults or party.liability not in _unblamed(party.kind)
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


def _unblamed(kind: PartyKind) -> frozenset[Liability | None]:
    """Return what may stand as the share of one who has none; property may be left without."""
    return frozenset({Liability.NONE, None} if kind is PartyKind.PROPERTY else {Liability.NONE})


def _ruling_problems(ruling: Ruling) -> list[RulingProblem]:
    found: list[RulingProblem] = []
    shares: list[Liability] = []
    people = 0
    codes = [frozenset(fault.code for fault in party.faults) for party in ruling.parties]
    for index, party in enumerate(ruling.parties):
        if party.kind is PartyKind.PROPERTY:
            if party.liability not in {None, Liability.NONE}:
                found.append(RulingProblem(code="PROPERTY_WITH_LIABILITY", party_id=party.party_id))
            continue
        people += 1
        if party.liability is None:
            found.append(RulingProblem(code="LIABILITY_MISSING", party_id=party.party_id))
            continue
        shares.append(party.liability)
        code = fault_problem(party.liability, at_fault=bool(party.faults), wiped_out=wiped_out(codes, index))
        if code is not None:
            found.append(RulingProblem(code=code, party_id=party.party_id))
    if not found or len(shares) == people:
        code = combination_problem(shares)
        if code is not None:
            found.append(RulingProblem(code=code))
    return found
