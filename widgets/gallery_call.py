"""Gallery: the widgets of a call and a ruling, with invented states."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from widgets.chip import ChipState
from widgets.compare_sheet import ComparedPicture, CompareSheet
from widgets.consents import ConsentCell, ConsentRow, Consents
from widgets.discard_line import DiscardLine
from widgets.dispatch_panel import DispatchPanel
from widgets.document_view import DocumentView
from widgets.evacuation_panel import EvacuationPanel, EvacuationState
from widgets.evidence_strip import Custody, EvidenceStrip, SlotRow, Verdict
from widgets.gallery_parts import picture
from widgets.key_sheet import KeyGroup, KeyLine, KeySheet
from widgets.notes import NotesPanel, NotesState, Statement
from widgets.outbox_view import OutboxMark, OutboxRow, OutboxView
from widgets.outcome_grid import Outcome
from widgets.panel import Panel
from widgets.reconnect_panel import LadderStep, ReconnectPanel, ReconnectState
from widgets.ruling_form import FactField, PartyFaults, RulingForm, RulingState
from widgets.script_line import ScriptLine, ScriptLineState
from widgets.special_line import SpecialLine
from widgets.triage_rows import TriageRow, TriageRows
from widgets.video_keys import VideoKeys, VideoKeyState
from widgets.video_pane import CornerState, VideoLabels, VideoPane


class _Clock:
    """A clock that the gallery sets, so that every age can be shown."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


_LABELS = VideoLabels(
    "1280×720 · 24 帧/秒",
    "甲方手机 · 后镜头 · 4G · 46%",
    "录制 2:14 · 原件保全",
    "目标槽位 后方全景 · 对方画面同步显示此框",
    "07 席 赵演示 14:32",
    "训练 · 非真实警情",
    (0.23, 0.2, 0.55, 0.7),
)


def video(age: float | None, image: QImage | None = None) -> VideoPane:
    """A pane whose newest frame is `age` seconds old, None for no frame yet."""
    clock = _Clock()
    pane = VideoPane(clock)
    pane.set_labels(_LABELS)
    pane.set_corner(CornerState("本席画面", "摄像头未开\n对方看到席位卡片"))
    if age is None:
        clock.now = 4
    else:
        pane.set_frame(picture() if image is None else image)
        clock.now = age
    pane.refresh_age()
    return pane


def video_live() -> QWidget:
    """● 实时."""
    return video(0.2)


def video_stutter() -> QWidget:
    """△ 卡顿."""
    return video(1.1)


def video_stale() -> QWidget:
    """△ 陈旧, grey, with the ladder of picture 06."""
    pane = video(7.4)
    ladder = ReconnectPanel(
        ReconnectState(
            "画面已停 7.4 秒",
            "最后一帧 14:34:02.318 · 现在看到的不是现场",
            "声音仍通",
            "ok",
            "原因(对方手机上报):切换网络 Wi-Fi → 4G · 电量 5%",
            (
                LadderStep("1 等新画面", "已请对方补关键帧", "无新帧", "done"),
                LadderStep("2 新建连接", "同一案件、同一同意记录", "第 2 次 · 进行中", "now"),
                LadderStep("3 发续办链接", "短信,对方点一下即回", "14:34:26 起"),
            ),
            (
                ("text", "改为照片 + 文字", "message-square", "Ctrl+L"),
                ("link", "发续办链接", "link", "Ctrl+R"),
            ),
        ),
        pane,
    )
    ladder.resize(600, ladder.sizeHint().height())
    ladder.move(190, 130)
    return pane


def video_none() -> QWidget:
    """◌ 未接通."""
    return video(None)


def video_paused() -> QWidget:
    """■ 对方已暂停."""
    pane = video(3.0)
    pane.set_paused("来电")
    return pane


def video_blurred() -> QWidget:
    """Blurred start."""
    pane = video(0.2)
    pane.set_blurred(True)
    return pane


def video_portrait() -> QWidget:
    """A portrait phone: letterboxed, never cropped."""
    return video(0.2, picture(720, 1280))


def video_keys() -> QWidget:
    """Primary, plain, blocked, on."""
    return VideoKeys(
        (
            VideoKeyState("snapshot", "抓拍", "camera", "Space", primary=True),
            VideoKeyState("still", "高清照", "aperture", "Ctrl+F7"),
            VideoKeyState("camera", "换镜头", "switch-camera", "F5", blocked="画面陈旧"),
            VideoKeyState("blur", "模糊", "droplets", "B", on=True),
            VideoKeyState("mute", "静音", "mic", "F4"),
        )
    )


