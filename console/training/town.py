"""The training town: a few thousand fictional people with cars, the same from the same seed.

Who calls in a seeded scenario lives here, so that the registries know every party of every case.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from console.domain.clock import SHANGHAI
from console.domain.identifiers import normal_plate
from console.training import fiction
from console.training.scenario import CarColour, Citizen, Person, Policy, Trait, Vehicle

SEED = 2026
"""Seed of the town in which scenarios play."""

ORDINARY = 3000
"""People whose papers are in order."""
OF_EACH = 60
"""People of each awkward sort."""

AWKWARD: tuple[frozenset[Trait], ...] = (
    *(frozenset({trait}) for trait in Trait),
    frozenset({Trait.CLONED_PLATE, Trait.INSURANCE_EXPIRED}),
    frozenset({Trait.INSPECTION_EXPIRED, Trait.INSURANCE_EXPIRED}),
    frozenset({Trait.COMPANY_CAR, Trait.LONG_NAME}),
)
"""The awkward sorts; a scenario may ask for any of these."""

STREETS = ("样例大道", "演示三路", "滨河示例路", "学府样例街", "试验北路")
INSURERS = ("样例财产保险", "演示财产保险", "示范财产保险")
MODELS = ("示范牌轿车", "样例牌轿车", "演练牌轿车")
TRUCK_MODEL = "示范牌自卸货车"
COMPANIES = ("样例市演示运输有限公司", "样例市示范商贸有限公司")
LAST_FIRST_LICENCE = 2009
"""Everybody has held a licence for 16 years or more, so that no licence in order ever expires."""


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody, by what is special about them; the order is the same from the same seed."""

    people: Mapping[frozenset[Trait], tuple[Citizen, ...]]

    def __iter__(self) -> Iterator[Citizen]:
        return (citizen for sort in self.people.values() for citizen in sort)

    def sort(self, traits: frozenset[Trait]) -> tuple[Citizen, ...]:
        """Everybody with exactly these traits; KeyError for a sort nobody is of."""
        return self.people[traits]


@cache
def town(seed: int = SEED) -> Town:
    """The town of `seed`. No two people share a number, no two plates of one kind a text."""
    rng = random.Random(f"town/{seed}")
    taken: set[str] = set()
    sizes = {frozenset[Trait](): ORDINARY, **dict.fromkeys(AWKWARD, OF_EACH)}
    return Town(
        {traits: tuple(_citizen(rng, traits, taken) for _ in range(size)) for traits, size in sizes.items()}
    )


def _citizen(rng: random.Random, traits: frozenset[Trait], taken: set[str]) -> Citizen:
    while True:
        citizen = Citizen(
            person=_person(rng, traits), vehicle=_vehicle(rng, traits), policy=_policy(rng), traits=traits
        )
        keys = {
            citizen.person.id_number,
            citizen.person.phone,
            normal_plate(citizen.vehicle.plate),
            citizen.vehicle.vin,
            citizen.policy.number,
        }
        if not keys & taken:
            taken |= keys
            return citizen


def _person(rng: random.Random, traits: frozenset[Trait]) -> Person:
    sex = rng.choice(("男", "女"))
    birth = fiction.day(rng, 1962, 1988)
    foreign = Trait.FOREIGN_PERMIT in traits
    if Trait.CLASS_MISMATCH in traits:
        classes = rng.choice(("D", "E", "C3", "C4"))
    else:
        classes = "B2" if Trait.TRUCK in traits else rng.choice(("C1", "C1", "C2", "B2"))
    name = fiction.long_name if Trait.LONG_NAME in traits else fiction.name
    return Person(
        name=fiction.foreign_name(rng) if foreign else name(rng),
        sex=sex,
        phone=fiction.phone(rng),
        id_number=(fiction.foreign_permit if foreign else fiction.id_number)(rng, birth, sex),
        birth_date=birth,
        address=f"样例市演示区{rng.choice(STREETS)}{rng.randrange(1, 300)}号",
        first_licence_date=fiction.day(rng, birth.year + 19, LAST_FIRST_LICENCE),
        vehicle_classes=classes,
    )


def _vehicle(rng: random.Random, traits: frozenset[Trait]) -> Vehicle:
    truck = Trait.TRUCK in traits
    return Vehicle(
        plate=fiction.plate(rng),
        colour=rng.choice(list(CarColour)),
        model=TRUCK_MODEL if truck else rng.choice(MODELS),
        vin=fiction.vin(rng),
        engine_number=f"0{rng.randrange(10**6):06d}",
        register_date=fiction.day(rng, 2015, 2025),
        vehicle_type="重型自卸货车" if truck else "小型轿车",
        use_nature="货运" if truck else "非营运",
        plate_kind="01" if truck else "02",
    )


def _policy(rng: random.Random) -> Policy:
    day = fiction.day(rng, 2023, 2024)
    minute = rng.choice((0, 0, 0, rng.randrange(8 * 60, 19 * 60)))
    return Policy(
        number=f"PTEST{rng.randrange(10**12):012d}",
        insurer=rng.choice(INSURERS),
        since=dt.datetime.combine(day, dt.time(minute // 60, minute % 60), SHANGHAI),
    )
