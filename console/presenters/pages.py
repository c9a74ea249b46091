"""The three pages of the window, as pictures 01, 03 and 05 lay them out: widgets only, no behaviour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from console.presenters.acts import DISPATCH_REASONS, empty_evacuation
from console.presenters.casework import LETTERS, empty_notes, empty_party, empty_place
from console.presenters.evidence import video_keys
from console.presenters.idle import empty_link, empty_state
from console.presenters.window import Page, Place
from console.presenters.words import tr
from widgets.banner import Banner, BannerState
from widgets.consents import Consents
from widgets.dispatch_panel import DispatchPanel, PoliceLine
from widgets.document_view import DocumentView
from widgets.evacuation_panel import EvacuationPanel
from widgets.evidence_strip import EvidenceStrip
from widgets.flow import Beside, Column, ScrollColumn
from widgets.link_card import LinkCard
from widgets.my_state import MyState
from widgets.notes import NotesPanel
from widgets.panel import Panel
from widgets.party_form import PartyForm
from widgets.picture import Picture
from widgets.place_panel import PlacePanel
from widgets.queue_view import QueueView
from widgets.rows import CheckRows
from widgets.ruling_form import RulingForm, RulingState
from widgets.script_line import ScriptLine, ScriptLineState
from widgets.shift_check import ShiftCheck
from widgets.triage_rows import TriageRows
from widgets.video_keys import VideoKeys
from widgets.video_pane import VideoPane

RAIL_WIDTH, CENTRE_WIDTH, RIGHT_WIDTH = 248, 976, 660
"""Pixels of the three zones at 1920 × 1080 (interface.md 2)."""
LEAST_VIDEO = (480, 270)
"""The picture keeps this much when the window is small; strip and right column scroll instead."""
BESIDE = 540
"""Width in pixels of the right column from which two parts stand side by side."""


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
        aside = _aside(right)
        self.page = Page(
            name="idle",
            widget=_split(left, aside, sizes=(CENTRE_WIDTH + RAIL_WIDTH, RIGHT_WIDTH)),
            notices=left,
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
        self.queue_panel = Panel(tr("排队"), "list-checks")
        self.queue_panel.body.addWidget(self.queue)
        self.state = MyState(empty_state())
        self.script = ScriptLine(ScriptLineState(number="R-19", spans=()))
        self.video = VideoPane()
        self.video.setMinimumSize(*LEAST_VIDEO)
        self.video_keys = VideoKeys(video_keys(blocked=tr("没有画面"), muted=False))
        self.video_panel = Panel(tr("视频"), "video", margin=0, headless=True)
        self.video_panel.body.addWidget(self.video, 1)
        self.video_panel.body.addWidget(self.video_keys)
        self.strip = EvidenceStrip()
        self.strip_panel = Panel(tr("证据清单"), "clipboard-list")
        self.strip_panel.body.addWidget(self.strip)
        self.place = PlacePanel(empty_place())
        self.parties = (PartyForm(empty_party(LETTERS[0])), PartyForm(empty_party(LETTERS[1])))
        self.triage = TriageRows()
        self.consents = Consents(LETTERS)
        self.triage_panel = Panel(tr("适用性与同意"), "shield-check")
        for table in (self.triage.table, self.consents):
            table.show_whole()
        agreed = Column(self.consents, self.triage.answers, stretch=(1, 0), spacing=4)
        self.triage_panel.body.addWidget(Beside(self.triage, agreed, shares=(5, 6), enough=BESIDE))
        self.dispatch = DispatchPanel(tuple((key, tr(words)) for key, words in DISPATCH_REASONS))
        self.police = PoliceLine()
        self.evacuation = EvacuationPanel(empty_evacuation())
        self.notes = NotesPanel(empty_notes())
        sides = Beside(*self.parties, shares=(1, 1), enough=BESIDE)
        right = Column(
            self.place,
            sides,
            self.triage_panel,
            self.evacuation,
            self.notes,
            stretch=(0, 0, 0, 0, 1),
            spacing=6,
        )
        always = Column(ScrollColumn(right), self.dispatch, self.police, stretch=(1, 0, 0))
        rail = Column(self.queue_panel, self.state, stretch=(1, 0))
        centre = Column(self.script, self.video_panel, self.strip_panel, stretch=(0, 1, 0))
        video_keys_words = (
            (tr("空格"), tr("抓拍")),
            ("[ ]", tr("换槽位")),
            ("Enter", tr("推送话术")),
            ("F4", tr("静音")),
            ("F6", tr("换面板")),
            ("F9", tr("推送撤离")),
            ("F12", tr("派警")),
            ("F1", tr("全部按键")),
        )
        typing = (("Esc", tr("回到画面")), ("F7", tr("抓拍")), ("F6", tr("换面板")), ("F12", tr("派警")))
        aside = _aside(always)
        self.page = Page(
            name="call",
            widget=_split(rail, centre, aside, sizes=(RAIL_WIDTH, CENTRE_WIDTH, RIGHT_WIDTH)),
            notices=centre,
            aside=aside,
            places=(
                Place("queue", tr("队列"), self.queue_panel, self.queue, (("F2", tr("接听")),)),
                Place("video", tr("视频"), self.video_panel, self.video, video_keys_words),
                Place("strip", tr("证据"), self.strip_panel, self.strip, video_keys_words),
                Place("place", tr("地点"), self.place, self.place.road, typing),
                Place("party-a", tr("甲方"), self.parties[0], self.parties[0].first, typing),
                Place("party-b", tr("乙方"), self.parties[1], self.parties[1].first, typing),
                Place(
                    "triage",
                    tr("适用性"),
                    self.triage_panel,
                    self.triage,
                    (("↑ ↓", tr("换行")), ("1", tr("否")), ("2", tr("是")), ("3", tr("未知"))),
                ),
                Place("evacuation", tr("撤离"), self.evacuation, self.evacuation.destination, typing),
                Place("notes", tr("备注"), self.notes, self.notes.note, typing),
                Place(
                    "dispatch",
                    tr("派警"),
                    self.dispatch,
                    self.dispatch,
                    (("1–6", tr("原因")), ("F12", tr("派警"))),
                ),
            ),
            home="video",
        )


class RulingPage:
    """The officer rules (picture 05)."""

    def __init__(self) -> None:
        self.strip = EvidenceStrip()
        self.strip_panel = Panel(tr("证据"), "clipboard-check")
        self.strip_panel.body.addWidget(self.strip)
        self.form = RulingForm(RulingState((), (), (), ()))
        self.document = DocumentView()
        self.document_panel = Panel(tr("文书预览"), "file-text", "Ctrl+P", margin=0)
        self.document_panel.body.addWidget(self.document)
        self.picture = Picture()
        left = Column(self.picture, self.strip_panel, stretch=(2, 3))
        form = self.form
        keys = (("Ctrl+P", tr("预览")), ("Ctrl+S", tr("存草稿")), ("Ctrl+Shift+Enter", tr("签发(两次)")))
        aside = _aside(self.document_panel)
        self.page = Page(
            name="ruling",
            widget=_split(left, form, aside, sizes=(560, 860, 480)),
            notices=left,
            aside=aside,
            places=(
                Place("evidence", tr("证据"), self.strip_panel, self.strip, (("← →", tr("换图")),)),
                Place("facts", tr("事实"), form.facts_section, form.facts_section, keys),
                Place("faults", tr("过错"), form.faults_section, form.faults_section, keys),
                Place(
                    "liability",
                    tr("责任"),
                    form.liability_section,
                    form.outcomes,
                    (("1–8", tr("选责任")), *keys),
                ),
                Place("closing", tr("理由与调解"), form.closing_section, form.reason, keys),
                Place("document", tr("文书"), self.document_panel, self.document, (("↑ ↓", tr("翻页")),)),
            ),
            home="liability",
        )


def _aside(widget: QWidget) -> QSplitter:
    """The right column; the key sheet comes in above its content."""
    splitter = QSplitter(Qt.Orientation.Vertical)
    splitter.setHandleWidth(8)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(widget)
    return splitter


def _split(*widgets: QWidget, sizes: tuple[int, ...]) -> QSplitter:
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(8)
    splitter.setChildrenCollapsible(False)
    for at, (widget, size) in enumerate(zip(widgets, sizes, strict=True)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(at, size)
    splitter.setSizes(list(sizes))
    return splitter
