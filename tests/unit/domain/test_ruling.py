"""Liability combinations of Art. 60 and everything that keeps a ruling from being issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.ruling import (
    Liability,
    MediationOutcome,
    Outcome,
    PartyRuling,
    RulingProblem,
    combination_problem,
    problems,
)
from tests.unit.domain.builders import PARTY_A, PARTY_B, REAR_END, ruling

F, M, E, S, N = Liability.FULL, Liability.MAIN, Liability.EQUAL, Liability.SECONDARY, Liability.NONE
SHARES = st.lists(st.sampled_from(Liability), min_size=1, max_size=8)


def allowed(shares: Sequence[Liability]) -> bool:
    """State Art. 60 the other way round: the three pictures a ruling may show, leaving out 无责任."""
    carried = Counter(share for share in shares if share is not N)
    return (
        carried == Counter([F])
        or (set(carried) == {M, S} and carried[M] == 1)
        or (set(carried) == {E} and carried[E] >= 2)
    )


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_combination_of_up_to_four_parties(count: int) -> None:
    for shares in product(Liability, repeat=count):
        assert (combination_problem(shares) is None) == allowed(shares), shares


@given(SHARES)
def test_any_number_of_parties(shares: list[Liability]) -> None:
    assert (combination_problem(shares) is None) == allowed(shares)


@given(st.lists(st.sampled_from(Liability), min_size=1, max_size=5))
def test_the_order_of_parties_has_no_weight(shares: list[Liability]) -> None:
    assert {combination_problem(order) for order in permutations(shares)} == {combination_problem(shares)}


@given(SHARES)
def test_a_further_party_without_liability_changes_nothing(shares: list[Liability]) -> None:
    assert combination_problem([*shares, N]) == combination_problem(shares)


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ((F, S), "FULL_WITH_SHARE"),
        ((F, F), "TWO_FULL"),
        ((M, N), "MAIN_ALONE"),
        ((M, E), "MAIN_WITH_EQUAL"),
        ((M, M, S), "TWO_MAIN"),
        ((E, N), "EQUAL_ALONE"),
        ((E, E, S), "EQUAL_WITH_SECONDARY"),
        ((S, N), "SECONDARY_ALONE"),
        ((N, N), "NO_FAULT_WITHOUT_REASON"),
    ],
)
def test_refusals_say_why(shares: tuple[Liability, ...], code: str) -> None:
    assert combination_problem(shares) == code


def test_a_complete_ruling_may_be_issued() -> None:
    assert problems(ruling()) == ()


def test_facts_and_mediation_are_never_left_out() -> None:
    blank = replace(ruling(), facts=" \n", mediation_outcome=None)
    assert [p.code for p in problems(blank)] == ["FACTS_MISSING", "MEDIATION_MISSING"]
    unsaid = replace(ruling(), mediation=" ")
    assert [p.code for p in problems(unsaid)] == ["AGREEMENT_MISSING"]
    assert problems(replace(unsaid, mediation_outcome=MediationOutcome.DECLINED)) == ()


def test_an_undecided_party_is_named() -> None:
    undecided = replace(ruling(), parties=(PartyRuling(party_id=PARTY_A), ruling().parties[1]))
    assert problems(undecided) == (RulingProblem(code="LIABILITY_MISSING", party_id=PARTY_A),)


def test_fault_and_liability_go_together() -> None:
    crossed = replace(
        ruling(),
        parties=(
            PartyRuling(party_id=PARTY_A, liability=F),
            PartyRuling(party_id=PARTY_B, faults=(REAR_END,), liability=N),
        ),
    )
    assert problems(crossed) == (
        RulingProblem(code="LIABILITY_WITHOUT_FAULT", party_id=PARTY_A),
        RulingProblem(code="CAUSAL_FAULT_WITHOUT_LIABILITY", party_id=PARTY_B),
    )


def test_an_accident_without_fault_needs_a_reason_and_no_faults() -> None:
    nobody = tuple(PartyRuling(party_id=p, liability=N) for p in (PARTY_A, PARTY_B))
    accident = replace(ruling(), outcome=Outcome.NO_FAULT, parties=nobody)
    assert [p.code for p in problems(accident)] == ["NO_FAULT_WITHOUT_REASON"]
    assert problems(replace(accident, reason="路面突然塌陷。")) == ()
    blamed = replace(accident, reason="路面突然塌陷。", parties=ruling().parties)
    assert problems(blamed) == (RulingProblem(code="CAUSAL_FAULT_WITHOUT_LIABILITY", party_id=PARTY_B),)


def test_a_certificate_carries_no_liability() -> None:
    certificate = replace(ruling(), outcome=Outcome.CERTIFICATE)
    assert {p.code for p in problems(certificate)} == {"CERTIFICATE_WITH_LIABILITY"}
    nobody = tuple(PartyRuling(party_id=p) for p in (PARTY_A, PARTY_B))
    assert problems(replace(certificate, parties=nobody)) == ()


def test_the_general_procedure_needs_a_reason() -> None:
    general = replace(ruling(), outcome=Outcome.GENERAL_PROCEDURE)
    assert [p.code for p in problems(general)] == ["REASON_MISSING"]
    assert problems(replace(general, reason="一方有饮酒嫌疑。")) == ()


@given(st.lists(st.tuples(st.sampled_from([*Liability, None]), st.booleans()), min_size=1, max_size=4))
def test_no_ruling_without_problems_breaks_the_law(parties: list[tuple[Liability | None, bool]]) -> None:
    drafted = replace(
        ruling(),
        parties=tuple(
            PartyRuling(party_id=PARTY_A, faults=(REAR_END,) if fault else (), liability=share)
            for share, fault in parties
        ),
    )
    if not problems(drafted):
        shares = [share for share, _ in parties if share is not None]
        assert len(shares) == len(parties)
        assert allowed(shares)
        assert all(fault == (share is not N) for share, fault in parties)
