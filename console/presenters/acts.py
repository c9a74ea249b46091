"""Acts that cannot be taken back: evacuation, dispatch, hand-over, end of call. All by key, all in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.contract.desk_api import Role
from console.domain.call import CallState
from console.domain.evidence import required_slots
from console.domain.ids import IncidentId
from console.domain.incident import Incident, IncidentState
from console.domain.party import ConsentItem, Party
from console.domain.triage import Ground, Movement
from console.domain.verification import CheckResult
from console.presenters.desk import Desk, clock_words
from console.presenters.words import CONSENT, FACT, SLOT, gloss, problem, tr
from console.store.changes import Changes
from widgets.case_bar import CaseBar
from widgets.chip import ChipState
from widgets.dispatch_panel import DispatchPanel, PoliceLine
from widgets.evacuation_panel import EvacuationPanel, EvacuationState
from widgets.hand_over_panel import HandOverPanel, HandOverSheet

DISPATCH_REASONS = (
    ("injury", "有人受伤"),
    ("article-13", "第13条情形"),
    ("article-14", "第14条情形"),
    ("article-15", "危险化学品"),
    ("party-request", "当事人要求民警到场"),
    ("other", "其他"),
)

EVACUATION_TEXT = "证据已固定,可以撤离现场。请先看后方来车,一辆一辆走,最后收三角警告牌,不用等结果。"


DECIDED = frozenset(CheckResult) - {CheckResult.WAITING, CheckResult.PENDING}
"""Results that nobody waits for any more."""

STATED = 60
"""Characters of a statement on the sheet; the whole of it is in the party's panel."""

HURT = frozenset({Ground.INJURY, Ground.CONSENT_OPEN, Ground.CONSENT_REFUSED})
"""The grounds that stand for a person hurt."""


def empty_evacuation() -> EvacuationState:
    """Return the evacuation panel before a call."""
    return EvacuationState(text=EVACUATION_TEXT, destination="")


def forecast_reason(incident: Incident) -> str:
    """Return the dispatch reason that the known facts name, empty when they name none."""
    assessment = incident.assessment
    if not assessment.dispatch:
        return ""
    if HURT & set(assessment.grounds):
        return "injury"
    for article in ("15", "13", "14"):
        if article in assessment.article_numbers:
            return f"article-{article}"
    return "party-request" if Ground.REQUEST in assessment.grounds else "other"


def hand_over_sheet(incident: Incident, *, own: bool) -> HandOverSheet:
    """Return what of the case is there and what is not; open triage rows block whatever the reason.

    ``own``: the person rules on it too and reads it through.
    """
    required = required_slots(incident.form)
    checked = sum(
        all(check.result in DECIDED for check in incident.verification(party.id).checks)
        for party in incident.parties
    )
    stated = sum(bool(party.details.statement) for party in incident.parties)
    there = (
        tr("证据 {have}/{all}").format(have=len(required) - len(incident.missing_slots), all=len(required)),
        tr("核验 {have}/{all} 方").format(have=checked, all=len(incident.parties)),
        tr("陈述 {have}/{all} 方").format(have=stated, all=len(incident.parties)),
    )
    rows = "、".join(tr(FACT[fact]) for fact in incident.open_facts)
    return HandOverSheet(
        there=there,
        missing=tuple(tr(SLOT[slot]) for slot in incident.missing_slots),
        blocked=tr("适用性未确认:{rows}").format(rows=rows) if rows else "",
        said=tuple(_said(party) for party in incident.parties),
        own=own,
    )


def _said(party: Party) -> str:
    """Return what a party said, as far as it fits a line, and what it agreed to."""
    words = " ".join(party.details.statement.split())
    stated = words[:STATED] + "…" * (len(words) > STATED) if words else tr("没有陈述")
    agreed = "、".join(tr(CONSENT[item]) for item in ConsentItem if _given(party, item))
    return tr("{party}:{stated};同意:{agreed}").format(
        party=party.label, stated=stated, agreed=agreed or tr("无")
    )


