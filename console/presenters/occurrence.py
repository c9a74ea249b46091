"""When the accident happened: said or corrected at the desk, until then taken from the report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.contract.desk_api import StateAccidentTime
from console.domain.clock import SHANGHAI
from console.domain.errors import DomainError
from console.domain.incident import Incident
from console.presenters.desk import Desk
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.usecases.edits import TIME
from console.usecases.facts import EditState
from widgets.moment_field import MomentField, MomentState


class OccurrencePresenter:
    """Keeps every field of the accident's time on the own case, wherever it stands in the window."""

    def __init__(self, desk: Desk, fields: tuple[MomentField, ...], say: Callable[[str], None]) -> None:
        self._desk = desk
        self._fields = fields
        self._say = say
        for field in fields:
            field.chosen.connect(self._chosen)

    def refresh(self, changes: Changes) -> None:
        """Follow the incident and what was chosen here."""
        if changes.incidents or changes.edits or changes.calls or changes.session:
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _show(self) -> None:
        incident = self._desk.own_incident()
        if incident is None:
            return
        occurred_at = self._occurred_at(incident)
        moment = (occurred_at or incident.opened_at).astimezone(SHANGHAI)
        state = MomentState(
            moment.replace(second=0, microsecond=0, tzinfo=None),
            tr("报警时间,待核") if occurred_at is None else tr("已确认"),
            sure=occurred_at is not None,
        )
        for field in self._fields:
            field.set_state(state)

    def _occurred_at(self, incident: Incident) -> datetime | None:
        edit = self._desk.store.edits.get((incident.id, TIME))
        if (
            edit is not None
            and edit.state is not EditState.REFUSED
            and isinstance(edit.value, StateAccidentTime)
        ):
            return edit.value.occurred_at
        return incident.occurred_at

    def _chosen(self, moment: datetime) -> None:
        """A moment that has not come yet is refused here as by the service; what stands is shown again."""
        incident = self._desk.own_incident()
        if incident is None:
            return
        occurred_at = moment.replace(tzinfo=SHANGHAI)
        if occurred_at > self._desk.service_now():
            self._say(problem(DomainError("time-ahead")))
            self._show()
            return
        self._desk.bridge.run(self._desk.does.occurrence.state(incident.id, occurred_at))
