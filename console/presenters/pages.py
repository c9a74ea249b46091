"""The three pages of the window, as pictures 01, 03 and 05 lay them out: widgets only, no behaviour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from console.presenters.acts import DISPATCH_REASONS, empty_evacuation
from console.presenters.casework import empty_notes
from console.presenters.checks_column import Checks, group
from console.presenters.discard import discard_reasons
from console.presenters.drawing import drawing_key
from console.presenters.evidence import video_keys
from console.presenters.idle import empty_link, empty_state
from console.presenters.page import Page, Place
from console.presenters.parties import LETTERS, empty_party, reveal_reasons
from console.presenters.phone_camera import camera_keys
from console.presenters.place import empty_place
from console.presenters.words import tr
from widgets.banner import Banner, BannerState
from widgets.columns import Columns
from widgets.consents import Consents
from widgets.discard_line import DiscardLine
from widgets.dispatch_panel import DispatchPanel, PoliceLine
from widgets.document_view import DocumentView
from widgets.evacuation_panel import EvacuationPanel
from widgets.evidence_strip import EvidenceStrip
from widgets.flow import Alone, Beside, Column, Views
from widgets.hand_over_panel import HandOverPanel
from widgets.link_card import LinkCard
from widgets.my_state import MyState
from widgets.notes import NotesPanel
from widgets.officer_panel import OfficerPanel
from widgets.panel import Panel
from widgets.parts import label
from widgets.party_panel import PartyPanel
from widgets.picture import Picture
from widgets.place_panel import PlacePanel
from widgets.press_twice import PressTwiceButton
from widgets.queue_view import QueueView
from widgets.rail import STRIP_WIDTH, Rail
from widgets.reasons_panel import ReasonsPanel
from widgets.rows import CheckRows
from widgets.ruling_form import RulingForm, RulingState
from widgets.script_line import ScriptLine, ScriptLineState
from widgets.shift_check import ShiftCheck
from widgets.special_line import SpecialLine
from widgets.tab_column import TabColumn
from widgets.triage_rows import TriageRows
from widgets.video_keys import VideoKeys, VideoKeyState
from widgets.video_pane import VideoPane

RAIL_WIDTH, CENTRE_WIDTH, RIGHT_WIDTH = 248, 976, 660
"""Pixels of the three zones at 1920 × 1080 (interface.md 2)."""
WIDTHS = (RAIL_WIDTH, CENTRE_WIDTH, RIGHT_WIDTH)
SMALL_WIDTHS = (STRIP_WIDTH, 690, 564)
"""The same at 1366 × 768: both parties stand side by side in the right column (picture 11)."""
LEAST_VIDEO = (480, 226)
"""The picture keeps this much when the window is small; strip and right column scroll instead."""
BESIDE = 540
"""Width in pixels of the right column from which two parts stand side by side."""
FOOT_BESIDE = 600
"""The same for the line of the police beside the evacuation."""


class IdlePage:
    """Ready, nobody on the line (picture 01)."""

    def __init__(self) -> None:
        self.queue = QueueView()
        self.queue_panel = Panel(tr("来电队列"), "list-checks")
        self.queue_panel.body.addWidget(self.queue)
        self.ready = Banner(BannerState(tr("正在连接服务。"), severity="none"))
        self.cases = CheckRows((4, 4, 3), 32)
        self.cases.setAccessibleName(tr("我的未结"))
        self.cases_panel = Panel(tr("我的未结"), "archive")
        self.cases_panel.body.addWidget(self.cases)
        self.state = MyState(empty_state())
        self.check = ShiftCheck()
        self.link = LinkCard(empty_link())
        left = Column(self.queue_panel, self.ready, self.cases_panel, stretch=(3, 0, 2))
        right = Column(self.state, self.check, self.link, stretch=(0, 1, 0))
        aside = aside_of(right)
        columns = Columns("idle", left, aside, widths=(CENTRE_WIDTH + RAIL_WIDTH, RIGHT_WIDTH))
        self.page = Page(
            name="idle",
            widget=columns,
            notices=left,
            columns=columns,
            aside=aside,
            places=(
                Place(
                    "queue",
                    tr("队列"),
                    self.queue_panel,
                    self.queue,
                    (
                        ("F2", tr("接听")),
                        ("F3", tr("就绪/小休")),
                        ("F6", tr("换面板")),
                        ("F1", tr("全部按键")),
                    ),
                ),
                Place("cases", tr("我的未结"), self.cases_panel, self.cases, (("F6", tr("换面板")),)),
                Place("check", tr("班前自检"), self.check, self.check.rows, (("F6", tr("换面板")),)),
            ),
            home="queue",
        )


class CallPage:
    """Collecting evidence, the main state (picture 03)."""

    def __init__(self) -> None:
        self.queue = QueueView(narrow=True)
        self.queue_panel = _holding(tr("排队"), "list-checks", self.queue)
        self.cases = CheckRows((5, 1, 4), 30)
        self.cases.setAccessibleName(tr("我的未结"))
        self.cases_panel = _holding(tr("我的未结"), "archive", self.cases)
        self.state = MyState(empty_state())
        self.script = ScriptLine(ScriptLineState(number="R-19", spans=()))
        self.video = VideoPane()
        self.video.setMinimumSize(*LEAST_VIDEO)
        self.video_keys = VideoKeys(_keys_before_a_picture())
        self.video_panel = Panel(tr("视频"), "video", margin=0, headless=True)
        self.video_panel.body.addWidget(self.video, 1)
        self._below = Beside(self.video_keys, shares=(1,), enough=0)
        self.video_panel.body.setSpacing(0)
        self.video_panel.body.addWidget(self._below)
        self.strip, self.discard = EvidenceStrip(), DiscardLine(discard_reasons())
        self.strip_panel = _holding(tr("证据清单"), "clipboard-list", self.strip, self.discard)
        self.place = PlacePanel(empty_place())
        first, second = (PartyPanel(empty_party(letter), reveal_reasons()) for letter in LETTERS)
        self.parties = (first, second)
        self.triage, self.special = TriageRows(), SpecialLine()
        self.consents = Consents(LETTERS)
        self.triage.more_asked.connect(self.special.toggle)
        self.triage_panel = _holding(tr("适用性"), "shield-check", self.special, self.triage)
        self.consents_panel = _holding(tr("同意"), "hand", self.consents)
        for table in (self.triage.table, self.consents):
            table.show_whole()
        self.dispatch = DispatchPanel(tuple((key, tr(words)) for key, words in DISPATCH_REASONS))
        self.police, self.sheet = PoliceLine(), HandOverPanel()
        self.evacuation = EvacuationPanel(empty_evacuation())
        self.notes = NotesPanel(empty_notes())
        sides = Beside(*self.parties, shares=(1, 1), enough=BESIDE)
        self._agreed = Column(self.consents_panel, self.notes, stretch=(0, 1), spacing=6)
        self._statements = Column(stretch=())
        asked = Beside(self.triage_panel, self._agreed, shares=(5, 7), enough=BESIDE)
        self.tabs = TabColumn(
            (
                ("place", tr("地点"), Column(self.place, stretch=(1,))),
                ("parties", tr("当事人"), group(sides)),
                ("eligibility", tr("适用同意"), group(asked)),
                ("statements", tr("陈述"), self._statements),
            ),
            growing="statements",
        )
        self.tabs.reveal(self.parties[0])
        self.checks = Checks()
        self.views = Views(self.tabs, self.checks.compared)
        self._foot = Beside(self.evacuation, self.police, shares=(3, 2), enough=FOOT_BESIDE)
        always = Column(
            self.checks.reading,
            self.views,
            self.checks.silent,
            self.dispatch,
            self.sheet,
            self._foot,
            stretch=(0, 1, 0, 0, 0, 0),
            spacing=6,
        )
        self.rail = Rail(
            Column(self.queue_panel, self.cases_panel, self.state, stretch=(1, 0, 0)), "Ctrl+1", RAIL_WIDTH
        )
        self._centre = centre = Column(self.script, self.video_panel, self.strip_panel, stretch=(0, 1, 0))
        video_keys_words = (
            ("Space", tr("抓拍")),
            ("[ ]", tr("换槽位")),
            ("Enter", tr("推送话术")),
            ("B", tr("模糊 ⇄ 看清")),
            ("F4", tr("静音")),
            ("F6", tr("换面板")),
            ("F9", tr("推送撤离")),
            ("F12", tr("派警")),
            ("F1", tr("全部按键")),
            ("T", tr("手电")),
            ("+ −", tr("变焦")),
            ("Del", tr("弃用")),
            ("X", tr("比较")),
            ("Z", tr("放大")),
            ("D", tr("标画")),
            ("F11", tr("画面全屏")),
        )
        typing = (("Esc", tr("回到画面")), ("F7", tr("抓拍")), ("F6", tr("换面板")), ("F12", tr("派警")))
        aside = aside_of(always)
        self._columns = Columns("call", self.rail, centre, aside, widths=WIDTHS)
        self._here = Alone((self.rail, aside, self.strip_panel), self._keep_police)
        self._there = Alone((self.strip_panel,), lambda _alone: None)
        self._compact = self._lent = False
        self.page = Page(
            name="call",
            widget=self._columns,
            notices=centre,
            columns=self._columns,
            aside=aside,
            places=(
                Place("queue", tr("队列"), self.queue_panel, self.queue, (("F2", tr("接听")),)),
                Place("cases", tr("我的未结"), self.cases_panel, self.cases, (("F6", tr("换面板")),)),
                Place("video", tr("视频"), self.video_panel, self.video, video_keys_words),
                Place("strip", tr("证据"), self.strip_panel, self.strip, video_keys_words),
                *self.checks.places,
                Place("place", tr("地点"), self.place, self.place.map, (*_map_keys(), *typing)),
                Place("party-a", tr("甲方"), self.parties[0], self.parties[0], typing),
                Place("party-b", tr("乙方"), self.parties[1], self.parties[1], typing),
                Place(
                    "triage",
                    tr("适用性"),
                    self.triage_panel,
                    self.triage,
                    (("↑ ↓", tr("换行")), ("1", tr("否")), ("2", tr("是")), ("3", tr("未知"))),
                ),
                Place("consents", tr("同意"), self.consents_panel, self.consents, typing),
                Place("notes", tr("备注"), self.notes, self.notes.note, typing),
                Place("evacuation", tr("撤离"), self.evacuation, self.evacuation.destination, typing),
                Place("hand-over", tr("移交单"), self.sheet, self.sheet.reason, typing),
                Place(
                    "dispatch",
                    tr("派警"),
                    self.dispatch,
                    self.dispatch,
                    (("1–6", tr("原因")), ("F12", tr("派警"))),
                ),
            ),
            home="video",
            reveal=self._reveal,
            compact=self._set_compact,
        )

    @property
    def alone(self) -> Alone:
        """F11: gives the picture the page, or what there is of it on the second monitor."""
        return self._there if self._lent else self._here

    def lend_centre(self) -> QWidget:
        """Give script, video and evidence away; the right column takes the space."""
        self.alone.set_on(False)
        self._lent = True
        self._centre.setParent(None)
        self._share_width()
        return self._centre

    def take_centre_back(self) -> None:
        """Script, video and evidence stand in the middle again."""
        self.alone.set_on(False)
        self._lent = False
        self._columns.insertWidget(1, self._centre)
        self._share_width()

    def _share_width(self) -> None:
        rail, centre, right = SMALL_WIDTHS if self._compact else WIDTHS
        name = "call small" if self._compact else "call"
        if self._lent:
            self._columns.arrange(f"{name} lent", (rail, centre + right))
        else:
            self._columns.arrange(name, (rail, centre, right))

    def _reveal(self, panel: QWidget) -> None:
        self.alone.reveal(panel)
        self.rail.reveal(panel)
        self.tabs.reveal(panel)
        self.views.reveal(panel)

    def _keep_police(self, alone: bool) -> None:
        """The way to the police stays in sight: beside the video's keys while the picture has the page."""
        self._below.setContentsMargins(0, 4 * alone, 6 * alone, 4 * alone)
        if alone:
            self._below.take_in(self.police, share=0)
        else:
            self._foot.take_in(self.police, share=2)

    def _set_compact(self, compact: bool) -> None:
        self.rail.set_compact(compact)
        if compact:
            self._statements.take_in(self.notes)
        else:
            self._agreed.take_in(self.notes, at=1)
        self.tabs.set_tabbed(compact)
        self.strip.set_compact(compact)
        self.video_keys.set_compact(compact)
        self._compact = compact
        self._share_width()


