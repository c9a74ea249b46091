"""A city as data: one folder with everything that the city settles for itself.

::

    city.toml          [city] id, name, source, version, order ("evacuate-first" or "rule-first")
                       [office] unit, review_by, sms_sign
                       [numbering.incident] and [numbering.document] pattern, digits, restarts
                       [rule] as a rule of resources/rules/local_rules.json, without its name
    areas.geojson      police units: polygons in WGS-84 with "unit" and "served"; an empty collection leaves
                       the question of the area to a person
    messages.json      version, and the text of every SMS (console/service/messages.py)
    determination.typ  optional: the document in the city's own form

``python -m console service city check FOLDER`` reads a folder as the service does.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, ValidationError, model_validator
from shapely import from_geojson, is_valid_reason
from shapely.errors import ShapelyError

from console.domain.city import CityProfile, Numbering, Office, Restart, StepOrder
from console.service.local_rules import Row, RuleRow, Words, faults
from console.service.messages import Templates, mistakes

CITY, AREAS, MESSAGES, DOCUMENT = "city.toml", "areas.geojson", "messages.json", "determination.typ"
TRAINING_TOWN = "training_town"

R = TypeVar("R", bound=Row)


class CityError(ValueError):
    """A city's folder cannot be used; one line a mistake, as *file: key: words*."""


@dataclass(frozen=True, kw_only=True)
class City:
    """A city that was read; ``document`` is its own form of the document, ``None`` for the shared one."""

    profile: CityProfile
    office: Office
    incidents: Numbering
    documents: Numbering
    templates: Templates
    areas: Path
    document: Path | None


class _CityRow(Row):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,31}$")]
    name: Words
    source: Words
    version: Words
    order: StepOrder


class _OfficeRow(Row):
    unit: Words
    review_by: Words
    sms_sign: Annotated[str, Field(min_length=1, max_length=14)]


_TELLS_APART = {Restart.DAY: {"year", "month", "day"}, Restart.YEAR: {"year"}, Restart.NEVER: set[str]()}


class _NumberingRow(Row):
    pattern: Words
    digits: Annotated[int, Field(ge=3, le=9)]
    restarts: Restart

    @model_validator(mode="after")
    def _tells_apart(self) -> Self:
        template = Template(self.pattern)
        if not template.is_valid():
            raise ValueError("a $ stands alone in the pattern")
        held, needed = set(template.get_identifiers()), {"number", *_TELLS_APART[self.restarts]}
        for word in sorted(held - {"number", "year", "month", "day"}):
            raise ValueError(f"nobody knows ${word} in a pattern")
        for word in sorted(needed - held):
            raise ValueError(f"the pattern needs ${word}, or two documents would get one number")
        return self

    def numbering(self) -> Numbering:
        return Numbering(pattern=self.pattern, digits=self.digits, restarts=self.restarts)


class _NumberingsRow(Row):
    incident: _NumberingRow
    document: _NumberingRow


class _CityFile(Row):
    city: _CityRow
    office: _OfficeRow
    numbering: _NumberingsRow
    rule: RuleRow


class _MessagesFile(Row):
    version: Words
    templates: Mapping[str, str]


class _Area(Row):
    unit: Words
    served: bool


class _Shape(Row):
    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any]


class _Feature(Row):
    type: Literal["Feature"]
    properties: _Area
    geometry: _Shape


class _AreasFile(Row):
    type: Literal["FeatureCollection"]
    name: str = ""
    features: tuple[_Feature, ...]


def city_folder(cities: Path, city: str) -> Path:
    """Return where ``city`` lies: an id of ``cities``, else the path of a folder; raise ``CityError``."""
    for folder in (cities / city, Path(city)):
        if city and (folder / CITY).is_file():
            return folder
    known = ", ".join(sorted(folder.name for folder in cities.iterdir() if (folder / CITY).is_file()))
    raise CityError(f"there is no city {city!r}: give the path of its folder, or one of {known}")


def load_city(folder: Path) -> City:
    """Read a city's folder; raise ``CityError`` that tells every mistake that was found."""
    wrong: list[str] = []
    told = _read(folder, CITY, _CityFile, wrong)
    said = _read(folder, MESSAGES, _MessagesFile, wrong)
    drawn = _read(folder, AREAS, _AreasFile, wrong)
    if said is not None:
        wrong += [f"{MESSAGES}: templates.{name}: {words}" for name, words in mistakes(said.templates)]
    if drawn is not None:
        wrong += _shapes(folder / AREAS, drawn)
    if wrong or told is None or said is None or drawn is None:
        raise CityError("\n".join(wrong))
    named = told.city
    rule = told.rule.rule(id_=named.id, name=named.name, source=named.source, version=named.version)
    document = folder / DOCUMENT
    return City(
        profile=CityProfile(id=named.id, name=named.name, order=named.order, rule=rule),
        office=Office(**told.office.model_dump()),
        incidents=told.numbering.incident.numbering(),
        documents=told.numbering.document.numbering(),
        templates=Templates(version=said.version, templates=said.templates),
        areas=folder / AREAS,
        document=document if document.is_file() else None,
    )


def _read(folder: Path, name: str, kind: type[R], wrong: list[str]) -> R | None:
    file = folder / name
    try:
        text = file.read_text("utf-8")
        told = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
        return kind.model_validate(told)
    except FileNotFoundError:
        wrong.append(f"{name}: the file is missing")
    except UnicodeDecodeError:
        wrong.append(f"{name}: it is not UTF-8")
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        wrong.append(f"{name}: {error}")
    except OSError as error:
        wrong.append(f"{name}: {error.strerror}")
    except ValidationError as error:
        wrong += faults(name, error)
    return None


def _shapes(file: Path, drawn: _AreasFile) -> Iterator[str]:
    """Yield what is wrong with the polygons: broken, outside the world, or over each other."""
    shapes = []
    for at, feature in enumerate(drawn.features):
        where = f"{file.name}: features.{at} ({feature.properties.unit})"
        try:
            shape = from_geojson(feature.geometry.model_dump_json())
        except ShapelyError:
            yield f"{where}: geometry.coordinates: no polygon can be made of them"
            continue
        west, south, east, north = shape.bounds
        if not (-180 <= west <= east <= 180 and -85 <= south <= north <= 85):
            yield f"{where}: geometry.coordinates: not longitude and latitude in degrees"
        elif not shape.is_valid:
            yield f"{where}: geometry: {is_valid_reason(shape)}"
        else:
            shapes.append((where, shape))
    yield from _overlaps(shapes)


def _overlaps(shapes: list[tuple[str, Any]]) -> Iterable[str]:
    for at, (where, shape) in enumerate(shapes):
        for other, beside in shapes[:at]:
            if shape.intersection(beside).area > 1e-3 * min(shape.area, beside.area):
                yield f"{where}: geometry: it lies over {other.partition(': ')[2]}"
