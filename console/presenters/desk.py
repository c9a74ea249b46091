"""What every presenter is given: the desk's knowledge, its use cases, and the door to the other thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from console.contract.desk_api import Role, Session
from console.domain.call import Call
from console.domain.city import StepOrder
from console.domain.clock import SHANGHAI
from console.domain.incident import Incident
from console.presenters.bridge import Bridge
from console.presenters.words import tr
from console.store.changes import Changes
from console.store.desk_store import DeskStore
from console.store.selectors import case_in_hand, own_call
from console.usecases.ports import ClockPort
from console.usecases.use_cases import UseCases


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The collaborators of all presenters. Read and used on the GUI thread only.

    Map tiles come from ``service_url`` straight into the map widget, which keeps them in ``map_cache``.
    """

    store: DeskStore
    bridge: Bridge
    does: UseCases
    clock: ClockPort
    service_url: str
    map_cache: Path

    @property
    def session(self) -> Session:
        """Who is signed in; the window exists only while somebody is."""
        if self.store.session is None:
            raise RuntimeError("nobody is signed in")
        return self.store.session

    @property
    def order(self) -> StepOrder:
        """Whether this city clears the road before the ruling or after it."""
        city = self.session.city
        return StepOrder.EVACUATE_FIRST if city is None else city.order

    def own_call(self) -> Call | None:
        """The call this seat holds, wrap-up included."""
        return own_call(self.store, self.session.seat)

    def own_incident(self) -> Incident | None:
        """The case this seat works on: that of its call, else the one it opened without a call."""
        return case_in_hand(self.store, self.session.seat)

    def service_now(self) -> datetime:
        """The service's time (UTC): this machine's clock less the measured offset."""
        offset = self.store.clock.offset_ms if self.store.clock else 0
        return self.clock.now() - timedelta(milliseconds=offset)


class Presenter(Protocol):
    """Fills widgets from the store. Both methods run on the GUI thread and never wait."""

    def refresh(self, changes: Changes) -> None:
        """Show what ``changes`` touched."""

    def tick(self, now: datetime) -> None:
        """Move clocks on; called once a second with the service's time (UTC)."""


def is_trainer(roles: tuple[Role, ...]) -> bool:
    """Tell whether the trainer's page is this person's: a trainer who takes no calls."""
    return Role.TRAINER in roles and Role.CALL_TAKER not in roles


_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def short_day_words(day: date) -> str:
    """Return a day of these weeks as month, day and weekday, where there is no room for more."""
    return f"{day:%m-%d} {tr(_WEEKDAYS[day.weekday()])}"


def last_day_words(day: date) -> str:
    """Return the last day of a period, as 2026-12-01（周二）24:00前: the day itself counts."""
    weekday = tr(_WEEKDAYS[day.weekday()])
    return tr("{day}（{weekday}）24:00前").format(day=day.isoformat(), weekday=weekday)


def clock_words(moment: datetime) -> str:
    """Return ``moment`` as 14:32:07 in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).strftime("%H:%M:%S")


def elapsed_words(start: datetime, now: datetime) -> str:
    """Return the time from ``start`` to ``now`` as 2:14, never negative."""
    seconds = max(0, int((now - start).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"
