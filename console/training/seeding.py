"""Turns one scenario into as many different cases as there are seeds: same seed, same case."""

from __future__ import annotations

import random
from dataclasses import replace

from console.training import fiction
from console.training.scenario import CarColour, PartyTruth, Person, Place, Scenario, Vehicle, Weather

# The training town lies in an empty desert, so that no real street can be meant; its extent is that of a
# small town, about 2.6 km by 2.2 km.
TOWN_LON = (83.000, 83.030)
TOWN_LAT = (39.000, 39.020)

ROADS = ("样例大道", "演示三路", "滨河示例路", "学府样例街", "试验北路")
DIRECTIONS = ("由东向西", "由西向东", "由南向北", "由北向南")
LANDMARKS = ("测试路口", "样例广场", "演示公园", "示例小学", "试题大厦")
LAST_FIRST_LICENCE = 2009
"""Everybody has held a licence for 16 years or more, so that none of a shipped case ever expires."""

MODELS = ("示范牌轿车", "样例牌轿车", "演练牌轿车")
CHANCE_OF_WEATHER = {Weather.SUNNY: 5, Weather.CLOUDY: 4, Weather.RAIN: 2, Weather.DUSK: 2}


def seeded(scenario: Scenario, seed: int) -> Scenario:
    """The case which `seed` makes of `scenario`: other people, plates, colours, place and weather.

    What happened, what the caller says and how it must be handled stay as they are.
    """
    rng = random.Random(f"{scenario.name}/{seed}")
    colours = rng.sample(list(CarColour), len(scenario.parties))
    people = fiction.names(rng, len(scenario.parties))
    parties = tuple(
        PartyTruth(party.role, _person(rng, name), _vehicle(rng, colour))
        for party, name, colour in zip(scenario.parties, people, colours, strict=True)
    )
    return replace(
        scenario,
        seed=seed,
        weather=rng.choices(list(CHANCE_OF_WEATHER), list(CHANCE_OF_WEATHER.values()))[0],
        occurred_minutes_ago=rng.randrange(3, 16),
        parties=parties,
        place=_place(rng, scenario.place),
    )


def _person(rng: random.Random, name: str) -> Person:
    sex = rng.choice(("男", "女"))
    birth = fiction.day(rng, 1962, 1988)
    return Person(
        name=name,
        sex=sex,
        phone=fiction.phone(rng),
        id_number=fiction.id_number(rng, birth, sex),
        birth_date=birth,
        address=f"样例市演示区{rng.choice(ROADS)}{rng.randrange(1, 300)}号",
        first_licence_date=fiction.day(rng, birth.year + 19, LAST_FIRST_LICENCE),
        vehicle_classes=rng.choice(("C1", "C1", "C2", "B2")),
    )


def _vehicle(rng: random.Random, colour: CarColour) -> Vehicle:
    return Vehicle(
        plate=fiction.plate(rng),
        colour=colour,
        model=rng.choice(MODELS),
        vin=fiction.vin(rng),
        engine_number=f"0{rng.randrange(10**6):06d}",
        register_date=fiction.day(rng, 2015, 2025),
    )


def _place(rng: random.Random, shipped: Place) -> Place:
    return replace(
        shipped,
        longitude=round(rng.uniform(*TOWN_LON), 6),
        latitude=round(rng.uniform(*TOWN_LAT), 6),
        accuracy_m=float(rng.choice((6, 9, 12, 18, 25))),
        road=rng.choice(ROADS),
        direction=rng.choice(DIRECTIONS),
        landmark=rng.choice(LANDMARKS),
        pole=f"{rng.choice('YSB')}-{rng.randrange(1, 1000):04d}",
    )
