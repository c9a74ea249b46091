"""Gallery items of the trainer's page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from widgets.chip import ChipState
from widgets.rows import CheckRow
from widgets.trainer_panel import FlawKey, ProgressPanel, RunningPanel, ScenarioPanel, SessionPanel

SCENARIOS = (
    CheckRow("rear_end", "追尾 · 标准", "★", note="追尾 · 第19条", icon="book-open"),
    CheckRow("lane_change", "变道 · 双方有错", "★", note="变道 · 第19条", icon="book-open"),
    CheckRow("injured_passenger", "后排乘客颈痛", "★★", note="追尾 · 第13条", icon="book-open"),
    CheckRow("borrowed_licence", "驾驶证不是本人的", "★★★", note="追尾 · 第13条", icon="book-open"),
)
FLAWS = (
    FlawKey("blurred", "模糊", "droplets", "1"),
    FlawKey("dark", "太暗", "lightbulb", "2"),
    FlawKey("tilted", "歪斜", "rotate-ccw", "3"),
    FlawKey("glare", "反光", "flashlight", "4"),
)


def scenario_panel() -> QWidget:
    """Scenarios to choose from."""
    panel = ScenarioPanel()
    panel.set_rows(SCENARIOS)
    return panel


def session_panel() -> QWidget:
    """A call was started; it can be repeated."""
    panel = SessionPanel()
    panel.set_chosen("追尾 · 标准", "追尾 · 第19条 · ★")
    panel.set_state("已启动「追尾 · 标准」,种子 7;同种子必得同一来电。", "", "")
    return panel


def session_starting() -> QWidget:
    """A call is being started: nothing else can be."""
    panel = SessionPanel()
    panel.set_chosen("追尾 · 标准", "追尾 · 第19条 · ★")
    panel.set_state("正在启动,几秒后来电进入队列。", "正在启动", "还没有启动过")
    return panel


def progress_panel() -> QWidget:
    """Two cases; the first one's steps."""
    panel = ProgressPanel()
    panel.set_cases(
        (
            CheckRow("1", "T-2026-1124-0003", "取证中", "none", "07 席", "camera"),
            CheckRow("2", "T-2026-1124-0002", "待定责", "none", "11 席", "hourglass"),
        )
    )
    panel.set_steps(
        (
            CheckRow("script", "现场", "第19条 取证后撤离", "ok", icon="route"),
            CheckRow("evidence", "取证", "10/14", "info", "标线、双方同框"),
            CheckRow("checks", "核验", "11/14", "info", "1 项不一致"),
            CheckRow("ruling", "定责", "—", "none"),
        )
    )
    return panel


def progress_nobody() -> QWidget:
    """Nobody has answered a call yet."""
    return ProgressPanel()


def running_panel() -> QWidget:
    """Two simulated parties call."""
    panel = RunningPanel(FLAWS)
    parties = (
        CheckRow("1", "追尾 · 标准", "种子 7", "ok", "2:14", "phone-call"),
        CheckRow("2", "驾驶证不是本人的", "种子 3", "ok", "0:31", "phone-call"),
    )
    panel.set_state(parties, ChipState("2 路进行中", "info", "activity"), "")
    return panel


def running_nobody() -> QWidget:
    """Nobody calls: the keys say why they do nothing."""
    panel = RunningPanel(FLAWS)
    panel.set_state((), ChipState("0 路进行中", "none", "activity"), "没有进行中的来电")
    return panel
