"""Rules that are data: calendars, code tables and faults, read once at the start from resources/rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.contract.codec import decode
from console.contract.tables import CodeTable, Tables
from console.domain.clock import WorkingCalendar, YearCalendar
from console.domain.fault_table import FaultKind
from console.service.fault_table import load_faults


@dataclass(frozen=True, kw_only=True)
class Office:
    """The unit that issues, whom a review is addressed to, and the short name that signs an SMS."""

    unit: str
    review_by: str
    sms_sign: str


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the service rules by. A file that cannot be used stops the service at its start."""

    calendar: WorkingCalendar
    faults: Mapping[str, FaultKind]
    codes: Mapping[str, CodeTable]
    office: Office

    @property
    def tables(self) -> Tables:
        """What the desk's forms choose from."""
        return Tables(faults=tuple(self.faults.values()), codes=self.codes)

    def words(self, table: str, code: str) -> str:
        """Return the words of ``code``; a code the table does not hold stays as it is, empty stays empty."""
        return self.codes[table].codes.get(code, code)


def load_rules(folder: Path) -> Rules:
    """Read the files of ``folder``; raise ``ValueError`` or ``KeyError`` for a wrong one."""
    return Rules(
        calendar=load_calendar(folder / "holidays.json"),
        faults=load_faults(folder / "faults.json"),
        codes=decode(dict[str, CodeTable], (folder / "codes.json").read_bytes()),
        office=decode(Office, (folder / "office.json").read_bytes()),
    )


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
