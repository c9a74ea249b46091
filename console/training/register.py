"""What the registries of the training town hold of a person and a car, on a given day.

Periods move with the day, so that what is in force today is in force whenever somebody trains, and what has
expired has expired a few days ago.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random

from console.domain.clock import SHANGHAI
from console.domain.identifiers import normal_plate
from console.domain.registry import LicenceRecord, PersonRecord, PolicyRecord, VehicleRecord
from console.training import fiction
from console.training.scenario import CarColour, Citizen, Trait
from console.training.town import COMPANIES, TRUCK_MODEL

CLAIM_PHONE = "10000095500"

_SILENT = {Trait.STOLEN: "C", Trait.SUSPECT: "I", Trait.HIT_AND_RUN: "N"}


def person(citizen: Citizen) -> PersonRecord:
    """The entry of the register of persons."""
    who = citizen.person
    return PersonRecord(
        id_number=who.id_number,
        name=who.name,
        sex=who.sex,
        birth_date=who.birth_date,
        address=who.address,
        wanted=Trait.WANTED in citizen.traits,
    )


def licence(citizen: Citizen, today: dt.date) -> LicenceRecord | None:
    """The driving licence, if there is one. Held for 16 years it never ends (公安部令第162号 13)."""
    if Trait.NO_LICENCE in citizen.traits:
        return None
    who = citizen.person
    first = who.first_licence_date
    valid_from, valid_to = first.replace(year=first.year + 16), None
    status = "A"
    if Trait.LICENCE_EXPIRED in citizen.traits:
        valid_to = today - dt.timedelta(days=_spread(citizen, 1, 60))
        valid_from = valid_to.replace(year=valid_to.year - 10, day=min(valid_to.day, 28))
        status = "M"
    if Trait.LICENCE_REVOKED in citizen.traits:
        status = "F"
    if Trait.LICENCE_LETTERS in citizen.traits:
        status = ("HI", "CH", "NP")[_spread(citizen, 0, 2)]
    if Trait.LICENCE_BARRED in citizen.traits:
        status = ("BH", "DI", "HK")[_spread(citizen, 0, 2)]
    return LicenceRecord(
        licence_number=who.id_number,
        name=who.name,
        classes=(who.vehicle_classes,),
        status=status,
        first_issue_date=first,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def vehicles(citizen: Citizen, today: dt.date) -> tuple[VehicleRecord, ...]:
    """The vehicles registered under the text of the citizen's plate, of whatever kind of plate."""
    if Trait.UNREGISTERED in citizen.traits:
        return ()
    car = citizen.vehicle
    status = "".join(letter for trait, letter in _SILENT.items() if trait in citizen.traits) or "A"
    owner = COMPANIES[_spread(citizen, 0, 1)] if Trait.COMPANY_CAR in citizen.traits else citizen.person.name
    own = VehicleRecord(
        plate=normal_plate(car.plate),
        plate_kind=car.plate_kind,
        vehicle_type=car.vehicle_type,
        use_nature=car.use_nature,
        colour=registered_colour(car.colour),
        model=car.model,
        vin=car.vin,
        engine_number=car.engine_number,
        owner=owner,
        register_date=car.register_date,
        inspected_until=_inspected_until(citizen, today),
        status=status,
    )
    if Trait.CLONED_PLATE in citizen.traits:
        return (_original(citizen, own),)
    return (own, _twin(citizen, own)) if Trait.TWIN_PLATE in citizen.traits else (own,)


def policies(citizen: Citizen, today: dt.date) -> tuple[PolicyRecord, ...]:
    """The compulsory policies of the last two years, the newest last."""
    if Trait.UNINSURED in citizen.traits:
        return ()
    plate = normal_plate(citizen.vehicle.plate)
    kinds = {vehicle.plate_kind for vehicle in vehicles(citizen, today)} or {citizen.vehicle.plate_kind}
    return tuple(
        PolicyRecord(
            policy_number=f"{citizen.policy.number}{begins:%y}"
            + ("" if kind == citizen.vehicle.plate_kind else "T"),
            plate=plate,
            plate_kind=kind,
            insurer=citizen.policy.insurer,
            insured=citizen.person.name,
            claim_phone=CLAIM_PHONE,
            valid_from=begins,
            valid_to=ends,
        )
        for kind in sorted(kinds)
        for begins, ends in _periods(citizen, today)
    )


