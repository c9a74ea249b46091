"""The outbox in the right column: every item of this desk with the literally true word of where it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtWidgets import QWidget

from console.domain.evidence import Custody
from console.presenters.desk import Desk, clock_words
from console.presenters.window import DeskWindow
from console.presenters.words import PROBLEM, SLOT, tr
from console.store.changes import Changes
from console.store.selectors import outbox_count
from console.usecases.facts import CustodyChanged
from widgets.banner import Banner, BannerState
from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.outbox_view import OutboxMark, OutboxRow, OutboxView
from widgets.panel import Panel

MARK: Mapping[Custody, OutboxMark] = {
    Custody.CAPTURED: "local",
    Custody.QUEUED: "queued",
    Custody.UPLOADING: "uploading",
    Custody.RECEIVED: "received",
    Custody.VERIFIED: "verified",
    Custody.RETRY_LATER: "retry",
    Custody.REJECTED: "rejected",
    Custody.CORRUPT: "corrupt",
}
LEAST_HEIGHT = 240


class OutboxPresenter:
    """Opens with the lamp 发件箱; Ctrl+U sends what waits."""

    def __init__(self, desk: Desk, window: DeskWindow, retry: Callable[[], None]) -> None:
        self._desk = desk
        self._window = window
        self._retry = retry
        self._view: OutboxView | None = None
        self._panel: Panel | None = None

    def toggle(self) -> None:
        """Show the outbox, or put it away."""
        self._window.toggle_sheet("outbox", tr("发件箱"), self._make)

    def refresh(self, changes: Changes) -> None:
        """Follow every item."""
        if changes.evidence and self._window.sheet == "outbox":
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _make(self) -> tuple[Panel, QWidget]:
        panel, view = Panel(tr("发件箱"), "cloud-upload"), OutboxView()
        panel.setMinimumHeight(LEAST_HEIGHT)
        retry = DeskButton(tr("立即重试"), "refresh-cw", "Ctrl+U")
        retry.clicked.connect(self._retry)
        panel.header.addWidget(retry)
        safe = tr("已填内容和证据都在本机;重连后自动续传,不会重复。")
        panel.body.addWidget(Banner(BannerState("", safe, "info", "shield-check")))
        panel.body.addWidget(view, 1)
        self._panel, self._view = panel, view
        self._show()
        return panel, view

    def _show(self) -> None:
        if self._view is None or self._panel is None:
            return
        items = self._desk.store.local_items.values()
        self._view.set_rows(tuple(_row(item) for item in reversed(tuple(items))))
        waiting = outbox_count(self._desk.store)
        words = tr("{count} 项未到服务器").format(count=waiting) if waiting else tr("都已核对")
        self._panel.set_chips(ChipState(words, "warn" if waiting else "ok"))


def _row(item: CustodyChanged) -> OutboxRow:
    why = ""
    if item.custody is Custody.RETRY_LATER:
        why = tr("第 {count} 次").format(count=item.attempts)
    elif item.reason:
        why = tr(PROBLEM.get(item.reason, "原件在本机"))
    return OutboxRow(
        key=item.evidence_id,
        item=f"{tr(SLOT[item.capture.slot])} {clock_words(item.capture.captured_at)}",
        size=f"{item.capture.width}×{item.capture.height}",
        mark=MARK[item.custody],
        detail=why,
        next_try=clock_words(item.next_try_at) if item.next_try_at is not None else "—",
    )
