"""Triage: the order of Arts. 15, 13, 14, 20 and 19, and what stays open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.triage import ARTICLE, Answer, Branch, Movement, TriageFact, assess

ANSWERS = st.dictionaries(st.sampled_from(TriageFact), st.sampled_from(Answer))
HOLD = [fact for fact, article in ARTICLE.items() if article == "13"]


def all_no(**yes: bool) -> dict[TriageFact, Answer]:
    """Return every fact denied but those named."""
    return {fact: Answer.YES if yes.get(fact.name.lower()) else Answer.NO for fact in TriageFact}


def test_an_ordinary_collision_goes_the_fast_way() -> None:
    result = assess(all_no(), officer_requested=False)
    assert result.branch is Branch.VIDEO_FAST
    assert result.movement is Movement.AFTER_EVIDENCE
    assert result.ruling_allowed
    assert not result.dispatch
    assert result.articles == ("19", "20", "23", "24")
    assert result.open_facts == ()


@pytest.mark.parametrize("fact", HOLD)
def test_article_13_holds_the_scene(fact: TriageFact) -> None:
    result = assess({**all_no(), fact: Answer.YES}, officer_requested=False)
    assert (result.branch, result.movement, result.because) == (
        Branch.HOLD_SCENE_DISPATCH,
        Movement.NO,
        (fact,),
    )
    assert result.dispatch
    assert not result.ruling_allowed


@pytest.mark.parametrize(
    ("facts", "requested", "branch", "movement", "articles"),
    [
        (all_no(dangerous_goods=True), False, Branch.HAZMAT_EMERGENCY, Movement.NO, ("15",)),
        (
            all_no(dangerous_goods=True, injury=True),
            False,
            Branch.HAZMAT_EMERGENCY,
            Movement.NO,
            ("15", "13"),
        ),
        (
            all_no(injury=True, facility_hit=True),
            True,
            Branch.HOLD_SCENE_DISPATCH,
            Movement.NO,
            ("13", "20"),
        ),
        (all_no(facility_hit=True), False, Branch.PHOTO_MOVE_REPORT, Movement.AFTER_PHOTO, ("14",)),
        (all_no(facility_hit=True), True, Branch.PHOTO_MOVE_REPORT, Movement.AFTER_PHOTO, ("14", "20")),
        (all_no(), True, Branch.DISPATCH_ON_REQUEST, Movement.AFTER_EVIDENCE, ("20", "19")),
        (
            all_no(outside_local_rule=True),
            False,
            Branch.EVIDENCE_MOVE_DISPATCH,
            Movement.AFTER_EVIDENCE,
            ("19",),
        ),
        (
            all_no(outside_local_rule=True),
            True,
            Branch.DISPATCH_ON_REQUEST,
            Movement.AFTER_EVIDENCE,
            ("20", "19"),
        ),
    ],
)
def test_the_order_of_the_articles(
    facts: dict[TriageFact, Answer],
    requested: bool,
    branch: Branch,
    movement: Movement,
    articles: tuple[str, ...],
) -> None:
    result = assess(facts, officer_requested=requested)
    assert (result.branch, result.movement, result.articles) == (branch, movement, articles)


def test_what_was_not_asked_is_open() -> None:
    result = assess({TriageFact.INJURY: Answer.NO}, officer_requested=False)
    assert result.branch is Branch.VIDEO_FAST
    assert result.open_facts == tuple(fact for fact in TriageFact if fact is not TriageFact.INJURY)


@given(ANSWERS, st.booleans())
def test_every_answer_leads_somewhere(facts: dict[TriageFact, Answer], requested: bool) -> None:
    result = assess(facts, officer_requested=requested)
    assert result.dispatch == (result.branch is not Branch.VIDEO_FAST)
    assert result.ruling_allowed == (result.branch is Branch.VIDEO_FAST)
    assert ("20" in result.articles) or not requested
    assert set(result.open_facts) == {f for f in TriageFact if facts.get(f, Answer.UNKNOWN) is Answer.UNKNOWN}
    assert all(facts[fact] is Answer.YES for fact in result.because)


@given(ANSWERS, st.booleans())
def test_nobody_is_told_to_move_under_article_13_or_15(
    facts: dict[TriageFact, Answer], requested: bool
) -> None:
    held = any(facts.get(f) is Answer.YES for f in (*HOLD, TriageFact.DANGEROUS_GOODS))
    assert (assess(facts, officer_requested=requested).movement is Movement.NO) == held


@given(ANSWERS, st.sampled_from(TriageFact), st.booleans())
def test_a_further_yes_never_opens_the_fast_way(
    facts: dict[TriageFact, Answer], fact: TriageFact, requested: bool
) -> None:
    before = assess(facts, officer_requested=requested)
    after = assess({**facts, fact: Answer.YES}, officer_requested=requested)
    assert after.dispatch >= before.dispatch
