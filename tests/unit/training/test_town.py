"""The training town: consistent, reproducible, and every awkward sort is found out by the checks."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.checking import Answer, Answers, judge, missing
from console.domain.clock import SHANGHAI
from console.domain.comparing import Stated
from console.domain.identifiers import IdentityKind, PlateKind, has_vin_check, identity_kind, plate_kind
from console.domain.registry import LICENCE_STATUS, PLATE_KINDS, VEHICLE_STATUS, letters, silent_codes
from console.domain.verification import CheckItem, CheckResult, Field, Seen
from console.training import register
from console.training.scenario import Citizen, Trait
from console.training.town import AWKWARD, ORDINARY, town

PEOPLE = tuple(town())
CITIZENS = st.sampled_from(PEOPLE)
DAYS = st.dates(date(2026, 1, 1), date(2040, 12, 31))
ORDINARY_PEOPLE = town().sort(frozenset())
CHECKED = tuple(item for item in CheckItem if item is not CheckItem.FACE)


def known(citizen: Citizen) -> Stated:
    """Return what the scene shows of a citizen."""
    person, vehicle = citizen.person, citizen.vehicle
    texts = {
        Field.NAME: person.name,
        Field.ID_NUMBER: person.id_number,
        Field.VEHICLE_CLASSES: person.vehicle_classes,
        Field.PLATE: vehicle.plate,
        Field.PLATE_KIND: vehicle.plate_kind,
        Field.COLOUR: vehicle.colour.title_zh,
        Field.VEHICLE_TYPE: vehicle.vehicle_type,
        Field.VIN: vehicle.vin[-6:],
    }
    return {field: Seen(text=text) for field, text in texts.items()}


def answers(citizen: Citizen, today: date) -> Answers:
    now = datetime.combine(today, time(12), SHANGHAI)
    licence = register.licence(citizen, today)
    return Answers(
        persons=Answer(records=(register.person(citizen),), at=now),
        licences=Answer(records=() if licence is None else (licence,), at=now),
        vehicles=Answer(records=register.vehicles(citizen, today), at=now),
        policies=Answer(records=register.policies(citizen, today), at=now),
    )


def findings(citizen: Citizen, happened_at: datetime) -> dict[CheckItem, tuple[CheckResult, str]]:
    today = happened_at.date()
    checks = (judge(item, known(citizen), answers(citizen, today), happened_at) for item in CHECKED)
    return {check.item: (check.result, check.reason) for check in checks}


def test_thousands_of_people_nobody_twice() -> None:
    assert len(PEOPLE) == ORDINARY + sum(len(town().sort(traits)) for traits in AWKWARD)
    assert len(PEOPLE) > 4000
    for keys in (
        [citizen.person.id_number for citizen in PEOPLE],
        [citizen.person.phone for citizen in PEOPLE],
        [citizen.vehicle.plate for citizen in PEOPLE],
        [citizen.vehicle.vin for citizen in PEOPLE],
        [citizen.policy.number for citizen in PEOPLE],
    ):
        assert Counter(keys).most_common(1)[0][1] == 1


def test_the_same_seed_makes_the_same_town() -> None:
    fresh = town.__wrapped__(7)
    assert fresh == town.__wrapped__(7)
    assert next(iter(fresh)) != next(iter(town()))


def test_everything_is_fictional_and_well_formed() -> None:
    for citizen in PEOPLE:
        person, vehicle = citizen.person, citizen.vehicle
        foreign = Trait.FOREIGN_PERMIT in citizen.traits
        assert identity_kind(person.id_number) is (
            IdentityKind.FOREIGN_PERMIT if foreign else IdentityKind.CITIZEN
        )
        assert person.id_number.startswith("900000" if foreign else "000")
        assert person.id_number[6:14] == f"{person.birth_date:%Y%m%d}"
        assert person.phone.startswith("100")
        assert plate_kind(vehicle.plate, training=True) is PlateKind.ORDINARY, vehicle.plate
        assert vehicle.plate_kind in PLATE_KINDS
        assert has_vin_check(vehicle.vin)
        assert not missing(CheckItem.LICENCE_CLASS, known(citizen))


@given(CITIZENS, DAYS)
def test_records_are_about_the_citizen(citizen: Citizen, today: date) -> None:
    person, licence = register.person(citizen), register.licence(citizen, today)
    assert person.id_number == citizen.person.id_number
    if licence is not None:
        assert (licence.licence_number, licence.name) == (person.id_number, person.name)
        assert licence.first_issue_date <= licence.valid_from
        assert letters(licence.status) <= LICENCE_STATUS.keys()
    cars = register.vehicles(citizen, today)
    assert len({(car.plate, car.plate_kind) for car in cars}) == len(cars)
    for car in cars:
        assert car.owner
        assert has_vin_check(car.vin)
        assert letters(car.status) <= VEHICLE_STATUS.keys()
        assert car.register_date < car.inspected_until
    policies = register.policies(citizen, today)
    assert len({policy.policy_number for policy in policies}) == len(policies)
    for policy in policies:
        assert policy.valid_from < policy.valid_to <= policy.valid_from + timedelta(days=366)
        assert not cars or policy.plate_kind in {car.plate_kind for car in cars}


@given(st.sampled_from(ORDINARY_PEOPLE), st.datetimes(datetime(2026, 1, 1), datetime(2040, 12, 31)))
def test_ordinary_people_are_in_order_at_every_minute(citizen: Citizen, moment: datetime) -> None:
    found = findings(citizen, moment.replace(tzinfo=SHANGHAI))
    assert {result for result, _ in found.values()} == {CheckResult.VERIFIED}
    assert silent_codes(register.person(citizen), register.vehicles(citizen, moment.date())[0]) == ()


OUTCOME: dict[Trait, tuple[CheckItem, str]] = {
    Trait.LICENCE_EXPIRED: (CheckItem.LICENCE, "licence-status-expired"),
    Trait.LICENCE_REVOKED: (CheckItem.LICENCE, "licence-status-differs"),
    Trait.LICENCE_LETTERS: (CheckItem.LICENCE, ""),
    Trait.LICENCE_BARRED: (CheckItem.LICENCE, "licence-status-differs"),
    Trait.NO_LICENCE: (CheckItem.LICENCE, "no-record"),
    Trait.CLASS_MISMATCH: (CheckItem.LICENCE_CLASS, "vehicle-classes-differs"),
    Trait.FOREIGN_PERMIT: (CheckItem.IDENTITY, ""),
    Trait.LONG_NAME: (CheckItem.IDENTITY, ""),
    Trait.COMPANY_CAR: (CheckItem.VEHICLE, ""),
    Trait.TRUCK: (CheckItem.LICENCE_CLASS, ""),
    Trait.CLONED_PLATE: (CheckItem.VEHICLE, "colour-differs"),
    Trait.TWIN_PLATE: (CheckItem.VEHICLE, ""),
    Trait.UNREGISTERED: (CheckItem.VEHICLE, "no-record"),
    Trait.INSPECTION_EXPIRED: (CheckItem.INSPECTION, "inspection-expired"),
    Trait.INSURANCE_EXPIRED: (CheckItem.INSURANCE, "insurance-period-expired"),
    Trait.INSURANCE_GAP: (CheckItem.INSURANCE, "insurance-period-expired"),
    Trait.INSURANCE_ENDS: (CheckItem.INSURANCE, "insurance-period-expired"),
    Trait.UNINSURED: (CheckItem.INSURANCE, "insurance-none"),
    Trait.STOLEN: (CheckItem.VEHICLE, ""),
    Trait.SUSPECT: (CheckItem.VEHICLE, ""),
    Trait.HIT_AND_RUN: (CheckItem.VEHICLE, ""),
    Trait.WANTED: (CheckItem.IDENTITY, ""),
}
"""Which check finds a sort out, and with which reason; an empty one means that it must pass."""


@pytest.mark.parametrize("trait", Trait)
def test_every_awkward_sort_is_found_out(trait: Trait) -> None:
    item, reason = OUTCOME[trait]
    day = date(2026, 11, 24)
    late = trait is Trait.INSURANCE_ENDS
    moment = datetime.combine(day, time(23, 59) if late else time(0, 1), SHANGHAI)
    for citizen in town().sort(frozenset({trait})):
        assert findings(citizen, moment)[item][1] == reason
        cars = register.vehicles(citizen, day)
        codes = silent_codes(register.person(citizen), cars[0] if cars else None)
        assert bool(codes) is (trait in {Trait.STOLEN, Trait.SUSPECT, Trait.HIT_AND_RUN, Trait.WANTED})


def test_a_gap_ends_and_a_last_day_begins_within_the_day() -> None:
    day = date(2026, 11, 24)
    for trait, moment in ((Trait.INSURANCE_GAP, time(23, 59)), (Trait.INSURANCE_ENDS, time(0, 1))):
        for citizen in town().sort(frozenset({trait})):
            found = findings(citizen, datetime.combine(day, moment, SHANGHAI))
            assert found[CheckItem.INSURANCE][0] is CheckResult.VERIFIED


def test_a_twin_plate_is_ambiguous_until_its_kind_is_known() -> None:
    day = date(2026, 11, 24)
    noon = datetime.combine(day, time(12), SHANGHAI)
    for citizen in town().sort(frozenset({Trait.TWIN_PLATE})):
        seen: Stated = {f: value for f, value in known(citizen).items() if f != Field.PLATE_KIND}
        check = judge(CheckItem.VEHICLE, seen, answers(citizen, day), noon)
        assert check.reason == "plate-kind-ambiguous"
