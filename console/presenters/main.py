"""The desk's window put together: pages, presenters, keys. One ``take`` for every fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication

from console.contract.frame_ring import FrameRing
from console.presenters.acts import ActsPresenter
from console.presenters.case import CasePresenter, empty_case
from console.presenters.casework import CaseworkPresenter
from console.presenters.compare import ComparePresenter
from console.presenters.desk import Desk, Presenter, is_trainer
from console.presenters.difference import DifferencePresenter
from console.presenters.discard import DiscardPresenter
from console.presenters.drawing import DrawingPresenter
from console.presenters.evidence import EvidencePresenter
from console.presenters.face import FacePresenter
from console.presenters.folded import FoldedPresenter
from console.presenters.full import FullPicture
from console.presenters.heartbeat import Heartbeat
from console.presenters.idle import IdlePresenter, IdleWidgets
from console.presenters.kept_columns import KeptColumns
from console.presenters.key_choice import KeyChoicePresenter
from console.presenters.lamps import LampsPresenter, lamps, top_bar_state
from console.presenters.lock import LockPresenter
from console.presenters.look import LookPresenter, Rebuild
from console.presenters.occurrence import OccurrencePresenter
from console.presenters.officer import OfficerPresenter
from console.presenters.outbox import OutboxPresenter
from console.presenters.pages import CallPage, IdlePage, RulingPage
from console.presenters.panel_keys import bind_acts, bind_panel_keys, bind_picture_keys, bind_ways
from console.presenters.parties import PartiesPresenter
from console.presenters.phone_camera import PhoneCameraPresenter
from console.presenters.place import PlacePresenter
from console.presenters.queue import QueuePresenter, RingPresenter, SeatPresenter
from console.presenters.reading import ReadingPresenter
from console.presenters.reconnect import ReconnectPresenter
from console.presenters.recovery import RecoveryPresenter
from console.presenters.review import ReviewPresenter
from console.presenters.ruling import AT_RULING, RulingPresenter
from console.presenters.second_screen import SecondScreen
from console.presenters.sheets import Sheets
from console.presenters.shown import Observe, Shown
from console.presenters.signing import SigningPresenter
from console.presenters.silent import SilentPresenter
from console.presenters.trainer import TrainerPage, TrainerPresenter
from console.presenters.video import VideoPresenter, connection_words
from console.presenters.wardrobe import Wardrobe
from console.presenters.window import DeskWindow
from console.presenters.words import tr
from console.store.changes import NOTHING, Changes
from console.usecases.facts import Fact
from widgets.banner import BannerState
from widgets.case_bar import CaseBar
from widgets.ring_bar import RingBar, RingBarState
from widgets.status_bar import SaveState
from widgets.top_bar import TopBar

SAY_MS = 8_000
"""How long a sentence about a refusal stays."""
RECOVERED_MS = 30_000
"""How long it is said what came back after a crash."""


class MainWindow:
    """The signed-in desk. ``take`` is the store's only door and runs on the GUI thread."""

    def __init__(
        self,
        desk: Desk,
        frames: FrameRing,
        observe: Observe,
        resync: Callable[[], None],
        wardrobe: Wardrobe,
        rebuild: Rebuild,
        *,
        lan: bool,
        lock_after: timedelta,
    ) -> None:
        self._desk = desk
        self._shown = Shown(desk, observe)
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
        self._trainer = TrainerPage() if is_trainer(session.user.roles) else None
        own = () if self._trainer is None else (self._trainer.page,)
        pages = (*own, self._idle.page, self._call.page, self._ruling.page)
        for page in pages:
            self.window.add_page(page)
        self._columns = KeptColumns(desk, pages, wardrobe)
        self._look = LookPresenter(desk, self.window, wardrobe, rebuild)
        self._key_choice = KeyChoicePresenter(desk, self.window, wardrobe, rebuild)
        self._lock = LockPresenter(desk, self.window, lock_after)
        self._build(frames, lan=lan)
        self._bind_keys()
        self.window.keys.take_up(wardrobe.keys)
        self._unshown = NOTHING
        self._soon = QTimer(self.window, singleShot=True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_changes)
        self.heartbeat = Heartbeat(self.window)
        self._listen()
        self._clock = QTimer(self.window)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self._said = QTimer(self.window, singleShot=True)
        self._said.timeout.connect(self._tell_connection)

    def _build(self, frames: FrameRing, *, lan: bool) -> None:
        desk, idle, call, ruling = self._desk, self._idle, self._call, self._ruling
        self.video = VideoPresenter(desk, call.video, self._shown.painted)
        self.video.attach(frames)
        self._seat = SeatPresenter(desk, self.say)
        self._place = PlacePresenter(desk, call.place, self.say)
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
            self._shown.custody,
        )
        self._discard = DiscardPresenter(desk, call.strip, call.discard, self.say)
        self._compare = ComparePresenter(desk, self.window, call.strip, call.video, self.say)
        self._full = FullPicture(self.window, call)
        self._second = SecondScreen(self.window, call, self.say)
        self._camera = PhoneCameraPresenter(desk, call.video, call.video_keys, self.say)
        self._drawing = DrawingPresenter(desk, call.video, call.video_keys, call.strip, self.say)
        self._reconnect = ReconnectPresenter(desk, call.video, self.say)
        self._recovery = RecoveryPresenter(desk, lambda: self._evidence.slot, self._tell_recovery)
        self._outbox = OutboxPresenter(desk, self.window, self._evidence.retry_now)
        self._sheets = Sheets(desk, self.window, self._evidence, call.strip, self.say)
        checks = call.checks
        face = FacePresenter(desk, checks.face)
        self._difference = DifferencePresenter(
            desk, call.views, checks.difference, checks.choices, face, self._evidence.aim, self.say
        )
        self._parties = PartiesPresenter(desk, call.parties, self._difference.open_nth, self.say)
        self._acts = ActsPresenter(
            desk,
            call.evacuation,
            call.dispatch,
            call.police,
            self.window.case,
            self.say,
            self._choose_page,
            call.sheet,
        )
        self._ruler = RulingPresenter(
            desk, ruling.form, ruling.document, ruling.reasons, self._parties, self.say
        )
        self._review = ReviewPresenter(
            desk,
            ruling.strip,
            ruling.strip_panel,
            ruling.picture,
            ruling.reasons,
            ruling.back,
            ruling.given,
            self.say,
        )
        officer = OfficerPresenter(desk, ruling.officer, self.say)
        signing = SigningPresenter(desk, ruling.form.signing, self._ruler, self.say)
        shown = IdleWidgets(idle.state, call.state, idle.check, idle.cases, call.cases, idle.link, idle.ready)
        trainer = self._trainer
        self._training = None if trainer is None else TrainerPresenter(desk, trainer, self.say)
        self._presenters: tuple[Presenter, ...] = (
            *(() if self._training is None else (self._training,)),
            LampsPresenter(desk, self.window.top),
            QueuePresenter(
                desk, (idle.queue, idle.queue_panel), (call.queue, call.queue_panel), self._shown.queue
            ),
            self._ring,
            CasePresenter(desk, self.window.case),
            self.video,
            self._evidence,
            self._discard,
            self._compare,
            self._camera,
            self._drawing,
            CaseworkPresenter(
                desk,
                call.triage,
                call.special,
                call.triage_panel,
                call.consents_panel,
                call.consents,
                call.notes,
                self.say,
            ),
            self._place,
            OccurrencePresenter(desk, (call.place.time, ruling.form.time), self.say),
            self._parties,
            self._difference,
            face,
            SilentPresenter(desk, call.checks.silent, self.say),
            ReadingPresenter(
                desk,
                call.checks.reading,
                self._parties.fill_empty,
                self._evidence.aim,
                self.window.go_home,
                self.say,
            ),
            self._acts,
            officer,
            self._ruler,
            self._look,
            self._key_choice,
            self._lock,
            self._reconnect,
            self._outbox,
            *self._sheets.presenters,
            self._recovery,
            self._review,
            signing,
            FoldedPresenter(desk, call.rail.strip, call.tabs),
            IdlePresenter(desk, shown, self._seat.toggle, lan=lan, since=desk.service_now()),
        )

    def _bind_keys(self) -> None:
        keys, call = self.window.keys, self._call
        if self._training is not None:
            self._training.bind(keys)
        keys.everywhere("F2", tr("接听"), self._ring.answer)
        keys.everywhere("Shift+F2", tr("转给他席"), self._ring.pass_on)
        keys.everywhere("Ctrl+F2", tr("静铃"), self._ring.hush)
        keys.everywhere("F3", tr("就绪/小休"), self._seat.toggle)
        keys.everywhere("F4", tr("静音"), self._evidence.mute)
        keys.everywhere("F5", tr("换镜头"), self._camera.switch)
        keys.everywhere("F7", tr("抓拍"), self._evidence.take)
        keys.everywhere("Ctrl+F7", tr("高清照"), self._evidence.still)
        keys.everywhere("F8", tr("从前 10 秒回取"), self._evidence.recall)
        keys.everywhere("F11", tr("画面全屏"), self._full.toggle)
        keys.everywhere("Ctrl+F11", tr("画面到第二台显示器"), self._second.toggle)
        keys.everywhere("Ctrl+M", tr("显示遮盖的号码"), self._full.beside(self._reveal))
        keys.everywhere("Ctrl+R", tr("发续接短信"), self._reconnect.tell_to_resume)
        self._sheets.bind(keys)
        keys.everywhere("Ctrl+U", tr("立即重试上传"), self._evidence.retry_now)
        keys.everywhere("Ctrl+Shift+L", tr("深色 ⇄ 浅色"), self._look.toggle_theme)
        keys.everywhere("Ctrl+Shift+K", tr("锁屏"), self._lock.lock)
        bind_acts(keys, self._acts, self._full, self._ruler, self._review)
        bind_ways(self.window)
        bind_picture_keys(
            keys, call, self._evidence, self._camera, self._discard, self._compare, self._drawing
        )
        bind_panel_keys(keys, call, self._ruling, self._difference, self._place)

    def _listen(self) -> None:
        self.window.panel_focused.connect(self._shown.panel)
        self.window.said.connect(self._shown.sentence)
        self._call.video.age_changed.connect(self._shown.badge)
        self._call.strip.current_changed.connect(self._shown.slot)
        self._call.strip.current_changed.connect(lambda _slot: self._recovery.mark())
        self.heartbeat.blocked.connect(self._shown.blocked)
        self._call.rail.strip.opened.connect(lambda: self.window.go_to("queue"))
        self.window.escaped.connect(self._escaped)
        self.window.focus_moved.connect(self._flush)
        self.window.top.lamp_opened.connect(self._explain)
        self.window.top.settings_asked.connect(self._look.toggle_panel)

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
        self._shown.state(self._acts.evacuation_words, (self._ring.offered, self._desk.own_call()))
        if changes.media:
            self._shown.sound()

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
        self._lock.watch()
        self.heartbeat.start()
        self._shown.window(self.window)

    def say(self, words: str) -> None:
        """Say a sentence in place; it goes by itself and takes no focus."""
        self.window.say(BannerState(words, severity="warn"))
        self._said.start(SAY_MS)

    def _tell_recovery(self, notice: BannerState) -> None:
        self.window.say(notice)
        self._said.start(RECOVERED_MS)

    def _choose_page(self) -> None:
        incident = self._desk.own_incident()
        if self._trainer is not None:
            self.window.show_page("trainer")
        elif incident is None:
            self._call.alone.set_on(False)
            self.window.show_page("idle")
        elif incident.state in AT_RULING:
            self.window.show_page("ruling")
        else:
            self.window.show_page("call")

    def _reveal(self) -> None:
        """Ctrl+M: the silent codes beside the differences; else who has the keyboard, or the first party."""
        if self._call.checks.difference.isVisible() and self._call.checks.silent.isVisible():
            self._call.checks.silent.ask_reason()
            return
        typing = QApplication.focusWidget()
        second = self._call.parties[1]
        self._parties.ask_reveal(int(typing is not None and second.isAncestorOf(typing)))

    def _escaped(self, left: str) -> None:
        """Esc in the reasons for sending the police closes them; a second Esc from anywhere folds or closes
        what lies over the picture, these and the view of differences.
        """
        if left == "video" and (self._drawing.put_away() or self._reconnect.fold()):
            return
        self._call.alone.set_on(False)
        closed_from = {
            "dispatch": self._call.dispatch.close_panel,
            "triage": self._call.special.put_away,
            "hand-over": self._call.sheet.close_sheet,
            "strip": self._discard.close,
        }
        for place, close in closed_from.items():
            if left in {place, "video"}:
                close()
        if left == "video":
            self._difference.close()

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
        stored = SaveState(f"{tr('服务序号')} {self._desk.store.sequence}", "ok", "refresh-cw")
        self.window.set_saves((*self._sheets.saves(), stored))

    def _tell_connection(self) -> None:
        if self._said.isActive():
            return
        words = connection_words(self._desk)
        self.window.say(BannerState(words, severity="warn", icon="video-off") if words else None)

    def _explain(self, key: str) -> None:
        """A lamp was opened: the outbox itself, or the lamp's plain line with what to do."""
        if key == "outbox":
            self._outbox.toggle()
            return
        self.say(next(lamp.line for lamp in lamps(self._desk) if lamp.key == key))
