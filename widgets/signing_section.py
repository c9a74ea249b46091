"""Mediation, signatures and service of a ruling, one line a party (interface.md 10, picture 05)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from widgets.button import DeskButton
from widgets.chip import Chip, ChipState
from widgets.fault_list import Option
from widgets.fields import LineField
from widgets.parts import clear, column, label, row


@dataclass(frozen=True)
class SignerRow:
    """One party: where signature, consent to electronic service and service stand, and what may be noted.

    acts: (key, words) of the buttons that are offered now.
    """

    key: str
    name: str
    signature: ChipState
    consent: ChipState
    service: ChipState
    acts: tuple[Option, ...] = ()


@dataclass(frozen=True)
class SigningState:
    """mediation: key of an option, "" while open. ask_blocked: why nobody can be asked now, "" if free."""

    signers: tuple[SignerRow, ...] = ()
    mediations: tuple[Option, ...] = ()
    mediation: str = ""
    mediation_text: str = ""
    ask_words: str = ""
    ask_blocked: str = ""
    deadlines: str = ""


class SigningSection(QWidget):
    """Intents: `mediation_chosen` (key), `mediation_edited` (text), `asked` (note), `noted` (party, act,
    note).

    The note is one field for all of them: the reason or the circumstances in the officer's own words. It is
    cleared by the presenter once the service has taken it.
    """

    mediation_chosen = Signal(str)
    mediation_edited = Signal(str)
    asked = Signal(str)
    noted = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.mediation = QComboBox()
        self.mediation.setAccessibleName(self.tr("调解结果或未调解原因"))
        self.mediation.activated.connect(self._mediated)
        self.mediation_text = LineField(self.tr("调解说明"), self.tr("协议内容,或自己的话"), longest=1000)
        self.mediation_text.textEdited.connect(self.mediation_edited)
        self.note = LineField(self.tr("说明"), self.tr("拒签、未到场、未录像、纸质送达的原因或经过"))
        self.ask_button = DeskButton(self.tr("请当事人签名"), "pencil")
        self.ask_button.clicked.connect(lambda: self.asked.emit(self.note.text().strip()))
        self._signers = QGridLayout()
        self._signers.setHorizontalSpacing(10)
        self._signers.setVerticalSpacing(4)
        self._signers.setColumnStretch(4, 1)
        self._deadlines = label("", "caption", "text2")
        self._deadlines.setWordWrap(True)
        self._shown: tuple[SignerRow, ...] | None = None
        self._options: tuple[Option, ...] | None = None
        self._buttons: list[DeskButton] = []
        self._act_rows: list[QWidget] = []
        inside = column(
            label(self.tr("四 调解、签名与送达"), "bold"),
            row(label(self.tr("调解"), "small", "text2"), self.mediation, self.mediation_text),
            row(label(self.tr("说明"), "small", "text2"), self.note, self.ask_button),
            self._signers,
            self._deadlines,
            spacing=6,
        )
        inside.setContentsMargins(0, 0, 0, 6)
        self.setLayout(inside)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in reading order."""
        return (self.mediation, self.mediation_text, self.note, self.ask_button, *self._buttons)

    def set_state(self, state: SigningState) -> None:
        """Show another state; fields with the focus keep what is being typed."""
        if state.mediations != self._options:
            self._options = state.mediations
            self.mediation.clear()
            self.mediation.addItem(self.tr("未选"), "")
            for key, words in state.mediations:
                self.mediation.addItem(words, key)
        self.mediation.setCurrentIndex(self.mediation.findData(state.mediation))
        self.mediation_text.show_value(state.mediation_text)
        self.ask_button.set_face(state.ask_words or self.tr("请当事人签名"))
        self.ask_button.set_blocked(state.ask_blocked)
        self._deadlines.setText(state.deadlines)
        if state.signers != self._shown:
            self._shown = state.signers
            self._show_signers(state.signers)

    def _show_signers(self, signers: tuple[SignerRow, ...]) -> None:
        focused = self._focused_act()
        clear(self._signers)
        self._buttons, self._act_rows = [], []
        for column_at, words in enumerate(
            (self.tr("当事人"), self.tr("签名"), self.tr("送达同意"), self.tr("送达"))
        ):
            self._signers.addWidget(label(words, "caption", "text3"), 0, column_at)
        for at, signer in enumerate(signers):
            self._signers.addWidget(label(signer.name, "bold"), 2 * at + 1, 0)
            for column_at, chip in enumerate((signer.signature, signer.consent, signer.service), start=1):
                self._signers.addWidget(Chip(chip), 2 * at + 1, column_at, Qt.AlignmentFlag.AlignLeft)
            acts = QWidget()
            acts.setLayout(self._acts(signer))
            self._act_rows.append(acts)
        self._place_acts()
        for first, second in pairwise(self.stops):
            QWidget.setTabOrder(first, second)
        again = next((one for one in self._buttons if one.objectName() == focused), None)
        if again is not None:
            again.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be noted of a party stands behind it where there is room, else below it."""
        super().resizeEvent(event)
        self._place_acts()

    def _place_acts(self) -> None:
        for acts in self._act_rows:
            self._signers.removeWidget(acts)
        told = self._signers.sizeHint().width()
        needed = told + max((acts.sizeHint().width() for acts in self._act_rows), default=0)
        behind = needed + 2 * self._signers.horizontalSpacing() <= self.width()
        for at, acts in enumerate(self._act_rows):
            if behind:
                self._signers.addWidget(acts, 2 * at + 1, 4)
            else:
                self._signers.addWidget(acts, 2 * at + 2, 1, 1, 4)

    def _acts(self, signer: SignerRow) -> QHBoxLayout:
        buttons: list[DeskButton] = []
        for key, words in signer.acts:
            button = DeskButton(words, role="small", height=26)
            button.setObjectName(f"{signer.key}/{key}")
            button.set_name(f"{signer.name} {words}")
            button.clicked.connect(lambda _=False, who=signer.key, act=key: self._note(who, act))
            buttons.append(button)
        self._buttons += buttons
        return row(*buttons, None, spacing=6)

    def _focused_act(self) -> str:
        """Return which button has the keyboard, so that a change of state does not take it away."""
        holder = self.focusWidget()
        return holder.objectName() if isinstance(holder, DeskButton) and holder.hasFocus() else ""

    def _note(self, party: str, act: str) -> None:
        self.noted.emit(party, act, self.note.text().strip())

    def _mediated(self) -> None:
        option = self.mediation.currentData()
        if isinstance(option, str):
            self.mediation_chosen.emit(option)
