"""Ctrl+K: call a party back; its number is shown for 20 s, with the reason in the audit, to be dialled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from console.domain.ids import PartyId
from console.domain.party import Party, ViewReason, masked_name, masked_phone
from console.presenters.desk import Desk
from console.presenters.parties import REVEALED
from console.presenters.window import DeskWindow
from console.presenters.words import problem, tr
from console.store.changes import Changes
from widgets.chip import ChipState
from widgets.contact_panel import ContactPanel
from widgets.panel import Panel
from widgets.rows import CheckRow

SHEET = "contact"


class ContactPresenter:
    """Lists the parties of the own case; this desk has no telephone line of its own."""

    def __init__(self, desk: Desk, window: DeskWindow, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._window = window
        self._say = say
        self._panel: ContactPanel | None = None
        self._lifted: dict[PartyId, datetime] = {}

    def toggle(self) -> None:
        """Show the parties and go there, or put them away."""
        if self._desk.own_incident() is None:
            self._say(tr("没有打开的案件,没有人可回拨。"))
            return
        self._window.toggle_sheet(SHEET, tr("回拨当事人"), self._make)
        self._window.go_to(SHEET)
        self._show()

    def refresh(self, changes: Changes) -> None:
        """Follow the parties; there is nobody to call without a case."""
        if changes.incidents or changes.calls or changes.edits or changes.session:
            if self._desk.own_incident() is None:
                self._lifted = {}
                if self._window.sheet == SHEET:
                    self._window.close_sheet()
            self._show()

    def tick(self, now: datetime) -> None:
        """Count down to the masks."""
        if self._lifted:
            self._lifted = {party: until for party, until in self._lifted.items() if until > now}
            self._show()

    def _make(self) -> tuple[Panel, QWidget]:
        self._panel = ContactPanel()
        self._panel.asked.connect(self._lift)
        return self._panel, self._panel.rows

    def _show(self) -> None:
        incident = self._desk.own_incident()
        if self._panel is None or incident is None or self._window.sheet != SHEET:
            return
        self._panel.set_rows(
            tuple(self._row(party) for party in incident.parties),
            ChipState(tr("显示号码记入日志"), "info"),
        )

    def _row(self, party: Party) -> CheckRow:
        until = self._lifted.get(party.id)
        phone, name = party.details.phone, masked_name(party.details.name)
        if until is None:
            return CheckRow(
                party.id, f"{party.label} {name}", masked_phone(phone) or tr("没有电话"), icon="phone"
            )
        left = max(0, round((until - self._desk.service_now()).total_seconds()))
        note = tr("还显示 {seconds} 秒").format(seconds=left)
        return CheckRow(party.id, f"{party.label} {name}", phone, "info", note, "phone-call", bold=True)

    def _lift(self, key: str) -> None:
        incident = self._desk.own_incident()
        party = None if incident is None else next((p for p in incident.parties if p.id == key), None)
        if incident is None or party is None:
            return
        if not party.details.phone:
            self._say(tr("这一方没有电话号码。"))
            return
        self._desk.bridge.run(
            self._desk.does.parties.view(incident.id, party.id, ViewReason.CONTACT),
            lambda _: self._shown(party.id),
            lambda error: self._say(problem(error)),
        )

    def _shown(self, party_id: PartyId) -> None:
        self._lifted[party_id] = self._desk.service_now() + REVEALED
        self._show()
