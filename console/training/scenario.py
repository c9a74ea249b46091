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
from console.domain.triage import ARTICLE, Answer, Branch, TriageFact


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
    """A fictional vehicle. `plate` is as on the metal, 测A·12345, `plate_kind` a code of GA/T 16.7."""

    plate: str
    colour: CarColour
    model: str
    vin: str
    engine_number: str
    register_date: dt.date
    vehicle_type: str = "小型轿车"
    use_nature: str = "非营运"
    plate_kind: str = "02"


@dataclass(frozen=True, slots=True)
class Policy:
    """A compulsory policy that is renewed every year at the day and minute of `since`."""

    number: str
    insurer: str
    since: dt.datetime


class Trait(StrEnum):
    """What the registries know of a person and the person's car that their looks do not tell."""

    LICENCE_EXPIRED = "licence-expired"
    LICENCE_REVOKED = "licence-revoked"
    LICENCE_LETTERS = "licence-letters"
    """Several status letters at once, with which the person may drive."""
    LICENCE_BARRED = "licence-barred"
    """Several status letters at once, one of which forbids to drive."""
    NO_LICENCE = "no-licence"
    CLASS_MISMATCH = "class-mismatch"
    FOREIGN_PERMIT = "foreign-permit"
    LONG_NAME = "long-name"
    COMPANY_CAR = "company-car"
    TRUCK = "truck"
    CLONED_PLATE = "cloned-plate"
    TWIN_PLATE = "twin-plate"
    """The same text stands on a lorry's plate too."""
    UNREGISTERED = "unregistered"
    INSPECTION_EXPIRED = "inspection-expired"
    INSURANCE_EXPIRED = "insurance-expired"
    INSURANCE_GAP = "insurance-gap"
    """Renewed late: today from a minute on, after a day without cover."""
    INSURANCE_ENDS = "insurance-ends"
    """Not renewed: today up to a minute."""
    UNINSURED = "uninsured"
    STOLEN = "stolen"
    SUSPECT = "suspect"
    HIT_AND_RUN = "hit-and-run"
    WANTED = "wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """A fictional person with a car and its policy, as they are met on the street.

    What the registries say of them follows from that and `traits` (`console.training.register`).
    """

    person: Person
    vehicle: Vehicle
    policy: Policy
    traits: frozenset[Trait] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyTruth(Citizen):
    """One side of the accident: "A" is the caller (甲), "B" the other driver (乙).

    `impostor` is empty, or the ID number of whoever really stands there with the papers of `person`: the face
    is that one's.
    """

    role: str
    impostor: str = ""

    @property
    def face(self) -> str:
        """The ID number from which the face before the camera follows."""
        return self.impostor or self.person.id_number


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


class Flaw(StrEnum):
    """What is wrong with a view."""

    BLURRED = "blurred"
    DARK = "dark"
    TILTED = "tilted"
    GLARE = "glare"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the caller reacts. `reaction_s` is the time in seconds between being told and acting.

    `flaws` are the pictures that go wrong when they are first asked for; asked again, they are good.
    """

    reaction_s: float
    hurt: bool
    asks_for_officer: bool
    refuses: frozenset[ConsentItem]
    flaws: Mapping[Slot, Flaw]


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

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles of 公安部令第146号 that the facts bring in; 20 for a party's request, else 19."""
        said = {ARTICLE[fact] for fact, answer in self.truth.facts.items() if answer is Answer.YES}
        asked = {"20"} if self.behaviour.asks_for_officer else set()
        return tuple(sorted(said | asked or {"19"}))

    @property
    def difficulty(self) -> int:
        """1 to 3: more where no ruling may be made, and where papers, faces or pictures are not right."""
        hidden = any(party.traits or party.impostor for party in self.parties) or bool(self.behaviour.flaws)
        return 1 + (self.truth.branch is not Branch.VIDEO_FAST) + hidden
