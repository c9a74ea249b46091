"""Local rules: when and where a city settles by video, as its notice says. Data, never an enum of cities.

公安部令第146号 is the floor; a city's notice narrows hours, area, who may be involved, injuries and weather.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from console.domain.clock import SHANGHAI, WorkingCalendar
from console.domain.intake import Injury, Intake, Kinds


class Need(StrEnum):
    """What a local rule asks for before video may be used."""

    COMPULSORY_INSURANCE = "compulsory_insurance"
    MOVABLE = "movable"
    MV_LIABLE_IF_NMV_INJURY = "mv_liable_if_nmv_injury"
    PROPERTY_OWNER_PRESENT_IF_SINGLE = "property_owner_present_if_single"


class Unmet(StrEnum):
    """Why a local rule does not let an accident be settled by video."""

    HOURS = "hours"
    WORKDAY = "workday"
    AREA = "area"
    EXPRESSWAY = "expressway"
    KINDS = "kinds"
    INJURY = "injury"
    DAMAGE = "damage"
    VISIBILITY = "visibility"
    INSURANCE = "insurance"
    MOVABLE = "movable"
    MV_NOT_LIABLE = "mv_not_liable"
    OWNER_ABSENT = "owner_absent"
    STATED = "stated"


@dataclass(frozen=True, kw_only=True)
class Season:
    """A part of the year, both days included, as (month, day); it may run over the new year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` lies in the season."""
        this = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= this <= self.last
        return this >= self.first or this <= self.last


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Opening hours, first and last moment included; ``season`` empty: all year."""

    opens: time
    closes: time
    season: str = ""


@dataclass(frozen=True, kw_only=True)
class LocalRule:
    """One city's rule as published. ``hours`` empty: around the clock. ``area`` empty: everywhere.

    ``expressway`` ``None``: the notice says nothing, and an expressway has police of its own.
    ``slight_injury``: whether anyone hurt slightly may be settled by video when every party agrees.
    ``low_visibility_closes``: fog and the like close the service. ``source`` names the notice, ``version``
    when it began to hold.
    """

    id: str
    name: str
    source: str
    version: str
    accepts: frozenset[Kinds]
    hours: tuple[Hours, ...] = ()
    seasons: Mapping[str, Season] = field(default_factory=dict)
    workdays_only: bool = False
    area: str = ""
    expressway: bool | None = None
    slight_injury: bool = False
    needs: frozenset[Need] = frozenset()
    damage_cap_yuan: float | None = None
    low_visibility_closes: bool = False


FLOOR = LocalRule(
    id="floor",
    name="公安部令第146号",
    source="公安部令第146号 Arts. 13 to 24",
    version="2018-05-01",
    accepts=frozenset(Kinds),
    slight_injury=True,
)
"""What the ministry's rules alone ask for; the call-taker answers for the local rule in a row of its own."""


def asked(rule: LocalRule) -> frozenset[Unmet]:
    """Return what ``rule`` asks about at all; the rest cannot fail whatever the facts are."""
    asks = {
        Unmet.HOURS: bool(rule.hours),
        Unmet.WORKDAY: rule.workdays_only,
        Unmet.AREA: bool(rule.area),
        Unmet.EXPRESSWAY: not rule.expressway,
        Unmet.KINDS: rule.accepts < frozenset(Kinds),
        Unmet.INJURY: not rule.slight_injury,
        Unmet.DAMAGE: rule.damage_cap_yuan is not None,
        Unmet.VISIBILITY: rule.low_visibility_closes,
        Unmet.INSURANCE: Need.COMPULSORY_INSURANCE in rule.needs,
        Unmet.MOVABLE: Need.MOVABLE in rule.needs,
        Unmet.MV_NOT_LIABLE: Need.MV_LIABLE_IF_NMV_INJURY in rule.needs,
        Unmet.OWNER_ABSENT: Need.PROPERTY_OWNER_PRESENT_IF_SINGLE in rule.needs,
    }
    return frozenset(reason for reason, holds in asks.items() if holds)


LOW_VISIBILITY = frozenset({"1", "2"})
"""Codes below 100 m (domain.md 3.3)."""

BLINDING_WEATHER = frozenset({"5", "7"})
"""Fog and blowing sand (domain.md 3.3)."""


def unmet(rule: LocalRule, intake: Intake, calendar: WorkingCalendar) -> tuple[Unmet, ...]:
    """Return what of ``rule`` this accident does not meet, in the order of ``Unmet``; empty when it fits.

    Raises ``calendar-missing`` where the rule counts workdays and the year's calendar is not known.
    """
    single = intake.kinds is Kinds.SINGLE
    nmv_hurt = intake.kinds in {Kinds.MV_NMV, Kinds.MV_PED} and intake.injury is not Injury.NONE
    fails = {
        Unmet.HOURS: intake.call_at is not None and not is_open(rule, intake.call_at),
        Unmet.WORKDAY: rule.workdays_only and not _workday(intake.call_at, calendar),
        Unmet.AREA: bool(rule.area) and intake.area == "out",
        Unmet.EXPRESSWAY: intake.on_expressway and not rule.expressway,
        Unmet.KINDS: intake.kinds not in rule.accepts,
        Unmet.INJURY: intake.injury is not Injury.NONE and not rule.slight_injury,
        Unmet.DAMAGE: _over(intake.damage_yuan, rule.damage_cap_yuan),
        Unmet.VISIBILITY: rule.low_visibility_closes
        and (intake.weather in BLINDING_WEATHER or intake.visibility in LOW_VISIBILITY),
        Unmet.INSURANCE: Need.COMPULSORY_INSURANCE in rule.needs and not intake.insured,
        Unmet.MOVABLE: Need.MOVABLE in rule.needs and not intake.movable,
        Unmet.MV_NOT_LIABLE: Need.MV_LIABLE_IF_NMV_INJURY in rule.needs and nmv_hurt and not intake.mv_liable,
        Unmet.OWNER_ABSENT: Need.PROPERTY_OWNER_PRESENT_IF_SINGLE in rule.needs
        and single
        and not intake.property_owner_present,
        Unmet.STATED: intake.outside_local_rule,
    }
    return tuple(reason for reason, failed in fails.items() if failed)


def hours_on(rule: LocalRule, day: date) -> tuple[Hours, ...]:
    """Return the opening hours of ``day`` by its season; empty: around the clock."""
    return tuple(one for one in rule.hours if not one.season or rule.seasons[one.season].holds(day))


def is_open(rule: LocalRule, moment: datetime) -> bool:
    """Tell whether ``moment`` lies in the opening hours, whichever day of the week it is."""
    local = moment.astimezone(SHANGHAI)
    hours = hours_on(rule, local.date())
    return not rule.hours or any(one.opens <= local.time() <= one.closes for one in hours)


def _workday(moment: datetime | None, calendar: WorkingCalendar) -> bool:
    return moment is None or calendar.is_working(moment.astimezone(SHANGHAI).date())


def _over(damage: float | None, cap: float | None) -> bool:
    return damage is not None and cap is not None and damage > cap
