"""Ctrl+F: a case among those this desk has, by number, plate, name or place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtWidgets import QWidget

from console.contract.desk_api import Role
from console.domain.clock import SHANGHAI
from console.domain.ending import Ending, ending, require_ended
from console.domain.errors import DomainError
from console.domain.evidence import Custody
from console.domain.ids import IncidentId
from console.domain.incident import Incident, IncidentState
from console.domain.party import masked_name
from console.presenters.desk import Desk
from console.presenters.window import DeskWindow
from console.presenters.words import FORM, problem, tr
from console.store.changes import Changes
from console.store.selectors import newest_call
from widgets.chip import ChipState
from widgets.find_panel import ClosingState, FindPanel
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

ENDING: Mapping[Ending, str] = {
    Ending.SERVED: "文书已送达各方,可以结案。",
    Ending.POLICE: "已派警或转一般程序:现场处理完毕后结案,写明处理结果。",
    Ending.SETTLED: "第20条 自行协商:各方无争议、无人受伤,写明协商经过后结案。",
    Ending.NOT_TAKEN: "第18条:事实无法证明或不属本单位管辖,书面告知当事人并说明理由后结案,写明告知方式。",
}
"""What ends a case, and what is to be done before it is closed."""
CLOSES = frozenset({Role.CALL_TAKER, Role.RULING_OFFICER})
ON_THE_WAY = frozenset(Custody) - {Custody.VERIFIED, Custody.REJECTED, Custody.CORRUPT}
"""A closed case takes no evidence any more: nothing of it may still be under way."""


class FindPresenter:
    """Looks in what the desk has already; a case that waits for a ruling is opened from here, one that has
    come to its end is closed here.
    """

    def __init__(self, desk: Desk, window: DeskWindow, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._window = window
        self._say = say
        self._panel: FindPanel | None = None

    def toggle(self) -> None:
        """Ctrl+F: show the field and go there, or put it away."""
        self._window.toggle_sheet(SHEET, tr("找案件"), self._make)
        self._window.go_to(SHEET)

    def refresh(self, changes: Changes) -> None:
        """Follow the cases while the sheet is open."""
        if changes.incidents or changes.calls or changes.evidence:
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _make(self) -> tuple[Panel, QWidget]:
        self._panel = FindPanel(tr("找案件"), tr("案件号、号牌、姓名、地点;空格分开几个词"), "Ctrl+F")
        self._panel.asked.connect(lambda _text: self._show())
        self._panel.looked.connect(lambda _key: self._show())
        self._panel.chosen.connect(self._open)
        self._panel.closed.connect(self._close)
        self._fill(self._panel)
        return self._panel, self._panel.field

    def _show(self) -> None:
        if self._panel is not None and self._window.sheet == SHEET:
            self._fill(self._panel)

    def _fill(self, panel: FindPanel) -> None:
        words = panel.field.text().split()
        found = [one for one in self._newest_first() if all(_fits(one, word) for word in words)]
        shown = found[:MOST]
        count = tr("{count} 件").format(count=len(found))
        panel.set_rows(tuple(_row(one) for one in shown), ChipState(count, "info" if found else "none"))
        current = self._desk.store.incidents.get(IncidentId(panel.rows.current_key()))
        panel.say("" if current is None else self._told(current))
        panel.set_closing(None if current is None else self._closing(current))

    def _newest_first(self) -> list[Incident]:
        cases = self._desk.store.incidents.values()
        return sorted(cases, key=lambda one: (one.opened_at, one.number), reverse=True)

    def _told(self, incident: Incident) -> str:
        call = newest_call(self._desk.store, incident.id)
        parties = [f"{one.label} {masked_name(one.details.name)}".strip() for one in incident.parties]
        seat = tr("{seat} 席").format(seat=call.seat) if call is not None and call.seat else tr("没有人接过")
        opens = tr("Enter 打开") if self._may_open(incident) else ""
        return " · ".join(part for part in (tr(FORM[incident.form]), *parties, seat, opens) if part)

    def _closing(self, incident: Incident) -> ClosingState | None:
        """Return how the case may be closed here, and what hinders it."""
        found, user = ending(incident), self._desk.session.user
        if found is None or CLOSES.isdisjoint(user.roles):
            return None
        words = tr(ENDING[found])
        if found is Ending.NOT_TAKEN and not user.qualified:
            return ClosingState(words, tr("由民警办理"))
        items = self._desk.store.local_items.values()
        if any(one.incident_id == incident.id and one.custody in ON_THE_WAY for one in items):
            return ClosingState(words, tr("证据还没有传完"))
        calls = (call for call in self._desk.store.calls.values() if call.incident_id == incident.id)
        try:
            require_ended(incident, calls)
        except DomainError as refused:
            return ClosingState(words, problem(refused))
        return ClosingState(words)

    def _close(self, key: str, reason: str) -> None:
        work = self._desk.does.close.close(IncidentId(key), reason)
        self._desk.bridge.run(work, self._closed, lambda error: self._say(problem(error)))

    def _closed(self, _none: None) -> None:
        if self._panel is not None and self._window.sheet == SHEET:
            self._panel.closing.clear()
            self._window.go_to(SHEET)
        self._say(tr("已结案。"))

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
