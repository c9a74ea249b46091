"""Who rules on the case: standing back from it or being asked to, or taking it on with a second officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.contract.desk_api import Role
from console.domain.ids import PartyId
from console.domain.incident import Incident, IncidentState
from console.presenters.desk import Desk, clock_words
from console.presenters.words import problem, tr
from console.store.changes import Changes
from widgets.officer_panel import OfficerPanel, OfficerState

STILL_RULED = frozenset({IncidentState.COLLECTING, IncidentState.RULING})
"""The states in which it matters who rules: whoever is asked may still be replaced."""


class OfficerPresenter:
    """Fills the panel from the incident; all go to the service at once."""

    def __init__(self, desk: Desk, panel: OfficerPanel, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._panel = panel
        self._say = say
        panel.stood_back.connect(self._stand_back)
        panel.asked.connect(self._asked)
        panel.converted.connect(self._convert)

    def refresh(self, changes: Changes) -> None:
        """Follow the incident."""
        if changes.incidents or changes.calls or changes.session:
            incident = self._desk.own_incident()
            if incident is not None:
                self._panel.set_state(self._state(incident))

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _state(self, incident: Incident) -> OfficerState:
        user, posts = self._desk.session.user, incident.posts
        in_charge = posts.in_charge
        told = [] if in_charge is None else [tr("承办:{officer}").format(officer=in_charge.name)]
        told += [
            tr("{at} 有民警回避:{reason}").format(at=clock_words(one.at), reason=one.reason)
            for one in posts.recusals
        ]
        told += [
            tr("{at} 当事人申请{officer}回避,待主管决定").format(
                at=clock_words(one.asked_at), officer=one.asked.officer_name
            )
            for one in posts.open_requests
        ]
        if posts.general is not None:
            told.append(tr("已转一般程序:{names}").format(names="、".join(posts.general.names)))
        blocked = ""
        if Role.RULING_OFFICER not in user.roles:
            blocked = tr("由民警办理")
        elif posts.recused(user.id) is not None:
            blocked = tr("本人已回避")
        elif incident.state is not IncidentState.RULING:
            blocked = tr("不在定责")
        parties = tuple((str(party.id), party.label) for party in incident.parties)
        return OfficerState(
            told="；".join(told),
            blocked=blocked,
            ask_blocked="" if incident.state in STILL_RULED else tr("不在定责"),
            parties=parties,
            in_charge="" if in_charge is None else in_charge.name,
        )

    def _stand_back(self, reason: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            work = self._desk.does.hand_over.stand_back(incident.id, reason)
            self._desk.bridge.run(work, lambda _: self._panel.clear(), self._fail)

    def _asked(self, party_id: str, officer: str, reason: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            does = self._desk.does.applications
            work = does.ask_recusal(incident.id, PartyId(party_id), reason, officer)
            self._desk.bridge.run(work, lambda _: self._panel.clear(), self._fail)

    def _convert(self, second_officer: str, reason: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            work = self._desk.does.hand_over.general_procedure(incident.id, second_officer, reason)
            self._desk.bridge.run(work, lambda _: self._panel.clear(), self._fail)

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))
