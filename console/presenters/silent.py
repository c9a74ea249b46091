"""Silent codes of the own incident: how many stand, and a logged look at them. Nothing of them is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from console.contract.verification_api import SilentAlert
from console.domain.registry import SilentCode
from console.presenters.desk import Desk, clock_words
from console.presenters.words import problem, tr
from console.store.changes import Changes
from widgets.silent_line import SilentLine

REASONS: Mapping[str, str] = {"safety": "本席安全", "supervisor": "报班长", "check": "核对登记"}
"""Why somebody may look."""

CODE: Mapping[SilentCode, str] = {
    SilentCode.STOLEN: "车辆被盗抢",
    SilentCode.SUSPECT: "嫌疑车辆",
    SilentCode.HIT_AND_RUN: "事故逃逸车辆",
    SilentCode.WANTED: "在逃人员",
}

SHOWN = timedelta(seconds=20)


def silent_reasons() -> tuple[tuple[str, str], ...]:
    """Return the short list, in words."""
    return tuple((key, tr(words)) for key, words in REASONS.items())


class SilentPresenter:
    """Shows their number quietly, and the codes themselves for a while after a logged look."""

    def __init__(self, desk: Desk, line: SilentLine, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._line = line
        self._say = say
        self._count = 0
        self._codes: tuple[str, ...] = ()
        self._until: datetime | None = None
        line.chosen.connect(self._look)

    def refresh(self, changes: Changes) -> None:
        """Follow the number of codes of the own incident."""
        if not (changes.silent or changes.calls or changes.session):
            return
        incident = self._desk.own_incident()
        self._count = 0 if incident is None else self._desk.store.silent_counts.get(incident.id, 0)
        if not self._count:
            self._until, self._codes = None, ()
        self._show()

    def tick(self, now: datetime) -> None:
        """Cover what was looked up when its time is over."""
        if self._until is None:
            return
        if now >= self._until:
            self._until, self._codes = None, ()
        self._show()

    def _look(self, reason: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            self._desk.bridge.run(
                self._desk.does.verification.view_silent(incident.id, reason), self._seen, self._fail
            )

    def _seen(self, alerts: tuple[SilentAlert, ...]) -> None:
        incident = self._desk.own_incident()
        letters = {} if incident is None else {party.id: party.label for party in incident.parties}
        self._codes = tuple(
            f"{letters.get(alert.party_id, '')} {tr(CODE[alert.code])} {clock_words(alert.raised_at)}".strip()
            for alert in alerts
        )
        self._until = self._desk.service_now() + SHOWN
        self._show()

    def _show(self) -> None:
        self._line.show_count(self._count)
        if self._until is not None and self._codes:
            left = round((self._until - self._desk.service_now()).total_seconds())
            self._line.show_codes(self._codes, max(0, left))

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))
