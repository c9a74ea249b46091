"""What every presenter is given: the desk's knowledge, its use cases, and the door to the other thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from console.contract.desk_api import Session
from console.domain.call import Call
from console.domain.clock import SHANGHAI
from console.domain.incident import Incident
from console.presenters.bridge import Bridge
from console.store.changes import Changes
from console.store.desk_store import DeskStore
from console.store.selectors import own_call
from console.usecases.ports import ClockPort
from console.usecases.use_cases import UseCases


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The collaborators of all presenters. Read and used on the GUI thread only."""

    store: DeskStore
    bridge: Bridge
    does: UseCases
    clock: ClockPort

    @property
    def session(self) -> Session:
        """Who is signed in; the window exists only while somebody is."""
        if self.store.session is None:
            raise RuntimeError("nobody is signed in")
        return self.store.session

    def own_call(self) -> Call | None:
        """The call this seat holds, wrap-up included."""
        return own_call(self.store, self.session.seat)

    def own_incident(self) -> Incident | None:
        """The incident of the call this seat holds."""
        call = self.own_call()
        return None if call is None else self.store.incidents.get(call.incident_id)

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


def clock_words(moment: datetime) -> str:
    """Return ``moment`` as 14:32:07 in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).strftime("%H:%M:%S")


def elapsed_words(start: datetime, now: datetime) -> str:
    """Return the time from ``start`` to ``now`` as 2:14, never negative."""
    seconds = max(0, int((now - start).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"
