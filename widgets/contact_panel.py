"""The parties with their telephone numbers, masked until one is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.panel import Panel
from widgets.parts import label, row
from widgets.rows import CheckRow, CheckRows


class ContactPanel(Panel):
    """`asked` carries the key of the party whose number is wanted (Enter)."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("回拨当事人"), "phone-call", "Ctrl+K")
        self.rows = CheckRows((4, 5, 4), 34)
        self.rows.setAccessibleName(self.tr("回拨当事人"))
        self.rows.activated.connect(lambda _index: self._ask())
        self.button = DeskButton(self.tr("显示号码"), "eye", "Enter")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._ask)
        words = label(self.tr("请用座席电话拨打;对方打不开画面时,Ctrl+R 再发一次链接。"), "small", "text2")
        words.setWordWrap(True)
        line = row(self.button, words)
        line.setStretch(1, 1)
        self.body.addWidget(self.rows)
        self.body.addLayout(line)
        self.setMinimumHeight(180)

    def set_rows(self, rows: tuple[CheckRow, ...], chip: ChipState) -> None:
        """Show these parties."""
        self.rows.set_rows(rows)
        if rows and not self.rows.currentIndex().isValid():
            self.rows.selectRow(0)
        self.set_chips(chip)

    def _ask(self) -> None:
        key = self.rows.current_key()
        if key:
            self.asked.emit(key)