def script_line() -> QWidget:
    """With the phone's confirmation."""
    spans = (
        ("请走到", False),
        ("后车后方 3–5 米", True),
        (",把手机横过来,拍到", False),
        ("两辆车、两块号牌。", True),
    )
    return ScriptLine(ScriptLineState("R-19·04", spans, "手机已显示引导"))


def evidence_strip() -> QWidget:
    """Every verdict and custody."""
    shot = picture(160, 90)
    slots: tuple[tuple[str, Verdict, Custody], ...] = (
        ("安全防护", "ok", "verified"),
        ("方位地标", "ok", "local"),
        ("前方全景", "ok", "uploading"),
        ("后方全景", "todo", ""),
        ("接触部位 甲", "ok", "queued"),
        ("接触部位 乙", "ok", "received"),
        ("标线", "todo", ""),
        ("制动痕", "optional", ""),
        ("号牌 甲", "soft", "verified"),
        ("号牌 乙", "unreadable", "verified"),
        ("驾驶证 甲", "ok", "retry"),
        ("行驶证 甲", "ok", "rejected"),
        ("驾驶证 乙", "ok", "corrupt"),
        ("其他", "optional", ""),
    )
    panel = Panel("证据清单 · 追尾", "clipboard-list")
    panel.set_chips(ChipState("合格 8", "ok"), ChipState("不可读 1", "bad"), ChipState("待拍 2", "none"))
    panel.set_note("还差:后方全景、标线、号牌乙重拍")
    strip = EvidenceStrip()
    rows = [
        SlotRow(str(at), at + 1, name, verdict, custody, 62, str(at), shot if custody else None)
        for at, (name, verdict, custody) in enumerate(slots)
    ]
    rows[-1] = SlotRow("13", 14, "其他", "optional", "verified", 0, "13", shot, struck=True)
    strip.set_rows(tuple(rows))
    strip.set_current("3")
    panel.body.addWidget(strip)
    return panel


def compare_sheet() -> QWidget:
    """Three pictures of a slot."""
    sheet, shot = CompareSheet(), picture(640, 360)
    captions = ("14:31:07 · 现在计入", "14:30:58 · 较早的一张", "14:30:41 · 14:30:50 弃用:看不清")
    shown = tuple(ComparedPicture(words, words, shot) for words in captions)
    sheet.set_pictures("号牌 甲", shown, blur=False)
    return sheet


def discard_line() -> QWidget:
    """Asked about a picture."""
    line = DiscardLine((("unclear", "看不清"), ("wrong-subject", "拍错对象"), ("duplicate", "重复")))
    line.ask_about("号牌 甲")
    return line


def triage_rows() -> QWidget:
    """Answered, alarming, open."""
    rows = TriageRows()
    rows.set_rows(
        (
            TriageRow("injury", "人员伤亡", "第13条", ("无", "有", "未知"), "no", "ok"),
            TriageRow("drink", "酒驾毒驾嫌疑", "第13条", ("无", "有", "未知"), "yes", "bad"),
            TriageRow("drivable", "车辆可自行移动", "第13条", ("不能", "能", "未知"), "yes", "ok"),
            TriageRow("facility", "碰撞公共设施", "第14条", ("无", "有", "未知"), "unknown", "unknown"),
            TriageRow("left", "一方已离开", "第13条", ("否", "是", "未知")),
        )
    )
    return rows


def special_line() -> QWidget:
    """Nothing chosen yet."""
    line = SpecialLine()
    line.show()
    line.set_options((("intent", "第13条 有故意的证据"), ("both-left", "第18条 现场已撤,事后报警")))
    return line


def consents() -> QWidget:
    """Agreed, refused, open, withdrawn."""
    table = Consents(("甲", "乙"))
    table.set_rows(
        (
            ConsentRow(
                "video",
                "视频处理与录音录像告知",
                (ConsentCell("同意 14:30:12", "ok"), ConsentCell("待答", "warn", "circle")),
            ),
            ConsentRow(
                "simple",
                "由民警适用简易程序处理",
                (ConsentCell("不同意", "bad"), ConsentCell("14:35 撤回", "warn", "undo-2")),
            ),
            ConsentRow(
                "hurt",
                "伤者同意(有伤时)",
                (ConsentCell("不涉及", "none", "minus"), ConsentCell("不涉及", "none", "minus")),
            ),
        )
    )
    return table


def notes() -> QWidget:
    """Two statements and a note."""
    said = (
        Statement("甲", "红灯前停车约 3 秒后被撞,车上 1 人,无不适。"),
        Statement("乙", "低头看导航,没来得及停。"),
    )
    return NotesPanel(
        NotesState(said, "乙方称左后视镜被刮。", ChipState("每次按键已存本机", "ok", "hard-drive"))
    )


