"""What a training scenario is: the ground truth of one accident and the behaviour of the party who calls.

Pure values. Only the simulator and the service may know them: the desk learns what happened through
pixels, sound, text and REST, as it would from a real phone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.domain.evidence import AccidentForm, Slot
from console.domain.geo import Datum
from console.domain.party import ConsentItem
from console.domain.ruling import Liability
from console.domain.triage import Answer, Branch, TriageFact


class CarColour(StrEnum):
    """Body colours the scene can paint."""

    WHITE = "white"
    BLUE = "blue"
    SILVER = "silver"
    RED = "red"
    BLACK = "black"
    GREEN = "green"
    YELLOW = "yellow"

    @property
    def title_zh(self) -> str:
        """The word a person uses for the colour."""
        return _COLOUR_ZH[self]


_COLOUR_ZH = {
    CarColour.WHITE: "白色",
    CarColour.BLUE: "蓝色",
    CarColour.SILVER: "银色",
    CarColour.RED: "红色",
    CarColour.BLACK: "黑色",
    CarColour.GREEN: "绿色",
    CarColour.YELLOW: "黄色",
}


class Weather(StrEnum):
    """Sky and road surface of the scene."""

    SUNNY = "sunny"
    CLOUDY = "cloudy"
    RAIN = "rain"
    DUSK = "dusk"


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional driver. The phone begins with 100 and the ID number with an unassigned area 000xxx."""

    name: str
    sex: str
    phone: str
    id_number: str
    birth_date: dt.date
    address: str
    first_licence_date: dt.date
    vehicle_classes: str


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A fictional small car. `plate` is written as on the metal: 测A·12345."""

    plate: str
    colour: CarColour
    model: str
    vin: str
    engine_number: str
    register_date: dt.date


@dataclass(frozen=True, slots=True)
class PartyTruth:
    """One side of the accident: "A" is the caller (甲), "B" the other driver (乙)."""

    role: str
    person: Person
    vehicle: Vehicle


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened and what the phone's receiver says about it.

    `longitude` and `latitude` are degrees in `datum`; `accuracy_m` is the radius in metres which the phone
    states.
    """

    longitude: float
    latitude: float
    datum: Datum
    accuracy_m: float
    road: str
    direction: str
    landmark: str
    pole: str

    @property
    def spoken(self) -> str:
        """The place as the caller says it: road, direction, landmark and number of the lamp post."""
        return f"{self.road}{self.direction},快到{self.landmark}了,旁边灯杆号{self.pole}。"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the caller reacts. `reaction_s` is the time in seconds between being told and acting."""

    reaction_s: float
    hurt: bool
    asks_for_officer: bool
    refuses: frozenset[ConsentItem]


@dataclass(frozen=True, slots=True)
class MediumFaults:
    """What the network and the phone do wrong during the call; all zero is a good line.

    `drop_after_s` of 0 means the connection is not dropped.
    """

    loss_percent: float
    delay_ms: int
    jitter_ms: int
    drop_after_s: float
    microphone_muted: bool


@dataclass(frozen=True, slots=True)
class GroundTruth:
    """What a right handling arrives at.

    `facts` are the true answers to the rows of triage, `branch` is where they lead; `faults` (codes of the
    police table) and `liability` are keyed by role and empty where no ruling may be made by video.
    """

    summary: str
    branch: Branch
    facts: Mapping[TriageFact, Answer]
    faults: Mapping[str, tuple[str, ...]]
    liability: Mapping[str, Liability]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One training case. `seed` is None for the definition as shipped, else the seed that varied it.

    `statements` maps a question (a row of triage, or `how`) to what the caller answers; `slots` are
    the pictures that can be taken at this scene.
    """

    name: str
    title: str
    form: AccidentForm
    seed: int | None
    weather: Weather
    occurred_minutes_ago: int
    parties: tuple[PartyTruth, ...]
    place: Place
    statements: Mapping[str, str]
    slots: tuple[Slot, ...]
    behaviour: Behaviour
    faults: MediumFaults
    truth: GroundTruth

    def party(self, role: str) -> PartyTruth:
        """The party in `role` "A" or "B"; KeyError where the accident has no such party."""
        for party in self.parties:
            if party.role == role:
                return party
        raise KeyError(role)
