"""Shift check: is this seat fit to take calls? Each failing line brings its cure (picture 01)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.panel import Panel
from widgets.rows import CheckRow, CheckRows


class ShiftCheck(Panel):
    """`again` asks to run the checks once more."""

    again = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("班前自检"), "list-checks")
        self.rows = CheckRows((2, 4, 3), 28)
        self.rows.setAccessibleName(self.tr("班前自检"))
        again = DeskButton(self.tr("重测"), "refresh-cw", height=26)
        again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        again.clicked.connect(self.again)
        self.header.addWidget(again)
        self.body.addWidget(self.rows)

    def set_rows(self, rows: tuple[CheckRow, ...]) -> None:
        """Show these checks and sum them up in the header."""
        self.rows.set_rows(rows)
        good = sum(row.severity == "ok" for row in rows)
        bad = sum(row.severity == "bad" for row in rows)
        rest = len(rows) - good - bad
        words = self.tr("%1 项正常").replace("%1", str(good))
        if rest:
            words += self.tr(" · %1 项提示").replace("%1", str(rest))
        if bad:
            words += self.tr(" · %1 项故障").replace("%1", str(bad))
        self.set_chips(ChipState(words, "bad" if bad else "warn" if rest else "ok"))
