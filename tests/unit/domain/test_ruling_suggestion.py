"""Suggestions: the provisions by control, the shares by weight, the same words whatever the order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.accident import Accident, Impact, Involved
from console.domain.errors import DomainError
from console.domain.intake import Injury
from console.domain.proposal import Document, Issuer, Proposal, refusal
from console.domain.road import Road, RoadControl
from console.domain.ruling import (
    ESCAPE,
    INTENT,
    TAMPERING,
    Citation,
    Liability,
    PartyKind,
    combination_problem,
)
from console.domain.ruling_suggestion import Result, suggest
from console.service.rules import load_rules

LAW = load_rules(Path(__file__).parents[3] / "resources" / "rules").law
MOTOR_FAULTS = sorted(
    code for code, kind in LAW.faults.items() if kind.applies_to in {"motor", "any"} and kind.role != "status"
)
SENTENCES = ("夜间无路灯", "未减速", "红灯时进入路口", "两车会车时", "临时停车下客", "绿灯放行", "路面积水")
ROADS = st.builds(
    Road,
    control=st.sampled_from(RoadControl),
    road_type=st.sampled_from(["10", "21", "22"]),
    signal_state=st.sampled_from(["", "red", "flashing_yellow"]),
    light=st.sampled_from(["1", "3"]),
    slope=st.booleans(),
)
PEOPLE = st.lists(
    st.builds(
        Involved,
        label=st.just(""),
        kind=st.sampled_from(PartyKind),
        driving_state=st.sampled_from(["直行", "左转弯", "右转弯", "停车"]),
        observed=st.lists(st.sampled_from(SENTENCES), max_size=2).map(tuple),
        faults=st.lists(st.sampled_from([*MOTOR_FAULTS, "1340"]), max_size=2, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=4,
).map(lambda people: tuple(replace(one, label="甲乙丙丁"[i]) for i, one in enumerate(people)))
ACCIDENTS = st.builds(
    Accident,
    road=ROADS,
    parties=PEOPLE,
    injury=st.sampled_from(Injury),
    consents=st.sampled_from([None, {"甲": True}, {"甲": False}]),
    established=st.booleans(),
    dispute=st.sampled_from([None, True, False]),
    reason=st.sampled_from(["", "山体落石"]),
    on=st.dates(date(2018, 5, 1), date(2026, 12, 31)),
)
SECTION = Road(control=RoadControl.SECTION, road_type="22")


def two(first: tuple[str, ...], second: tuple[str, ...], road: Road = SECTION) -> Accident:
    """Return two motor vehicles with these causal faults."""
    return Accident(
        road=road,
        parties=(
            Involved(label="甲", kind=PartyKind.MOTOR, driving_state="左转弯", faults=first),
            Involved(label="乙", kind=PartyKind.MOTOR, driving_state="直行", faults=second),
        ),
    )


@given(ACCIDENTS, st.randoms(use_true_random=False))
def test_order_has_no_weight(accident: Accident, chance: random.Random) -> None:
    people = [
        replace(
            one,
            observed=tuple(chance.sample(one.observed, len(one.observed))),
            faults=tuple(chance.sample(one.faults, len(one.faults))),
        )
        for one in accident.parties
    ]
    chance.shuffle(people)
    assert suggest(replace(accident, parties=tuple(people)), LAW) == suggest(accident, LAW)


@given(ACCIDENTS)
def test_what_is_suggested_could_be_issued(accident: Accident) -> None:
    found = suggest(accident, LAW)
    if found.result is not Result.RULING:
        return
    assert found.shares is not None
    shares = [share for share in found.shares.values() if share is not None]
    assert combination_problem(shares) is None
    for party in accident.parties:
        assert (found.shares[party.label] is None) == (party.kind is PartyKind.PROPERTY)
    assert refusal(Proposal(shares=found.shares), accident, LAW) is None
    for other in found.others:
        assert combination_problem([share for share in other.shares.values() if share]) is None
        assert other.shares != found.shares


@given(ACCIDENTS)
def test_every_provision_is_in_force_on_the_day(accident: Accident) -> None:
    assert accident.on is not None
    for cited in suggest(accident, LAW).citations.values():
        assert all(LAW.in_force(citation, accident.on) for citation in cited)


@given(st.sampled_from(["1313", "1314"]), st.sampled_from(["22", "10"]))
def test_lights_change_the_article_and_nothing_else(code: str, road_type: str) -> None:
    def article(control: RoadControl, state: str = "") -> set[int]:
        road = Road(control=control, road_type=road_type, signal_state=state)
        found = suggest(two((code,), (), road), LAW)
        assert found.shares == {"甲": Liability.FULL, "乙": Liability.NONE}
        return {citation.article for citation in found.citations["甲"]}

    assert 51 in article(RoadControl.SIGNAL)
    assert 52 not in article(RoadControl.SIGNAL)
    assert article(RoadControl.NONE) == {52}
    assert article(RoadControl.SIGNAL, "flashing_yellow") == {52}


@pytest.mark.parametrize(
    ("first", "second", "shares"),
    [
        (("1094",), (), ("full", "none")),
        (("1094",), ("1102",), ("main", "secondary")),
        (("1043",), ("1094",), ("equal", "equal")),
        (("9009",), ("1039",), ("main", "secondary")),
        ((), ("1043", "1345"), ("none", "full")),
        ((ESCAPE,), (), ("full", "none")),
        ((ESCAPE,), ("1043",), ("main", "secondary")),
        ((TAMPERING,), ("1043",), ("full", "none")),
        ((INTENT,), ("1043",), ("full", "none")),
    ],
)
def test_usual_shares(first: tuple[str, ...], second: tuple[str, ...], shares: tuple[str, str]) -> None:
    found = suggest(two(first, second), LAW)
    assert found.shares == dict(zip("甲乙", map(Liability, shares), strict=True))
    assert found.basis
    assert found.version == LAW.version


def test_two_blows_are_ruled_one_by_one_and_one_push_as_one() -> None:
    people = tuple(
        Involved(label=label, kind=PartyKind.MOTOR, faults=faults)
        for label, faults in (("甲", ()), ("乙", ("1094",)), ("丙", ("1094",)))
    )
    apart = Accident(
        road=SECTION,
        parties=people,
        impacts=(Impact(seq=1, striking="乙", struck=("甲",)), Impact(seq=2, striking="丙", struck=("乙",))),
    )
    found = suggest(apart, LAW)
    assert found.shares == dict.fromkeys("甲乙丙")
    assert [(pair.parties, pair.at_fault) for pair in found.pairs] == [
        (("乙", "甲"), "乙"),
        (("丙", "乙"), "丙"),
    ]
    assert refusal(Proposal(shares={"乙": Liability.FULL}), apart, LAW) == "SPLIT_REQUIRED"
    pushed = replace(
        apart,
        parties=(people[0], replace(people[1], faults=()), people[2]),
        impacts=(Impact(seq=1, striking="丙", struck=("乙",)), Impact(seq=2, striking="乙", struck=("甲",))),
    )
    found = suggest(pushed, LAW)
    assert found.shares == {"甲": Liability.NONE, "乙": Liability.NONE, "丙": Liability.FULL}
    assert {pair.at_fault for pair in found.pairs} == {"丙"}


def test_what_is_not_ruled_by_video() -> None:
    plain = two(("1094",), ())
    assert suggest(replace(plain, injury=Injury.SLIGHT), LAW).result is Result.DISPATCH
    agreed = replace(plain, injury=Injury.SLIGHT, consents={"甲": True, "乙": True})
    assert suggest(agreed, LAW).result is Result.RULING
    assert suggest(replace(plain, established=False), LAW).result is Result.CERTIFICATE
    assert suggest(replace(plain, dispute=False), LAW).result is Result.SELF_NEGOTIATION
    nobody = two((), ())
    assert suggest(nobody, LAW).result is Result.REFUSE
    assert suggest(replace(nobody, reason="落石"), LAW).result is Result.NO_FAULT


@pytest.mark.parametrize(
    ("proposal", "changed", "code"),
    [
        (Proposal(shares={}, issuer=Issuer.AUXILIARY), {}, "UNQUALIFIED_ISSUER"),
        (Proposal(shares={}), {"injury": Injury.SLIGHT}, "CONSENT_MISSING"),
        (Proposal(shares={"甲": Liability.FULL}, percentage=True), {}, "PERCENTAGE"),
        (
            Proposal(shares={"甲": Liability.FULL}, document=Document.CERTIFICATE),
            {},
            "CERTIFICATE_WITH_LIABILITY",
        ),
        (Proposal(shares={"甲": Liability.EQUAL}), {"established": False}, "FORCED_SPLIT"),
        (Proposal(shares={"甲": Liability.MAIN, "乙": Liability.SECONDARY}), {}, "LIABILITY_WITHOUT_FAULT"),
        (Proposal(shares={"甲": Liability.NONE}), {}, "NO_FAULT_WITHOUT_REASON"),
        (Proposal(shares={"甲": Liability.FULL, "乙": Liability.NONE}), {}, None),
    ],
)
def test_refusals(proposal: Proposal, changed: dict[str, Any], code: str | None) -> None:
    accident = replace(two(("1094",), ()), **changed)
    assert refusal(proposal, accident, LAW) == code


def test_a_code_nobody_knows_is_refused() -> None:
    with pytest.raises(DomainError, match="unknown-fault"):
        suggest(two(("0000",), ()), LAW)


def test_the_law_of_the_day() -> None:
    following = Citation(law="道路交通安全法", article=43)
    assert LAW.in_force(following, date(2021, 4, 28))
    assert not LAW.in_force(following, date(2004, 4, 30))
    assert not LAW.in_force(Citation(law="处理程序规定", article=13, paragraph=1), date(2018, 4, 30))
    assert LAW.provision(following, date(2026, 1, 1))
    assert LAW.provision(following, date(2004, 4, 30)) is None
