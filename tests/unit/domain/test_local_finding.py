"""The city's rule in a live call: hours, place, who met and insurance are judged from the incident itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from console.domain.case_facts import local_finding
from console.domain.clock import WorkingCalendar, YearCalendar
from console.domain.evidence import AccidentForm
from console.domain.evolution import evolve
from console.domain.geo import Datum
from console.domain.ids import PartyId
from console.domain.incident import Incident
from console.domain.intake import Kinds
from console.domain.local_finding import LocalRuleApplied
from console.domain.local_rule import FLOOR, Hours, LocalRule, Need, Unmet
from console.domain.place import Whereabouts
from console.domain.triage import Answer, Branch, TriageFact
from console.domain.verification import Check, CheckItem, CheckResult, Verification, unchecked, with_checks
from tests.unit.domain.builders import PARTY_A, PARTY_B, at, incident, party

CALENDAR = WorkingCalendar(
    {2026: YearCalendar(off_days=frozenset({date(2026, 10, 1)}), work_days=frozenset({date(2026, 10, 10)}))}
)
RULE = LocalRule(
    id="city",
    name="样例市",
    source="公告",
    version="2026-01-01",
    accepts=frozenset({Kinds.MV_MV}),
    hours=(Hours(opens=time(8, 30), closes=time(17, 30)),),
    workdays_only=True,
    area="样例市",
    expressway=False,
    needs=frozenset({Need.COMPULSORY_INSURANCE, Need.MOVABLE}),
)


def insurance(who: PartyId, result: CheckResult) -> Verification:
    return with_checks(unchecked(who), (Check(item=CheckItem.INSURANCE, result=result),))


def known(opened_at: datetime = datetime(2026, 11, 23, 6, 30, tzinfo=UTC), road_type: str = "22") -> Incident:
    """An incident of two insured cars in the city, on a Monday at half past two in Shanghai."""
    return replace(
        incident(),
        opened_at=opened_at,
        facts=dict.fromkeys(set(TriageFact) - {TriageFact.OUTSIDE_LOCAL_RULE}, Answer.NO),
        parties=(party(PARTY_A, "甲"), party(PARTY_B, "乙")),
        whereabouts=(
            Whereabouts(datum=Datum.GCJ02, unit="一大队", served=True, road="测试路", road_type=road_type),
        ),
        verifications=tuple(insurance(who, CheckResult.VERIFIED) for who in (PARTY_A, PARTY_B)),
    )


def test_what_fits_is_answered_with_its_version() -> None:
    found = local_finding(known(), RULE, CALENDAR)
    assert (found.answer, found.unmet, found.open) == (Answer.NO, (), ())
    assert (found.rule, found.version) == ("city", "2026-01-01")


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (known(datetime(2026, 11, 23, 9, 31, tzinfo=UTC)), Unmet.HOURS),
        (known(datetime(2026, 11, 22, 17, 0, tzinfo=UTC)), Unmet.HOURS),
        (known(datetime(2026, 11, 22, 2, 0, tzinfo=UTC)), Unmet.WORKDAY),
        (known(datetime(2026, 10, 1, 2, 0, tzinfo=UTC)), Unmet.WORKDAY),
        (known(road_type="10"), Unmet.EXPRESSWAY),
        (replace(known(), whereabouts=(Whereabouts(datum=Datum.GCJ02, road_type="22"),)), Unmet.AREA),
        (replace(known(), form=AccidentForm.SINGLE_VEHICLE), Unmet.KINDS),
        (replace(known(), facts={**known().facts, TriageFact.IMMOVABLE: Answer.YES}), Unmet.MOVABLE),
        (
            replace(
                known(),
                verifications=(insurance(PARTY_A, CheckResult.NOT_FOUND),),
            ),
            Unmet.INSURANCE,
        ),
    ],
)
def test_what_does_not_fit_is_named(seen: Incident, reason: Unmet) -> None:
    found = local_finding(seen, RULE, CALENDAR)
    assert found.answer is Answer.YES
    assert reason in found.unmet


def test_a_make_up_saturday_is_a_workday() -> None:
    saturday = known(datetime(2026, 10, 10, 2, 0, tzinfo=UTC))
    assert local_finding(saturday, RULE, CALENDAR).answer is Answer.NO


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (replace(known(), whereabouts=()), Unmet.AREA),
        (replace(known(), verifications=()), Unmet.INSURANCE),
        (replace(known(), facts={}), Unmet.MOVABLE),
        (known(datetime(2031, 3, 3, 2, 0, tzinfo=UTC)), Unmet.WORKDAY),
    ],
)
def test_what_nobody_knows_is_left_open(seen: Incident, reason: Unmet) -> None:
    found = local_finding(seen, RULE, CALENDAR)
    assert (found.answer, reason in found.open, found.unmet) == (Answer.UNKNOWN, True, ())


def test_readings_that_disagree_leave_the_area_open() -> None:
    inside = known().whereabouts[0]
    outside = replace(inside, datum=Datum.WGS84, served=False)
    found = local_finding(replace(known(), whereabouts=(inside, outside)), RULE, CALENDAR)
    assert Unmet.AREA in found.open


def test_the_floor_asks_nothing_of_place_or_time() -> None:
    assert local_finding(incident(), FLOOR, CALENDAR).answer is Answer.NO


def test_the_row_follows_the_rule_and_a_person_answers_only_what_it_leaves_open() -> None:
    late = known(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    applied = LocalRuleApplied(finding=local_finding(late, RULE, CALENDAR))
    judged = evolve(late, applied, at(5), "service", late.version + 1)
    assert judged.open_facts == ()
    assert judged.settled_at == at(5)
    assert judged.assessment.branch is Branch.EVIDENCE_MOVE_DISPATCH
    unsure = replace(late, facts={**late.facts, TriageFact.OUTSIDE_LOCAL_RULE: Answer.NO}, whereabouts=())
    open_rule = LocalRuleApplied(finding=local_finding(unsure, replace(RULE, hours=()), CALENDAR))
    assert evolve(unsure, open_rule, at(5), "service", 9).assessment.branch is Branch.VIDEO_FAST
