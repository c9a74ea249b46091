"""Liability: which shares may stand together, and which one may not choose any more, with the reason.

Sources: 公安部令第146号 Art. 60 (shares follow fault) and 61 (escape, tampering). The forms for three
and more parties are read from the wording of Art. 60(1)②: one main share with one or more secondary ones,
or two and more equal ones; all others none.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from console.domain.ruling import Liability, combination_problem, fault_problem, wiped_out

K = TypeVar("K", bound=Hashable)
"""What names a party: a label or an id."""


def impossible(
    chosen: Mapping[K, Liability | None], faults: Mapping[K, frozenset[str]]
) -> Mapping[K, Mapping[Liability, str]]:
    """Return for each party the shares it may not take, with the code of the reason.

    A share is impossible where the party's own faults forbid it, or where no choice of the parties still
    undecided makes a legal combination with those decided.
    """
    parties = tuple(chosen)
    codes = [faults[party] for party in parties]
    by_fault = [
        {
            share: fault_problem(share, at_fault=bool(codes[i]), wiped_out=wiped_out(codes, i))
            for share in Liability
        }
        for i in range(len(parties))
    ]
    found: dict[K, dict[Liability, str]] = {party: {} for party in parties}
    for index, party in enumerate(parties):
        for share in Liability:
            reason = by_fault[index][share] or _dead_end(parties, chosen, index, share, by_fault)
            if reason is not None:
                found[party][share] = reason
    return found


def _dead_end(
    parties: Sequence[K],
    chosen: Mapping[K, Liability | None],
    index: int,
    share: Liability,
    by_fault: Sequence[Mapping[Liability, str | None]],
) -> str | None:
    options: list[tuple[Liability, ...]] = []
    for number, party in enumerate(parties):
        decided = share if number == index else chosen[party]
        free = tuple(value for value, problem in by_fault[number].items() if problem is None)
        options.append((decided,) if decided is not None else free)
    reason: str | None = None
    for shares in itertools.product(*options):
        problem = combination_problem(shares)
        if problem is None:
            return None
        reason = reason or problem
    return reason
