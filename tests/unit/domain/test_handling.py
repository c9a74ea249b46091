"""Handling: the full intake, local rules by hour, season and workday, and words that never contradict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clock import SHANGHAI, WorkingCalendar, YearCalendar
from console.domain.errors import DomainError
from console.domain.handling import assess
from console.domain.intake import Facility, Hazmat, Injury, Inspection, Intake, Kinds, Licence, Plates
from console.domain.local_rule import FLOOR, Hours, LocalRule, Need, Season, Unmet, unmet
from console.domain.triage import Assessment, Ban, Branch, Duty, Flag, Movement
from tests.unit.domain.intakes import intakes

CALENDAR = WorkingCalendar({2025: YearCalendar(off_days=frozenset(), work_days=frozenset())})
NOON = datetime(2025, 3, 6, 12, 0, tzinfo=SHANGHAI)
SUMMER = {"summer": Season(first=(5, 1), last=(9, 30)), "winter": Season(first=(10, 1), last=(4, 30))}
CITY = replace(
    FLOOR,
    id="sample",
    hours=(
        Hours(opens=time(10), closes=time(20), season="summer"),
        Hours(opens=time(10), closes=time(19), season="winter"),
    ),
    seasons=SUMMER,
    accepts=frozenset({Kinds.MV_MV, Kinds.MV_NMV, Kinds.SINGLE}),
    area="市区",
    expressway=False,
    needs=frozenset(Need),
    damage_cap_yuan=2000,
    low_visibility_closes=True,
)
INTAKES = intakes(
    call_at=st.datetimes(datetime(2025, 1, 1), datetime(2025, 12, 31)).map(lambda d: d.replace(tzinfo=UTC))
)


def run(**facts: Any) -> Assessment:
    """Return the road of an ordinary collision at noon but for these facts, by the ministry's rules."""
    ordinary = Intake(call_at=NOON, dispute=True)
    return assess(replace(ordinary, **facts), FLOOR, CALENDAR)


@given(INTAKES, st.sampled_from([FLOOR, CITY]))
def test_nobody_is_told_both_to_move_and_to_stay(intake: Intake, rule: LocalRule) -> None:
    found = assess(intake, rule, CALENDAR)
    told_to_move = found.movement in {Movement.AFTER_PHOTO, Movement.AFTER_EVIDENCE, Movement.LEAVE_NOW}
    assert not (told_to_move and Ban.INSTRUCT_MOVE in found.must_not)
    assert not (found.movement is Movement.NO and Ban.INSTRUCT_HOLD in found.must_not)
    assert not {Ban.INSTRUCT_MOVE, Ban.INSTRUCT_HOLD} <= set(found.must_not)
    assert not (found.movement is Movement.LEAVE_NOW and Ban.LET_LEAVE in found.must_not)
    assert not (found.video_fast and Ban.VIDEO_FAST in found.must_not)
    assert found.video_fast == (found.branch is Branch.VIDEO_FAST)


@given(INTAKES)
def test_a_request_always_sends_an_officer_and_never_loosens_the_scene(intake: Intake) -> None:
    quiet = assess(replace(intake, request_officer=False), FLOOR, CALENDAR)
    loud = assess(replace(intake, request_officer=True), FLOOR, CALENDAR)
    assert loud.dispatch
    assert not loud.video_fast
    assert Flag.PARTY_REQUEST in loud.flags
    assert (loud.movement is Movement.NO) == (quiet.movement is Movement.NO)


@given(INTAKES)
def test_a_person_hurt_is_never_settled_by_video_without_everybodys_consent(intake: Intake) -> None:
    if assess(intake, FLOOR, CALENDAR).video_fast:
        assert intake.injury in {Injury.NONE, Injury.SLIGHT}
        assert intake.injury is Injury.NONE or intake.everyone_consents


@given(INTAKES, st.integers(-12, 14))
def test_the_same_moment_in_another_zone_is_the_same_case(intake: Intake, hours: int) -> None:
    assert intake.call_at is not None
    moved = intake.call_at.astimezone(timezone(timedelta(hours=hours)))
    assert assess(replace(intake, call_at=moved), CITY, CALENDAR) == assess(intake, CITY, CALENDAR)


