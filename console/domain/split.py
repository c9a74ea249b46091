"""Independent blows on the ruling form: who struck whom, and the shares of each blow on its own.

Practice behind 公安部令第146号 Art. 60: two blows are two rulings. What counts as one blow is decided by
``domain.blows``; here the form becomes those blows and is held against the law blow by blow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.domain.accident import Accident
from console.domain.blows import blows
from console.domain.fault_table import FaultKind
from console.domain.ids import PartyId
from console.domain.incident import Incident
from console.domain.liability import impossible
from console.domain.ruling import (
    BlowShare,
    Liability,
    Outcome,
    PartyKind,
    Ruling,
    RulingProblem,
    combination_problem,
    fault_problem,
    wiped_out,
)


@dataclass(frozen=True, kw_only=True)
class RuledBlow:
    """One blow of the form, numbered from 1: its people, the faults that weigh in it, and their shares."""

    number: int
    faults: Mapping[PartyId, frozenset[str]]
    shares: Mapping[PartyId, Liability | None]
    contacts: tuple[tuple[PartyId, PartyId], ...]

    @property
    def impossible(self) -> Mapping[PartyId, Mapping[Liability, str]]:
        """For each of its people the shares that are not open any more, with the code of the reason."""
        return impossible(self.shares, self.faults)


def ruled_blows(
    incident: Incident, ruling: Ruling, accident: Accident, table: Mapping[str, FaultKind]
) -> tuple[RuledBlow, ...]:
    """Return the blows that ``ruling`` must rule one by one; empty where one ruling holds for everybody."""
    if ruling.outcome is not Outcome.RULING or unknown_faults(ruling, table):
        return ()
    separate = blows(accident, table)
    if len(separate) < 2:
        return ()
    ids = {party.label: party.id for party in incident.parties}
    kinds = {party.party_id: party.kind for party in ruling.parties}
    said = {(one.blow, one.party_id): one.liability for one in ruling.blow_shares}
    found: list[RuledBlow] = []
    for number, blow in enumerate(separate, 1):
        people = {
            party.id: blow.faults[party.label]
            for party in incident.parties
            if party.label in blow.faults and kinds[party.id] is not PartyKind.PROPERTY
        }
        found.append(
            RuledBlow(
                number=number,
                faults=people,
                shares={party_id: said.get((number, party_id)) for party_id in people},
                contacts=tuple((ids[first], ids[second]) for first, second in blow.contacts),
            )
        )
    return tuple(found)


def unknown_faults(ruling: Ruling, table: Mapping[str, FaultKind]) -> bool:
    """Tell whether the form holds a code that the table does not."""
    return any(fault.code not in table for party in ruling.parties for fault in party.faults)


def with_blow_share(ruling: Ruling, blow: int, party_id: PartyId, share: Liability | None) -> Ruling:
    """Return ``ruling`` with one party's share of one blow set, or left undecided again."""
    others = tuple(one for one in ruling.blow_shares if (one.blow, one.party_id) != (blow, party_id))
    set_now = () if share is None else (BlowShare(blow=blow, party_id=party_id, liability=share),)
    return replace(ruling, outcome=Outcome.RULING, blow_shares=(*others, *set_now))


def split_problems(ruling: Ruling, separate: tuple[RuledBlow, ...]) -> tuple[RulingProblem, ...]:
    """Return what the law says against the shares blow by blow.

    ``SPLIT_REQUIRED``: independent blows may not share one ruling. ``SPLIT_WITHOUT_BLOWS``: shares are given
    to a blow that does not stand on its own.
    """
    known = {(blow.number, party_id) for blow in separate for party_id in blow.shares}
    found = [
        RulingProblem(code="SPLIT_WITHOUT_BLOWS", party_id=one.party_id)
        for one in ruling.blow_shares
        if (one.blow, one.party_id) not in known
    ]
    if not separate:
        return tuple(found)
    found += [
        RulingProblem(code="SPLIT_REQUIRED", party_id=party.party_id)
        for party in ruling.parties
        if party.liability is not None
    ]
    touched = {party_id for _, party_id in known}
    found += [
        RulingProblem(code="LIABILITY_MISSING", party_id=party.party_id)
        for party in ruling.parties
        if party.kind is not PartyKind.PROPERTY and party.party_id not in touched
    ]
    for blow in separate:
        found += _blow_problems(blow)
    return tuple(found)


def _blow_problems(blow: RuledBlow) -> list[RulingProblem]:
    codes = list(blow.faults.values())
    found: list[RulingProblem] = []
    for index, (party_id, share) in enumerate(blow.shares.items()):
        if share is None:
            found.append(RulingProblem(code="LIABILITY_MISSING", party_id=party_id))
            continue
        code = fault_problem(share, at_fault=bool(codes[index]), wiped_out=wiped_out(codes, index))
        if code is not None:
            found.append(RulingProblem(code=code, party_id=party_id))
    decided = [share for share in blow.shares.values() if share is not None]
    combination = combination_problem(decided) if len(decided) == len(blow.shares) else None
    return [*found, RulingProblem(code=combination)] if combination else found
