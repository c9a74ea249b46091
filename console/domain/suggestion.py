"""What verification suggests for triage. A suggestion never answers a row by itself: the call-taker does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.domain.ids import PartyId
from console.domain.triage import Answer, TriageFact
from console.domain.verification import CheckItem, CheckResult, Verification

_SAID_BY = {
    TriageFact.LICENCE_INVALID: (CheckItem.LICENCE, CheckItem.LICENCE_CLASS),
    TriageFact.PLATE_MISSING_OR_FORGED: (CheckItem.VEHICLE,),
    TriageFact.MARKS_MISSING: (CheckItem.INSPECTION, CheckItem.INSURANCE),
    TriageFact.OUTSIDE_LOCAL_RULE: (CheckItem.INSURANCE, CheckItem.INSPECTION),
}
"""Which items speak to which row of triage: 公安部令第146号 Art. 13(1) ①④, Art. 14 (1), and the local
rules, which all want a policy and an inspection in force.
"""
DECIDES: Mapping[CheckItem, TriageFact] = {
    CheckItem.IDENTITY: TriageFact.LICENCE_INVALID,
    CheckItem.VEHICLE: TriageFact.PLATE_MISSING_OR_FORGED,
    CheckItem.LICENCE: TriageFact.LICENCE_INVALID,
    CheckItem.LICENCE_CLASS: TriageFact.LICENCE_INVALID,
    CheckItem.INSPECTION: TriageFact.MARKS_MISSING,
    CheckItem.INSURANCE: TriageFact.MARKS_MISSING,
}
"""The row of triage, under Art. 13 or 14, that a difference of an item would mean: answering it with yes
decides the difference.
"""
_MORE_THAN_CHECKED = frozenset({TriageFact.OUTSIDE_LOCAL_RULE})
"""Rows that papers in order do not settle: hours and area belong to them too."""

_AGAINST = frozenset({CheckResult.MISMATCH, CheckResult.NOT_FOUND})


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An answer that the checks point to.

    For a yes, ``party_id`` and ``item`` say whose check says so and which (the first of several); a no needs
    every party's.
    """

    fact: TriageFact
    answer: Answer
    party_id: PartyId | None = None
    item: CheckItem | None = None


def undecided(verification: Verification, facts: Mapping[TriageFact, Answer]) -> bool:
    """Tell whether an item does not match and the row of triage that this would mean is not a yes."""
    return any(
        check.result is CheckResult.MISMATCH
        and (check.item not in DECIDES or facts.get(DECIDES[check.item]) is not Answer.YES)
        for check in verification.checks
    )


def suggested_facts(verifications: Iterable[Verification]) -> tuple[Suggestion, ...]:
    """Return what the checks of all parties of an incident point to; nothing for a row they leave open.

    A manual finding points nowhere: the person who made it answers the row too.
    """
    parties = tuple(verifications)
    found: list[Suggestion] = []
    for fact, items in _SAID_BY.items():
        checks = [(party.party_id, party.check(item)) for party in parties for item in items]
        against = next(((party_id, check) for party_id, check in checks if check.result in _AGAINST), None)
        if against is not None:
            party_id, check = against
            found.append(Suggestion(fact=fact, answer=Answer.YES, party_id=party_id, item=check.item))
        elif (
            fact not in _MORE_THAN_CHECKED
            and checks
            and all(check.result is CheckResult.VERIFIED for _, check in checks)
        ):
            found.append(Suggestion(fact=fact, answer=Answer.NO))
    return tuple(found)
