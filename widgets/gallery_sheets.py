"""Gallery: what opens over the right column by a key, and the drawing over the picture."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from widgets.chip import ChipState
from widgets.contact_panel import ContactPanel
from widgets.drawing import Drawing
from widgets.find_panel import ClosingState, FindPanel
from widgets.gallery_call import video
from widgets.photo_panel import PhotoPanel
from widgets.rows import CheckRow

_LOGGED = ChipState("显示号码记入日志", "info")


def contact_masked() -> QWidget:
    """One party with a number, one without."""
    panel = ContactPanel()
    rows = (
        CheckRow("a", "甲 示*", "100****1234", icon="phone"),
        CheckRow("b", "乙 样**", "没有电话", icon="phone"),
    )
    panel.set_rows(rows, _LOGGED)
    return panel


def contact_shown() -> QWidget:
    """The number is readable for a while."""
    panel = ContactPanel()
    rows = (
        CheckRow("a", "甲 示*", "10000001234", "info", "还显示 14 秒", "phone-call", bold=True),
        CheckRow("b", "乙 样**", "没有电话", icon="phone"),
    )
    panel.set_rows(rows, _LOGGED)
    return panel


def find_panel() -> FindPanel:
    """Two cases fit what was typed."""
    panel = _find()
    panel.field.setText("大道")
    rows = (
        CheckRow("1", "训练 T-2026-1124-0417", "取证中", "none", "11-24 14:31 样例大道", "camera"),
        CheckRow("2", "训练 T-2026-1123-0031", "待定责", "none", "11-23 09:12 样例大道", "hourglass"),
    )
    panel.set_rows(rows, ChipState("2 件", "info"))
    panel.say("追尾 · 甲 示* · 乙 样* · 07 席")
    return panel


def find_closing() -> QWidget:
    """The parties settled: a reason is written, two presses close."""
    panel = find_panel()
    panel.set_closing(ClosingState("第20条 自行协商:各方无争议、无人受伤,写明协商经过后结案。"))
    panel.closing.reason.setText("双方按保险各自理赔")
    return panel


def find_closing_held() -> QWidget:
    """The party is still on the line."""
    panel = find_panel()
    panel.set_closing(ClosingState("文书已送达各方,可以结案。", "证据还没有传完"))
    return panel


def find_nothing() -> QWidget:
    """Nothing fits."""
    panel = _find()
    panel.field.setText("无此路")
    panel.set_rows((), ChipState("0 件", "none"))
    panel.say("")
    return panel


def _find() -> FindPanel:
    return FindPanel("找案件", "案件号、号牌、姓名、地点;空格分开几个词", "Ctrl+F")


def photo_panel() -> QWidget:
    """Nothing was asked for yet."""
    panel = PhotoPanel()
    panel.set_state("下一张:号牌甲", (), ChipState("没有在等照片", "none"))
    return panel


def photo_waiting() -> QWidget:
    """A photo is awaited, and both sides wrote."""
    panel = PhotoPanel()
    lines = (
        "14:32:07 本席:请拍清甲车号牌。",
        "14:32:31 对方:好的,信号不太好,照片要等一会儿",
        "14:33:02 本席:请拍清甲车被碰到的地方。",
    )
    panel.set_state("下一张:接触部位甲", lines, ChipState("等照片", "info", "hourglass"))
    return panel


def drawing_ring() -> QWidget:
    """D: the ring that the arrow keys move, shown on the phone."""
    pane = video(0.2)
    pane.resize(976, 549)
    drawing = Drawing(pane)
    drawing.begin((0.5, 0.55))
    drawing.say("手机已显示标画,D 擦掉")
    return pane
