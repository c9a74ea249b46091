"""Eligibility: ten facts, each with its article; 1 2 3 answer the current row (interface.md 5, step 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.button import DeskButton
from widgets.keyed_model import ROW_ROLE, KeyedModel, Row
from widgets.paint import ICON, CellDelegate, RowTable, icon_text, text
from widgets.parts import label, tr
from widgets.parts import row as side_by_side
from widgets.theme import Severity, Theme

Answer = Literal["no", "yes", "unknown"]
OVER = 40
"""Pixels by which a long fact may reach into the free left of its answer's column."""
ANSWERS: tuple[Answer, ...] = ("no", "yes", "unknown")


@dataclass(frozen=True)
class TriageRow:
    """One fact. words: how no, yes, unknown read in this row; answered: None when open.

    severity: the presenter's judgement of the answer (a "yes" may be good or bad).
    """

    key: str
    name: str
    article: str
    words: tuple[str, str, str]
    answered: Answer | None = None
    severity: Severity = "none"

    @property
    def answer_word(self) -> str:
        """The answer as it reads in this row."""
        return tr("待问") if self.answered is None else self.words[ANSWERS.index(self.answered)]

    def spoken(self) -> str:
        """Fact, answer, article."""
        return ", ".join((self.name, self.answer_word, self.article))


class _TriageDelegate(CellDelegate):
    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        if not isinstance(row, TriageRow):
            return
        if column == 0:
            icon_text(painter, worn, box, "", row.severity)
            text(painter, worn, box.adjusted(worn.px(16) + 8, 0, OVER, 0), row.name, "text2")
        elif column == 1:
            token = row.severity if row.severity in {"warn", "bad"} else "text"
            text(painter, worn, box, row.answer_word, token, bold=row.answered is not None, right=True)
        else:
            text(painter, worn, box.adjusted(0, 0, -4, 0), row.article, "text3", "caption", right=True)


class _TriageTable(RowTable):
    answered = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 2 3 answer; the arrows walk; all else goes on."""
        digit = event.key() - Qt.Key.Key_1
        if 0 <= digit < len(ANSWERS) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.answered.emit(digit)
        else:
            super().keyPressEvent(event)


class TriageRows(QWidget):
    """The rows and three buttons for the current one; `fact_changed` carries key and answer.

    `answers` holds the buttons; a page may put it elsewhere. `more_asked`: something rarer is to be stated.

    Answering moves on to the next row, so that ten facts take ten keys.
    """

    fact_changed = Signal(str, str)
    more_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keyed = KeyedModel(("", "", ""))
        self.table = _TriageTable(self._keyed, _TriageDelegate(), (19, 8, 9), 26, header=False)
        self.table.setAccessibleName(self.tr("适用性"))
        self.table.answered.connect(self._answer)
        self.setFocusProxy(self.table)
        self._buttons = tuple(DeskButton("", key=str(digit + 1), height=26) for digit in range(len(ANSWERS)))
        for digit, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, at=digit: self._answer(at))
        self.answers = QWidget()
        self.more = DeskButton("", "ellipsis", kind="ghost", height=26)
        self.more.set_name(self.tr("特殊情形(改脚本)"))
        self.more.clicked.connect(self.more_asked)
        self.answers.setLayout(side_by_side(*self._buttons, None, self.more, spacing=6))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        self._note = label("", "caption", "text2")
        self._note.setWordWrap(True)
        self._note.hide()
        layout.addWidget(self.table, 1)
        layout.addWidget(self._note)
        layout.addWidget(self.answers)
        self.table.selectionModel().currentRowChanged.connect(self._current_moved)

    def set_rows(self, rows: tuple[TriageRow, ...]) -> None:
        """Show these facts; the first becomes current when none is."""
        self._keyed.set_rows(rows)
        self._need(rows)
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._word_buttons()

    def _need(self, rows: tuple[TriageRow, ...]) -> None:
        worn = theme.current()
        plain, bold, small = (
            QFontMetricsF(font) for font in (worn.font(), worn.font(bold=True), worn.font("caption"))
        )
        self.table.set_needs(
            (
                max((plain.horizontalAdvance(row.name) for row in rows), default=0) + worn.px(ICON) - OVER,
                max((bold.horizontalAdvance(row.answer_word) for row in rows), default=0),
                max((small.horizontalAdvance(row.article) for row in rows), default=0),
            )
        )

    def set_note(self, words: str) -> None:
        """Say under the rows by which rule one of them was answered, and why; empty for none."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _current_moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._word_buttons()

    def _word_buttons(self) -> None:
        row = self.table.currentIndex().data(ROW_ROLE)
        if isinstance(row, TriageRow):
            for button, answer, word in zip(self._buttons, ANSWERS, row.words, strict=True):
                button.set_face(word, kind="on" if row.answered == answer else "plain")

    def _answer(self, digit: int) -> None:
        key = self.table.current_key()
        if key:
            self.fact_changed.emit(key, ANSWERS[digit])
            below = self.table.currentIndex().row() + 1
            if below < self._keyed.rowCount():
                self.table.selectRow(below)
