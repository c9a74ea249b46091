"""What is known of one party, as typed by the call-taker: name, phone, plate, papers, insurance."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QGridLayout

from widgets.chip import Chip, ChipState
from widgets.fields import LineField
from widgets.panel import Panel
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


@dataclass(frozen=True)
class PartyFormState:
    """letter 甲, 乙 ...; role in words; chips for what the party is doing (on line, has left)."""

    letter: str
    role: str
    fields: tuple[PartyField, ...]
    chips: tuple[ChipState, ...] = ()


class PartyForm(Panel):
    """`edited` (field key, text) per keystroke. A sensitive field shows its mask unless somebody is in it."""

    edited = Signal(str, str)

    def __init__(self, state: PartyFormState) -> None:
        super().__init__(state.role, key="")
        self._letter = Chip(ChipState(state.letter, "info", "user-round"), "body", bold=True)
        self.header.insertWidget(0, self._letter)
        self.setAccessibleName(f"{state.letter}, {state.role}")
        self._state = state
        self._fields: dict[str, LineField] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for at, fields in enumerate(_rows(state.fields)):
            grid.addWidget(label(fields[0].name, "caption", "text2"), at, 0)
            for column, field in enumerate(fields, start=1):
                line = LineField(f"{state.letter} {field.name}", field.name)
                line.textEdited.connect(lambda text, key=field.key: self.edited.emit(key, text))
                line.installEventFilter(self)
                self._fields[field.key] = line
                grid.addWidget(line, at, column, 1, 2 if len(fields) == 1 else 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.set_state(state)

    @property
    def first(self) -> LineField:
        """Where the keyboard goes when it comes to this panel."""
        return next(iter(self._fields.values()))

    def set_state(self, state: PartyFormState) -> None:
        """Show what is stored; a field in use stays as it is being typed."""
        self._state = state
        self.set_title(state.role)
        self.set_chips(*state.chips)
        for field in state.fields:
            self._fields[field.key].show_value(field.masked or field.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Entering a field shows its value to type on, leaving it shows the mask again."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            for field in self._state.fields:
                if self._fields[field.key] is watched and field.masked:
                    inside = event.type() == QEvent.Type.FocusIn
                    self._fields[field.key].setText(field.value if inside else field.masked)
        return super().eventFilter(watched, event)


def _rows(fields: tuple[PartyField, ...]) -> list[list[PartyField]]:
    rows: list[list[PartyField]] = []
    for field in fields:
        if field.beside:
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows
