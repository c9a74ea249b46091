"""The case bar: number, accident type, script chip, next step, stage clock, total time."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.domain.call import Call
from console.domain.city import StepOrder
from console.domain.evidence import Slot, required_slots
from console.domain.incident import Incident, IncidentState
from console.domain.triage import Branch, Movement
from console.presenters.desk import Desk, elapsed_words
from console.presenters.words import BRANCH, FORM, SLOT, tr
from console.store.changes import Changes
from console.store.selectors import newest_call
from widgets.case_bar import CaseBar, CaseBarState
from widgets.chip import ChipState
from widgets.stage_block import StageMark, StageState
from widgets.theme import Severity

TARGETS = {
    "answer": timedelta(seconds=15),
    "safety": timedelta(seconds=30),
    "eligibility": timedelta(minutes=1),
    "evidence": timedelta(minutes=3),
    "evacuation": timedelta(minutes=3),
    "ruling": timedelta(minutes=5),
    "service": timedelta(minutes=10),
}
"""The deployment's own targets for each stage, counted from the call (interface.md 5)."""


def empty_case() -> CaseBarState:
    """Return the bar before a call; it is hidden then."""
    return CaseBarState("", "", ChipState(tr("待定"), "unknown"), "", (), "0:00", "")


def script_chip(incident: Incident) -> ChipState:
    """Return the answer to "may they move?" in one chip."""
    if incident.doubted and incident.assessment.movement is not Movement.NO:
        return ChipState(tr("脚本待定 · 暂勿移动"), "warn", "pause")
    branch = incident.assessment.branch
    looks: dict[Branch, tuple[Severity, str]] = {
        Branch.VIDEO_FAST: ("ok", "route"),
        Branch.HOLD_SCENE_DISPATCH: ("bad", "octagon-x"),
        Branch.HAZMAT_EMERGENCY: ("bad", "biohazard"),
        Branch.PHOTO_MOVE_REPORT: ("warn", "triangle-alert"),
        Branch.DISPATCH_ON_REQUEST: ("warn", "hand"),
        Branch.EVIDENCE_MOVE_DISPATCH: ("warn", "siren"),
        Branch.SELF_NEGOTIATION: ("ok", "heart-handshake"),
        Branch.LATE_REPORT_RECORD: ("info", "history"),
    }
    severity, icon = looks[branch]
    return ChipState(tr(BRANCH[branch]), severity, icon)


def next_step(incident: Incident, order: StepOrder = StepOrder.EVACUATE_FIRST) -> str:
    """Return what is to be done next in this city's order, in words."""
    rule_first = order is StepOrder.RULE_FIRST
    if incident.posts.general is not None:
        return tr("已转一般程序")
    if incident.dispatch is not None:
        return tr("已派警,等民警到场")
    if incident.assessment.dispatch:
        return tr("派警 F12")
    if incident.doubted:
        return tr("排除看错")
    if incident.state is IncidentState.COLLECTING:
        if incident.missing_slots:
            return tr(SLOT[incident.missing_slots[0]])
        if incident.open_facts:
            return tr("确认适用性")
        if incident.evacuation is None and not rule_first:
            return tr("推送撤离 F9")
        return tr("移交定责 Ctrl+Enter")
    ruled = incident.state in {IncidentState.ISSUED, IncidentState.SERVED}
    if ruled and rule_first and incident.evacuation is None:
        return tr("推送撤离 F9")
    return {
        IncidentState.RULING: tr("定责并签发"),
        IncidentState.ISSUED: tr("送达"),
        IncidentState.SERVED: tr("结束通话,结案"),
    }.get(incident.state, tr("已结案"))


