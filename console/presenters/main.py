"""The desk's window put together: pages, presenters, keys. One ``take`` for every fact."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer

from console.contract.frame_ring import FrameRing
from console.contract.observation import (
    BadgeShown,
    CallShown,
    CustodyShown,
    EvacuationShown,
    FramePainted,
    GuiBlocked,
    LampShown,
    PanelFocused,
    QueueShown,
    SlotAimed,
    SoundMeasured,
    WindowShown,
)
from console.domain.call import Call, CallState
from console.domain.ids import EvidenceId
from console.domain.incident import Incident, IncidentState
from console.presenters.acts import ActsPresenter
from console.presenters.case import CasePresenter, empty_case
from console.presenters.casework import CaseworkPresenter
from console.presenters.desk import Desk, Presenter
from console.presenters.evidence import EvidencePresenter
from console.presenters.heartbeat import Heartbeat
from console.presenters.idle import IdlePresenter, IdleWidgets
from console.presenters.lamps import LampsPresenter, lamps, top_bar_state
from console.presenters.pages import CallPage, IdlePage, RulingPage
from console.presenters.queue import QueuePresenter, RingPresenter, SeatPresenter
from console.presenters.review import ReviewPresenter
from console.presenters.ruling import RulingPresenter
from console.presenters.video import VideoPresenter, connection_words
from console.presenters.window import DeskWindow
from console.presenters.words import tr
from console.store.changes import NOTHING, Changes
from console.usecases.facts import Fact
from widgets.banner import BannerState
from widgets.case_bar import CaseBar
from widgets.ring_bar import RingBar, RingBarState
from widgets.status_bar import SaveState
from widgets.top_bar import TopBar

Observe = Callable[[object], None]
"""Takes what was shown, when a training run wants it written down."""

SAY_MS = 8_000
"""How long a sentence about a refusal stays."""


class MainWindow:
    """The signed-in desk. ``take`` is the store's only door and runs on the GUI thread."""

    def __init__(
        self, desk: Desk, frames: FrameRing, observe: Observe, resync: Callable[[], None], *, lan: bool
    ) -> None:
        self._desk = desk
        self._observe = observe
        self._resync = resync
        session = desk.session
        title = tr("快处台")
        title += f" · {tr('训练 · 非真实警情')}" if session.training else ""
        now = desk.service_now()
        self.window = DeskWindow(
            TopBar(top_bar_state(desk, now)),
            RingBar(RingBarState("0:00", "", "", "", "")),
            CaseBar(empty_case()),
            training=session.training,
            title=title,
        )
        self._idle, self._call, self._ruling = IdlePage(), CallPage(), RulingPage()
        for page in (self._idle.page, self._call.page, self._ruling.page):
            self.window.add_page(page)
        self._build(frames, lan=lan)
        self._bind_keys()
        self._evacuation_shown = ""
        self._lamps_shown: dict[str, tuple[str, str]] = {}
        self._calls_shown: dict[str, CallState] = {}
        self._unshown = NOTHING
        self._soon = QTimer(self.window)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_changes)
        self.heartbeat = Heartbeat(self.window)
        self._listen()
        self._clock = QTimer(self.window)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self._said = QTimer(self.window)
        self._said.setSingleShot(True)
        self._said.timeout.connect(self._tell_connection)

    def _build(self, frames: FrameRing, *, lan: bool) -> None:
        desk, idle, call, ruling = self._desk, self._idle, self._call, self._ruling
        self.video = VideoPresenter(desk, call.video, self._painted)
        self.video.attach(frames)
        self._seat = SeatPresenter(desk, self.say)
        self._ring = RingPresenter(desk, self.window.ring, self.say)
        self._evidence = EvidencePresenter(
            desk,
            call.video,
            self.video,
            call.video_keys,
            call.script,
            call.strip,
            call.strip_panel,
            self.say,
            self._custody,
        )
        self._acts = ActsPresenter(
            desk, call.evacuation, call.dispatch, call.police, self.window.case, self.say, self._handed_over
        )
        self._ruler = RulingPresenter(desk, ruling.form, ruling.document, self.say)
        shown = IdleWidgets(idle.state, call.state, idle.check, idle.cases, idle.link, idle.ready)
        self._presenters: tuple[Presenter, ...] = (
            LampsPresenter(desk, self.window.top),
            QueuePresenter(
                desk, (idle.queue, idle.queue_panel), (call.queue, call.queue_panel), self._queue_shown
            ),
            self._ring,
            CasePresenter(desk, self.window.case),
            self.video,
            self._evidence,
            CaseworkPresenter(
                desk,
                call.place,
                call.parties,
                call.triage,
                call.triage_panel,
                call.consents,
                call.notes,
                self.say,
            ),
            self._acts,
            self._ruler,
            ReviewPresenter(desk, ruling.strip, ruling.strip_panel, ruling.picture),
            IdlePresenter(desk, shown, self._seat.toggle, lan=lan, since=desk.service_now()),
        )

    def _bind_keys(self) -> None:
        keys, call = self.window.keys, self._call
        keys.everywhere("F2", tr("接听"), self._ring.answer)
        keys.everywhere("Shift+F2", tr("转给他席"), self._ring.pass_on)
        keys.everywhere("F3", tr("就绪/小休"), self._seat.toggle)
        keys.everywhere("F4", tr("静音"), self._evidence.mute)
        keys.everywhere("F5", tr("换镜头"), self._evidence.switch_camera)
        keys.everywhere("F7", tr("抓拍"), self._evidence.take)
        keys.everywhere("Ctrl+F7", tr("高清照"), self._evidence.still)
        keys.everywhere("F9", tr("推送撤离(两次)"), self._acts.press_evacuate)
        keys.everywhere("F12", tr("派警(两次)"), self._acts.press_dispatch)
        keys.everywhere("Ctrl+U", tr("立即重试上传"), self._evidence.retry_now)
        keys.everywhere("Ctrl+Enter", tr("完成本步,移交"), self._acts.hand_over)
        keys.everywhere("Ctrl+Shift+E", tr("结束通话(两次)"), self._acts.press_end)
        keys.everywhere("Ctrl+P", tr("预览文书"), self._ruler.preview)
        keys.everywhere("Ctrl+S", tr("存草稿"), self._ruler.save)
        keys.everywhere("Ctrl+Shift+Enter", tr("签发(两次)"), self._ruler.press_issue)
        self.window.bind_go("Ctrl+1", tr("队列"), ("queue",))
        self.window.bind_go("Ctrl+2", tr("当事人"), ("party-a",))
        self.window.bind_go("Ctrl+3", tr("主表"), ("facts", "triage", "cases"))
        self.window.bind_go("Ctrl+4", tr("备注"), ("notes",))
        self.window.bind_go("Ctrl+5", tr("地点"), ("place",))
        for panel, name in ((call.video_panel, "video"), (call.strip_panel, "strip")):
            keys.within(panel, name, "Space", tr("抓拍"), self._evidence.take)
            keys.within(panel, name, "Enter", tr("推送话术"), self._evidence.push)
        keys.within(call.video_panel, "video", "[", tr("上一槽位"), lambda: self._evidence.step(-1))
        keys.within(call.video_panel, "video", "]", tr("下一槽位"), lambda: self._evidence.step(1))

    def _listen(self) -> None:
        self.window.panel_focused.connect(
            lambda name: self._observe(PanelFocused(at_ns=time.monotonic_ns(), panel=name))
        )
        self._call.video.age_changed.connect(
            lambda word: self._observe(BadgeShown(at_ns=time.monotonic_ns(), state=word))
        )
        self._call.strip.current_changed.connect(
            lambda slot: self._observe(SlotAimed(at_ns=time.monotonic_ns(), slot=slot))
        )
        self.heartbeat.blocked.connect(
            lambda ms, own: self._observe(
                GuiBlocked(at_ns=time.monotonic_ns(), milliseconds=ms, computing_ms=own)
            )
        )
        self.window.escaped.connect(self._escaped)
        self.window.focus_moved.connect(self._flush)
        self.window.top.lamp_opened.connect(self._explain)

    def take(self, fact: Fact) -> None:
        """Apply one fact; what a burst of facts changed is shown once, when the burst is through."""
        self._unshown |= self._desk.store.apply(fact)
        if self._unshown and not self._soon.isActive():
            self._soon.start()

    def _show_changes(self) -> None:
        changes, self._unshown = self._unshown, NOTHING
        self.refresh(changes)

    def refresh(self, changes: Changes) -> None:
        """Have every presenter show what changed."""
        if changes.resync:
            self._resync()
        if self._desk.store.session is None:
            self.window.close()
            return
        for presenter in self._presenters:
            presenter.refresh(changes)
        if changes.calls or changes.incidents or changes.session:
            self._choose_page()
        self._tell(changes)

    def prepare(self, size: QSize) -> None:
        """Lay out and style every page before the window is shown; the first page change in a call is then
        as quick as any other.
        """
        for page in (self._idle.page, self._call.page, self._ruling.page):
            page.widget.resize(size)
            page.widget.grab()

    def shown(self) -> None:
        """The window stands on the screen and takes input: measure from here."""
        self.window.go_home()
        self.heartbeat.start()
        corner = self.window.mapToGlobal(self.window.rect().topLeft())
        self._observe(
            WindowShown(
                at_ns=time.monotonic_ns(),
                x=corner.x(),
                y=corner.y(),
                width=self.window.width(),
                height=self.window.height(),
            )
        )

    def say(self, words: str) -> None:
        """Say a sentence in place; it goes by itself and takes no focus."""
        self.window.say(BannerState(words, severity="warn"))
        self._said.start(SAY_MS)

    def _choose_page(self) -> None:
        incident = self._desk.own_incident()
        if incident is None:
            self.window.show_page("idle")
        elif incident.state in {IncidentState.RULING, IncidentState.ISSUED, IncidentState.SERVED}:
            self.window.show_page("ruling")
        else:
            self.window.show_page("call")

    def _handed_over(self, _incident: Incident) -> None:
        self._choose_page()

    def _escaped(self, left: str) -> None:
        """Esc in the reasons for sending the police closes them; so does a second Esc from anywhere."""
        if left in {"dispatch", "video"}:
            self._call.dispatch.close_panel()

    def _flush(self) -> None:
        if self._desk.store.session is not None:
            self._desk.bridge.run(self._desk.does.edits.flush())

    def tick(self) -> None:
        """Move every clock on; called once a second."""
        if self._desk.store.session is None:
            return
        now = self._desk.service_now()
        for presenter in self._presenters:
            presenter.tick(now)
        self._tell_connection()
        stored = f"{tr('服务序号')} {self._desk.store.sequence}"
        self.window.set_saves((SaveState(stored, "ok", "refresh-cw"),))

    def _tell_connection(self) -> None:
        if self._said.isActive():
            return
        words = connection_words(self._desk)
        self.window.say(BannerState(words, severity="warn", icon="video-off") if words else None)

    def _explain(self, key: str) -> None:
        """A lamp was opened: its plain line with what to do."""
        self.say(next(lamp.line for lamp in lamps(self._desk) if lamp.key == key))

    def _tell(self, changes: Changes) -> None:
        at = time.monotonic_ns()
        for lamp in lamps(self._desk):
            said = (lamp.health, lamp.value)
            if self._lamps_shown.get(lamp.key) != said:
                self._lamps_shown[lamp.key] = said
                self._observe(LampShown(at_ns=at, lamp=lamp.key, state=said[0], text=said[1]))
        if self._acts.evacuation_words != self._evacuation_shown:
            self._evacuation_shown = self._acts.evacuation_words
            self._observe(EvacuationShown(at_ns=at, text=self._evacuation_shown))
        offered, held = self._ring.offered, self._desk.own_call()
        for call in (offered, held):
            if call is not None and self._calls_shown.get(call.id) is not call.state:
                self._calls_shown[call.id] = call.state
                self._observe(CallShown(at_ns=at, call_id=call.id, state=call.state.value))
        stats, devices = self._desk.store.stats, self._desk.store.devices
        if changes.media and stats is not None:
            self._observe(
                SoundMeasured(
                    at_ns=at,
                    remote_hz=stats.remote.frequency_hz,
                    remote_dbfs=stats.remote.level_dbfs,
                    microphone_hz=stats.microphone.frequency_hz,
                    microphone_dbfs=stats.microphone.level_dbfs,
                    loudspeaker=devices.speaker.name if devices and devices.speaker else "",
                    microphone=devices.microphone.name if devices and devices.microphone else "",
                )
            )

    def _queue_shown(self, calls: tuple[Call, ...]) -> None:
        self._observe(QueueShown(at_ns=time.monotonic_ns(), call_ids=tuple(call.id for call in calls)))

    def _painted(self, mark: int | None, width: int, height: int) -> None:
        self._observe(FramePainted(at_ns=time.monotonic_ns(), mark=mark, width=width, height=height))

    def _custody(self, evidence_id: EvidenceId, slot: str, custody: str) -> None:
        self._observe(
            CustodyShown(at_ns=time.monotonic_ns(), evidence_id=evidence_id, slot=slot, custody=custody)
        )
