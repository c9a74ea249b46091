"""The case bar: number, accident type, script chip, next step, stage clock, total time."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.domain.call import Call
from console.domain.incident import Incident, IncidentState
from console.domain.triage import Branch
from console.presenters.desk import Desk, elapsed_words
from console.presenters.words import BRANCH, FORM, SLOT, tr
from console.store.changes import Changes
from widgets.case_bar import CaseBar, CaseBarState
from widgets.chip import ChipState
from widgets.stage_block import StageMark, StageState
from widgets.theme import Severity

TARGETS = {
    "answer": timedelta(seconds=15),
    "evidence": timedelta(minutes=3),
    "evacuation": timedelta(minutes=3),
    "ruling": timedelta(minutes=5),
    "service": timedelta(minutes=10),
}
"""The deployment's own targets for each stage, counted from the call."""


def empty_case() -> CaseBarState:
    """Return the bar before a call; it is hidden then."""
    return CaseBarState("", "", ChipState(tr("待定"), "unknown"), "", (), "0:00", "")


def script_chip(incident: Incident) -> ChipState:
    """Return the answer to "may they move?" in one chip."""
    branch = incident.assessment.branch
    looks: dict[Branch, tuple[Severity, str]] = {
        Branch.VIDEO_FAST: ("ok", "route"),
        Branch.HOLD_SCENE_DISPATCH: ("bad", "octagon-x"),
        Branch.HAZMAT_EMERGENCY: ("bad", "biohazard"),
        Branch.PHOTO_MOVE_REPORT: ("warn", "triangle-alert"),
        Branch.DISPATCH_ON_REQUEST: ("warn", "hand"),
        Branch.EVIDENCE_MOVE_DISPATCH: ("warn", "siren"),
    }
    severity, icon = looks[branch]
    return ChipState(tr(BRANCH[branch]), severity, icon)


def next_step(incident: Incident) -> str:
    """Return what is to be done next, in words."""
    if incident.dispatch is not None:
        return tr("已派警,等民警到场")
    if incident.assessment.dispatch:
        return tr("派警 F12")
    if incident.state is IncidentState.COLLECTING:
        if incident.missing_slots:
            return tr(SLOT[incident.missing_slots[0]])
        if incident.assessment.open_facts:
            return tr("确认适用性")
        if incident.evacuation is None:
            return tr("推送撤离 F9")
        return tr("移交定责 Ctrl+Enter")
    return {
        IncidentState.RULING: tr("定责并签发"),
        IncidentState.ISSUED: tr("送达"),
        IncidentState.SERVED: tr("结束通话,结案"),
    }.get(incident.state, tr("已结案"))


def stages(call: Call, incident: Incident, now: datetime) -> tuple[StageState, ...]:
    """Return the stage clock: each block's value counts from the moment the call came in."""
    began = call.placed_at
    answered = call.answered_at
    evidence = incident.evidence[-1].received_at if not incident.missing_slots and incident.evidence else None
    evacuated = incident.evacuation.at if incident.evacuation else None
    document = incident.determination
    issued = document.issued_at if document else None
    served = document.served[-1].served_at if document and document.served else None
    names = (
        ("answer", tr("接听"), answered),
        ("evidence", tr("取证"), evidence),
        ("evacuation", tr("撤离"), evacuated),
        ("ruling", tr("定责"), issued),
        ("service", tr("送达"), served),
    )
    blocks: list[StageState] = []
    current = True
    for key, name, at in names:
        target = TARGETS[key]
        words = f"{tr('目标')} ≤ {elapsed_words(began, began + target)}"
        if at is not None:
            mark: StageMark = "done" if at - began <= target else "over"
            blocks.append(StageState(key, name, elapsed_words(began, at), words, mark))
        elif current:
            late = now - began > target
            blocks.append(StageState(key, name, elapsed_words(began, now), words, "over" if late else "now"))
            current = False
        else:
            blocks.append(StageState(key, name, "—", words))
    return tuple(blocks)


class CasePresenter:
    """Shows the bar while a call is held, or while a case is being ruled."""

    def __init__(self, desk: Desk, bar: CaseBar) -> None:
        self._desk = desk
        self._bar = bar

    def refresh(self, changes: Changes) -> None:
        """Follow the own call and its incident."""
        if changes.calls or changes.incidents or changes.evidence or changes.session:
            self.tick(self._desk.service_now())

    def tick(self, now: datetime) -> None:
        """Count on."""
        call, incident = self._desk.own_call(), self._desk.own_incident()
        if call is None or incident is None:
            self._bar.hide()
            return
        parties = {1: tr("单车"), 2: tr("两车")}.get(
            len(incident.parties), f"{len(incident.parties)} {tr('方')}"
        )
        self._bar.set_state(
            CaseBarState(
                case_no=incident.number,
                accident=f"{tr(FORM[incident.form])} · {parties}",
                script=script_chip(incident),
                next_step=next_step(incident),
                stages=stages(call, incident, now),
                total=elapsed_words(call.answered_at or call.placed_at, call.ended_at or now),
                total_note=f"{tr('全程')} · {tr('目标')} 5:00",
            )
        )
        self._bar.show()
