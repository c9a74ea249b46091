"""Which shares a party may still take, and why not the others."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from console.domain.liability import impossible
from console.domain.ruling import TAMPERING, Liability, combination_problem, fault_problem, wiped_out

NONE_CHOSEN: dict[str, Liability | None] = {"甲": None, "乙": None, "丙": None}
FAULTS = st.fixed_dictionaries(
    {
        name: st.frozensets(st.sampled_from(["1094", "1043", "9009", TAMPERING]), max_size=2)
        for name in NONE_CHOSEN
    }
)
CHOICES = st.fixed_dictionaries({name: st.sampled_from([None, *Liability]) for name in NONE_CHOSEN})


def legal(shares: dict[str, Liability], faults: dict[str, frozenset[str]]) -> bool:
    """Tell whether complete shares stand together and follow everybody's faults."""
    codes = [faults[name] for name in shares]
    follows = (
        fault_problem(share, at_fault=bool(codes[i]), wiped_out=wiped_out(codes, i)) is None
        for i, share in enumerate(shares.values())
    )
    return combination_problem(list(shares.values())) is None and all(follows)


@given(CHOICES, FAULTS)
def test_a_share_is_possible_exactly_where_a_legal_whole_exists(
    chosen: dict[str, Liability | None], faults: dict[str, frozenset[str]]
) -> None:
    refused = impossible(chosen, faults)
    for name in chosen:
        for share in Liability:
            options = [
                [share] if other == name else list(Liability) if value is None else [value]
                for other, value in chosen.items()
            ]
            wholes = (dict(zip(chosen, shares, strict=True)) for shares in itertools.product(*options))
            if share not in refused[name]:
                assert any(combination_problem(list(whole.values())) is None for whole in wholes)
            else:
                assert not any(legal(whole, faults) for whole in wholes)


def test_the_reason_is_in_the_row() -> None:
    faults = {"甲": frozenset({"1094"}), "乙": frozenset({"1102"}), "丙": frozenset[str]()}
    refused = impossible({**NONE_CHOSEN, "甲": Liability.MAIN}, faults)
    assert refused["乙"] == {
        Liability.FULL: "FULL_WITH_SHARE",
        Liability.MAIN: "TWO_MAIN",
        Liability.EQUAL: "MAIN_WITH_EQUAL",
        Liability.NONE: "CAUSAL_FAULT_WITHOUT_LIABILITY",
    }
    assert set(refused["丙"]) == set(Liability) - {Liability.NONE}
    assert set(refused["丙"].values()) == {"LIABILITY_WITHOUT_FAULT"}


def test_tampering_takes_the_others_share_away() -> None:
    faults = {"甲": frozenset({TAMPERING}), "乙": frozenset({"1094"})}
    chosen = {"甲": Liability.FULL, "乙": None}
    assert Liability.NONE not in impossible(chosen, faults)["乙"]
