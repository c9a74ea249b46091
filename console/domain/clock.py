"""Working days as the procedure rules count them, always in Asia/Shanghai.

Source: 公安部令第146号 Art. 112(5) (two to ten days are working days) and 公安机关办理行政案件程序规定
Art. 35 (the first day is not counted). A make-up weekend named in the yearly notice is a working day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.domain.errors import DomainError

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class YearCalendar:
    """Off days and make-up working days of one year, from that year's State Council notice."""

    off_days: frozenset[date]
    work_days: frozenset[date]


@dataclass(frozen=True)
class WorkingCalendar:
    """Verified calendars by year; a year that is missing is an error and never a guess."""

    years: Mapping[int, YearCalendar]

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on ``day``; raise ``calendar-missing`` for an unknown year."""
        year = self.years.get(day.year)
        if year is None:
            raise DomainError("calendar-missing", year=day.year)
        if day in year.work_days:
            return True
        return day.weekday() < 5 and day not in year.off_days

    def last_day(self, start: date, working_days: int) -> date:
        """Return the last day of a period of ``working_days``; the start day itself is not counted."""
        day = start
        left = working_days
        while left:
            day += timedelta(days=1)
            if self.is_working(day):
                left -= 1
        return day


def local_date(moment: datetime) -> date:
    """Return the calendar day of an aware ``moment`` in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date()
