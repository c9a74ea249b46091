"""Turns one scenario into as many different cases as there are seeds: same seed, same case."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from console.assets import RESOURCES
from console.domain.geo import Datum
from console.training.scenario import Citizen, PartyTruth, Place, Scenario, Weather
from console.training.streets import spot
from console.training.town import town

CHANCE_OF_WEATHER = {Weather.SUNNY: 5, Weather.CLOUDY: 4, Weather.RAIN: 2, Weather.DUSK: 2}


def seeded(scenario: Scenario, seed: int) -> Scenario:
    """The case which `seed` makes of `scenario`: other people, plates, colours, place and weather.

    The parties are people of the training town with the traits that the scenario asks for. What happened,
    what the caller says and how it must be handled stay as they are.
    """
    rng = random.Random(f"{scenario.name}/{seed}")
    parties: list[PartyTruth] = []
    for party in scenario.parties:
        citizen = _citizen(scenario, party, seed, parties)
        parties.append(
            PartyTruth(
                role=party.role,
                person=citizen.person,
                vehicle=citizen.vehicle,
                policy=citizen.policy,
                traits=citizen.traits,
                impostor=strangers()[citizen.person.id_number] if party.impostor else "",
            )
        )
    return replace(
        scenario,
        seed=seed,
        weather=rng.choices(list(CHANCE_OF_WEATHER), list(CHANCE_OF_WEATHER.values()))[0],
        occurred_minutes_ago=rng.randrange(3, 16),
        parties=tuple(parties),
        place=_place(rng, scenario.place),
    )


def _citizen(scenario: Scenario, party: PartyTruth, seed: int, others: list[PartyTruth]) -> Citizen:
    """The party of this seed: as long as there are enough people, other seeds get others.

    Parties of one case differ in family name and in the colour of their cars, and in their faces where that
    was measured.
    """
    everybody = town().sort(party.traits)
    measured = [citizen for citizen in everybody if citizen.person.id_number in strangers()]
    if others and not party.impostor:
        stranger = strangers().get(others[0].person.id_number)
        if found := next((one for one in everybody if one.person.id_number == stranger), None):
            return found
    people = measured or list(everybody)
    random.Random(f"{scenario.name}/{party.role}").shuffle(people)
    turn = (people[(seed + step) % len(people)] for step in range(len(people)))
    return next(
        citizen
        for citizen in turn
        if all(
            citizen.person.name[:2] != other.person.name[:2]
            and citizen.vehicle.colour is not other.vehicle.colour
            for other in others
        )
    )


@cache
def strangers() -> Mapping[str, str]:
    """Whose face is surely another: by the ID number of somebody, that of somebody else of the town.

    The pairs were chosen by measuring faces: their photographs lie 0.64 or more apart for the network that
    compares them, while half of all pairs lie nearer than 0.54. Family names and colours of cars differ too.
    """
    pairs: dict[str, str] = json.loads((RESOURCES / "training" / "strangers.json").read_text("utf-8"))
    return pairs


def _place(rng: random.Random, shipped: Place) -> Place:
    """Somewhere on a street of the map; the phone's receiver says it in the scenario's own datum."""
    where = spot(rng)
    at = where.at if shipped.datum is Datum.UNKNOWN else where.at.to(shipped.datum)
    return replace(
        shipped,
        longitude=at.longitude,
        latitude=at.latitude,
        accuracy_m=float(rng.choice((6, 9, 12, 18, 25))),
        road=where.street.name,
        direction=rng.choice(where.street.directions),
        landmark=where.landmark,
        pole=f"{rng.choice('YSB')}-{rng.randrange(1, 1000):04d}",
    )
