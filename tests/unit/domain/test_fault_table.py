"""Citations that fit the road, and the law's words for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.fault_table import CitationChoice, FaultKind, checked
from console.domain.road import RoadControl, road_controls
from console.domain.ruling import Citation, Fault, Liability, PartyRuling, Ruling, RulingProblem
from console.domain.wording import citation_text, numeral, provision
from tests.unit.domain.builders import PARTY_B, ruling

WITH_LIGHTS = Citation(law="实施条例", article=51, item=7)
WITHOUT = Citation(law="实施条例", article=52, item=3)
TURNING = FaultKind(
    code="1313",
    name="转弯未让直行",
    applies_to="motor",
    role="priority",
    citations=(
        CitationChoice(citation=WITH_LIGHTS, controls=(RoadControl.SIGNAL,), when="无方向指示信号灯时"),
        CitationChoice(citation=WITHOUT, controls=(RoadControl.NONE, RoadControl.SIGN)),
    ),
)
TABLE = {TURNING.code: TURNING}


@pytest.mark.parametrize(
    ("junction", "control", "held"),
    [
        ("12", "3", {RoadControl.SIGNAL}),
        ("12", "1", {RoadControl.NONE}),
        ("11", "4", {RoadControl.SIGN}),
        ("13", "5", {RoadControl.SIGN}),
        ("14", "1", {RoadControl.NONE, RoadControl.ROUNDABOUT}),
        ("14", "3", {RoadControl.SIGNAL, RoadControl.ROUNDABOUT}),
        ("21", "1", {RoadControl.SECTION}),
        ("21", "3", {RoadControl.SIGNAL}),
        ("12", "2", set()),
        ("12", "6", set()),
        ("12", "", set()),
        ("", "3", {RoadControl.SIGNAL}),
    ],
)
def test_what_holds_at_a_place(junction: str, control: str, held: set[RoadControl]) -> None:
    assert road_controls(junction, control) == held


def turning(citation: Citation, junction: str, control: str, code: str = "1313") -> Ruling:
    """Return a ruling with one fault, whose name is the client's own."""
    fault = Fault(code=code, name="别的名字", citation=citation)
    party = PartyRuling(party_id=PARTY_B, faults=(fault,), liability=Liability.FULL)
    return replace(ruling(), junction=junction, control=control, parties=(party,))


@pytest.mark.parametrize(
    ("citation", "control", "fits"),
    [
        (WITH_LIGHTS, "3", True),
        (WITH_LIGHTS, "1", False),
        (WITHOUT, "1", True),
        (WITHOUT, "4", True),
        (WITHOUT, "3", False),
        (WITH_LIGHTS, "2", True),
        (WITHOUT, "", True),
    ],
)
def test_the_same_conduct_breaches_another_article_with_lights(
    citation: Citation, control: str, fits: bool
) -> None:
    reworded, found = checked(turning(citation, "12", control), TABLE)
    assert found == (() if fits else (RulingProblem(code="CITATION_NOT_FITTING", party_id=PARTY_B),))
    assert reworded.parties[0].faults[0].name == ("转弯未让直行" if fits else "别的名字")


def test_a_code_that_nobody_knows_stays_as_it_was() -> None:
    drafted = turning(WITHOUT, "12", "1", code="0000")
    assert checked(drafted, TABLE) == (drafted, (RulingProblem(code="UNKNOWN_FAULT", party_id=PARTY_B),))


def test_checking_twice_changes_nothing_more() -> None:
    once, _ = checked(turning(WITHOUT, "12", "1"), TABLE)
    assert checked(once, TABLE) == (once, ())


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (43, "四十三"),
        (90, "九十"),
        (100, "一百"),
        (107, "一百零七"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (999, "九百九十九"),
    ],
)
def test_numbers_of_articles(number: int, words: str) -> None:
    assert numeral(number) == words


@given(st.integers(1, 999), st.integers(1, 999))
def test_no_two_articles_look_the_same(one: int, other: int) -> None:
    assert (numeral(one) == numeral(other)) == (one == other)


def test_a_provision_in_full() -> None:
    cited = Citation(law="实施条例", article=38, paragraph=1, item=1)
    assert provision(cited) == "第三十八条第一款第（一）项"
    assert citation_text(cited) == "《中华人民共和国道路交通安全法实施条例》第三十八条第一款第（一）项"
    local = Citation(law="样例市道路交通安全条例", article=48)
    assert citation_text(local) == "《样例市道路交通安全条例》第四十八条"
