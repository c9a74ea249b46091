"""Acts that cannot be taken back: evacuation, dispatch, hand-over, end of call. All by key, all in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.domain.call import CallState
from console.domain.ids import IncidentId
from console.domain.incident import Incident, IncidentState
from console.domain.triage import Movement, TriageFact
from console.presenters.desk import Desk, clock_words
from console.presenters.words import SLOT, problem, tr
from console.store.changes import Changes
from widgets.case_bar import CaseBar
from widgets.chip import ChipState
from widgets.dispatch_panel import DispatchPanel, PoliceLine
from widgets.evacuation_panel import EvacuationPanel, EvacuationState

DISPATCH_REASONS = (
    ("injury", "有人受伤"),
    ("article-13", "第13条情形"),
    ("article-14", "第14条情形"),
    ("article-15", "危险化学品"),
    ("party-request", "当事人要求民警到场"),
    ("other", "其他"),
)

EVACUATION_TEXT = "证据已固定,可以撤离现场。请先看后方来车,一辆一辆走,最后收三角警告牌,不用等结果。"


def empty_evacuation() -> EvacuationState:
    """Return the evacuation panel before a call."""
    return EvacuationState(text=EVACUATION_TEXT, destination="")


def forecast_reason(incident: Incident) -> str:
    """Return the dispatch reason that the known facts name, empty when they name none."""
    assessment = incident.assessment
    if not assessment.dispatch:
        return ""
    if TriageFact.INJURY in assessment.because:
        return "injury"
    for article in ("15", "13", "14"):
        if article in assessment.articles:
            return f"article-{article}"
    return "party-request" if assessment.officer_requested else "other"


class ActsPresenter:
    """F9, F12, Ctrl+Enter and Ctrl+Shift+E, each with what hinders it in words."""

    def __init__(
        self,
        desk: Desk,
        evacuation: EvacuationPanel,
        dispatch: DispatchPanel,
        police: PoliceLine,
        case: CaseBar,
        say: Callable[[str], None],
        handed_over: Callable[[Incident], None],
    ) -> None:
        self._desk = desk
        self._evacuation = evacuation
        self._dispatch = dispatch
        self._police = police
        self._case = case
        self._say = say
        self._handed_over = handed_over
        self._destination: dict[IncidentId, str] = {}
        self.evacuation_words = ""
        evacuation.destination_edited.connect(self._destination_edited)
        evacuation.confirmed.connect(self._evacuate)
        police.pressed.connect(self.press_dispatch)
        dispatch.confirmed.connect(self._send_police)
        case.end_confirmed.connect(self._end)

    def press_evacuate(self) -> None:
        """F9: the first press arms, the second pushes."""
        self._evacuation.press()

    def press_dispatch(self) -> None:
        """F12: opens the reasons, or presses on."""
        incident = self._desk.own_incident()
        if incident is not None and incident.dispatch is None:
            self._dispatch.press(forecast_reason(incident))

    def press_end(self) -> None:
        """Ctrl+Shift+E: the first press arms, the second ends the call."""
        self._case.end_button.press()

    def hand_over(self) -> None:
        """Ctrl+Enter: finish the step; what is missing is said by the service, in words."""
        call, incident = self._desk.own_call(), self._desk.own_incident()
        if incident is None:
            return
        if (
            call is not None
            and call.state is CallState.WRAP_UP
            and incident.state is not IncidentState.COLLECTING
        ):
            self._desk.bridge.run(self._desk.does.calls.wrap_up(call.id), None, self._fail)
            return
        if incident.state is IncidentState.RULING:
            self._handed_over(incident)
            return
        work = self._desk.does.hand_over.hand_over(incident.id)
        self._desk.bridge.run(work, lambda _: self._handed_over(incident), self._fail)

    def refresh(self, changes: Changes) -> None:
        """Follow the incident."""
        if changes.incidents or changes.calls or changes.evidence or changes.session:
            incident = self._desk.own_incident()
            if incident is not None:
                state = self._evacuation_state(incident)
                self._evacuation.set_state(state)
                self.evacuation_words = state.sent.text if state.sent else ""
                if incident.dispatch is not None and not self._dispatch.isHidden():
                    self._dispatch.close_panel()  # pressed on while the service was answering

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _evacuation_state(self, incident: Incident) -> EvacuationState:
        movement = incident.assessment.movement
        locked = ""
        if movement is Movement.NO:
            locked = tr("第13、15条:现场勿动,不能推送撤离。")
        sent = None
        if incident.evacuation is not None:
            left = all(party.evacuated_at for party in incident.parties if party.caller)
            words = tr("对方已驶离") if left else tr("对方未确认")
            sent = ChipState(
                f"{tr('已推送')} {clock_words(incident.evacuation.at)} · {words}", "ok" if left else "info"
            )
        return EvacuationState(
            text=tr(EVACUATION_TEXT),
            destination=self._destination.get(incident.id, ""),
            missing=tuple(tr(SLOT[slot]) for slot in incident.missing_slots),
            locked=locked,
            sent=sent,
        )

    def _destination_edited(self, text: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            self._destination[incident.id] = text

    def _evacuate(self) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            destination = self._destination.get(incident.id, "")
            work = self._desk.does.evacuate.push(incident.id, EVACUATION_TEXT, destination)
            self._desk.bridge.run(work, None, self._fail)

    def _send_police(self, reason: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            self._desk.bridge.run(self._desk.does.dispatch.send(incident.id, reason), None, self._fail)

    def _end(self) -> None:
        call = self._desk.own_call()
        if call is not None and call.state is not CallState.WRAP_UP:
            self._desk.bridge.run(self._desk.does.calls.hang_up(call.id), None, self._fail)

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))
