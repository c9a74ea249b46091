"""What comes into the right column of a call while a document or a difference is looked at: widgets only."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.presenters.difference import two_scripts
from console.presenters.face import judgements
from console.presenters.page import Place
from console.presenters.silent import silent_reasons
from console.presenters.words import tr
from widgets.difference_panel import ChoicesPanel, DifferencePanel, ScriptsPanel
from widgets.face_panel import FacePanel
from widgets.flow import Column, ScrollColumn
from widgets.reading_panel import ReadingPanel
from widgets.silent_line import SilentLine


class Checks:
    """What comes into the right column of a call: a document that was read, a party's checks item by item."""

    def __init__(self) -> None:
        self.reading = ReadingPanel()
        self.difference = DifferencePanel()
        self.choices = ChoicesPanel()
        self.face = FacePanel(judgements())
        self.silent = SilentLine(silent_reasons())
        for part in (self.reading, self.face, self.difference, self.choices, self.silent):
            part.hide()
        self.compared = ScrollColumn(
            group(self.face, self.difference, self.choices, ScriptsPanel(two_scripts()))
        )
        reading_keys = (
            ("Enter", tr("采用")),
            ("E", tr("逐字改")),
            ("R", tr("重拍")),
            ("↑ ↓", tr("换行")),
            ("Esc", tr("回到画面")),
        )
        keys = (
            ("1–4", tr("选处理方式")),
            ("Enter", tr("再查这一项")),
            ("F", tr("人像并排")),
            ("F12", tr("派警")),
            ("Esc", tr("回到画面")),
        )
        face_keys = (
            ("Enter", tr("程序比对")),
            ("1–3", tr("人工认定")),
            ("R", tr("换照片")),
            ("Esc", tr("回到画面")),
        )
        self.places = (
            Place("reading", tr("图文对照"), self.reading, self.reading, reading_keys),
            Place("face", tr("人像并排"), self.face, self.face, face_keys),
            Place("difference", tr("核验差异"), self.difference, self.difference, keys),
            Place("choices", tr("怎么处理"), self.choices, self.choices, keys),
        )


def group(*panels: QWidget) -> Column:
    """Return panels of one tab, as high as they need unless they grow themselves."""
    column = Column(*panels, stretch=(0,) * len(panels), spacing=6)
    column.leave_room()
    return column
