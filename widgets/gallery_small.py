"""Gallery items of the small window (picture 11) and of the display settings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from widgets import gallery_parts as parts
from widgets.act_list import ActList, ActListState, Reason
from widgets.case_bar import CaseBar, CaseBarState
from widgets.chip import ChipState
from widgets.evidence_strip import EvidenceStrip, SlotRow
from widgets.flow import Column
from widgets.join_panel import JoinPanel, JoinState
from widgets.lamp import LampState
from widgets.lock_page import LockPage, LockState
from widgets.look_panel import Choice, LookPanel
from widgets.panel import Panel
from widgets.rail import RailItem, RailStrip
from widgets.rows import CheckRow
from widgets.stage_block import StageState
from widgets.tab_column import TabColumn, TabState
from widgets.top_bar import TopBar, TopBarState


def top_bar_small() -> QWidget:
    """Lamps that are well in one, a faulty one by name."""
    lamps = (
        LampState("service", "服务", "在线", "ok", "server"),
        LampState("media", "媒体", "就绪", "ok", "video"),
        LampState("clock", "对时", "+0.2 s", "ok", "clock"),
        LampState("outbox", "发件箱", "4 待发", "warn", "cloud-upload"),
    )
    bar = TopBar(TopBarState(False, "接警岗", "赵演示", "07 席", "11月24日 周二", "14:32:08", lamps))
    bar.set_compact(True)
    return bar


def case_bar_small() -> QWidget:
    """Finished stages in one block, the present one, and how many follow."""
    stages = (
        StageState("answer", "接听", "0:08", "目标 ≤ 0:15", "done"),
        StageState("safety", "安全", "0:21", "目标 ≤ 0:30", "done"),
        StageState("evidence", "取证", "10/14 张", "目标 ≤ 3:00", "now", running=True),
        StageState("evacuation", "撤离", "未推送", "目标 ≤ 3:00"),
        StageState("ruling", "定责", "—", "目标 ≤ 5:00"),
    )
    script = ChipState("第19条 取证后撤离", "ok", "route")
    state = CaseBarState("训练 T-2026-1124-0417", "追尾 · 两车", script, "后方全景", stages, "2:14", "全程")
    bar = CaseBar(state)
    bar.set_compact(True)
    return bar


def act_list() -> QWidget:
    """Two deliveries that failed; nothing is ended without a reason."""
    panel = ActList("外发失败", "send-horizontal", ("重发", "refresh-cw"), ("不再发,写明原因", "x"))
    rows = (
        CheckRow("1", "派警指令", "连不上", "bad", "训练 T-2026-1124-0417 11-24 14:31", "siren"),
        CheckRow(
            "2", "短信 · 乙", "对方拒收", "bad", "训练 T-2026-1124-0416 11-24 14:02", "message-square-text"
        ),
    )
    said = "已按规定次数自动重试。先电话告知当事人或对方单位,再重发或写明原因结束。"
    panel.set_state(ActListState(rows, ChipState("2 件要处理", "bad"), said))
    return panel


def lost_calls() -> QWidget:
    """Two lost calls: one nobody answered, with somebody hurt, and a drop that a seat still holds."""
    reasons = (Reason("reached", "已联系上当事人"), Reason("settled", "已另行处理", noted=True))
    acts = (("再发链接", "link"), ("结束这件", "x"))
    panel = ActList("掉线与放弃来电", "phone-missed", *acts, reasons)
    rows = (
        CheckRow(
            "1",
            "甲 · 未接通 · 疑伤",
            "4:12",
            "bad",
            "训练 T-2026-1124-0417 链接已发 14:31",
            "phone-missed",
        ),
        CheckRow("2", "乙 · 掉线", "0:41", "warn", "训练 T-2026-1124-0416 07 席未挂断", "unlink"),
    )
    said = "当事人用短信里的链接回到同一案件,就自动离开这里。"
    panel.set_state(ActListState(rows, ChipState("2 件要处理", "warn"), said))
    panel.choice.setCurrentIndex(2)
    return panel


def join_panel() -> QWidget:
    """A code to read out to 乙."""
    panel = JoinPanel()
    said = "请当事人打开 https://122.example.cn/j,输入这 8 位数字;14:41:07 前有效,只能用一次。"
    panel.set_state(JoinState((("b", "乙 样本宁"), ("", "新的一方")), "4821 7730", said))
    return panel


def rail_strip() -> QWidget:
    """Every severity of a cell."""
    strip = RailStrip("Ctrl+1")
    strip.set_items(
        (
            RailItem("waiting", "list-checks", "4", "排队"),
            RailItem("longest", "clock-alert", "0:42", "最长", "warn"),
            RailItem("hurt", "triangle-alert", "1", "疑伤", "bad"),
            RailItem("dropped", "phone-missed", "1", "掉线", "warn"),
            RailItem("ruling", "hourglass", "3", "待定责"),
            RailItem("state", "phone", "", "通话", "info"),
        )
    )
    return strip


def tab_column() -> QWidget:
    """One group in front, every severity on a tab."""
    names = ("当事人", "适用同意", "地点", "撤离", "陈述")
    groups = tuple((name, name, Column(Panel(name), stretch=(1,))) for name in names)
    tabs = TabColumn(groups, growing=names[-1])
    tabs.set_tabbed(True)
    states = (TabState("info"), TabState("warn", "5/6"), TabState("ok"), TabState(), TabState("unknown"))
    for name, state in zip(names, states, strict=True):
        tabs.set_state(name, state)
    return tabs


def strip_small() -> QWidget:
    """One row, unfinished slots first."""
    strip = EvidenceStrip()
    strip.set_compact(True)
    strip.set_rows(
        (
            SlotRow("safety", 1, "安全防护", "taken", "verified", thumbnail=parts.picture()),
            SlotRow("landmark", 2, "方位地标", "unreadable", "verified", thumbnail=parts.picture()),
            SlotRow("front", 3, "前方全景", "todo"),
            SlotRow("marks", 8, "制动痕", "optional"),
        )
    )
    return strip


def lock_page() -> QWidget:
    """Locked in a call, after a wrong password."""
    page = LockPage(
        LockState(
            "赵演示 · 07 席",
            "锁屏于 14:32:08 · 2:14",
            "排队 4 · 疑伤 1",
            "通话照常:语音、画面和录制都在继续,只是不显示。",
        )
    )
    page.say("账号或口令不对,请再试。")
    return page


def lock_page_idle() -> QWidget:
    """Locked outside a call."""
    return LockPage(LockState("赵演示 · 07 席", "锁屏于 14:32:08 · 0:03", "排队 0"))


def look_panel() -> QWidget:
    """One choice of each, and settings that wait for the end of the call."""
    later = "通话中不改,结束后可改。"
    return LookPanel(
        (
            Choice("theme", "主题", (("dark", "深色"), ("light", "浅色")), "dark"),
            Choice("text", "字号", (("100", "100 %"), ("125", "125 %"), ("150", "150 %")), "100", later),
            Choice("language", "语言", (("zh-CN", "中文"), ("en", "English")), "zh-CN", later),
        )
    )
