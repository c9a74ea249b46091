"""Reads the scenarios of resources/scenarios/*.toml and says in clear words what is wrong with one."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from console.domain.evidence import AccidentForm, Slot
from console.domain.geo import Datum
from console.domain.party import ConsentItem
from console.domain.ruling import Liability
from console.domain.triage import FOLLOWS, SPECIAL, Answer, Branch, TriageFact
from console.training.scenario import (
    Behaviour,
    CarColour,
    Flaw,
    GroundTruth,
    MediumFaults,
    PartyTruth,
    Person,
    Place,
    Policy,
    Scenario,
    Trait,
    Vehicle,
    Weather,
)
from console.training.town import AWKWARD

ROWS = tuple(fact for fact in TriageFact if fact not in SPECIAL)
QUESTIONS = ("how", *ROWS)
ROLES = {AccidentForm.REAR_END: "AB", AccidentForm.LANE_CHANGE: "AB", AccidentForm.SINGLE_VEHICLE: "A"}
"""The forms that the scene can draw, and the parties of each."""

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T", str, int, float, bool, dt.date, dt.datetime)


class ScenarioError(ValueError):
    """A scenario file that cannot be used; the message names file, key and what was expected."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A TOML table that knows where it stands, so that every complaint can name its place."""

    where: str
    values: dict[str, object]

    def fail(self, key: str, expected: str) -> ScenarioError:
        return ScenarioError(f"{self.where}: {key} must be {expected}, got {self.values.get(key)!r}")

    def get(self, key: str, kind: type[T]) -> T:
        value = self.values.get(key)
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise self.fail(key, f"a {kind.__name__}")
        return value

    def text(self, key: str) -> str:
        value = self.get(key, str)
        if not value.strip():
            raise self.fail(key, "a text that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        if not isinstance(value, list):
            raise self.fail(key, "a list of texts")
        texts = tuple(item for item in value if isinstance(item, str))
        if len(texts) != len(value):
            raise self.fail(key, "a list of texts")
        return texts

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.get(key, str)
        if value not in allowed:
            raise self.fail(key, f"one of {', '.join(allowed)}")
        return value

    def enum(self, key: str, kind: type[E], allowed: Iterable[E] | None = None) -> E:
        return kind(self.one_of(key, tuple(member.value for member in allowed or kind)))

    def enums(self, key: str, kind: type[E]) -> tuple[E, ...]:
        try:
            return tuple(kind(text) for text in self.texts(key))
        except ValueError as error:
            raise self.fail(key, f"a list out of {', '.join(kind)}") from error

    def not_below(self, key: str, least: float) -> float:
        value = self.get(key, float)
        if not least <= value < 1e6:
            raise self.fail(key, f"a number from {least:g}")
        return value

    def table(self, key: str) -> _Table:
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.fail(key, "a table")
        return _Table(f"{self.where}, [{key}]", value)

    def only(self, known: Iterable[str]) -> _Table:
        unknown = sorted(set(self.values) - set(known))
        if unknown:
            raise ScenarioError(f"{self.where}: unknown key {', '.join(unknown)}")
        return self


def load(path: Path) -> Scenario:
    """Read one scenario file; ScenarioError says what is wrong with it."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(f"{path.name}: cannot be read: {error}") from error
    return _scenario(path.stem, _Table(path.name, values))


def load_named(folder: Path, name: str) -> Scenario:
    """Read the scenario called `name` from `folder`; ScenarioError lists the known names if there is none."""
    known = names(folder)
    if name not in known:
        raise ScenarioError(f"no scenario {name!r}; there are: {', '.join(known) or 'none'}")
    return load(folder / f"{name}.toml")


def names(folder: Path) -> tuple[str, ...]:
    """Names of the scenarios in `folder`, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def _scenario(name: str, root: _Table) -> Scenario:
    form = root.enum("form", AccidentForm, ROLES)
    roles = ROLES[form]
    statements = root.table("statements").only(QUESTIONS)
    return Scenario(
        name=name,
        title=root.text("title"),
        form=form,
        seed=None,
        weather=root.enum("weather", Weather),
        occurred_minutes_ago=int(root.not_below("occurred_minutes_ago", 0)),
        parties=tuple(_party(role, root.table(f"party_{role.lower()}")) for role in roles),
        place=_place(root.table("place")),
        statements={
            question: statements.text(question)
            for question in QUESTIONS
            if question not in FOLLOWS or question in statements.values
        },
        slots=root.enums("slots", Slot),
        behaviour=_behaviour(root.table("behaviour")),
        faults=_faults(root.table("medium")),
        truth=_truth(root.table("truth"), roles),
    )


def _party(role: str, table: _Table) -> PartyTruth:
    phone, plate, number = table.text("phone"), table.text("plate"), table.text("id_number")
    if len(phone) != 11 or not phone.isdecimal() or not phone.startswith("100"):
        raise table.fail("phone", "11 digits that begin with 100")
    if len(plate) != 8 or plate[0] != "测" or plate[2] != "·":
        raise table.fail("plate", "written like 测A·12345")
    if len(number) != 18 or not number.startswith("000"):
        raise table.fail("id_number", "18 characters that begin with the unassigned area 000xxx")
    traits = frozenset(table.enums("traits", Trait)) if "traits" in table.values else frozenset[Trait]()
    if traits and traits not in AWKWARD:
        raise table.fail("traits", "traits that some people of the town have together")
    person = Person(
        name=table.text("name"),
        sex=table.one_of("sex", ("男", "女")),
        phone=phone,
        id_number=number,
        birth_date=table.get("birth_date", dt.date),
        address=table.text("address"),
        first_licence_date=table.get("first_licence_date", dt.date),
        vehicle_classes=table.text("vehicle_classes"),
    )
    vehicle = Vehicle(
        plate=plate,
        colour=table.enum("colour", CarColour),
        model=table.text("model"),
        vin=table.text("vin"),
        engine_number=table.text("engine_number"),
        register_date=table.get("register_date", dt.date),
    )
    return PartyTruth(
        role=role,
        person=person,
        vehicle=vehicle,
        policy=_policy(table.table("policy")),
        traits=traits,
        impostor=table.text("impostor") if "impostor" in table.values else "",
    )


def _policy(table: _Table) -> Policy:
    since = table.get("since", dt.datetime)
    if since.tzinfo is None:
        raise table.fail("since", "a moment with its zone, such as 2024-03-01T00:00:00+08:00")
    return Policy(number=table.text("number"), insurer=table.text("insurer"), since=since)


def _place(table: _Table) -> Place:
    longitude, latitude = table.get("longitude", float), table.get("latitude", float)
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise table.fail("longitude", "within 180 degrees, and latitude within 90")
    return Place(
        longitude=longitude,
        latitude=latitude,
        datum=table.enum("datum", Datum),
        accuracy_m=table.not_below("accuracy_m", 1),
        road=table.text("road"),
        direction=table.text("direction"),
        landmark=table.text("landmark"),
        pole=table.text("pole"),
    )


def _behaviour(table: _Table) -> Behaviour:
    return Behaviour(
        reaction_s=table.not_below("reaction_s", 0),
        hurt=table.get("hurt", bool),
        asks_for_officer=table.get("asks_for_officer", bool),
        refuses=frozenset(table.enums("refuses", ConsentItem)),
        flaws=_flaws(table.table("flaws")) if "flaws" in table.values else {},
    )


def _flaws(table: _Table) -> dict[Slot, Flaw]:
    table.only(Slot)
    return {Slot(slot): table.enum(slot, Flaw) for slot in table.values}


def _faults(table: _Table) -> MediumFaults:
    loss = table.not_below("loss_percent", 0)
    if loss > 100:
        raise table.fail("loss_percent", "a number from 0 to 100")
    return MediumFaults(
        loss_percent=loss,
        delay_ms=int(table.not_below("delay_ms", 0)),
        jitter_ms=int(table.not_below("jitter_ms", 0)),
        drop_after_s=table.not_below("drop_after_s", 0),
        microphone_muted=table.get("microphone_muted", bool),
    )


def _truth(table: _Table, roles: str) -> GroundTruth:
    facts = table.table("facts").only(TriageFact)
    faults = table.table("faults").only(roles)
    liability = table.table("liability").only(roles)
    return GroundTruth(
        summary=table.text("summary"),
        branch=table.enum("branch", Branch),
        facts={
            fact: facts.enum(fact, Answer) for fact in ROWS if fact not in FOLLOWS or fact in facts.values
        },
        faults={role: faults.texts(role) for role in faults.values},
        liability={role: liability.enum(role, Liability) for role in liability.values},
    )
