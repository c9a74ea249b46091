"""Cities' rules as they are written down, read with words for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from console.domain.intake import Kinds
from console.domain.local_rule import Hours, LocalRule, Need, Season

Words = Annotated[str, Field(min_length=1, max_length=200)]
LEAP_YEAR = 2024
"""A year that has every day there is."""


class Row(BaseModel):
    """A table of a file; a key that nobody knows is a mistake, most likely a misspelt one."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class HoursRow(Row):
    """Opening hours; first and last moment included."""

    opens: time
    closes: time
    season: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("it closes before it opens")
        return self


class SeasonRow(Row):
    """First and last day as [month, day]."""

    first: tuple[int, int]
    last: tuple[int, int]

    @model_validator(mode="after")
    def _days(self) -> Self:
        for month, day in (self.first, self.last):
            try:
                date(LEAP_YEAR, month, day)
            except ValueError:
                raise ValueError(f"there is no day [{month}, {day}]") from None
        return self


class RuleRow(Row):
    """A rule without its name; as ``console.domain.local_rule.LocalRule``."""

    accepts: Annotated[frozenset[Kinds], Field(min_length=1)]
    hours: tuple[HoursRow, ...] = ()
    seasons: Mapping[str, SeasonRow] = {}
    workdays_only: bool = False
    area: str = ""
    expressway: bool | None = None
    slight_injury: bool = False
    needs: frozenset[Need] = frozenset()
    damage_cap_yuan: Annotated[float, Field(gt=0)] | None = None
    low_visibility_closes: bool = False

    @model_validator(mode="after")
    def _seasons_are_known(self) -> Self:
        for hours in self.hours:
            if hours.season and hours.season not in self.seasons:
                raise ValueError(f"there is no season {hours.season!r}")
        return self

    def rule(self, *, id_: str, name: str, source: str, version: str) -> LocalRule:
        """Return the rule under its name."""
        return LocalRule(
            id=id_,
            name=name,
            source=source,
            version=version,
            accepts=self.accepts,
            hours=tuple(Hours(opens=h.opens, closes=h.closes, season=h.season) for h in self.hours),
            seasons={name: Season(first=s.first, last=s.last) for name, s in self.seasons.items()},
            workdays_only=self.workdays_only,
            area=self.area,
            expressway=self.expressway,
            slight_injury=self.slight_injury,
            needs=self.needs,
            damage_cap_yuan=self.damage_cap_yuan,
            low_visibility_closes=self.low_visibility_closes,
        )


class NamedRuleRow(RuleRow):
    """A rule of ``local_rules.json``."""

    id: Words
    name: Words
    source: Words
    version: Words


def faults(file: str, error: ValidationError, below: str = "") -> Iterable[str]:
    """Yield what is wrong as *file: key: words*, without what stood there."""
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        places = [below, *(str(part) for part in item["loc"])]
        key = ".".join(place for place in places if place) or "the whole"
        yield f"{file}: {key}: {item['msg'].removeprefix('Value error, ')}"


def load_local_rules(file: Path) -> dict[str, LocalRule]:
    """Return the rules of ``file`` by id; raise ``ValueError`` that names file and key for a wrong one."""
    try:
        rows = TypeAdapter(tuple[NamedRuleRow, ...]).validate_json(file.read_bytes())
    except ValidationError as error:
        raise ValueError("\n".join(faults(file.name, error))) from None
    found = {
        row.id: row.rule(id_=row.id, name=row.name, source=row.source, version=row.version) for row in rows
    }
    if len(found) != len(rows):
        raise ValueError(f"{file.name}: an id is given twice")
    return found
