"""What a small window says of the parts it folds away: the rail's strip and the tabs of the right column."""

from __future__ import annotations

from datetime import datetime

from console.domain.call import Call, CallState
from console.domain.incident import Incident
from console.domain.party import ConsentItem
from console.presenters.desk import Desk, elapsed_words
from console.presenters.words import tr
from console.store.changes import Changes
from console.store.selectors import OpenKind, open_cases, waiting_calls
from widgets.rail import RailItem, RailStrip
from widgets.tab_column import TabColumn, TabState


class FoldedPresenter:
    """Fills strip and tabs; both are true in the large window too, where nobody sees them."""

    def __init__(self, desk: Desk, rail: RailStrip, tabs: TabColumn) -> None:
        self._desk = desk
        self._rail = rail
        self._tabs = tabs

    def refresh(self, changes: Changes) -> None:
        """Follow queue, cases and the incident."""
        if changes.calls or changes.incidents or changes.session:
            self.tick(self._desk.service_now())
            incident = self._desk.own_incident()
            if incident is not None:
                self._show_tabs(incident)

    def tick(self, now: datetime) -> None:
        """Count the longest wait on."""
        desk = self._desk
        waiting = waiting_calls(desk.store)
        kinds = [kind for kind, _incident in open_cases(desk.store, desk.session.seat)]
        hurt = sum(call.hurt_reported for call in waiting)
        longest = min((call.placed_at for call in waiting), default=None)
        items = [RailItem("waiting", "list-checks", str(len(waiting)), tr("排队"))]
        if longest is not None:
            items.append(RailItem("longest", "clock-alert", elapsed_words(longest, now), tr("最长"), "warn"))
        if hurt:
            items.append(RailItem("hurt", "triangle-alert", str(hurt), tr("疑伤"), "bad"))
        dropped, ruling = kinds.count(OpenKind.DROPPED), kinds.count(OpenKind.RULING)
        if dropped:
            items.append(RailItem("dropped", "phone-missed", str(dropped), tr("掉线"), "warn"))
        if ruling:
            items.append(RailItem("ruling", "hourglass", str(ruling), tr("待定责")))
        items.append(_state(desk.own_call()))
        self._rail.set_items(tuple(items))

    def _show_tabs(self, incident: Incident) -> None:
        answered = len(incident.open_facts) == 0
        agreed = sum(
            any(consent.item is item for consent in party.consents)
            for party in incident.parties
            for item in ASKED
        )
        asked = len(incident.parties) * len(ASKED)
        whole = answered and agreed == asked
        states = {
            "place": TabState("ok" if incident.road_text and incident.position else "warn"),
            "parties": TabState("ok" if all(_known(incident, n) for n in (0, 1)) else "info"),
            "eligibility": TabState("ok" if whole else "warn", "" if whole else f"{agreed}/{asked}"),
            "statements": TabState("ok" if incident.notes else "none"),
        }
        for name, state in states.items():
            self._tabs.set_state(name, state)


ASKED = (ConsentItem.RECORDING_NOTICE, ConsentItem.VIDEO_HANDLING, ConsentItem.E_SERVICE)
"""What every party is asked in every case (interface.md 9)."""


def _known(incident: Incident, at: int) -> bool:
    if at >= len(incident.parties):
        return False
    details = incident.parties[at].details
    return bool(details.name and details.plate)


def _state(call: Call | None) -> RailItem:
    if call is None:
        return RailItem("state", "user-round", "", tr("空闲"))
    if call.state is CallState.WRAP_UP:
        return RailItem("state", "pencil", "", tr("话后"), "info")
    if call.state is CallState.INTERRUPTED:
        return RailItem("state", "phone-missed", "", tr("掉线"), "warn")
    return RailItem("state", "phone", "", tr("通话"), "info")
