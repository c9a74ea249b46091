"""What the service could not deliver: a word in the status bar, and for supervisors the list to act on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from console.contract.desk_api import Role
from console.contract.outbox_api import DeliveryItem
from console.domain.clock import SHANGHAI
from console.domain.delivery import Channel
from console.domain.ids import DeliveryId
from console.presenters.desk import Desk
from console.presenters.window import DeskWindow
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.store.selectors import dead_deliveries
from widgets.act_list import ActList, ActListState
from widgets.chip import ChipState
from widgets.panel import Panel
from widgets.rows import CheckRow
from widgets.status_bar import SaveState

CHANNEL: Mapping[Channel, tuple[str, str]] = {
    Channel.SMS: ("短信", "message-square-text"),
    Channel.PUSH: ("应用推送", "smartphone"),
    Channel.INSURER: ("保险报案", "shield-check"),
    Channel.DISPATCH: ("派警指令", "siren"),
    Channel.REGISTRY: ("文书备案", "archive"),
}
TROUBLE: Mapping[str, str] = {
    "timeout": "没有按时回答",
    "unreachable": "连不上",
    "certificate": "证书不可信",
    "busy": "对方忙",
    "fault": "对方出错",
    "refused": "对方拒收",
    "unreadable": "回答看不懂",
    "wrong-answer": "回答与原件不符",
    "not-configured": "没有接入",
}
LEAST_HEIGHT = 320


class DeliveriesPresenter:
    """Opens with Ctrl+D. A list that is open follows the journal."""

    def __init__(self, desk: Desk, window: DeskWindow, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._window = window
        self._say = say
        self._items: tuple[DeliveryItem, ...] = ()
        self._panel: ActList | None = None
        self._known = 0

    def toggle(self) -> None:
        """Show the list, or put it away; who is no supervisor is told whose it is."""
        if Role.SUPERVISOR not in self._desk.session.user.roles:
            self._say(tr("外发失败的由主管处理。"))
            return
        self._window.toggle_sheet("deliveries", tr("外发失败"), self._make)

    def saves(self) -> tuple[SaveState, ...]:
        """Return what the status bar says: nothing while everything arrives."""
        count = len(dead_deliveries(self._desk.store))
        if not count:
            return ()
        return (SaveState(tr("外发失败 {count} 件 · Ctrl+D").format(count=count), "bad"),)

    def refresh(self, changes: Changes) -> None:
        """Ask again when the number of failures has changed while the list is open."""
        if not changes.incidents:
            return
        count = len(dead_deliveries(self._desk.store))
        if count != self._known:
            self._known = count
            self._ask()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    @property
    def _open(self) -> bool:
        """A list that was put away is gone."""
        return self._window.sheet == "deliveries"

    def _make(self) -> tuple[Panel, QWidget]:
        again, ended = (tr("重发"), "refresh-cw"), (tr("不再发,写明原因"), "x")
        panel = ActList(tr("外发失败"), "send-horizontal", again, ended)
        panel.setMinimumHeight(LEAST_HEIGHT)
        panel.again_asked.connect(self._retry)
        panel.ended_asked.connect(self._give_up)
        self._panel = panel
        self._run(self._desk.does.deliveries.dead(), self._take)
        return panel, panel.rows

    def _ask(self) -> None:
        if self._open:
            self._run(self._desk.does.deliveries.dead(), self._take)

    def _retry(self, key: str, reason: str) -> None:
        self._run(self._desk.does.deliveries.retry(DeliveryId(key), reason), self._decided)

    def _give_up(self, key: str, reason: str) -> None:
        self._run(self._desk.does.deliveries.give_up(DeliveryId(key), reason), self._decided)

    def _decided(self, _none: None) -> None:
        if self._open and self._panel is not None:
            self._panel.clear_reason()
        self._ask()

    def _run(self, work: Coroutine[Any, Any, Any], done: Callable[[Any], None]) -> None:
        self._desk.bridge.run(work, done, lambda error: self._say(problem(error)))

    def _take(self, items: tuple[DeliveryItem, ...]) -> None:
        self._items = items
        self._show()

    def _show(self) -> None:
        if not self._open or self._panel is None:
            return
        count = len(self._items)
        words = tr("{count} 件要处理").format(count=count) if count else tr("都已送达")
        self._panel.set_state(
            ActListState(
                rows=tuple(_row(item) for item in self._items),
                count=ChipState(words, "bad" if count else "ok"),
                said=tr("已按规定次数自动重试。先电话告知当事人或对方单位,再重发或写明原因结束。"),
                blocked="" if count else tr("没有要处理的"),
            )
        )


def _row(item: DeliveryItem) -> CheckRow:
    words, icon = CHANNEL[item.channel]
    queued = item.queued_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    return CheckRow(
        key=item.id,
        name=" · ".join(part for part in (tr(words), item.party) if part),
        value=tr(TROUBLE.get(item.trouble, "没有送达")),
        note=f"{item.incident_number} {queued}",
        severity="bad",
        icon=icon,
    )