def dispatch_panel() -> QWidget:
    """Reason chosen, armed."""
    panel = DispatchPanel(
        (
            ("injury", "有人受伤"),
            ("drink", "酒驾毒驾嫌疑"),
            ("request", "当事人要求"),
            ("immobile", "车辆不能移动"),
            ("dispute", "争议较大"),
            ("other", "其他"),
        )
    )
    panel.press("injury")
    return panel


def evacuation_panel() -> QWidget:
    """Complete, ready to push."""
    return EvacuationPanel(
        EvacuationState("请打开双闪,把车开到样例大道服务港湾,注意后方来车。", "样例大道服务港湾")
    )


def evacuation_locked() -> QWidget:
    """Locked by law and incomplete."""
    return EvacuationPanel(
        EvacuationState(
            "请打开双闪……",
            "",
            ("后方全景", "行驶证乙重拍"),
            "第13条:不要移动车辆",
            ChipState("未推送", "none"),
        )
    )


def ruling_form() -> QWidget:
    """Half filled, with an impossible outcome."""
    words = (
        "甲 全部 · 乙 无责任",
        "甲 主要 · 乙 次要",
        "甲 同等 · 乙 同等",
        "甲 次要 · 乙 主要",
        "甲 无责任 · 乙 全部",
        "意外",
        "事故证明",
        "转一般程序",
    )
    outcomes = tuple(
        Outcome(str(at), text, "需写理由" if text == "意外" else "") for at, text in enumerate(words)
    )
    faults = (("43", "未保持安全距离(第43条)"), ("44", "违反信号灯(第44条)"))
    return RulingForm(
        RulingState(
            (
                FactField("control", "路口控制", (("none", "无路口"), ("signal", "信号灯")), "none"),
                FactField("form", "事故形态", (("rear", "追尾"), ("lane", "变道"))),
            ),
            (
                PartyFaults("a", "甲方", (), faults, "motor"),
                PartyFaults("b", "乙方", faults[:1], faults, "motor"),
            ),
            outcomes,
            "4",
            "乙方跟车过近,未保持安全距离。",
            missing=("事故形态", "乙方签名"),
            draft_note=ChipState("草稿已存 14:36:02", "ok", "hard-drive"),
            situation=FactField("situation", "常见情形", (("rear/0", "1 乙追尾停着的甲"),)),
            kinds=(("motor", "机动车"), ("passenger", "乘车人")),
        )
    )


def document_view() -> QWidget:
    """One blank page."""
    view = DocumentView()
    page = QImage(827, 1170, QImage.Format.Format_RGB32)
    page.fill(0xFFFFFFFF)
    view.set_pages((page,))
    return view


def outbox_view() -> QWidget:
    """Every word."""
    marks: tuple[tuple[str, OutboxMark, str], ...] = (
        ("图 4 后方全景", "local", ""),
        ("图 7 标线", "queued", ""),
        ("图 14 驾驶证 乙", "uploading", "62%"),
        ("同意记录 乙", "received", ""),
        ("图 12 驾驶证 甲", "verified", ""),
        ("图 9 号牌 甲", "retry", "第 3 次"),
        ("图 10 号牌 乙", "rejected", "文件过大"),
        ("图 2 方位地标", "corrupt", "原件保留"),
    )
    view = OutboxView()
    view.set_rows(
        tuple(OutboxRow(item, item, "1.8 MB", mark, detail, "14:34:20") for item, mark, detail in marks)
    )
    return view


def key_sheet() -> KeySheet:
    """Two groups."""
    return KeySheet(
        (
            KeyGroup(
                "任何地方",
                (
                    KeyLine("F1", "全部按键"),
                    KeyLine("F2", "接听", ":F2"),
                    KeyLine("Ctrl+Shift+9", "推送撤离(两次)", ":F9", "F9"),
                    KeyLine("F12", "派警(两次)", ":F12"),
                ),
            ),
            KeyGroup(
                "视频或证据有焦点",
                (
                    KeyLine("Space", "抓拍到当前槽位", "video:Space"),
                    KeyLine("↑ ↓", "换槽位"),
                    KeyLine("B", "模糊 ⇄ 清楚", "video:B"),
                ),
            ),
        )
    )


def key_sheet_refused() -> QWidget:
    """A key that is taken: the reason stands above the list."""
    sheet = key_sheet()
    sheet.say("F12 已用于「派警(两次)」,先给它换一个键。")
    return sheet
