"""Working days with make-up weekends, over the calendars the service ships."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clock import WorkingCalendar, YearCalendar, local_date
from console.domain.determination import REVIEW_WORKING_DAYS
from console.domain.errors import DomainError

HOLIDAYS = Path(__file__).parents[3] / "resources" / "rules" / "holidays.json"


def load() -> WorkingCalendar:
    """Return the shipped calendars."""
    years = json.loads(HOLIDAYS.read_text(encoding="utf-8"))["years"]
    return WorkingCalendar(
        {
            int(year): YearCalendar(
                off_days=frozenset(date.fromisoformat(day) for day in table["off_days"]),
                work_days=frozenset(date.fromisoformat(day) for day in table["work_days"]),
            )
            for year, table in years.items()
        }
    )


CALENDAR = load()


@pytest.mark.parametrize(
    ("served_at", "service_day", "last_day"),
    [
        pytest.param("2025-03-11T14:20:00+08:00", "2025-03-11", "2025-03-14", id="DDL-S001 ordinary Tuesday"),
        pytest.param("2025-03-14T09:00:00+08:00", "2025-03-14", "2025-03-19", id="DDL-S002 over a weekend"),
        pytest.param("2025-04-30T18:00:00+08:00", "2025-04-30", "2025-05-08", id="DDL-S003 before 1 May"),
        pytest.param("2025-09-26T10:00:00+08:00", "2025-09-26", "2025-09-30", id="DDL-S004 make-up Sunday"),
        pytest.param("2024-04-30T23:59:00+08:00", "2024-04-30", "2024-05-08", id="DDL-S005 last minute"),
        pytest.param("2023-09-28T15:00:00+08:00", "2023-09-28", "2023-10-09", id="DDL-S006 golden week"),
        pytest.param(
            "2025-04-27T11:00:00+08:00", "2025-04-27", "2025-04-30", id="DDL-S007 on a make-up Sunday"
        ),
        pytest.param("2025-10-09T16:30:00Z", "2025-10-10", "2025-10-14", id="DDL-S008 UTC evening"),
        pytest.param("2025-06-06T10:00:00+08:00", "2025-06-06", "2025-06-11", id="DDL-S010 party A"),
        pytest.param("2025-06-09T10:00:00+08:00", "2025-06-09", "2025-06-12", id="DDL-S010 party B"),
        pytest.param("2025-03-10T09:00:00+08:00", "2025-03-10", "2025-03-13", id="DDL-S011"),
        pytest.param("2024-09-13T10:00:00+08:00", "2024-09-13", "2024-09-19", id="DDL-S012 mid-autumn"),
    ],
)
def test_last_day_to_apply_for_review(served_at: str, service_day: str, last_day: str) -> None:
    day = local_date(datetime.fromisoformat(served_at))
    assert day.isoformat() == service_day
    assert CALENDAR.last_day(day, REVIEW_WORKING_DAYS).isoformat() == last_day


def test_a_missing_year_is_said_and_never_guessed() -> None:
    day = local_date(datetime.fromisoformat("2026-12-30T10:00:00+08:00"))
    with pytest.raises(DomainError) as refused:
        CALENDAR.last_day(day, REVIEW_WORKING_DAYS)
    assert (refused.value.code, refused.value.params) == ("calendar-missing", {"year": 2027})


def test_the_day_changes_at_midnight_in_shanghai() -> None:
    assert local_date(datetime(2025, 3, 10, 15, 59, 59, tzinfo=UTC)) == date(2025, 3, 10)
    assert local_date(datetime(2025, 3, 10, 16, 0, tzinfo=UTC)) == date(2025, 3, 11)


@given(
    st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 11, 30)),
    st.integers(min_value=1, max_value=10),
)
def test_exactly_so_many_working_days_lie_after_the_start(start: date, days: int) -> None:
    last = CALENDAR.last_day(start, days)
    counted = [
        day
        for day in (date.fromordinal(n) for n in range(start.toordinal() + 1, last.toordinal() + 1))
        if CALENDAR.is_working(day)
    ]
    assert len(counted) == days
    assert counted[-1] == last


def test_every_make_up_day_is_a_weekend_and_no_off_day() -> None:
    for year in CALENDAR.years.values():
        assert all(day.weekday() >= 5 for day in year.work_days)
        assert not year.work_days & year.off_days
