"""Lost calls: a word in the status bar, and the list to send a link from or to close with a reason."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from console.contract.desk_api import Role
from console.contract.lost_api import LostCall
from console.domain.call import CallState
from console.domain.clock import SHANGHAI
from console.domain.determination import MessageState
from console.domain.ids import CallId
from console.domain.lost_call import BY_HAND, NEEDS_NOTE, CloseReason
from console.presenters.desk import Desk, clock_words, elapsed_words
from console.presenters.window import DeskWindow
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.store.selectors import lost_calls
from widgets.act_list import ActList, ActListState, Reason
from widgets.chip import ChipState
from widgets.panel import Panel
from widgets.rows import CheckRow
from widgets.status_bar import SaveState

REASON: Mapping[CloseReason, str] = {
    CloseReason.REACHED: "已联系上当事人",
    CloseReason.NO_ANSWER: "多次联系不上",
    CloseReason.FALSE_CALL: "误拨或误报",
    CloseReason.SETTLED: "已另行处理",
}
LINK: Mapping[MessageState, str] = {
    MessageState.QUEUED: "链接待发 {at}",
    MessageState.SENT: "链接已发 {at}",
    MessageState.FAILED: "链接没有发出",
}
ALLOWED = frozenset({Role.CALL_TAKER, Role.RULING_OFFICER, Role.SUPERVISOR})
LEAST_HEIGHT = 280


class LostCallsPresenter:
    """Opens with Ctrl+G. A list that is open follows the journal and counts on."""

    def __init__(self, desk: Desk, window: DeskWindow, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._window = window
        self._say = say
        self._items: tuple[LostCall, ...] = ()
        self._panel: ActList | None = None
        self._known: frozenset[tuple[CallId, CallState]] = frozenset()

    def toggle(self) -> None:
        """Show the list, or put it away; who takes no calls is told whose it is."""
        if ALLOWED.isdisjoint(self._desk.session.user.roles):
            self._say(tr("掉线与放弃来电由接警岗处理。"))
            return
        self._window.toggle_sheet("lost", tr("掉线与放弃来电"), self._make)

    def saves(self) -> tuple[SaveState, ...]:
        """Return what the status bar says: nothing while nobody was lost."""
        count = len(lost_calls(self._desk.store))
        if not count:
            return ()
        return (SaveState(tr("掉线与放弃 {count} 件 · Ctrl+G").format(count=count), "warn", "phone-missed"),)

    def refresh(self, changes: Changes) -> None:
        """Ask again when what the journal says of the lost calls has changed while the list is open."""
        lost = lost_calls(self._desk.store)
        known = frozenset((call.id, call.state) for call in lost)
        told = not changes.incidents.isdisjoint(call.incident_id for call in lost)
        if known != self._known or told:
            self._known = known
            self._ask()

    def tick(self, _now: datetime) -> None:
        """Count on how long they have been lost."""
        self._show()

    @property
    def _open(self) -> bool:
        """A list that was put away is gone."""
        return self._window.sheet == "lost"

    def _make(self) -> tuple[Panel, QWidget]:
        again, ended = (tr("再发链接"), "link"), (tr("结束这件"), "x")
        reasons = tuple(Reason(one.value, tr(REASON[one]), one in NEEDS_NOTE) for one in BY_HAND)
        panel = ActList(tr("掉线与放弃来电"), "phone-missed", again, ended, reasons)
        panel.setMinimumHeight(LEAST_HEIGHT)
        panel.again_asked.connect(self._link)
        panel.ended_asked.connect(self._close)
        self._panel = panel
        self._run(self._desk.does.lost_calls.waiting(), self._take)
        return panel, panel.rows

    def _ask(self) -> None:
        if self._open:
            self._run(self._desk.does.lost_calls.waiting(), self._take)

    def _link(self, key: str, _note: str) -> None:
        self._run(self._desk.does.lost_calls.send_link(CallId(key)), self._linked)

    def _linked(self, _none: None) -> None:
        self._say(tr("链接已交短信发出。"))
        self._ask()

    def _close(self, key: str, note: str) -> None:
        if self._panel is not None:
            reason = CloseReason(self._panel.code)
            self._run(self._desk.does.lost_calls.close(CallId(key), reason, note), self._closed)

    def _closed(self, _none: None) -> None:
        if self._open and self._panel is not None:
            self._panel.clear_reason()
        self._ask()

    def _run(self, work: Coroutine[Any, Any, Any], done: Callable[[Any], None]) -> None:
        self._desk.bridge.run(work, done, lambda error: self._say(problem(error)))

    def _take(self, items: tuple[LostCall, ...]) -> None:
        self._items = items
        self._show()

    def _show(self) -> None:
        if not self._open or self._panel is None:
            return
        count, now = len(self._items), self._desk.service_now()
        words = tr("{count} 件要处理").format(count=count) if count else tr("没有掉线或放弃的来电")
        self._panel.set_state(
            ActListState(
                rows=tuple(_row(item, now) for item in self._items),
                count=ChipState(words, "warn" if count else "ok"),
                said=tr("当事人用短信里的链接回到同一案件,就自动离开这里。"),
                blocked="" if count else tr("没有要处理的"),
            )
        )


def _row(item: LostCall, now: datetime) -> CheckRow:
    what = tr("掉线") if item.answered_name else tr("未接通")
    if item.hurt_reported:
        what = f"{what} · {tr('疑伤')}"
    return CheckRow(
        key=item.call_id,
        name=f"{item.party} · {what}",
        value=_age(item.lost_at, now),
        note=f"{item.incident_number} {_where(item)}",
        severity="bad" if item.hurt_reported else "warn",
        icon="unlink" if item.answered_name else "phone-missed",
    )


def _age(lost_at: datetime, now: datetime) -> str:
    if now - lost_at < timedelta(hours=1):
        return elapsed_words(lost_at, now)
    return lost_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


def _where(item: LostCall) -> str:
    if item.state is CallState.INTERRUPTED:
        return tr("{seat} 席未挂断").format(seat=item.seat or "")
    if not item.has_phone:
        return tr("没有电话")
    if item.link is None or item.link_at is None:
        return tr("没有发过链接")
    return tr(LINK[item.link]).format(at=clock_words(item.link_at)[:5])
