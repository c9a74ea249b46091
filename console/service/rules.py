"""Rules that are data: calendars, code tables and faults, read once at the start from resources/rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.contract.codec import decode
from console.contract.tables import CodeTable, Tables
from console.domain.city import Office
from console.domain.clock import Clock, WorkingCalendar, YearCalendar, deadline
from console.domain.errors import DomainError
from console.domain.fault_table import FaultKind
from console.domain.law import Law
from console.domain.local_rule import LocalRule
from console.domain.script import BranchScript
from console.domain.situation import Situation
from console.service.cities import TRAINING_TOWN, load_city
from console.service.fault_table import load_faults
from console.service.law_tables import load_law
from console.service.local_rules import load_local_rules


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the service rules by. A file that cannot be used stops the service at its start."""

    calendar: WorkingCalendar
    faults: Mapping[str, FaultKind]
    codes: Mapping[str, CodeTable]
    office: Office
    law: Law
    local_rules: Mapping[str, LocalRule]
    situations: tuple[Situation, ...] = ()
    scripts: tuple[BranchScript, ...] = ()

    @property
    def tables(self) -> Tables:
        """What the desk's forms choose from."""
        return Tables(
            faults=tuple(self.faults.values()),
            codes=self.codes,
            situations=self.situations,
            scripts=self.scripts,
        )

    def last_day(self, clock: Clock, start: date) -> date | None:
        """Return the last day of a clock that begins on ``start``, ``None`` where a calendar is missing.

        For periods of the police: nobody is refused because nobody can count them.
        """
        try:
            return deadline(clock, start, self.calendar)
        except DomainError:
            return None

    def words(self, table: str, code: str) -> str:
        """Return the words of ``code``; a code the table does not hold stays as it is, empty stays empty."""
        return self.codes[table].codes.get(code, code)


def load_rules(folder: Path, imported: Path | None = None, office: Office | None = None) -> Rules:
    """Read ``folder`` and the wording ``imported``; raise ``ValueError`` or ``KeyError`` for a wrong file.

    ``office`` is the city's, the training town's where none is given.
    """
    faults = load_faults(folder / "faults.json")
    return Rules(
        calendar=load_calendar(folder / "holidays.json"),
        faults=faults,
        codes=decode(dict[str, CodeTable], (folder / "codes.json").read_bytes()),
        office=office or load_city(folder.parent / "cities" / TRAINING_TOWN).office,
        law=load_law(folder / "law.json", faults, imported),
        local_rules=load_local_rules(folder / "local_rules.json"),
        situations=load_situations(folder / "situations.json", faults),
        scripts=decode(tuple[BranchScript, ...], (folder / "scripts.json").read_bytes()),
    )


def load_situations(file: Path, faults: Mapping[str, FaultKind]) -> tuple[Situation, ...]:
    """Read the common situations; raise ``ValueError`` for a fault that the table does not hold."""
    found: tuple[Situation, ...] = decode(tuple[Situation, ...], file.read_bytes())
    unknown = {code for one in found for role in one.roles for code in role.faults} - set(faults)
    if unknown:
        raise ValueError(f"{file.name} names unknown faults: {', '.join(sorted(unknown))}")
    return found


def load_calendar(file: Path) -> WorkingCalendar:
    """Read the yearly notices; a year that is not listed stays unknown."""
    years = json.loads(file.read_text(encoding="utf-8"))["years"]
    return WorkingCalendar(
        {
            int(year): YearCalendar(
                off_days=frozenset(date.fromisoformat(day) for day in notice["off_days"]),
                work_days=frozenset(date.fromisoformat(day) for day in notice["work_days"]),
            )
            for year, notice in years.items()
        }
    )
