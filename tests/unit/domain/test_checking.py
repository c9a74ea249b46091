"""Comparisons with registry records: what each finding says and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from console.domain.checking import Answer, Answers, NoAnswer, basis, judge, missing
from console.domain.clock import SHANGHAI
from console.domain.comparing import Stated, same_colour, same_name, same_plate
from console.domain.registry import (
    LicenceRecord,
    PersonRecord,
    PolicyRecord,
    SilentCode,
    VehicleRecord,
    silent_codes,
)
from console.domain.suggestion import Suggestion, suggested_facts
from console.domain.triage import Answer as Said
from console.domain.triage import TriageFact
from console.domain.verification import (
    Check,
    CheckItem,
    CheckResult,
    Field,
    Seen,
    Source,
    Verdict,
    unchecked,
    with_checks,
)
from tests.unit.domain.builders import PARTY_A, PARTY_B, T0

ID = "000138198403125838"
PERSON = PersonRecord(
    id_number=ID, name="示例一", sex="男", birth_date=date(1984, 3, 12), address="样例市演示区"
)
LICENCE = LicenceRecord(
    licence_number=ID,
    name="示例一",
    classes=("C1",),
    status="A",
    first_issue_date=date(2006, 3, 12),
    valid_from=date(2022, 3, 12),
    valid_to=date(2032, 3, 12),
)
VEHICLE = VehicleRecord(
    plate="测A12345",
    plate_kind="02",
    vehicle_type="小型轿车",
    use_nature="非营运",
    colour="白",
    model="示范牌轿车",
    vin="0ETH8571XPG803715",
    engine_number="0000001",
    owner="示例一",
    register_date=date(2020, 5, 6),
    inspected_until=date(2027, 5, 31),
    status="A",
)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SHANGHAI)
POLICY = PolicyRecord(
    policy_number="YL0001",
    plate="测A12345",
    plate_kind="02",
    insurer="样例财险",
    insured="示例一",
    claim_phone="10000095500",
    valid_from=NOON - timedelta(days=100),
    valid_to=NOON + timedelta(days=265),
)
ANSWERS = Answers(
    persons=Answer(records=(PERSON,), at=T0),
    licences=Answer(records=(LICENCE,), at=T0),
    vehicles=Answer(records=(VEHICLE,), at=T0),
    policies=Answer(records=(POLICY,), at=T0),
)
KNOWN: Stated = {
    field: Seen(text=text)
    for field, text in {
        Field.NAME: "示例一",
        Field.ID_NUMBER: ID,
        Field.PLATE: "测A·12345",
        Field.COLOUR: "白色",
        Field.VEHICLE_TYPE: "轿车",
    }.items()
}


def found(item: CheckItem, known: Stated = KNOWN, answers: Answers = ANSWERS) -> Check:
    return judge(item, known, answers, NOON)


def seen(**more: str) -> Stated:
    return {**KNOWN, **{Field[name.upper()]: Seen(text=text) for name, text in more.items()}}


def of_vehicle(vehicle: VehicleRecord) -> Answers:
    return replace(ANSWERS, vehicles=Answer(records=(vehicle,), at=T0))


def test_everything_agrees() -> None:
    for item in set(CheckItem) - {CheckItem.FACE}:
        check = found(item)
        assert (check.result, check.reason, check.at) == (CheckResult.VERIFIED, "", T0), item
    assert found(CheckItem.LICENCE_CLASS).source is Source.RULE


def test_a_cloned_plate_differs_in_colour_and_type() -> None:
    check = found(
        CheckItem.VEHICLE, answers=of_vehicle(replace(VEHICLE, colour="蓝", vehicle_type="小型普通客车"))
    )
    assert (check.result, check.reason) == (CheckResult.MISMATCH, "colour-differs")
    verdicts = {row.field: row.verdict for row in check.comparisons}
    assert verdicts[Field.PLATE] is Verdict.AGREES
    assert verdicts[Field.COLOUR] is Verdict.DIFFERS
    assert verdicts[Field.VEHICLE_TYPE] is Verdict.DIFFERS
    assert verdicts[Field.OWNER] is Verdict.NOT_SEEN


def test_a_vehicle_of_which_nothing_was_seen_is_not_verified() -> None:
    known = {field: KNOWN[field] for field in (Field.PLATE, Field.ID_NUMBER)}
    check = found(CheckItem.VEHICLE, known)
    assert (check.result, check.reason) == (CheckResult.WAITING, "not-compared")
    assert check.comparison(Field.COLOUR) is not None


@pytest.mark.parametrize(
    ("vin", "verdict"),
    [("803715", Verdict.AGREES), ("8037??", Verdict.UNREADABLE), ("8137??", Verdict.DIFFERS)],
)
def test_characters_that_could_not_be_read_are_never_guessed(vin: str, verdict: Verdict) -> None:
    check = found(CheckItem.VEHICLE, seen(vin=vin))
    row = check.comparison(Field.VIN)
    assert row is not None
    assert row.verdict is verdict
    assert (check.result is CheckResult.VERIFIED) is (verdict is Verdict.AGREES)


def test_the_same_text_under_two_kinds_of_plate() -> None:
    other = replace(VEHICLE, plate_kind="01", vehicle_type="重型普通货车", colour="红")
    answers = replace(
        ANSWERS,
        vehicles=Answer(records=(VEHICLE, other), at=T0),
        policies=Answer(records=(POLICY, replace(POLICY, plate_kind="01")), at=T0),
    )
    for item in (CheckItem.VEHICLE, CheckItem.INSPECTION, CheckItem.INSURANCE):
        check = found(item, answers=answers)
        assert (check.result, check.reason) == (CheckResult.WAITING, "plate-kind-ambiguous"), item
        assert check.comparisons[0].registered == "01 02"
        assert found(item, seen(plate_kind="02"), answers).result is CheckResult.VERIFIED
    assert found(CheckItem.LICENCE_CLASS, seen(plate_kind="01"), answers).result is CheckResult.MISMATCH


@pytest.mark.parametrize(
    ("status", "result", "reason"),
    [
        ("A", CheckResult.VERIFIED, ""),
        ("HI", CheckResult.VERIFIED, ""),
        ("F", CheckResult.MISMATCH, "licence-status-differs"),
        ("BH", CheckResult.MISMATCH, "licence-status-differs"),
        ("M", CheckResult.MISMATCH, "licence-status-expired"),
        ("HM", CheckResult.MISMATCH, "licence-status-expired"),
    ],
)
def test_licence_letters_are_a_set(status: str, result: CheckResult, reason: str) -> None:
    answers = replace(ANSWERS, licences=Answer(records=(replace(LICENCE, status=status),), at=T0))
    check = found(CheckItem.LICENCE, answers=answers)
    assert (check.result, check.reason) == (result, reason)


@pytest.mark.parametrize(
    ("valid_to", "verdict"),
    [
        (None, Verdict.AGREES),
        (date(2026, 11, 24), Verdict.AGREES),
        (date(2026, 11, 23), Verdict.EXPIRED),
    ],
)
def test_a_licence_runs_through_its_last_day(valid_to: date | None, verdict: Verdict) -> None:
    answers = replace(ANSWERS, licences=Answer(records=(replace(LICENCE, valid_to=valid_to),), at=T0))
    row = found(CheckItem.LICENCE, answers=answers).comparison(Field.LICENCE_PERIOD)
    assert row is not None
    assert row.verdict is verdict
    assert row.registered.endswith("长期" if valid_to is None else valid_to.isoformat())


@pytest.mark.parametrize(
    ("shift", "result"),
    [
        (timedelta(0), CheckResult.VERIFIED),
        (timedelta(minutes=1), CheckResult.MISMATCH),
        (timedelta(minutes=-1), CheckResult.VERIFIED),
    ],
)
def test_insurance_begins_at_its_very_minute(shift: timedelta, result: CheckResult) -> None:
    policy = replace(POLICY, valid_from=NOON + shift)
    answers = replace(ANSWERS, policies=Answer(records=(policy,), at=T0))
    assert found(CheckItem.INSURANCE, answers=answers).result is result


def test_insurance_ends_before_its_last_minute() -> None:
    ended = replace(POLICY, valid_from=NOON - timedelta(days=365), valid_to=NOON)
    renewed = replace(POLICY, valid_from=NOON + timedelta(minutes=10), policy_number="YL0002")
    both = replace(ANSWERS, policies=Answer(records=(renewed, ended), at=T0))
    check = found(CheckItem.INSURANCE, answers=both)
    assert check.reason == "insurance-period-expired"
    assert check.comparisons[0].registered == "2025-11-24T12:00+08:00/2026-11-24T12:00+08:00"
    early = judge(CheckItem.INSURANCE, KNOWN, both, NOON - timedelta(minutes=1))
    assert early.result is CheckResult.VERIFIED
    assert found(CheckItem.INSURANCE, answers=replace(both, policies=Answer(records=(), at=T0))).reason == (
        "insurance-none"
    )


def test_a_forged_mark_differs_in_its_number() -> None:
    assert found(CheckItem.INSURANCE, seen(policy_number="YL9999")).reason == "policy-number-differs"
    assert found(CheckItem.INSURANCE, seen(policy_number="yl 0001")).result is CheckResult.VERIFIED


def test_inspection_runs_through_its_last_day() -> None:
    until = VEHICLE.inspected_until
    for day, result in ((until, CheckResult.VERIFIED), (until + timedelta(1), CheckResult.MISMATCH)):
        moment = datetime(day.year, day.month, day.day, 23, 59, tzinfo=SHANGHAI)
        assert judge(CheckItem.INSPECTION, KNOWN, ANSWERS, moment).result is result


def test_a_class_mismatch_and_what_the_class_cannot_be_judged_by() -> None:
    truck = of_vehicle(replace(VEHICLE, vehicle_type="重型自卸货车"))
    assert found(CheckItem.LICENCE_CLASS, answers=truck).reason == "vehicle-classes-differs"
    assert (
        found(CheckItem.LICENCE_CLASS, answers=of_vehicle(replace(VEHICLE, vehicle_type="飞行器"))).reason
        == "class-unknown"
    )
    forged = seen(vehicle_classes="B2")
    assert found(CheckItem.LICENCE_CLASS, forged).result is CheckResult.MISMATCH
    automatic = replace(ANSWERS, licences=Answer(records=(replace(LICENCE, classes=("C2",)),), at=T0))
    check = found(CheckItem.LICENCE_CLASS, answers=automatic)
    assert (check.result, check.reason) == (CheckResult.VERIFIED, "automatic-only")
    nobody = replace(ANSWERS, licences=Answer(records=(), at=T0))
    assert found(CheckItem.LICENCE_CLASS, answers=nobody).reason == "licence-unknown"


def test_a_source_that_is_away_gives_no_result() -> None:
    later = T0 + timedelta(minutes=1)
    away = replace(ANSWERS, vehicles=NoAnswer(reason="timeout", at=T0, next_try_at=later))
    for item in (CheckItem.VEHICLE, CheckItem.INSPECTION, CheckItem.LICENCE_CLASS):
        check = found(item, answers=away)
        assert check.result is CheckResult.SOURCE_UNAVAILABLE
        assert (check.reason, check.next_try_at) == ("timeout", later)
        assert check.source is Source.VEHICLES
    assert found(CheckItem.LICENCE, answers=away).result is CheckResult.VERIFIED


def test_unfinished_numbers_are_not_asked_about() -> None:
    assert missing(CheckItem.IDENTITY, {}) == "id-number-missing"
    assert missing(CheckItem.IDENTITY, {Field.ID_NUMBER: Seen(text=ID)}) == "name-missing"
    assert missing(CheckItem.LICENCE, {Field.ID_NUMBER: Seen(text=ID[:-1] + "0")}) == "id-number-missing"
    assert missing(CheckItem.LICENCE, {Field.ID_NUMBER: Seen(text="90015619900101001X")}) != ""
    assert missing(CheckItem.VEHICLE, {Field.PLATE: Seen(text="测A·123")}) == "plate-missing"
    assert missing(CheckItem.VEHICLE, {Field.PLATE: Seen(text="测A·12?45")}) == "plate-missing"
    assert missing(CheckItem.VEHICLE, KNOWN) == ""


def test_only_what_matters_asks_again() -> None:
    later = NOON + timedelta(minutes=5)
    for item, known, moment, same in (
        (CheckItem.VEHICLE, seen(colour="黑"), NOON, False),
        (CheckItem.IDENTITY, seen(colour="黑"), NOON, True),
        (CheckItem.INSURANCE, KNOWN, later, False),
        (CheckItem.IDENTITY, KNOWN, later, True),
    ):
        assert (basis(item, known, moment) == basis(item, KNOWN, NOON)) is same, item


def test_writings_of_the_same_thing() -> None:
    assert same_name("阿依古丽·买买提", "阿依古丽•买买提")
    assert same_name("JOHN SMITH", "John Smith")
    assert not same_name("示例一", "示例二")
    assert same_plate("测A12345", "测A·12345")
    assert same_colour("灰", "银色")
    assert same_colour("白/黑", "黑")
    assert not same_colour("白", "蓝")


@pytest.mark.parametrize("letter", ["C", "I", "N"])
def test_silent_letters_never_stand_in_a_check(letter: str) -> None:
    plain = found(CheckItem.VEHICLE, answers=of_vehicle(replace(VEHICLE, status=letter)))
    assert plain.comparison(Field.VEHICLE_STATUS) is None
    mixed = found(CheckItem.VEHICLE, answers=of_vehicle(replace(VEHICLE, status=f"F{letter}")))
    row = mixed.comparison(Field.VEHICLE_STATUS)
    assert row is not None
    assert row.registered == "F"
    assert silent_codes(None, replace(VEHICLE, status=letter))


def test_a_wanted_person_is_silent_too() -> None:
    wanted = replace(PERSON, wanted=True)
    answers = replace(ANSWERS, persons=Answer(records=(wanted,), at=T0))
    assert found(CheckItem.IDENTITY, answers=answers) == found(CheckItem.IDENTITY)
    assert silent_codes(wanted, VEHICLE) == (SilentCode.WANTED,)
    assert silent_codes(PERSON, VEHICLE) == ()


def test_suggestions_follow_from_results_alone() -> None:
    good = [
        with_checks(unchecked(party), (found(item) for item in CheckItem)) for party in (PARTY_A, PARTY_B)
    ]
    assert suggested_facts(good) == (
        Suggestion(fact=TriageFact.LICENCE_INVALID, answer=Said.NO),
        Suggestion(fact=TriageFact.PLATE_MISSING_OR_FORGED, answer=Said.NO),
        Suggestion(fact=TriageFact.MARKS_MISSING, answer=Said.NO),
    )
    truck = found(CheckItem.LICENCE_CLASS, answers=of_vehicle(replace(VEHICLE, vehicle_type="重型自卸货车")))
    assert suggested_facts([good[0], with_checks(good[1], (truck,))])[0] == Suggestion(
        fact=TriageFact.LICENCE_INVALID, answer=Said.YES, party_id=PARTY_B, item=CheckItem.LICENCE_CLASS
    )
    assert suggested_facts([good[0], unchecked(PARTY_B)]) == ()
