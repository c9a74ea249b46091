"""Picture beside text (图文对照): what was read on a document, one key to accept, letters to correct."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent

from widgets.button import DeskButton
from widgets.character_cells import Character, CharacterCells
from widgets.chip import ChipState
from widgets.crop import Crop
from widgets.keyed_model import ROW_ROLE, KeyedModel
from widgets.paint import RowTable
from widgets.panel import Panel
from widgets.parts import column, label, row
from widgets.rows import CheckDelegate, CheckRow
from widgets.theme import Severity

ROWS_SHOWN = 5


@dataclass(frozen=True)
class ReadField:
    """One field: cells as read or written; value in words; severity says whether a person must look.

    picture: id of the evidence and field, compared instead of the crop's pixels.
    """

    key: str
    name: str
    cells: tuple[Character, ...]
    value: str
    severity: Severity
    note: str = ""
    picture: str = ""
    crop: QImage | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ReadingState:
    """title: the document and whose; problems in words; waiting: the answer to accepting is on its way."""

    title: str
    fields: tuple[ReadField, ...]
    chips: tuple[ChipState, ...] = ()
    problems: str = ""
    waiting: bool = False


class _Fields(RowTable):
    """Enter, E and R of the panel; the arrows walk the fields."""

    accepted = Signal()
    edit_asked = Signal()
    retake_asked = Signal()

    def __init__(self, model: KeyedModel) -> None:
        super().__init__(model, CheckDelegate(), (4, 8, 4), 25, header=False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only plain keys."""
        acts = {
            Qt.Key.Key_Return: self.accepted,
            Qt.Key.Key_Enter: self.accepted,
            Qt.Key.Key_E: self.edit_asked,
            Qt.Key.Key_R: self.retake_asked,
        }
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = acts.get(Qt.Key(event.key())) if plain else None
        if act is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            act.emit()


class ReadingPanel(Panel):
    """`accepted` (Enter): take on everything that was read for sure; `corrected` (field key, text): a person
    wrote this field; `retake` (R): the picture is to be taken again.

    What is being written into the cells stays until it is entered; another state does not touch it.
    """

    accepted = Signal()
    corrected = Signal(str, str)
    retake = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("图文对照"), "scan-text")
        self._state = ReadingState("", ())
        self._current = ""
        self._keyed = KeyedModel(("", "", ""))
        self.fields = _Fields(self._keyed)
        self.fields.setAccessibleName(self.tr("读出的各项"))
        self.cells = CharacterCells(self.tr("逐字"))
        self._crop = Crop(self.tr("原图裁切"), 236, 64)
        self._hint = label("", "caption", "text3")
        self._hint.setWordWrap(True)
        self._problems = label("", "caption", "warn")
        self._problems.setWordWrap(True)
        self._accept = DeskButton(self.tr("采用"), "check", "Enter", kind="primary")
        self._edit = DeskButton(self.tr("逐字改"), "pencil", "E")
        self._retake = DeskButton(self.tr("重拍"), "rotate-ccw", "R")
        for button in (self._accept, self._edit, self._retake):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addLayout(row(self._crop, column(self.cells, self._hint, None, spacing=4), spacing=10))
        self.body.addWidget(self.fields)
        self.body.addWidget(self._problems)
        self.body.addLayout(row(self._accept, self._edit, self._retake, None, spacing=6))
        self.setFocusProxy(self.fields)
        self._accept.clicked.connect(self.accepted)
        self._edit.clicked.connect(self.edit)
        self._retake.clicked.connect(self.retake)
        self.fields.accepted.connect(self._accept.click)
        self.fields.edit_asked.connect(self.edit)
        self.fields.retake_asked.connect(self.retake)
        self.fields.selectionModel().currentRowChanged.connect(self._moved)
        self.cells.accepted.connect(self._entered)

    def set_state(self, state: ReadingState) -> None:
        """Show another document, or the same one further on."""
        another = state.title != self._state.title
        self._state = state
        self.set_title(f"{state.title} · {self.tr('图文对照')}")
        self.set_chips(*state.chips)
        self._keyed.set_rows(
            tuple(
                CheckRow(one.key, one.name, one.value, one.severity, one.note, bold=True)
                for one in state.fields
            )
        )
        self.fields.setFixedHeight(
            min(self.fields.content_height(), ROWS_SHOWN * self.fields.verticalHeader().defaultSectionSize())
        )
        self._problems.setText(state.problems)
        self._problems.setVisible(bool(state.problems))
        self._accept.set_blocked(self.tr("正在存") if state.waiting else "")
        if another or self._keyed.row_of(self._current) < 0:
            self._go_to(next((one.key for one in state.fields if one.severity != "ok"), self._first_key()))
        self._show_current()

    @property
    def state(self) -> ReadingState:
        """What is shown."""
        return self._state

    def edit(self) -> None:
        """E: letters go into the cells of the current field."""
        if self._field() is not None:
            self.cells.edit()

    def _first_key(self) -> str:
        return self._state.fields[0].key if self._state.fields else ""

    def _field(self) -> ReadField | None:
        return next((one for one in self._state.fields if one.key == self._current), None)

    def _go_to(self, key: str) -> None:
        self._current = key
        at = self._keyed.row_of(key)
        if at >= 0:
            self.fields.selectRow(at)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        found = now.data(ROW_ROLE)
        if isinstance(found, CheckRow) and found.key != self._current:
            self._current = found.key
            self.cells.set_cells(())
            self._show_current()

    def _show_current(self) -> None:
        one = self._field()
        self._crop.show_image(None if one is None else one.crop)
        if not (self.cells.editing and self.cells.hasFocus()):
            self.cells.set_cells(() if one is None else one.cells)
        doubtful = any(not cell.text for cell in self.cells.cells)
        self._hint.setText(
            self.tr("左为原图裁切。低于 0.90 留空不猜;逐字核对后才写入案件。")
            if doubtful or one is None
            else self.tr("左为原图裁切。采用前请核对。")
        )

    def _entered(self) -> None:
        """Enter in the cells: this field is as written; go on to the next one that needs a person."""
        text, key = self.cells.text, self._current
        self.fields.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cells.set_cells(self.cells.cells)
        rest = [one.key for one in self._state.fields if one.severity != "ok" and one.key != key]
        self.corrected.emit(key, text)
        if rest:
            self._go_to(rest[0])
            self._show_current()