def stages(
    call: Call, incident: Incident, now: datetime, order: StepOrder = StepOrder.EVACUATE_FIRST
) -> tuple[StageState, ...]:
    """Return the stage clock: each block's value counts from the moment the call came in.

    A stage that is over shows when it was, the one under way how far it is, later ones what they wait for.
    Time lost to a drop makes no stage late.
    """
    began, lost = call.placed_at, call.lost_until(now)
    current = True
    blocks: list[StageState] = []
    for key, name, at, value in _in_order(_stages(call, incident), order):
        target = TARGETS[key]
        words = f"{tr('目标')} ≤ {elapsed_words(began, began + target)}"
        late = (at or now) - began - lost > target
        mark: StageMark = "over" if late else "done"
        if at is None and not current:
            blocks.append(StageState(key, name, value or "—", words))
        elif at is None:
            mark = "over" if late else "now"
            counted = value or elapsed_words(began, now)
            blocks.append(StageState(key, name, counted, words, mark, running=True))
            current = False
        else:
            blocks.append(StageState(key, name, elapsed_words(began, at), words, mark))
    return tuple(blocks)


Stage = tuple[str, str, datetime | None, str]


def _in_order(found: tuple[Stage, ...], order: StepOrder) -> tuple[Stage, ...]:
    """Put the evacuation behind the ruling where the city has it so."""
    if order is StepOrder.EVACUATE_FIRST:
        return found
    moved = next(stage for stage in found if stage[0] == "evacuation")
    others = [stage for stage in found if stage is not moved]
    at = [stage[0] for stage in others].index("ruling") + 1
    return (*others[:at], moved, *others[at:])


def _stages(call: Call, incident: Incident) -> tuple[Stage, ...]:
    """Each stage's key and name, when it was over, and what it says until then."""
    taken = {item.capture.slot: item.received_at for item in reversed(incident.evidence)}
    required = required_slots(incident.form)
    filled = [taken[slot] for slot in required if slot in taken]
    triangle, hurt = taken.get(Slot.SAFETY), incident.hurt_known_at
    safe = max(triangle, hurt) if triangle is not None and hurt is not None else None
    document = incident.document
    served = document.served[-1].served_at if document and document.served else None
    return (
        ("answer", tr("接听"), call.answered_at, ""),
        ("safety", tr("安全"), safe, ""),
        ("eligibility", tr("资格"), incident.settled_at, ""),
        (
            "evidence",
            tr("取证"),
            max(filled) if len(filled) == len(required) else None,
            f"{len(filled)}/{len(required)} {tr('张')}",
        ),
        (
            "evacuation",
            tr("撤离"),
            incident.evacuation.at if incident.evacuation else None,
            tr("未推送"),
        ),
        (
            "ruling",
            tr("定责"),
            document.issued_at if document else None,
            tr("待移交") if incident.state is IncidentState.COLLECTING else "",
        ),
        ("service", tr("送达"), served, ""),
    )


def total_note(call: Call, now: datetime) -> str:
    """Return what stands below the total time; time lost to drops is counted apart."""
    lost = call.lost_until(now)
    if lost < timedelta(seconds=1):
        return f"{tr('全程')} · {tr('目标')} 5:00"
    return f"{tr('全程')} · {tr('其中断线')} {elapsed_words(now - lost, now)}"


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
        incident = self._desk.own_incident()
        call = (
            None if incident is None else self._desk.own_call() or newest_call(self._desk.store, incident.id)
        )
        if call is None or incident is None:
            self._bar.hide()
            return
        parties = {1: tr("单车"), 2: tr("两车")}.get(
            len(incident.parties), tr("{count} 方").format(count=len(incident.parties))
        )
        self._bar.set_state(
            CaseBarState(
                case_no=incident.number,
                accident=f"{tr(FORM[incident.form])} · {parties}",
                script=script_chip(incident),
                next_step=next_step(incident, self._desk.order),
                stages=stages(call, incident, now, self._desk.order),
                total=elapsed_words(call.answered_at or call.placed_at, call.ended_at or now),
                total_note=total_note(call, now),
            )
        )
        self._bar.show()
