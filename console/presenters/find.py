"""Ctrl+F: a case among those this desk has, by number, plate, name or place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtWidgets import QWidget

from console.contract.desk_api import Role
from console.domain.clock import SHANGHAI
from console.domain.ids import IncidentId
from console.domain.incident import Incident, IncidentState
from console.domain.party import masked_name
from console.presenters.desk import Desk
from console.presenters.window import DeskWindow
from console.presenters.words import FORM, tr
from console.store.changes import Changes
from console.store.selectors import newest_call
from widgets.chip import ChipState
from widgets.find_panel import FindPanel
from widgets.panel import Panel
from widgets.rows import CheckRow

SHEET = "find"
MOST = 50
"""So many cases are listed, the newest first; typing more narrows them."""

STATE: Mapping[IncidentState, tuple[str, str]] = {
    IncidentState.COLLECTING: ("取证中", "camera"),
    IncidentState.RULING: ("待定责", "hourglass"),
    IncidentState.ISSUED: ("已签发", "file-text"),
    IncidentState.SERVED: ("已送达", "check-check"),
    IncidentState.DISPATCHED: ("已派警", "siren"),
    IncidentState.CLOSED: ("已结案", "archive"),
    IncidentState.VOID: ("已作废", "x"),
}


class FindPresenter:
    """Looks in what the desk has already; a case that waits for a ruling is opened from here."""

    def __init__(self, desk: Desk, window: DeskWindow, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._window = window
        self._say = say
        self._panel: FindPanel | None = None

    def toggle(self) -> None:
        """Ctrl+F: show the field and go there, or put it away."""
        self._window.toggle_sheet(SHEET, tr("找案件"), self._make)
        self._window.go_to(SHEET)
        self._show()

    def refresh(self, changes: Changes) -> None:
        """Follow the cases while the sheet is open."""
        if changes.incidents or changes.calls:
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _make(self) -> tuple[Panel, QWidget]:
        self._panel = FindPanel(tr("找案件"), tr("案件号、号牌、姓名、地点;空格分开几个词"), "Ctrl+F")
        self._panel.asked.connect(lambda _text: self._show())
        self._panel.looked.connect(lambda _key: self._show())
        self._panel.chosen.connect(self._open)
        return self._panel, self._panel.field

    def _show(self) -> None:
        panel = self._panel
        if panel is None or self._window.sheet != SHEET:
            return
        words = panel.field.text().split()
        found = [one for one in self._newest_first() if all(_fits(one, word) for word in words)]
        shown = found[:MOST]
        count = tr("{count} 件").format(count=len(found))
        panel.set_rows(tuple(_row(one) for one in shown), ChipState(count, "info" if found else "none"))
        current = self._desk.store.incidents.get(IncidentId(panel.rows.current_key()))
        panel.say("" if current is None else self._told(current))

    def _newest_first(self) -> list[Incident]:
        cases = self._desk.store.incidents.values()
        return sorted(cases, key=lambda one: (one.opened_at, one.number), reverse=True)

    def _told(self, incident: Incident) -> str:
        call = newest_call(self._desk.store, incident.id)
        parties = [f"{one.label} {masked_name(one.details.name)}".strip() for one in incident.parties]
        seat = tr("{seat} 席").format(seat=call.seat) if call is not None and call.seat else tr("没有人接过")
        opens = tr("Enter 打开") if self._may_open(incident) else ""
        return " · ".join(part for part in (tr(FORM[incident.form]), *parties, seat, opens) if part)

    def _may_open(self, incident: Incident) -> bool:
        rules = Role.RULING_OFFICER in self._desk.session.user.roles
        return rules and incident.state is IncidentState.RULING and self._desk.own_call() is None

    def _open(self, key: str) -> None:
        incident = self._desk.store.incidents.get(IncidentId(key))
        if incident is None:
            return
        if self._may_open(incident):
            self._window.close_sheet()
            self._desk.bridge.run(self._desk.does.ruling_queue.open(incident.id))
        else:
            self._say(tr("这件不在待定责里,或正在通话:这里只看,不打开。"))


def _row(incident: Incident) -> CheckRow:
    state, icon = STATE[incident.state]
    opened = incident.opened_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    return CheckRow(incident.id, incident.number, tr(state), "none", f"{opened} {_where(incident)}", icon)


def _where(incident: Incident) -> str:
    return incident.road_text or incident.landmark_text


def _fits(incident: Incident, word: str) -> bool:
    """Tell whether something of the case contains the word, in whatever case it is written."""
    known = [incident.number, incident.road_text, incident.landmark_text, tr(STATE[incident.state][0])]
    for party in incident.parties:
        known += [party.details.name, party.details.plate]
    return any(word.casefold() in one.casefold() for one in known)
