"""Reasons for a ruling and the shares of three parties, alone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from widgets.chip import ChipState
from widgets.officer_panel import OfficerPanel, OfficerState
from widgets.reasons_panel import ProvisionLine, ReasonLine, ReasonsPanel, ReasonsState
from widgets.share_list import Share, ShareList, ShareRow


def share_list() -> QWidget:
    """Three parties; the first is mainly liable, so nobody else can be."""
    rows = ShareList()
    words = (("full", "全部责任"), ("main", "主要责任"), ("equal", "同等责任"), ("secondary", "次要责任"))
    rows.set_rows(
        (
            ShareRow("a", "甲", tuple(Share(key, text) for key, text in words), "main"),
            ShareRow(
                "b",
                "乙",
                tuple(
                    Share(key, text, "" if key == "secondary" else "主要责任须有对应的次要责任")
                    for key, text in words
                ),
            ),
        )
    )
    return rows


def reasons_panel() -> QWidget:
    """A rear-end collision; one picture is lacking."""
    panel = ReasonsPanel()
    panel.set_state(
        ReasonsState(
            verdict="乙 全部责任 · 甲 无责任",
            stands="与当前选择一致。只供参考,由民警决定;不会自动填写。",
            reasons=(
                ReasonLine(
                    "乙:同车道未保持安全距离 · 道路交通安全法第四十三条",
                    "warn",
                    (("front-panorama", "前方全景"), ("rear-panorama", "后方全景")),
                    "还缺:制动痕",
                ),
                ReasonLine("只有乙有过错,承担全部责任 · 处理程序规定第六十条"),
            ),
            provisions=(
                ProvisionLine(
                    "道路交通安全法第四十三条",
                    "同车道后车要留足能紧急制动的距离",
                    "释义,非原文 · 2004-05-01 起施行",
                ),
            ),
            others=(("甲 次要责任 · 乙 主要责任", "若查明另一方也没有尽到注意义务"),),
            version="规则集 2025-04 · 同样事实必得同样结果",
            proved=ChipState("事实 1 / 2", "warn"),
        )
    )
    return panel


def officer_panel() -> QWidget:
    """乙 asks that somebody stand back; a second officer is named."""
    panel = OfficerPanel()
    panel.set_state(OfficerState(parties=(("a", "甲"), ("b", "乙")), in_charge="900010"))
    panel.reason.setText("与甲方是亲属")
    panel.second.setText("900011")
    return panel


def officer_blocked() -> QWidget:
    """Narrow, and the officer has stood back already."""
    panel = OfficerPanel()
    panel.set_state(
        OfficerState("14:32 本人回避:与甲方是亲属。", "已回避", "已回避", (("a", "甲"),), "900010")
    )
    return panel
