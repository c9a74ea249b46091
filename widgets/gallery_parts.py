"""Gallery: the small parts and the idle screen's panels, with invented states."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.banner import Banner, BannerState
from widgets.button import DeskButton
from widgets.case_bar import CaseBar, CaseBarState
from widgets.chip import Chip, ChipState
from widgets.fields import LineField
from widgets.hatch_frame import HatchFrame
from widgets.keycap import KeyCap
from widgets.lamp import LampState
from widgets.link_card import LinkCard, LinkCardState
from widgets.my_state import MyState, MyStateState
from widgets.panel import Panel
from widgets.parts import column, label, row
from widgets.plate import PlateLabel, PlateState
from widgets.press_twice import PressTwiceButton
from widgets.queue_view import QueueRow, QueueView
from widgets.ring_bar import RingBar, RingBarState
from widgets.rows import CheckRow
from widgets.shift_check import ShiftCheck
from widgets.stage_block import StageState
from widgets.status_bar import SaveState, StatusBar, StatusBarState
from widgets.theme import Severity
from widgets.top_bar import TopBar, TopBarState

LAMPS = (
    LampState("service", "服务", "在线", "ok", "server", "服务在线。"),
    LampState("media", "媒体", "重连 2/4", "warn", "video-off", "画面正在重连,声音不受影响。"),
    LampState("outbox", "发件箱", "4 待发", "warn", "cloud-upload", "4 项未到服务器,按 Ctrl+U 立即重试。"),
    LampState("clock", "对时", "+0.2 s", "ok", "clock", "与服务器差 0.2 秒。"),
    LampState("keyring", "密钥环", "未解锁", "unknown", "key-round", "登录只在内存,重开需重登。"),
)
STAGES = (
    StageState("answer", "接听", "0:08", "目标 ≤ 0:15", "done"),
    StageState("safety", "安全", "0:21", "目标 ≤ 0:30", "done"),
    StageState("triage", "资格", "1:12", "目标 ≤ 1:00", "over"),
    StageState("evidence", "取证", "10/14 张", "目标 ≤ 3:00", "now"),
    StageState("clear", "撤离", "未推送", "目标 ≤ 3:00"),
    StageState("ruling", "定责", "待移交", "目标 ≤ 5:00"),
    StageState("serve", "送达", "—", "目标 ≤ 10:00"),
)
QUEUE = (
    QueueRow(
        "c1",
        "0:42",
        "样例大道 × 测试路",
        "演示区",
        "12123 · 实名",
        "2 车",
        "振铃 05 席",
        "info",
        "bell-ring",
        chip=ChipState("疑似有人受伤", "bad", "triangle-alert"),
    ),
    QueueRow(
        "c2",
        "0:31",
        "演示三路 · 商场出口",
        "演示区",
        "短信链接 · 未实名",
        "2 车",
        "排队",
        source_icon="message-square",
    ),
    QueueRow(
        "c3",
        "0:18",
        "滨河示例路 · 跨河桥",
        "示范区",
        "12123 · 实名",
        "车 + 非机动车",
        "等粤语席位",
        "warn",
        "hourglass",
        chip=ChipState("需粤语", "info", "languages"),
    ),
)


def picture(width: int = 1280, height: int = 720) -> QImage:
    """A plain drawn road, so that the video widgets have pixels to show."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.fillRect(0, 0, width, height, QColor("#BCCBD8"))
    painter.fillRect(0, height * 2 // 5, width, height, QColor("#565C63"))
    painter.fillRect(width * 2 // 5, height // 2, width // 5, height // 4, QColor("#2F5B94"))
    painter.fillRect(width * 5 // 11, height * 2 // 3, width // 11, height // 20, QColor("#1D57B8"))
    painter.end()
    return image


def chips() -> QWidget:
    """Every severity, the scripts of interface.md 8, key caps, plates."""
    panel = Panel("严重度、脚本、号牌", "flag")
    severities: tuple[tuple[str, Severity], ...] = (
        ("正常", "ok"),
        ("进行", "info"),
        ("注意", "warn"),
        ("危险", "bad"),
        ("不确定", "unknown"),
        ("训练", "train"),
    )
    panel.body.addLayout(row(*(Chip(ChipState(word, kind)) for word, kind in severities), None))
    scripts = (
        ChipState("第19条 取证后撤离", "ok", "route"),
        ChipState("第13条 勿动", "bad", "circle-x"),
        ChipState("第14条 拍后移", "warn", "triangle-alert"),
        ChipState("第23条 轻微伤简易", "info", "plus"),
        ChipState("第15条 危化品", "bad", "biohazard"),
        ChipState("第18条 已离开", "none", "undo-2"),
        ChipState("待定 暂勿移动", "warn", "pause"),
    )
    panel.body.addLayout(row(*(Chip(script, "body", True) for script in scripts[:4]), None))
    panel.body.addLayout(row(*(Chip(script, "body", True) for script in scripts[4:]), None))
    panel.body.addLayout(row(*(KeyCap(key) for key in ("Space", "F2", "Ctrl+Enter", "[ ]")), None))
    plates = (
        PlateState("测A12345"),
        PlateState("测AD12345", "green"),
        PlateState("测B6789挂", "yellow"),
        PlateState("测C0001警", "white"),
        PlateState(""),
    )
    panel.body.addLayout(row(*(PlateLabel(plate) for plate in plates), None))
    return panel


def buttons() -> QWidget:
    """Buttons, press twice, fields."""
    panel = Panel("按键与“按两次”", "keyboard")
    blocked = DeskButton("抓拍", "camera", "Space")
    blocked.set_blocked("画面陈旧")
    panel.body.addLayout(
        row(
            DeskButton("抓拍", "camera", "Space", "primary"),
            DeskButton("普通", "eye", "X"),
            DeskButton("开", "droplets", "B", "on"),
            blocked,
            None,
        )
    )
    rest = PressTwiceButton("推送撤离", "route", "F9", confirm_kind="go")
    armed = PressTwiceButton("派警:有人受伤", "siren", "F12")
    go = PressTwiceButton("推送撤离", "route", "F9", confirm_kind="go")
    armed.press()
    go.press()
    panel.body.addLayout(row(rest, go, armed, None))
    locked = LineField("锁定")
    locked.setText("等派警")
    locked.set_locked("等派警")
    wrong = QLineEdit("校验位不对")
    wrong.setProperty("problem", "true")
    panel.body.addLayout(row(LineField("普通", "普通"), wrong, locked))
    return panel


def banners() -> QWidget:
    """In-place lines of every severity."""
    frame = QWidget()
    lines = (
        BannerState("就绪。来电会自动分给您。", "按 F2 接听 · 不弹窗,不抢输入焦点", "ok", "headset"),
        BannerState("11 席已接。", "此条 3 秒后收起;您仍在就绪。", "info", "users"),
        BannerState("密钥环未解锁。", "本次登录只在内存,接警不受影响。", "warn", "lock", "解锁", "lock-open"),
        BannerState(
            "当事人看到危险后断线。", "已报班长,正在回拨。", "bad", action="看处置", action_icon="eye"
        ),
        BannerState("今天看过 1 次伤情画面(已先模糊)。", severity="none", icon="heart-handshake"),
    )
    frame.setLayout(column(*(Banner(line) for line in lines), None, spacing=6, margin=8))
    return frame


def top_bar() -> QWidget:
    """On duty, every lamp health."""
    return TopBar(TopBarState(False, "接警岗", "赵演示 900001", "07 席", "11月24日 周二", "14:32:08", LAMPS))


def top_bar_training() -> QWidget:
    """Training words and the hatched frame."""
    bar = TopBar(TopBarState(True, "双岗", "训练民警 900001", "07 席", "11月24日 周二", "14:32:08", LAMPS))
    frame = QWidget()
    frame.setLayout(column(bar, label("训练环境四重标识:框、字、案号、水印", "", "train"), None, margin=0))
    return HatchFrame(True, frame)


def case_bar() -> QWidget:
    """Every mark of the stage clock."""
    script = ChipState("第19条 取证后撤离", "ok", "route")
    return CaseBar(
        CaseBarState(
            "训练 T-2026-1124-0417", "追尾碰撞 · 两车", script, "后方全景", STAGES, "2:14", "全程 · 目标 5:00"
        )
    )


def status_bar() -> QWidget:
    """Keys of the video and both save words."""
    keys = (("Space", "抓拍"), ("[ ]", "换槽位"), ("Enter", "推送话术"), ("F9", "推送撤离"), ("F12", "派警"))
    saves = (
        SaveState("本机已存 14:32:07", "ok", "hard-drive"),
        SaveState("服务器确认到第 51 版,落后 4 项", "warn", "cloud-upload"),
    )
    return StatusBar(StatusBarState("视频", keys, saves))


def ring_bar() -> QWidget:
    """Offered."""
    marks = (
        ChipState("疑似有人受伤", "bad", "triangle-alert"),
        ChipState("2 车", "none", "car-front"),
        ChipState("4G 信号好", "ok", "signal"),
        ChipState("电量 46%", "none", "battery-medium"),
    )
    return RingBar(
        RingBarState(
            "0:09",
            "/ 0:15 转给下一席",
            "样例大道 × 测试路",
            "演示区大队管辖",
            "12123 实名 · 100****0001",
            marks,
        )
    )


def ring_bar_taken() -> QWidget:
    """Taken by another seat."""
    return RingBar(
        RingBarState("0:11", "", "样例大道 × 测试路", "演示区大队管辖", "12123 实名", taken_by="11 席已接")
    )


def queue_wide() -> QWidget:
    """Idle screen."""
    panel = Panel("来电队列", "list-checks", margin=0)
    view = QueueView()
    view.set_rows(QUEUE)
    panel.set_chips(ChipState("排队 3", "info"), ChipState("最长 0:42", "warn", "clock-alert"))
    panel.set_note("列表截至 14:32:07 · 每秒更新")
    panel.body.addWidget(view)
    return panel


def queue_rail() -> QWidget:
    """Beside a case."""
    panel = Panel("排队 3", "list-checks", margin=0)
    view = QueueView(narrow=True)
    view.set_rows(QUEUE)
    panel.set_note("截至 14:32:07")
    panel.body.addWidget(view)
    return panel


def my_state() -> QWidget:
    """Ready."""
    counts = (("17", "今日件数"), ("5:48", "平均全程"), ("0:07", "平均接听"), ("0", "退回补证"))
    return MyState(
        MyStateState(
            ChipState("就绪 3:12", "ok", "circle-play"),
            "小休",
            "coffee",
            counts,
            "需要时可安静小休 10 分钟。",
        )
    )


def shift_check() -> QWidget:
    """One hint among good lines."""
    panel = ShiftCheck()
    panel.set_rows(
        (
            CheckRow("mic", "麦克风", "USB 耳麦 · 电平正常", "ok", "按 F4 试音"),
            CheckRow("media", "媒体通道", "UDP 被拦,已改走 TLS 443", "warn", "画质不受影响"),
            CheckRow("camera", "摄像头", "没有,改用席位卡片", "unknown", "对方看到卡片"),
            CheckRow("disk", "磁盘", "不足 1 小时", "bad", "清理缓存"),
        )
    )
    return panel


def link_card() -> QWidget:
    """With a pattern where the QR code goes (the real one is made by the presenter)."""
    code = QImage(21, 21, QImage.Format.Format_RGB32)
    for x in range(21):
        for y in range(21):
            code.setPixelColor(x, y, QColor("black" if (x * y + x) % 3 == 0 else "white"))
    return LinkCard(
        LinkCardState(
            "用手机试一次来电", "https://192.0.2.7:8443/p/", ("先安装证书,再打开链接。", "仅训练环境。"), code
        )
    )
