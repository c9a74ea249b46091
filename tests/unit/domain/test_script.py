"""Scripts of the roads: nobody is told both to move and to stay, and a suspicion is told to nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.handling import assess
from console.domain.intake import Facility, Hazmat, Injury, Intake, Licence, Plates
from console.domain.local_rule import LocalRule
from console.domain.script import PublicReason, Says, public_reasons, spoken
from console.domain.triage import Ban, Branch, Duty, Flag, Movement
from console.service.rules import load_rules
from console.service.settings import RESOURCES
from tests.unit.domain.intakes import intakes

RULES = load_rules(RESOURCES / "rules")
SCRIPTS = RULES.scripts
INTAKES = intakes()


@given(INTAKES, st.sampled_from(sorted(RULES.local_rules)))
@settings(max_examples=400, deadline=None)
def test_no_road_tells_a_party_both_to_move_and_to_stay(intake: Intake, rule: str) -> None:
    found = assess(intake, RULES.local_rules[rule], RULES.calendar)
    said = {line.says for line in spoken(SCRIPTS, found)}
    assert said, found.branch
    assert not {Says.MOVE, Says.STAY} <= said
    if Ban.INSTRUCT_MOVE in found.must_not or found.movement is Movement.NO:
        assert Says.MOVE not in said
    if Ban.INSTRUCT_HOLD in found.must_not:
        assert Says.STAY not in said
    if found.movement not in {Movement.NO, Movement.NOT_APPLICABLE}:
        assert Says.MOVE in said


@given(INTAKES)
@settings(max_examples=200, deadline=None)
def test_a_suspicion_is_never_named_to_a_party(intake: Intake) -> None:
    plain: LocalRule = RULES.local_rules["national"]
    told = public_reasons(assess(intake, plain, RULES.calendar))
    assert told
    clean = replace(
        intake,
        plates=Plates.OK,
        licence=Licence.OK,
        alcohol_drug_suspicion=False,
        driver_swap_suspicion=False,
        left_scene=False,
    )
    named = set(told) - {PublicReason.ON_SITE}
    assert named <= set(PublicReason)
    if PublicReason.ON_SITE not in told and intake.hazmat is Hazmat.NONE and not intake.both_left:
        assert public_reasons(assess(clean, plain, RULES.calendar)) == told


def test_every_road_has_a_script_and_every_condition_is_one_of_triage() -> None:
    assert {script.branch for script in SCRIPTS} == set(Branch)
    known = {*(flag.value for flag in Flag), *(duty.value for duty in Duty), ""}
    assert {line.only for script in SCRIPTS for line in script.lines} <= known


@pytest.mark.parametrize(
    ("intake", "words"),
    [
        (Intake(injury=Injury.SERIOUS), "120"),
        (Intake(injury=Injury.SLIGHT), "逐一记录"),
        (Intake(both_left=True), "三个工作日"),
        (Intake(hazmat=Hazmat.LOADED), "上风向"),
        (Intake(request_officer=True), "要求民警到场"),
        (Intake(facility_hit=Facility.POWER_POLE), "不要碰车和电线"),
    ],
)
def test_what_is_said(intake: Intake, words: str) -> None:
    found = assess(intake, RULES.local_rules["national"], RULES.calendar)
    assert words in "".join(line.text for line in spoken(SCRIPTS, found))