@pytest.mark.parametrize(
    ("facts", "branch", "movement"),
    [
        ({"facility_hit": Facility.POWER_POLE}, Branch.PHOTO_MOVE_REPORT, Movement.AFTER_PHOTO),
        ({"inspection": Inspection.EXPIRED}, Branch.PHOTO_MOVE_REPORT, Movement.AFTER_PHOTO),
        ({"hazmat": Hazmat.EMPTY_UNCLEANED}, Branch.HAZMAT_EMERGENCY, Movement.NO),
        ({"both_left": True}, Branch.LATE_REPORT_RECORD, Movement.NOT_APPLICABLE),
        ({"dispute": False}, Branch.SELF_NEGOTIATION, Movement.AFTER_PHOTO),
        ({"dispute": False, "kinds": Kinds.NMV_NMV}, Branch.SELF_NEGOTIATION, Movement.LEAVE_NOW),
        ({"plates": Plates.MILITARY}, Branch.VIDEO_FAST, Movement.AFTER_EVIDENCE),
        ({"plates": Plates.TEMPORARY_VALID}, Branch.VIDEO_FAST, Movement.AFTER_EVIDENCE),
        ({"plates": Plates.EMBASSY}, Branch.EVIDENCE_MOVE_DISPATCH, Movement.AFTER_PHOTO),
        ({"licence": Licence.VALID_NOT_CARRIED}, Branch.VIDEO_FAST, Movement.AFTER_EVIDENCE),
        ({"use_nature": "tour_coach", "overload_suspicion": True}, Branch.HOLD_SCENE_DISPATCH, Movement.NO),
        ({"use_nature": "private", "overload_suspicion": True}, Branch.VIDEO_FAST, Movement.AFTER_EVIDENCE),
        (
            {"policy_start": NOON, "accident_at": NOON - timedelta(hours=1)},
            Branch.PHOTO_MOVE_REPORT,
            Movement.AFTER_PHOTO,
        ),
    ],
)
def test_single_facts(facts: dict[str, Any], branch: Branch, movement: Movement) -> None:
    found = run(**facts)
    assert (found.branch, found.movement) == (branch, movement)


def test_what_a_fact_brings_along() -> None:
    assert Duty.CANCEL_EVACUATE in run(injury=Injury.SLIGHT, injury_reported_at=NOON).must
    assert Flag.WARN_FINE_200 in run(refuse_move=True, jam=True).flags
    assert Duty.DO_NOT_ALERT_ON_SHARED_SCREEN in run(plates=Plates.SUSPECTED_FORGED).must
    assert Flag.CHILDREN_ON_BOARD in run(use_nature="school_bus").flags
    assert Duty.PROVIDE_INTERPRETER_OR_WRITTEN_WAIVER in run(nationality="foreign").must
    assert Flag.INTERPRETER in run(party_language="en").flags
    assert Flag.INTERPRETER not in run(party_language="zh-CN").flags


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"call_at": datetime(2025, 7, 1, 19, 30, tzinfo=SHANGHAI)}, None),
        ({"call_at": datetime(2025, 1, 2, 19, 30, tzinfo=SHANGHAI)}, Unmet.HOURS),
        ({"call_at": datetime(2025, 1, 2, 11, 0, tzinfo=UTC)}, None),
        ({"call_at": datetime(2025, 1, 2, 11, 1, tzinfo=UTC)}, Unmet.HOURS),
        ({"area": "out"}, Unmet.AREA),
        ({"road_type": "10"}, Unmet.EXPRESSWAY),
        ({"kinds": Kinds.MV_PED}, Unmet.KINDS),
        ({"damage_yuan": 2000.0}, None),
        ({"damage_yuan": 2000.5}, Unmet.DAMAGE),
        ({"weather": "5"}, Unmet.VISIBILITY),
        ({"kinds": Kinds.SINGLE}, Unmet.OWNER_ABSENT),
        ({"kinds": Kinds.SINGLE, "property_owner_present": True}, None),
        ({"kinds": Kinds.MV_NMV, "injury": Injury.SLIGHT}, Unmet.MV_NOT_LIABLE),
        ({"kinds": Kinds.MV_NMV, "injury": Injury.SLIGHT, "mv_liable": True}, None),
        ({"outside_local_rule": True}, Unmet.STATED),
    ],
)
def test_what_a_city_does_not_settle_by_video(facts: dict[str, Any], reason: Unmet | None) -> None:
    intake = replace(Intake(call_at=NOON), **facts)
    assert unmet(CITY, intake, CALENDAR) == (() if reason is None else (reason,))


def test_workdays_need_a_calendar() -> None:
    workdays = replace(FLOOR, workdays_only=True)
    sunday = Intake(call_at=datetime(2025, 3, 9, 12, 0, tzinfo=SHANGHAI))
    assert unmet(workdays, sunday, CALENDAR) == (Unmet.WORKDAY,)
    with pytest.raises(DomainError, match="calendar-missing"):
        unmet(workdays, Intake(call_at=datetime(2027, 3, 9, 12, 0, tzinfo=SHANGHAI)), CALENDAR)