def registered_colour(colour: CarColour) -> str:
    """The register's word for a colour; it has none for silver and calls it grey."""
    return "灰" if colour is CarColour.SILVER else colour.title_zh.removesuffix("色")


def _periods(citizen: Citizen, today: dt.date) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    midnight = dt.datetime.combine(today, dt.time(), SHANGHAI)
    minute = midnight + dt.timedelta(minutes=_spread(citizen, 8 * 60, 19 * 60))
    if Trait.INSURANCE_GAP in citizen.traits:
        ended = midnight - dt.timedelta(days=1)
        return (_year_before(ended), ended), (minute, _year_after(minute))
    if Trait.INSURANCE_ENDS in citizen.traits:
        return ((_year_before(minute), minute),)
    if Trait.INSURANCE_EXPIRED in citizen.traits:
        ended = midnight - dt.timedelta(days=_spread(citizen, 1, 20))
        return ((_year_before(ended), ended),)
    since = citizen.policy.since
    begins = since.replace(year=today.year)
    if begins > midnight + dt.timedelta(days=1):
        begins = _year_before(begins)
    return (_year_before(begins), begins), (begins, _year_after(begins))


def _year_after(moment: dt.datetime) -> dt.datetime:
    return moment.replace(year=moment.year + 1, day=_day(moment.year + 1, moment))


def _year_before(moment: dt.datetime) -> dt.datetime:
    return moment.replace(year=moment.year - 1, day=_day(moment.year - 1, moment))


def _day(year: int, moment: dt.datetime) -> int:
    return min(moment.day, calendar.monthrange(year, moment.month)[1])


def _inspected_until(citizen: Citizen, today: dt.date) -> dt.date:
    """Last day of the month of registration, this year's or next year's; an expired one lies behind."""
    if Trait.INSPECTION_EXPIRED in citizen.traits:
        return today.replace(day=1) - dt.timedelta(days=1)
    month = citizen.vehicle.register_date.month
    year = today.year + (month < today.month)
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _original(citizen: Citizen, clone: VehicleRecord) -> VehicleRecord:
    """The vehicle that rightly bears a cloned plate: another colour, type and identity."""
    rng = _rng(citizen, "original")
    colours = [colour for colour in CarColour if registered_colour(colour) != clone.colour]
    return VehicleRecord(
        plate=clone.plate,
        plate_kind=clone.plate_kind,
        vehicle_type="小型普通客车",
        use_nature=clone.use_nature,
        colour=registered_colour(rng.choice(colours)),
        model="示范牌普通客车",
        vin=fiction.vin(rng),
        engine_number=f"0{rng.randrange(10**6):06d}",
        owner=clone.owner,
        register_date=clone.register_date,
        inspected_until=clone.inspected_until,
        status=clone.status,
    )


def _twin(citizen: Citizen, own: VehicleRecord) -> VehicleRecord:
    """A lorry whose large plate bears the same text."""
    rng = _rng(citizen, "twin")
    return VehicleRecord(
        plate=own.plate,
        plate_kind="01",
        vehicle_type="重型自卸货车",
        use_nature="货运",
        colour="红",
        model=TRUCK_MODEL,
        vin=fiction.vin(rng),
        engine_number=f"0{rng.randrange(10**6):06d}",
        owner=rng.choice(COMPANIES),
        register_date=own.register_date,
        inspected_until=own.inspected_until,
        status="A",
    )


def _rng(citizen: Citizen, word: str) -> random.Random:
    return random.Random(f"{word}/{citizen.person.id_number}")


def _spread(citizen: Citizen, least: int, most: int) -> int:
    """A number from `least` to `most` that is the citizen's own."""
    return _rng(citizen, f"spread/{least}/{most}").randint(least, most)
