"""Words of documents and messages: days as they are printed, and the stroke through an empty field."""

from __future__ import annotations

from datetime import date

STRUCK = "—"
"""What stands in a field without content, which is never left blank (GA 40-2018)."""

_WEEKDAYS = "一二三四五六日"


def chinese_date(day: date) -> str:
    """Return ``day`` as 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_date(day: date) -> str:
    """Return ``day`` as 11月26日(星期四)."""
    return f"{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"
