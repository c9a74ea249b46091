"""Ruling: facts, faults, liability, reason, mediation; preview, draft, issue (interface.md 10)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLayout, QWidget

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.fault_list import FaultList, Option
from widgets.fields import LineField, TextField
from widgets.flow import Column, ScrollColumn
from widgets.outcome_grid import Outcome, OutcomeGrid
from widgets.panel import Panel
from widgets.parts import clear, column, label, row
from widgets.press_twice import PressTwiceButton


@dataclass(frozen=True)
class FactField:
    """One fact to choose; chosen: key of an option, "" while open. Junction control comes first."""

    key: str
    name: str
    options: tuple[Option, ...]
    chosen: str = ""


@dataclass(frozen=True)
class PartyFaults:
    """Faults of one party as (code, words)."""

    key: str
    name: str
    faults: tuple[Option, ...]


@dataclass(frozen=True)
class RulingState:
    """missing: what stands before issuing, in words; issue_blocked: role or signatures, "" when free."""

    facts: tuple[FactField, ...]
    parties: tuple[PartyFaults, ...]
    fault_options: tuple[Option, ...]
    outcomes: tuple[Outcome, ...]
    outcome: str = ""
    course: str = ""
    reason: str = ""
    reason_required: str = ""
    mediation: str = ""
    missing: tuple[str, ...] = ()
    issue_blocked: str = ""
    draft_note: ChipState | None = None


class RulingForm(Panel):
    """Never fills itself. Intents carry keys of the state: (fact, option), (party, code), (field, text)."""

    fact_chosen = Signal(str, str)
    fault_added = Signal(str, str)
    fault_removed = Signal(str, str)
    outcome_chosen = Signal(str)
    text_edited = Signal(str, str)
    preview = Signal()
    draft = Signal()
    issue_confirmed = Signal()

    def __init__(self, state: RulingState) -> None:
        super().__init__(self.tr("责任认定"), "gavel", "Ctrl+3")
        self._fact_form = QGridLayout()
        self._fact_form.setSpacing(6)
        self._fact_form.setColumnStretch(1, 1)
        self._fact_form.setColumnStretch(3, 1)
        self._facts: dict[str, QComboBox] = {}
        self._fault_row = QHBoxLayout()
        self._fault_row.setSpacing(16)
        self._faults: dict[str, FaultList] = {}
        self.outcomes = OutcomeGrid()
        self.outcomes.chosen.connect(self.outcome_chosen)
        self.course = TextField(self.tr("事故事实"), self.tr("时间、地点、经过,照文书写"))
        self.course.setFixedHeight(72)
        self.course.edited.connect(lambda text: self.text_edited.emit("course", text))
        self._reason_label = label(self.tr("理由与说明"), "caption", "text3")
        self.reason = TextField(self.tr("理由与说明"))
        self.reason.setFixedHeight(64)
        self.mediation = LineField(self.tr("损害赔偿调解"), self.tr("调解结果,或未调解的原因"))
        self.reason.edited.connect(lambda text: self.text_edited.emit("reason", text))
        self.mediation.textEdited.connect(lambda text: self.text_edited.emit("mediation", text))
        self._missing = label("", "caption", "warn")
        self._missing.setWordWrap(True)
        self.issue_button = PressTwiceButton(self.tr("签发"), "gavel", "Ctrl+Shift+Enter", confirm_kind="go")
        self.issue_button.set_own_key(self._issue_key)
        self.issue_button.confirmed.connect(self.issue_confirmed)
        self.facts_section = _section(self._heading(self.tr("一 事实")), self._fact_form, self.course)
        self.faults_section = _section(self._heading(self.tr("二 过错行为(每方可多条)")), self._fault_row)
        self.liability_section = _section(self._heading(self.tr("三 责任")), self.outcomes, self._law_note())
        self.closing_section = _section(
            self._heading(self.tr("四 理由与调解")), self._reason_label, self.reason, self.mediation
        )
        sections = Column(
            self.facts_section,
            self.faults_section,
            self.liability_section,
            self.closing_section,
            QWidget(),
            stretch=(0, 0, 0, 0, 1),
        )
        self.body.addWidget(ScrollColumn(sections), 1)
        self.body.addWidget(self._missing)
        self.body.addLayout(self._buttons())
        self.set_state(state)

    def _heading(self, words: str) -> QLabel:
        return label(words, "caption", "text3")

    def _law_note(self) -> QLabel:
        return label(self.tr("只列出法定组合(处理程序规定第60条);责任不用百分比。"), "caption", "text3")

    @property
    def first_fact(self) -> QWidget:
        """Where the keyboard goes when it comes to the facts."""
        return next(iter(self._facts.values()), self.course)

    @property
    def first_fault(self) -> QWidget:
        """Where the keyboard goes when it comes to the faults."""
        return next((faults.choice for faults in self._faults.values()), self.faults_section)

    def _buttons(self) -> QHBoxLayout:
        preview = DeskButton(self.tr("预览文书"), "file-text", "Ctrl+P")
        preview.clicked.connect(self.preview)
        draft = DeskButton(self.tr("存草稿"), "hard-drive", "Ctrl+S")
        draft.clicked.connect(self.draft)
        return row(preview, draft, None, self.issue_button)

    def set_state(self, state: RulingState) -> None:
        """Show another state; fields with the focus keep what is being typed."""
        before = (*self._facts, *self._faults)
        self._show_facts(state.facts)
        self._show_faults(state)
        if before != (*self._facts, *self._faults):
            self._order_tabs()
        self.outcomes.set_outcomes(state.outcomes, state.outcome)
        self.course.show_value(state.course)
        self.reason.show_value(state.reason)
        self.mediation.show_value(state.mediation)
        self._reason_label.setText(state.reason_required or self.tr("理由与说明"))
        said = self.tr("还差:") + "、".join(state.missing) if state.missing else ""
        self._missing.setText(said)
        self._missing.setVisible(bool(said))
        blocked = state.issue_blocked or (self.tr("内容未齐") if state.missing else "")
        self.issue_button.set_blocked(blocked)
        self.set_chips(*((state.draft_note,) if state.draft_note else ()))

    def _order_tabs(self) -> None:
        """Tab goes in reading order, though facts and faults are made after the fields below them."""
        stops: list[QWidget] = [*self._facts.values(), self.course]
        for faults in self._faults.values():
            stops += [faults.choice, faults.add_button]
        stops += [self.outcomes, self.reason, self.mediation]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _show_facts(self, facts: tuple[FactField, ...]) -> None:
        if tuple(self._facts) != tuple(fact.key for fact in facts):
            clear(self._fact_form)
            self._facts = {}
            for at, fact in enumerate(facts):
                self._facts[fact.key] = self._fact_box(fact)
                self._fact_form.addWidget(label(fact.name, "small", "text2"), at // 2, at % 2 * 2)
                self._fact_form.addWidget(self._facts[fact.key], at // 2, at % 2 * 2 + 1)
        for fact in facts:
            box = self._facts[fact.key]
            box.setCurrentIndex(box.findData(fact.chosen))
        self.facts_section.setFocusProxy(self.first_fact)

    def _fact_box(self, fact: FactField) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(fact.name)
        box.addItem(self.tr("未选"), "")
        for key, words in fact.options:
            box.addItem(words, key)
        box.activated.connect(lambda _at, name=fact.key, source=box: self._fact_picked(name, source))
        return box

    def _fact_picked(self, fact: str, box: QComboBox) -> None:
        option = box.currentData()
        if isinstance(option, str):
            self.fact_chosen.emit(fact, option)

    def _show_faults(self, state: RulingState) -> None:
        if tuple(self._faults) != tuple(party.key for party in state.parties):
            clear(self._fault_row)
            self._faults = {}
            for party in state.parties:
                made = FaultList(party.key, party.name)
                made.added.connect(lambda code, who=party.key: self.fault_added.emit(who, code))
                made.removed.connect(lambda code, who=party.key: self.fault_removed.emit(who, code))
                self._faults[party.key] = made
                self._fault_row.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)
        for party in state.parties:
            self._faults[party.key].set_state(party.faults, state.fault_options)
        if self._faults:
            self.faults_section.setFocusProxy(self.first_fault)

    def _issue_key(self, event: QKeyEvent) -> bool:
        wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & wanted == wanted


def _section(*parts: QWidget | QLayout) -> QWidget:
    section = QWidget()
    inside = column(*parts, spacing=6)
    inside.setContentsMargins(0, 0, 0, 6)
    section.setLayout(inside)
    return section
