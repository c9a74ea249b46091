"""Blows: which impacts are one accident and which are to be ruled on their own.

A blow that only pushed a car on into the next belongs to the first; a driver who struck by a fault of his own
made another accident, ruled for itself. What one who was struck before did wrong toward the first striker is
no such fault: only one toward what he then struck is, and none where he is said to have been pushed.
Practice behind 公安部令第146号 Art. 60: two blows, two rulings.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.accident import Accident, Label
from console.domain.circumstance import Circumstance, circumstances
from console.domain.fault_table import FaultKind


@dataclass(frozen=True, kw_only=True)
class Blow:
    """One accident among several: the faults that weigh in it by party, and which two touched.

    Where one blow pushed cars into each other, the contacts run on from the striker along the row.
    """

    faults: Mapping[Label, frozenset[str]]
    contacts: tuple[tuple[Label, Label], ...]


def blows(accident: Accident, table: Mapping[str, FaultKind]) -> tuple[Blow, ...]:
    """Return the independent blows in their order; fewer than two mean one ruling for everybody."""
    causal = {
        party.label: frozenset(c for c in party.faults if table[c].role != "status")
        for party in accident.parties
    }
    driving = {label: frozenset(c for c in codes if not table[c].standing) for label, codes in causal.items()}
    anew = _striking_anew(accident, table)
    strikers: list[set[Label]] = []
    groups: list[set[Label]] = []
    contacts: list[list[tuple[Label, Label]]] = []
    for impact in sorted(accident.impacts, key=lambda impact: impact.seq):
        striker = impact.striking
        pushed_by = next((i for i, group in enumerate(groups) if striker in group - strikers[i]), None)
        again = next((i for i, known in enumerate(strikers) if striker in known), None)
        row = list(itertools.pairwise((striker, *impact.struck)))
        if pushed_by is not None and striker not in anew:
            joined = pushed_by
        elif again is not None and groups[again] & set(impact.struck):
            joined = again
        else:
            strikers.append({striker})
            groups.append(set())
            contacts.append([])
            joined = len(groups) - 1
        groups[joined] |= {striker, *impact.struck}
        contacts[joined] += [touched for touched in row if touched not in contacts[joined]]
    striking = set().union(*strikers)
    return tuple(
        Blow(
            faults={
                label: _weighing(label, strikers[i], striking, causal, driving) for label in sorted(groups[i])
            },
            contacts=tuple(contacts[i]),
        )
        for i in range(len(groups))
    )


def _striking_anew(accident: Accident, table: Mapping[str, FaultKind]) -> frozenset[Label]:
    """Return who, though struck before, would strike by a fault of its own and not because it was pushed."""
    return frozenset(
        party.label
        for party in accident.parties
        if any(table[code].toward_struck for code in party.faults)
        and Circumstance.PUSHED not in circumstances(accident, party)
    )


def _weighing(
    label: Label,
    strikers: set[Label],
    striking: set[Label],
    causal: Mapping[Label, frozenset[str]],
    driving: Mapping[Label, frozenset[str]],
) -> frozenset[str]:
    """Return which faults of a party weigh in this blow: its driving where it strikes, its standing else."""
    if label in strikers:
        return driving[label] or causal[label]
    if label in striking:
        return causal[label] - driving[label]
    return causal[label]