def _given(party: Party, item: ConsentItem) -> bool:
    answer = party.consent(item)
    return answer is not None and answer.given


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
        handed_over: Callable[[], None],
        sheet: HandOverPanel,
    ) -> None:
        self._desk = desk
        self._evacuation = evacuation
        self._dispatch = dispatch
        self._police = police
        self._case = case
        self._say = say
        self._handed_over = handed_over
        self._sheet = sheet
        self._sheet_of: IncidentId | None = None
        sheet.confirmed.connect(self._hand_over_with)
        self._destination: dict[IncidentId, str] = {}
        self.evacuation_words = ""
        evacuation.destination_edited.connect(self._destination_edited)
        evacuation.confirmed.connect(self._evacuate)
        police.pressed.connect(self.press_dispatch)
        dispatch.confirmed.connect(self._send_police)
        case.end_confirmed.connect(self._end)

    def press_evacuate(self) -> None:
        """F9: the first press arms, the second pushes; where the panel is not in sight a sentence says so."""
        self._evacuation.press()
        if self._evacuation.button.armed and not self._evacuation.isVisible():
            self._say(tr("再按一次 F9,推送撤离。"))

    def press_dispatch(self) -> None:
        """F12: opens the reasons, or presses on."""
        incident = self._desk.own_incident()
        if incident is not None and incident.dispatch is None:
            self._dispatch.press(forecast_reason(incident))

    def press_end(self) -> None:
        """Ctrl+Shift+E: the first press arms, the second ends the call."""
        self._case.end_button.press()

    def hand_over(self) -> None:
        """Ctrl+Enter: finish the step. The first press opens the sheet, the second hands over; what is not
        complete goes with a reason.

        A case that was opened without a call goes back to the list; its draft stays.
        """
        call, incident = self._desk.own_call(), self._desk.own_incident()
        if incident is None:
            return
        if call is None:
            self._desk.bridge.run(self._desk.does.ruling_queue.put_back(), None, self._fail)
            return
        if call.state is CallState.WRAP_UP and incident.state is not IncidentState.COLLECTING:
            self._desk.bridge.run(self._desk.does.calls.wrap_up(call.id), None, self._fail)
            return
        if incident.state is IncidentState.RULING:
            self._handed_over()
            return
        if not self._sheet.isHidden():
            self._sheet.press()
        else:
            self._sheet_of = incident.id
            self._sheet.open_sheet(self._sheet_state(incident))

    def _sheet_state(self, incident: Incident) -> HandOverSheet:
        user = self._desk.session.user
        return hand_over_sheet(incident, own=Role.RULING_OFFICER in user.roles and user.qualified)

    def _hand_over_with(self, note: str, reason: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            work = self._desk.does.hand_over.hand_over(incident.id, note, reason)
            self._desk.bridge.run(work, lambda _: self._given(), self._fail)

    def _follow_sheet(self, incident: Incident) -> None:
        """The sheet is of one case that is still being collected; it goes with that."""
        if self._sheet.isHidden():
            return
        if incident.id == self._sheet_of and incident.state is IncidentState.COLLECTING:
            self._sheet.set_sheet(self._sheet_state(incident))
        else:
            self._put_sheet_away()

    def _put_sheet_away(self) -> None:
        self._sheet.close_sheet()
        self._sheet.note.clear()
        self._sheet.reason.clear()

    def _given(self) -> None:
        self._put_sheet_away()
        self._handed_over()

    def refresh(self, changes: Changes) -> None:
        """Follow the incident."""
        if changes.incidents or changes.calls or changes.evidence or changes.session:
            incident = self._desk.own_incident()
            if incident is not None:
                state = self._evacuation_state(incident)
                self._evacuation.set_state(state)
                self._follow_sheet(incident)
                self.evacuation_words = state.sent.text if state.sent else ""
                if incident.dispatch is not None and not self._dispatch.isHidden():
                    self._dispatch.close_panel()  # pressed on while the service was answering

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _evacuation_state(self, incident: Incident) -> EvacuationState:
        locked = ""
        if incident.assessment.movement is Movement.NO:
            locked = tr("第13、15条:现场勿动,不能推送撤离。")
        elif incident.doubted:
            locked = tr("核验不一致,排除看错前暂勿移动。")
        sent = None
        if incident.evacuation is not None:
            left = all(party.evacuated_at for party in incident.parties if party.caller)
            words = tr("对方已驶离") if left else tr("对方未确认")
            sent = ChipState(
                f"{tr('已推送')} {clock_words(incident.evacuation.at)} · {words}", "ok" if left else "info"
            )
        return EvacuationState(
            text=EVACUATION_TEXT,
            gloss=gloss(EVACUATION_TEXT),
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
        if call is None:
            self._desk.bridge.run(self._desk.does.ruling_queue.put_back(), None, self._fail)
        elif call.state is not CallState.WRAP_UP:
            self._desk.bridge.run(self._desk.does.calls.hang_up(call.id), None, self._fail)

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))
