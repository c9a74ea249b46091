"""What is known of one party, as typed by the call-taker: name, phone, plate, papers, insurance."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from widgets.fields import LineField
from widgets.parts import label


@dataclass(frozen=True)
class PartyField:
    """One field. `masked` is shown while nobody is in the field; "" shows the value itself.

    `beside` puts it into the row of the field before.
    """

    key: str
    name: str
    value: str
    masked: str = ""
    beside: bool = False


class PartyForm(QWidget):
    """`edited` (field key, text) per keystroke. A sensitive field shows its mask unless somebody is in it;
    `uncovered` (field key) tells that somebody went into one and now sees its value; `entered` on Enter.
    """

    edited = Signal(str, str)
    uncovered = Signal(str)
    entered = Signal()

    def __init__(self, letter: str, fields: tuple[PartyField, ...]) -> None:
        super().__init__()
        self._state = fields
        self._fields: dict[str, LineField] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        rows = _rows(fields)
        for at, row in enumerate(rows):
            grid.addWidget(label(row[0].name, "caption", "text2"), at, 0)
            for column, field in enumerate(row, start=1):
                line = LineField(f"{letter} {field.name}", field.name)
                line.textEdited.connect(lambda text, key=field.key: self.edited.emit(key, text))
                line.returnPressed.connect(self.entered)
                line.installEventFilter(self)
                self._fields[field.key] = line
                grid.addWidget(line, at, column, 1, 2 if len(row) == 1 else 1)
        grid.setRowStretch(len(rows), 1)
        self.set_fields(fields)

    @property
    def first(self) -> LineField:
        """Where the keyboard goes when it comes to this form."""
        return next(iter(self._fields.values()))

    @property
    def last(self) -> LineField:
        """Where the keyboard goes when it comes backwards."""
        return next(reversed(self._fields.values()))

    def set_fields(self, fields: tuple[PartyField, ...]) -> None:
        """Show what is stored; a field in use stays as it is being typed."""
        self._state = fields
        for field in fields:
            self._fields[field.key].show_value(field.masked or field.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Entering a field shows its value to type on, leaving it shows the mask again."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            for field in self._state:
                if self._fields[field.key] is watched and field.masked:
                    inside = event.type() == QEvent.Type.FocusIn
                    self._fields[field.key].setText(field.value if inside else field.masked)
                    if inside:
                        self.uncovered.emit(field.key)
        return super().eventFilter(watched, event)


def _rows(fields: tuple[PartyField, ...]) -> list[list[PartyField]]:
    rows: list[list[PartyField]] = []
    for field in fields:
        if field.beside:
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows
