"""The reasons panel and the share list: what they show, what they say, what they ask for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from widgets.button import DeskButton
from widgets.gallery_ruling import reasons_panel, share_list
from widgets.outcome_grid import Outcome, OutcomeButton, OutcomeGrid
from widgets.reasons_panel import ReasonsPanel
from widgets.share_list import Share, ShareList, ShareRow


def test_a_picture_that_proves_a_fact_is_asked_for(app: QApplication) -> None:
    panel = reasons_panel()
    assert isinstance(panel, ReasonsPanel)
    wanted: list[str] = []
    panel.picture_wanted.connect(wanted.append)
    buttons = [button for button in panel.findChildren(DeskButton) if button.text() == "后方全景"]
    buttons[0].click()
    assert wanted == ["rear-panorama"]
    words = [one.text() for one in panel.findChildren(QLabel)]
    assert "乙 全部责任 · 甲 无责任" in words
    assert "还缺:制动痕" in words


def test_an_impossible_share_says_why_in_its_row(app: QApplication) -> None:
    rows = share_list()
    assert isinstance(rows, ShareList)
    chosen: list[tuple[str, str]] = []
    rows.chosen.connect(lambda party, share: chosen.append((party, share)))
    blocked = rows.button("b", "full")
    assert not blocked.isEnabled()
    assert "主要责任须有对应的次要责任" in blocked.accessibleName()
    assert any("主要责任须有对应的次要责任" in one.text() for one in rows.findChildren(QLabel))
    blocked.click()
    rows.button("b", "secondary").click()
    rows.button("a", "main").click()
    assert chosen == [("b", "secondary"), ("a", "")]


def test_a_changed_row_keeps_its_buttons(app: QApplication) -> None:
    rows = ShareList()
    before = ShareRow("a", "甲", (Share("full", "全部责任"), Share("none", "无责任")))
    rows.set_rows((before,))
    button = rows.button("a", "full")
    rows.set_rows(
        (ShareRow("a", "甲", (Share("full", "全部责任", "不可"), Share("none", "无责任")), "none"),)
    )
    assert rows.button("a", "full") is button
    assert not button.isEnabled()


def test_outcomes_stand_in_as_many_columns_as_no_word_is_cut_in(
    app: QApplication, shown: Callable[[QWidget], QWidget]
) -> None:
    holder, grid = QWidget(), OutcomeGrid()
    grid.setParent(holder)
    words = "Cannot be established (certificate)"
    grid.set_outcomes(tuple(Outcome(str(at), words) for at in range(8)), "")
    buttons = grid.findChildren(DeskButton)
    shown(holder)
    for width, columns in ((4 * 400, 4), (2 * 400, 2)):
        grid.resize(width, 300)
        app.processEvents()
        assert len({button.x() for button in buttons}) == columns
        assert all(button.width() >= button.minimumSizeHint().width() for button in buttons)
    assert grid.minimumSizeHint().width() <= 2 * 400


def test_an_outcome_says_in_two_lines_who_bears_what_or_why_nobody_can(
    app: QApplication, shown: Callable[[QWidget], QWidget]
) -> None:
    grid = OutcomeGrid()
    words = "甲 无责任 · 乙 全部"
    grid.set_outcomes((Outcome("free", words), Outcome("blocked", words, "有责任却没有过错")), "free")
    shown(grid)
    free, blocked = grid.findChildren(OutcomeButton)
    assert free.lines == ("甲 无责任", "乙 全部")
    assert blocked.lines == (words, "停用:有责任却没有过错")
    assert not blocked.isEnabled()
    assert free.height() == blocked.height()
