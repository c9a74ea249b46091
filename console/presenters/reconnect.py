"""The panel in the video while the picture stays away: how long, why, what is tried (picture 06)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject

from console.domain.call import Call, CallState
from console.presenters.desk import Desk, clock_words
from console.presenters.video import SILENCE_DBFS
from console.presenters.words import PROBLEM, problem, tr
from console.store.changes import Changes
from console.usecases.facts import ConnectionChanged, ConnectionStage
from widgets.reconnect_panel import LadderStep, ReconnectPanel, ReconnectState, StepMark
from widgets.video_pane import VideoPane

OPENS_S = 3.0
"""Age of the newest picture, in seconds, at which the panel opens (interface.md 6)."""
AWAY = {
    ConnectionStage.STALE,
    ConnectionStage.REOFFERED,
    ConnectionStage.ANSWERING,
    ConnectionStage.CONNECTING,
}

CAUSE: Mapping[str, str] = {
    "picture-stale": "手机没有送来新画面",
    "connection-failed": "与手机的连接断了",
    "media-process-ended": "本机媒体程序重启了",
}
"""What the desk itself found out, by the connection's reason."""


class ReconnectPresenter(QObject):
    """Child of the video pane; takes no focus, tells only what is really tried, folds with Esc."""

    def __init__(self, desk: Desk, pane: VideoPane, say: Callable[[str], None]) -> None:
        super().__init__(pane)
        self._desk = desk
        self._say = say
        self._pane = pane
        self._panel = ReconnectPanel(ReconnectState("", "", "", "none", "", ()), pane)
        self._panel.hide()
        self._folded = False
        pane.installEventFilter(self)
        pane.age_changed.connect(lambda _word: self.tick(desk.service_now()))

    def fold(self) -> bool:
        """Esc in the video: one line is left; tell whether there was anything to fold."""
        if self._panel.isHidden() or self._folded:
            return False
        self._folded = True
        self._panel.fold(True)
        self._put()
        return True

    def tell_to_resume(self) -> None:
        """Ctrl+R: the party is sent a fresh link back to this call by SMS."""
        call = self._desk.own_call()
        if call is None or call.state is CallState.WRAP_UP:
            self._say(tr("没有通话,不用续接。"))
            return
        self._desk.bridge.run(
            self._desk.does.calls.tell_to_resume(call.id),
            lambda _: self._say(tr("续接短信已交发,对方打开其中的链接即可回到本次通话。")),
            lambda error: self._say(problem(error)),
        )

    def refresh(self, changes: Changes) -> None:
        """Follow connection, phone and call."""
        if changes.connections or changes.phones or changes.calls:
            self.tick(self._desk.service_now())

    def tick(self, _now: datetime) -> None:
        """Count on; open at 3 s, go with the first new picture."""
        call, age = self._desk.own_call(), self._pane.frame_age()
        if call is None or age is None or age < OPENS_S or self._pane.age.freshness != "stale":
            self._panel.hide()
            self._folded = False
            return
        self._panel.set_state(self._state(call, age))
        if self._panel.isHidden():
            self._panel.fold(False)
            self._panel.show()
        self._put()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the pane."""
        if event.type() == QEvent.Type.Resize and not self._panel.isHidden():
            self._put()
        return super().eventFilter(watched, event)

    def _put(self) -> None:
        self._panel.adjustSize()
        room, size = self._pane.rect(), self._panel.sizeHint().boundedTo(self._pane.size())
        self._panel.resize(size)
        self._panel.move((room.width() - size.width()) // 2, (room.height() - size.height()) // 2)

    def _state(self, call: Call, age: float) -> ReconnectState:
        heard = self._heard(call)
        last = clock_words(self._desk.service_now() - timedelta(seconds=age))
        return ReconnectState(
            title=tr("画面已停 {seconds} 秒").format(seconds=f"{age:.0f}"),
            last_frame=tr("最后一帧 {time} · 现在看到的不是现场").format(time=last),
            voice=tr("声音仍通,请继续通话") if heard else tr("声音也没有,案件还在"),
            voice_severity="ok" if heard else "warn",
            cause=self._cause(call),
            steps=ladder(self._desk.store.connections.get(call.id)),
        )

    def _heard(self, call: Call) -> bool:
        stats = self._desk.store.stats
        return stats is not None and stats.call_id == call.id and stats.remote.level_dbfs > SILENCE_DBFS

    def _cause(self, call: Call) -> str:
        connection, phone = self._desk.store.connections.get(call.id), self._desk.store.phones.get(call.id)
        reason = connection.reason if connection is not None else ""
        found = CAUSE.get(reason, PROBLEM.get(reason, ""))
        told = []
        if phone is not None:
            told.append(tr("网络 {network}").format(network=phone.status.network))
            if phone.status.battery is not None:
                told.append(tr("电量 {percent}%").format(percent=phone.status.battery))
        parts = [tr("原因:") + tr(found)] if found else []
        if told:
            parts.append(tr("手机上次报告:") + " · ".join(told))
        return "\n".join(parts)


def ladder(connection: ConnectionChanged | None) -> tuple[LadderStep, ...]:
    """Return the rungs that this desk has: wait, a new connection, the party's page opened again,
    photos and words instead of the picture.
    """
    climbing = connection is not None and connection.stage in AWAY
    renew: StepMark = "now" if climbing else "todo"
    attempt = connection.attempt + 1 if connection is not None else 1
    tried = tr("第 {count} 次 · 进行中").format(count=attempt) if climbing else tr("2 秒起")
    return (
        LadderStep(tr("1 等新画面"), tr("1.5 秒变灰"), tr("无新帧"), "done"),
        LadderStep(tr("2 新建连接"), tr("同一案件、同一同意记录"), tried, renew),
        LadderStep(tr("3 请对方重开网页"), tr("原链接仍回到同一案件"), tr("Ctrl+R 发短信")),
        LadderStep(tr("4 照片 + 文字"), tr("不靠画面,案件照常往下走"), tr("Ctrl+L 打开")),
    )
