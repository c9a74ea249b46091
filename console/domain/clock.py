"""Periods as the procedure rules count them, always in Asia/Shanghai.

Sources: 公安部令第146号 Art. 112(5) (one, two, three, five and ten days are working days; thirty is not in
that list, so it is calendar days) and 公安机关办理行政案件程序规定 Art. 35 (the first day is not counted; a
last day on a holiday moves to the next working day). A make-up weekend of the yearly notice is a working day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
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
            day = _later(day, 1)
            if self.is_working(day):
                left -= 1
        return day

    def rolled(self, day: date) -> date:
        """Return ``day``, or the next working day where ``day`` is none."""
        while not self.is_working(day):
            day = _later(day, 1)
        return day


def _later(day: date, days: int) -> date:
    """Return the day so many days later; raise ``calendar-missing`` where all calendars end."""
    if (date.max - day).days < days:
        raise DomainError("calendar-missing", year=date.max.year)
    return day + timedelta(days=days)


class Clock(StrEnum):
    """A period that runs in a case, by the act it is given for."""

    REVIEW_APPLICATION = "review_application"
    MAKE_CERTIFICATE_SIMPLE = "make_certificate_simple"
    SERVE_CERTIFICATE = "serve_certificate"
    FORWARD_FILE = "forward_file"
    MEDIATION_REQUEST = "mediation_request"
    REVIEW_DECISION = "review_decision"
    LATE_REPORT_DECISION = "late_report_decision"
    RECUSAL_DECISION = "recusal_decision"
    REINVESTIGATION = "reinvestigation"


@dataclass(frozen=True)
class Period:
    """A length in days and what kind of days; ``article`` of 公安部令第146号 that gives it."""

    days: int
    working: bool
    article: int


PERIODS: Mapping[Clock, Period] = {
    Clock.REVIEW_APPLICATION: Period(3, working=True, article=71),
    Clock.MAKE_CERTIFICATE_SIMPLE: Period(3, working=True, article=24),
    Clock.SERVE_CERTIFICATE: Period(3, working=True, article=65),
    Clock.FORWARD_FILE: Period(2, working=True, article=72),
    Clock.MEDIATION_REQUEST: Period(10, working=True, article=86),
    Clock.REVIEW_DECISION: Period(30, working=False, article=74),
    Clock.LATE_REPORT_DECISION: Period(3, working=True, article=18),
    Clock.RECUSAL_DECISION: Period(2, working=True, article=105),
    Clock.REINVESTIGATION: Period(10, working=True, article=79),
}
"""The periods of 公安部令第146号 that the desk counts."""


def deadline(clock: Clock, start: date, calendar: WorkingCalendar) -> date:
    """Return the last day of ``clock`` begun on ``start``; raise ``calendar-missing`` for an unknown year."""
    period = PERIODS[clock]
    if period.working:
        return calendar.last_day(start, period.days)
    return calendar.rolled(_later(start, period.days))


class Channel(StrEnum):
    """How a document reaches its recipient; the first two are electronic."""

    SMS = "sms"
    APP = "app"
    POST = "post"
    IN_PERSON = "in_person"


ELECTRONIC = frozenset({Channel.SMS, Channel.APP})


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What is known of one delivery; every moment is aware.

    ``handed_over_at`` is a service in person or by post, ``sent_success_at`` the sending system's own word,
    ``proved_arrival_at`` a later arrival that the recipient proves. ``e_service_consent`` is ``None`` where
    it was never asked.
    """

    channel: Channel = Channel.IN_PERSON
    e_service_consent: bool | None = None
    handed_over_at: datetime | None = None
    sent_success_at: datetime | None = None
    proved_arrival_at: datetime | None = None


def served_at(delivery: Delivery) -> datetime | None:
    """Return the moment of service, or ``None`` while there is none.

    A message counts only with the recipient's consent (公安机关办理行政案件程序规定 Art. 36), at the moment
    the sending system shows success and not when it was handed to the gateway; a proven other arrival goes
    before it (道路交通安全违法行为处理程序规定 Art. 56, by analogy).
    """
    if delivery.channel in ELECTRONIC:
        if delivery.e_service_consent is False:
            return None
        return delivery.proved_arrival_at or delivery.sent_success_at or delivery.handed_over_at
    return delivery.proved_arrival_at or delivery.handed_over_at


class Filing(StrEnum):
    """Whether an application came in time; a late one is refused in writing (Art. 73)."""

    IN_TIME = "in_time"
    LATE = "late_refuse_in_writing"


def filing(filed_at: datetime, last_day: date) -> Filing:
    """Judge an application that came in at ``filed_at`` against the last day of its period."""
    return Filing.IN_TIME if local_date(filed_at) <= last_day else Filing.LATE


def end_of_day(day: date) -> datetime:
    """Return the moment at which ``day`` is over in Asia/Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def local_date(moment: datetime) -> date:
    """Return the calendar day of an aware ``moment`` in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date()