def _when(intake: Intake, found: Assessment) -> Iterator[tuple[bool, bool]]:
    """Each word of the vocabulary that the facts alone decide: whether it is there, whether it must be."""
    hazmat = intake.hazmat is not Hazmat.NONE
    late = found.branch is Branch.LATE_REPORT_RECORD
    pole = intake.facility_hit is Facility.POWER_POLE
    silent = intake.plates in {Plates.SUSPECTED_FORGED, Plates.BELONGS_TO_OTHER_VEHICLE}
    leaves = found.movement in {Movement.AFTER_PHOTO, Movement.AFTER_EVIDENCE, Movement.LEAVE_NOW}
    yield Duty.ASK_HAZMAT_KIND in found.must, hazmat
    yield Duty.ASK_LEAK in found.must, hazmat
    yield Ban.VIDEO_FAST in found.must_not, hazmat
    yield Ban.INSTRUCT_APPROACH in found.must_not, hazmat or pole
    yield Flag.ELECTRIC_HAZARD in found.flags, pole
    yield Flag.NOTIFY_UTILITY in found.flags, pole
    yield Flag.DEADLINE_3_WORKING_DAYS in found.flags, late
    yield Flag.MILITARY_NOTIFY in found.flags, intake.plates is Plates.MILITARY
    yield Flag.DIPLOMATIC in found.flags, intake.plates is Plates.EMBASSY
    yield Flag.SUPERVISOR in found.flags, intake.plates is Plates.EMBASSY
    yield Duty.VERIFY_TEMP_PLATE_VALIDITY in found.must, intake.plates is Plates.TEMPORARY_VALID
    yield Flag.SILENT_ALERT in found.flags, silent and not late
    yield Duty.DO_NOT_ALERT_ON_SHARED_SCREEN in found.must, silent and not late
    yield Flag.TOW in found.flags, not intake.movable and not late
    yield Flag.POSSIBLE_ESCAPE in found.flags, intake.left_scene and not late
    yield Flag.ASK_VEHICLE_FEATURES in found.flags, intake.left_scene and not late
    yield Flag.MINOR in found.flags, intake.minor
    yield Duty.GUARDIAN_CONSENT in found.must, intake.minor
    yield Flag.EXPRESSWAY_SAFETY in found.flags, intake.on_expressway
    yield Flag.TRANSFER_EXPRESSWAY_POLICE in found.flags, intake.on_expressway
    yield Flag.ORDER_EVACUATE in found.flags, intake.refuse_move and leaves
    yield Flag.WARN_FINE_200 in found.flags, intake.refuse_move and intake.jam and leaves
    yield Ban.INSTRUCT_MOVE in found.must_not, found.branch is Branch.HOLD_SCENE_DISPATCH
    yield Ban.INSTRUCT_HOLD in found.must_not, found.branch is Branch.PHOTO_MOVE_REPORT


@given(INTAKES, st.sampled_from([FLOOR, CITY]))
def test_each_word_is_said_exactly_when_its_facts_hold(intake: Intake, rule: LocalRule) -> None:
    found = assess(intake, rule, CALENDAR)
    assert [said for said, _wanted in _when(intake, found)] == [
        wanted for _said, wanted in _when(intake, found)
    ]


@given(INTAKES)
def test_words_about_the_hurt(intake: Intake) -> None:
    found = assess(intake, FLOOR, CALENDAR)
    assert (Duty.CALL_120 in found.must) == (intake.injury is Injury.SERIOUS)
    if intake.injury is Injury.UNKNOWN:
        assert Duty.ASK_INJURY in found.must
    if intake.injury is Injury.NONE:
        assert not {Duty.ASK_INJURY, Duty.RECORD_CONSENT_EACH, Duty.CALL_120} & set(found.must)
    elif found.video_fast:
        assert Duty.RECORD_CONSENT_EACH in found.must


def test_an_evacuation_is_called_back_only_where_the_scene_now_stands() -> None:
    agreed = {"A": True, "B": True}
    assert Duty.CANCEL_EVACUATE in run(injury=Injury.UNKNOWN, injury_reported_at=NOON).must
    settled = run(injury=Injury.SLIGHT, injury_reported_at=NOON, consent_simple=agreed)
    assert Flag.RETRIAGE in settled.flags
    assert Duty.CANCEL_EVACUATE not in settled.must


def test_an_expressway_of_which_the_notice_is_silent_is_no_video_case() -> None:
    found = run(road_type="10")
    assert (found.branch, found.dispatch) == (Branch.EVIDENCE_MOVE_DISPATCH, True)