def _map_keys() -> tuple[tuple[str, str], ...]:
    return (
        ("G", tr("采用定位")),
        ("P", tr("移图钉")),
        (tr("方向键"), tr("移 5 米")),
        ("D", tr("换坐标系")),
    )


class RulingPage:
    """The officer rules (picture 05)."""

    def __init__(self) -> None:
        self.strip = EvidenceStrip()
        self.strip_panel = Panel(tr("证据"), "clipboard-check")
        self.strip_panel.body.addWidget(self.strip)
        self.back = PressTwiceButton(tr("退回补证"), "undo-2", "Ctrl+B")
        self.strip_panel.body.addWidget(self.back)
        self.given = label("", "caption", "text2")
        self.given.setWordWrap(True)
        self.given.hide()
        self.officer = OfficerPanel()
        self.strip_panel.body.addWidget(self.given)
        self.strip_panel.body.addWidget(self.officer)
        self.form = RulingForm(RulingState((), (), ()))
        self.document = DocumentView()
        self.document_panel = Panel(tr("文书预览"), "file-text", "Ctrl+P", margin=0)
        self.document_panel.body.addWidget(self.document)
        self.picture = Picture()
        left = Column(self.picture, self.strip_panel, stretch=(2, 3))
        form = self.form
        keys = (("Ctrl+P", tr("预览")), ("Ctrl+S", tr("存草稿")), ("Ctrl+Shift+Enter", tr("签发(两次)")))
        self.reasons = ReasonsPanel()
        aside = aside_of(Column(self.reasons, self.document_panel, stretch=(3, 2)))
        columns = Columns("ruling", left, form, aside, widths=(560, 860, 480))
        self.page = Page(
            name="ruling",
            widget=columns,
            notices=left,
            columns=columns,
            aside=aside,
            places=(
                Place(
                    "evidence",
                    tr("证据"),
                    self.strip_panel,
                    self.strip,
                    (("← →", tr("换图")), ("Z", tr("放大")), ("Ctrl+B", tr("退回补证(两次)"))),
                ),
                Place("facts", tr("事实"), form.facts_section, form.facts_section, keys),
                Place("faults", tr("过错"), form.faults_section, form.faults_section, keys),
                Place(
                    "liability",
                    tr("责任"),
                    form.liability_section,
                    form.outcomes,
                    (("1–8", tr("选责任")), *keys),
                ),
                Place("signing", tr("调解与签名"), form.signing, form.signing.mediation, keys),
                Place(
                    "reasons",
                    tr("为什么这样建议"),
                    self.reasons,
                    self.reasons.reading,
                    (("F6", tr("换面板")),),
                ),
                Place("document", tr("文书"), self.document_panel, self.document, (("↑ ↓", tr("翻页")),)),
            ),
            home="liability",
        )


def _holding(title: str, icon: str, *parts: QWidget) -> Panel:
    """Return a panel with these parts below each other."""
    panel = Panel(title, icon)
    for part in parts:
        panel.body.addWidget(part)
    return panel


def _keys_before_a_picture() -> tuple[VideoKeyState, ...]:
    """What takes pictures, then the phone's camera, then the desk's own view and voice (picture 03)."""
    own = video_keys(blocked=tr("没有画面"), muted=False)
    return (*own[:3], *camera_keys(None, seen=False), drawing_key(on=False, seen=False), *own[3:])


def aside_of(widget: QWidget) -> QSplitter:
    """The right column; the key sheet comes in above its content."""
    splitter = QSplitter(Qt.Orientation.Vertical)
    splitter.setHandleWidth(8)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(widget)
    return splitter
