"""What parties applied for: a word in the status bar, and the list to send a file on or to decide from."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QWidget

from console.contract.application_api import Application, ApplicationStep
from console.contract.desk_api import Role
from console.domain.clock import SHANGHAI
from console.domain.review import ReviewOutcome
from console.presenters.desk import Desk, last_day_words, short_day_words
from console.presenters.idle import short_number
from console.presenters.window import DeskWindow
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.store.selectors import applied_for
from widgets.act_list import ActList, ActListState, Reason
from widgets.chip import ChipState
from widgets.panel import Panel
from widgets.rows import CheckRow
from widgets.status_bar import SaveState
from widgets.theme import Severity

STEP: Mapping[ApplicationStep, str] = {
    ApplicationStep.FORWARD_REVIEW: "复核 · 待移送",
    ApplicationStep.DECIDE_REVIEW: "复核 · 待结论",
    ApplicationStep.REDETERMINE: "复核 · 重新认定",
    ApplicationStep.DECIDE_RECUSAL: "回避 · 待决定",
}
DECISION: Mapping[ReviewOutcome, str] = {
    ReviewOutcome.UPHELD: "复核:维持原认定",
    ReviewOutcome.CORRECTED: "复核:更正后维持",
    ReviewOutcome.REINVESTIGATE: "复核:责令重新调查",
    ReviewOutcome.NOT_ACCEPTED: "复核:不予受理",
}
RECUSAL: Mapping[str, str] = {"granted": "准予回避", "refused": "驳回回避申请"}
ALLOWED = frozenset({Role.RULING_OFFICER, Role.SUPERVISOR})
LEAST_HEIGHT = 310


class ApplicationsPresenter:
    """Opens with Ctrl+O. A list that is open follows the journal."""

    def __init__(self, desk: Desk, window: DeskWindow, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._window = window
        self._say = say
        self._items: tuple[Application, ...] = ()
        self._panel: ActList | None = None
        self._known: frozenset[tuple[object, ...]] = frozenset()

    def toggle(self) -> None:
        """Show the list, or put it away; who decides nothing is told whose it is."""
        if ALLOWED.isdisjoint(self._desk.session.user.roles):
            self._say(tr("复核与回避申请由民警和主管处理。"))
            return
        self._window.toggle_sheet("applications", tr("复核与回避申请"), self._make)

    def saves(self) -> tuple[SaveState, ...]:
        """Return what the status bar says: nothing while nothing waits."""
        count = len(applied_for(self._desk.store))
        if not count:
            return ()
        return (SaveState(tr("复核与回避 {count} 件 · Ctrl+O").format(count=count), "warn", "hourglass"),)

    def refresh(self, changes: Changes) -> None:
        """Ask again when the journal says that something else waits while the list is open."""
        if not changes.incidents:
            return
        known = frozenset((one.id, one.review, one.posts.requests) for one in applied_for(self._desk.store))
        if known != self._known:
            self._known = known
            self._ask()

    def tick(self, _now: datetime) -> None:
        """Days are counted by the service."""

    @property
    def _open(self) -> bool:
        """A list that was put away is gone."""
        return self._window.sheet == "applications"

    def _make(self) -> tuple[Panel, QWidget]:
        again, ended = (tr("已移送上级"), "send-horizontal"), (tr("记下决定"), "check")
        reviews = tuple(Reason(one.value, tr(words), noted=True) for one, words in DECISION.items())
        recusals = tuple(Reason(code, tr(words), code == "refused") for code, words in RECUSAL.items())
        panel = ActList(
            tr("复核与回避申请"), "hourglass", again, ended, (*reviews, *recusals), tr("结论日期")
        )
        today = self._desk.service_now().astimezone(SHANGHAI).date()
        panel.day.setDate(QDate(today.year, today.month, today.day))
        panel.setMinimumHeight(LEAST_HEIGHT)
        panel.again_asked.connect(self._forward)
        panel.ended_asked.connect(self._decide)
        panel.rows.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self._panel = panel
        self._run(self._desk.does.applications.waiting(), self._take)
        return panel, panel.rows

    def _ask(self) -> None:
        if self._open:
            self._run(self._desk.does.applications.waiting(), self._take)

    def _chosen(self, key: str) -> Application | None:
        return next((item for item in self._items if _key(item) == key), None)

    def _forward(self, key: str, _note: str) -> None:
        item = self._chosen(key)
        if item is not None and item.step is ApplicationStep.FORWARD_REVIEW:
            self._run(self._desk.does.applications.forward(item.incident_id), self._done)
        else:
            self._say(tr("这一件不用移送,选决定并写明。"))

    def _decide(self, key: str, note: str) -> None:
        item, code = self._chosen(key), "" if self._panel is None else self._panel.code
        if item is None:
            return
        if item.step is ApplicationStep.REDETERMINE:
            self._say(tr("复核已有结论:在待定责案件里打开这一件,重新认定并签发。"))
            return
        does = self._desk.does.applications
        if item.request_id is not None and code in RECUSAL:
            granted = code == "granted"
            work = does.decide_recusal(item.incident_id, item.request_id, granted, note)
            self._run(work, self._done)
        elif item.request_id is None and code not in RECUSAL:
            work = does.decide_review(item.incident_id, ReviewOutcome(code), note, self._day())
            self._run(work, self._done)
        else:
            self._say(tr("这个决定不是给这一件的,请重新选择。"))

    def _day(self) -> date:
        """Return the day that stands on the decision."""
        chosen = QDate() if self._panel is None else self._panel.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _done(self, _none: None) -> None:
        if self._open and self._panel is not None:
            self._panel.clear_reason()
        self._ask()

    def _run(self, work: Coroutine[Any, Any, Any], done: Callable[[Any], None]) -> None:
        self._desk.bridge.run(work, done, lambda error: self._say(problem(error)))

    def _take(self, items: tuple[Application, ...]) -> None:
        self._items = items
        self._show()

    def _show(self) -> None:
        if not self._open or self._panel is None:
            return
        count = len(self._items)
        late = any(item.overdue for item in self._items)
        words = tr("{count} 件要处理").format(count=count) if count else tr("没有复核与回避申请")
        severity: Severity = "bad" if late else "warn" if count else "ok"
        self._panel.set_state(
            ActListState(
                rows=tuple(_row(item) for item in self._items),
                count=ChipState(words, severity),
                blocked="" if count else tr("没有要处理的"),
            )
        )
        self._tell()

    def _tell(self) -> None:
        """Say what was written in the chosen application."""
        if self._open and self._panel is not None:
            chosen = self._chosen(self._panel.rows.current_key())
            self._panel.tell("" if chosen is None else _told(chosen))


def _key(item: Application) -> str:
    return item.request_id or item.incident_id


def _until(item: Application, day: str) -> str:
    return (tr("已超期 {day}") if item.overdue else tr("截止 {day}")).format(day=day)


def _told(item: Application) -> str:
    """Return number, whole day and what was written, for which a row has no room."""
    day = tr("缺少年历") if item.due_on is None else last_day_words(item.due_on)
    return f"{item.incident_number} · {_until(item, day)}\n{item.words}"


def _row(item: Application) -> CheckRow:
    day = tr("缺少年历") if item.due_on is None else short_day_words(item.due_on)
    about = " " + tr("对 {officer}").format(officer=item.officer) if item.officer else ""
    return CheckRow(
        key=_key(item),
        name=f"{item.party}{about} · {tr(STEP[item.step])}",
        value=_until(item, day),
        note=short_number(item.incident_number),
        severity="bad" if item.overdue else "warn",
        icon="hourglass",
    )
