"""A code by which a party without a link joins the case in hand: made here, read out on the telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from console.contract.join_api import JoinCode
from console.domain.ids import IncidentId, PartyId
from console.presenters.desk import Desk, clock_words
from console.presenters.window import DeskWindow
from console.presenters.words import problem, tr
from console.store.changes import Changes
from widgets.join_panel import JoinPanel, JoinState
from widgets.panel import Panel


class JoinCodePresenter:
    """Opens with Ctrl+N beside a case. A code is shown until its time is over or another case is in hand."""

    def __init__(self, desk: Desk, window: DeskWindow, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._window = window
        self._say = say
        self._panel: JoinPanel | None = None
        self._code: JoinCode | None = None
        self._of: IncidentId | None = None

    def toggle(self) -> None:
        """Show the panel, or put it away; without a case there is nothing to join."""
        if self._window.sheet != "join" and self._desk.own_incident() is None:
            self._say(tr("先接听或打开一个案件,再出接入码。"))
            return
        self._window.toggle_sheet("join", tr("接入码"), self._make)

    def refresh(self, changes: Changes) -> None:
        """Follow the parties of the case."""
        if changes.incidents or changes.calls:
            self._show()

    def tick(self, now: datetime) -> None:
        """Take a code away that serves no more."""
        if self._code is not None and now >= self._code.expires_at:
            self._code = None
            self._show()

    @property
    def _open(self) -> bool:
        return self._window.sheet == "join"

    def _make(self) -> tuple[Panel, QWidget]:
        panel = JoinPanel()
        panel.asked.connect(self._ask)
        self._panel = panel
        self._fill(panel)
        return panel, panel.make_button

    def _show(self) -> None:
        if self._open and self._panel is not None:
            self._fill(self._panel)

    def _fill(self, panel: JoinPanel) -> None:
        incident = self._desk.own_incident()
        if incident is None or incident.id != self._of:
            self._code, self._of = None, None if incident is None else incident.id
        waiting = () if incident is None else tuple(p for p in incident.parties if not p.caller)
        known = tuple((str(party.id), f"{party.label} {party.details.name}".strip()) for party in waiting)
        code = self._code
        panel.set_state(
            JoinState(
                parties=(*known, ("", tr("新的一方"))),
                code="" if code is None else f"{code.code[:4]} {code.code[4:]}",
                said=tr("请当事人打开 {address},输入这 8 位数字;{at} 前有效,只能用一次。").format(
                    address=code.address, at=clock_words(code.expires_at)
                )
                if code is not None
                else tr("当事人收不到或打不开链接时,出一个码,在电话里报给当事人。"),
                blocked=tr("没有案件") if incident is None else "",
            )
        )

    def _ask(self, party: str, phone: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            work = self._desk.does.invite.join_code(incident.id, PartyId(party) if party else None, phone)
            self._desk.bridge.run(work, self._take, lambda error: self._say(problem(error)))

    def _take(self, code: JoinCode) -> None:
        self._code = code
        self._show()
