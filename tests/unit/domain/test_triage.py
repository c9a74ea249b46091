"""Triage rows: the order of Arts. 15, 13, 14, 20 and 19, what is asked and what stays open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.handling import assess_rows
from console.domain.triage import (
    ARTICLE,
    SPECIAL,
    Answer,
    Branch,
    Duty,
    Flag,
    Ground,
    Movement,
    TriageFact,
    asked,
    open_facts,
)

ANSWERS = st.dictionaries(st.sampled_from(TriageFact), st.sampled_from(Answer))
HOLD = [fact for fact, article in ARTICLE.items() if article == "13"]


def all_no(**yes: bool) -> dict[TriageFact, Answer]:
    """Return every fact denied but those named."""
    return {fact: Answer.YES if yes.get(fact.name.lower()) else Answer.NO for fact in asked({})}


def test_an_ordinary_collision_goes_the_fast_way() -> None:
    result = assess_rows(all_no())
    assert result.branch is Branch.VIDEO_FAST
    assert result.movement is Movement.AFTER_EVIDENCE
    assert result.video_fast
    assert not result.dispatch
    assert result.article_numbers == ("19", "20", "23", "24")


def test_a_special_circumstance_is_no_question_and_stands_among_the_rows_once_stated() -> None:
    assert not set(SPECIAL) & set(asked({}))
    assert open_facts(all_no()) == ()
    assert asked({**all_no(), TriageFact.INTENT: Answer.YES})[-1] is TriageFact.INTENT
    late = assess_rows({**all_no(), TriageFact.BOTH_LEFT: Answer.YES})
    assert (late.branch, late.movement) == (Branch.LATE_REPORT_RECORD, Movement.NOT_APPLICABLE)
    settled = assess_rows({**all_no(), TriageFact.NO_DISPUTE: Answer.YES})
    assert (settled.branch, settled.dispatch) == (Branch.SELF_NEGOTIATION, False)
    bus = assess_rows({**all_no(), TriageFact.OVERLOADED_TRANSPORT: Answer.YES})
    assert bus.grounds == (Ground.OVERLOAD_OR_SPEED,)


@pytest.mark.parametrize("fact", [*HOLD, TriageFact.DANGEROUS_GOODS])
def test_no_special_circumstance_loosens_what_the_law_holds(fact: TriageFact) -> None:
    plain = assess_rows({**all_no(), fact: Answer.YES})
    agreed = assess_rows({**all_no(), fact: Answer.YES, TriageFact.NO_DISPUTE: Answer.YES})
    assert (agreed.branch, agreed.movement) == (plain.branch, plain.movement)


@pytest.mark.parametrize("fact", HOLD)
def test_article_13_holds_the_scene(fact: TriageFact) -> None:
    result = assess_rows({**all_no(), fact: Answer.YES})
    assert (result.branch, result.movement) == (Branch.HOLD_SCENE_DISPATCH, Movement.NO)
    assert len(result.grounds) == 1
    assert result.dispatch
    assert not result.video_fast


@pytest.mark.parametrize(
    ("facts", "requested", "branch", "movement", "articles"),
    [
        (all_no(dangerous_goods=True), False, Branch.HAZMAT_EMERGENCY, Movement.NO, {"15", "16"}),
        (
            all_no(dangerous_goods=True, injury=True),
            False,
            Branch.HAZMAT_EMERGENCY,
            Movement.NO,
            {"15", "16", "13"},
        ),
        (
            all_no(injury=True, facility_hit=True),
            True,
            Branch.HOLD_SCENE_DISPATCH,
            Movement.NO,
            {"13", "20"},
        ),
        (all_no(facility_hit=True), False, Branch.PHOTO_MOVE_REPORT, Movement.AFTER_PHOTO, {"14"}),
        (all_no(facility_hit=True), True, Branch.PHOTO_MOVE_REPORT, Movement.AFTER_PHOTO, {"14", "20"}),
        (all_no(), True, Branch.DISPATCH_ON_REQUEST, Movement.AFTER_EVIDENCE, {"20", "19"}),
        (
            all_no(outside_local_rule=True),
            False,
            Branch.EVIDENCE_MOVE_DISPATCH,
            Movement.AFTER_PHOTO,
            {"19", "17"},
        ),
        (
            all_no(outside_local_rule=True),
            True,
            Branch.DISPATCH_ON_REQUEST,
            Movement.AFTER_EVIDENCE,
            {"20", "19"},
        ),
    ],
)
def test_the_order_of_the_articles(
    facts: dict[TriageFact, Answer],
    requested: bool,
    branch: Branch,
    movement: Movement,
    articles: set[str],
) -> None:
    result = assess_rows(facts, officer_requested=requested)
    assert (result.branch, result.movement, set(result.article_numbers)) == (branch, movement, articles)
    assert (Flag.PARTY_REQUEST in result.flags) == requested


def test_how_badly_somebody_is_hurt_is_asked_only_where_somebody_is() -> None:
    assert TriageFact.SERIOUS_INJURY not in asked(all_no())
    rows = asked(all_no(injury=True))
    assert rows[:2] == (TriageFact.INJURY, TriageFact.SERIOUS_INJURY)
    assert open_facts(all_no(injury=True)) == (TriageFact.SERIOUS_INJURY,)


@pytest.mark.parametrize(
    ("consents", "branch", "ground"),
    [
        ({"a": True, "b": True}, Branch.VIDEO_FAST, Ground.ORDINARY),
        ({"a": True, "b": None}, Branch.HOLD_SCENE_DISPATCH, Ground.CONSENT_OPEN),
        ({"a": True, "b": False}, Branch.HOLD_SCENE_DISPATCH, Ground.CONSENT_REFUSED),
        ({}, Branch.HOLD_SCENE_DISPATCH, Ground.CONSENT_OPEN),
    ],
)
def test_a_slight_injury_needs_everybodys_consent(
    consents: dict[str, bool | None], branch: Branch, ground: Ground
) -> None:
    facts = {**all_no(injury=True), TriageFact.SERIOUS_INJURY: Answer.NO}
    result = assess_rows(facts, consents=consents)
    assert (result.branch, result.grounds) == (branch, (ground,))
    assert (Duty.RECORD_CONSENT_EACH in result.must) == (ground is not Ground.CONSENT_REFUSED)


def test_what_was_not_asked_is_open() -> None:
    facts = {TriageFact.INJURY: Answer.NO}
    assert assess_rows(facts).branch is Branch.VIDEO_FAST
    assert open_facts(facts) == tuple(fact for fact in asked({}) if fact is not TriageFact.INJURY)


@given(ANSWERS, st.booleans())
def test_every_answer_leads_somewhere(facts: dict[TriageFact, Answer], requested: bool) -> None:
    result = assess_rows(facts, officer_requested=requested)
    alone = {Branch.VIDEO_FAST, Branch.SELF_NEGOTIATION, Branch.LATE_REPORT_RECORD}
    assert result.dispatch == (requested or result.branch not in alone)
    assert result.video_fast == (result.branch is Branch.VIDEO_FAST)
    assert ("20" in result.article_numbers) or not requested
    assert result.grounds


@given(ANSWERS, st.booleans())
def test_nobody_is_told_to_move_under_article_13_or_15(
    facts: dict[TriageFact, Answer], requested: bool
) -> None:
    """Where everybody has left there is nothing to hold any more, and nothing to move."""
    held = any(facts.get(f) is Answer.YES for f in (*HOLD, TriageFact.DANGEROUS_GOODS))
    gone = facts.get(TriageFact.BOTH_LEFT) is Answer.YES
    movement = assess_rows(facts, officer_requested=requested).movement
    if gone and facts.get(TriageFact.DANGEROUS_GOODS) is not Answer.YES:
        assert movement is Movement.NOT_APPLICABLE
    else:
        assert (movement is Movement.NO) == held


@given(ANSWERS, st.sampled_from(asked({})), st.booleans())
def test_a_further_yes_never_opens_the_fast_way(
    facts: dict[TriageFact, Answer], fact: TriageFact, requested: bool
) -> None:
    before = assess_rows(facts, officer_requested=requested)
    after = assess_rows({**facts, fact: Answer.YES}, officer_requested=requested)
    assert after.dispatch >= before.dispatch
