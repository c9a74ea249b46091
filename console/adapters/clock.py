"""The machine's own clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """``ClockPort`` of the operating system."""

    def now(self) -> datetime:
        """Return the time as aware UTC."""
        return datetime.now(UTC)
