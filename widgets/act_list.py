"""A list of what waits for a person: try a row again, or end it for a reason that is written down.

Enter in the list tries again, Enter in the reason ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QScrollArea

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.panel import Panel
from widgets.parts import label, row
from widgets.rows import CheckRow, CheckRows

LONGEST_REASON = 200


@dataclass(frozen=True)
class Reason:
    """One of the reasons to choose from; `noted`: it says nothing without words of one's own."""

    code: str
    words: str
    noted: bool = False


@dataclass(frozen=True)
class ActListState:
    """said: a sentence below the list; blocked: why nothing can be done, "" when it can."""

    rows: tuple[CheckRow, ...]
    count: ChipState
    said: str = ""
    blocked: str = ""


class ActList(Panel):
    """`again_asked` and `ended_asked` carry the row's key and the reason typed; `code` is the one chosen."""

    again_asked = Signal(str, str)
    ended_asked = Signal(str, str)

    def __init__(
        self,
        title: str,
        icon: str,
        again: tuple[str, str],
        ended: tuple[str, str],
        reasons: tuple[Reason, ...] = (),
        day: str = "",
    ) -> None:
        """`again` and `ended`: words and icon of the two buttons. `reasons`: none means that one is typed.

        `day`: name of a field for the day of what is written down; "" where none is asked.
        """
        super().__init__(title, icon)
        self.rows = CheckRows((8, 5, 3), 34) if day else CheckRows((4, 3, 5), 34)
        self.rows.setAccessibleName(title)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.setAccessibleName(self.tr("原因"))
        self.reason.setPlaceholderText(self.tr("原因,例如:已电话告知"))
        self._reasons = {reason.code: reason for reason in reasons}
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("选择原因"))
        self.choice.addItem(self.tr("未选"), "")
        for reason in reasons:
            self.choice.addItem(reason.words, reason.code)
        if not reasons:
            self.choice.hide()  # shown before it has a place it would be a window, and take the keyboard
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(day)
        if not day:
            self.day.hide()
        self.again = DeskButton(again[0], again[1], kind="primary")
        self.ended = DeskButton(ended[0], ended[1])
        self._said = label("", "small", "text2")
        self._said.setWordWrap(True)
        self._blocked = ""
        self.body.addWidget(self.rows, 1)
        if day:
            self.body.addWidget(self._scrolled(), 1)
            self.body.addLayout(row(label(day, "small", "text2"), self.day, None, spacing=8))
        else:
            self.body.addWidget(self._said)
        self.body.addLayout(
            row(label(self.tr("原因"), "small", "text2"), self.choice, self.reason, spacing=8)
        )
        self.body.addLayout(row(self.ended, None, self.again, spacing=8))
        self.again.clicked.connect(lambda: self._ask("again"))
        self.ended.clicked.connect(lambda: self._ask("ended"))
        self.rows.activated.connect(lambda _index: self.again.click())
        self.reason.returnPressed.connect(self.ended.click)
        self.reason.textChanged.connect(self._block)
        self.choice.currentIndexChanged.connect(self._block)

    def _scrolled(self) -> QScrollArea:
        """What a party wrote may be long; the buttons stay in sight."""
        area = QScrollArea()
        area.setWidget(self._said)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(self.tr("全文"))
        return area

    @property
    def code(self) -> str:
        """The reason chosen, "" before one is."""
        return str(self.choice.currentData())

    def set_state(self, state: ActListState) -> None:
        """Show these rows; the chosen one and what is typed stay."""
        self.rows.set_rows(state.rows)
        if state.rows and not self.rows.current_key():
            self.rows.selectRow(0)
        self.set_chips(state.count)
        self.tell(state.said)
        self._blocked = state.blocked
        self._block()

    def tell(self, said: str) -> None:
        """Put another sentence below the list."""
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def clear_reason(self) -> None:
        """Empty the reason once it was taken."""
        self.reason.clear()
        self.choice.setCurrentIndex(0)

    def _block(self) -> None:
        self.again.set_blocked(self._blocked)
        self.ended.set_blocked(self._blocked or self._lacking(), said=bool(self._blocked))

    def _lacking(self) -> str:
        chosen = self._reasons.get(self.code)
        if self._reasons and chosen is None:
            return self.tr("先选原因")
        typed = bool(self.reason.text().strip())
        return "" if typed or (chosen is not None and not chosen.noted) else self.tr("先写原因")

    def _ask(self, wanted: str) -> None:
        chosen = self.rows.current_key()
        if chosen:
            asked = self.again_asked if wanted == "again" else self.ended_asked
            asked.emit(chosen, self.reason.text().strip())
