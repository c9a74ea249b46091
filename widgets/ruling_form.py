"""Ruling: facts, faults, liability, reason, signatures; preview, draft, issue (interface.md 10)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLayout, QWidget

from widgets import theme
from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.fault_list import FaultList, Option
from widgets.fields import TextField
from widgets.flow import Column, ScrollColumn
from widgets.impact_list import ImpactList
from widgets.moment_field import MomentField
from widgets.outcome_grid import Outcome, OutcomeGrid
from widgets.panel import Panel
from widgets.parts import clear, column, label, row
from widgets.press_twice import PressTwiceButton
from widgets.share_list import ShareList, ShareRow
from widgets.signing_section import SigningSection


@dataclass(frozen=True)
class FactField:
    """One fact to choose; chosen: key of an option, "" while open. Junction control comes first."""

    key: str
    name: str
    options: tuple[Option, ...]
    chosen: str = ""


@dataclass(frozen=True)
class PartyFaults:
    """Faults of one party as (code, words), those that its kind can have, and that kind."""

    key: str
    name: str
    faults: tuple[Option, ...]
    options: tuple[Option, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class RulingState:
    """shares: a row a party where there are three and more, else none; the outcomes then stand beside them.

    missing: what stands before issuing, in words; issue_blocked: role or signatures, "" when free.
    """

    facts: tuple[FactField, ...]
    parties: tuple[PartyFaults, ...]
    outcomes: tuple[Outcome, ...]
    outcome: str = ""
    course: str = ""
    reason: str = ""
    reason_required: str = ""
    missing: tuple[str, ...] = ()
    issue_blocked: str = ""
    draft_note: ChipState | None = None
    shares: tuple[ShareRow, ...] = ()
    situation: FactField | None = None
    kinds: tuple[Option, ...] = ()
    impacts: tuple[str, ...] = ()


FAULTS_BESIDE = 760
"""Width in pixels from which the faults of two parties stand side by side."""


class RulingForm(Panel):
    """Never fills itself. Intents carry keys of the state: (fact, option), (party, code), (field, text)."""

    fact_chosen = Signal(str, str)
    fault_added = Signal(str, str)
    fault_removed = Signal(str, str)
    outcome_chosen = Signal(str)
    share_chosen = Signal(str, str)
    kind_chosen = Signal(str, str)
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
        self._options: dict[str, tuple[Option, ...]] = {}
        self._fault_row = QGridLayout()
        self._fault_row.setHorizontalSpacing(16)
        self._faults: dict[str, FaultList] = {}
        self.outcomes = OutcomeGrid()
        self.outcomes.chosen.connect(self.outcome_chosen)
        self.shares = ShareList()
        self.shares.chosen.connect(self.share_chosen)
        self.impacts = ImpactList()
        self.course = TextField(self.tr("事故事实"), self.tr("时间、地点、经过,照文书写"))
        self.course.setFixedHeight(52)
        self.course.edited.connect(lambda text: self.text_edited.emit("course", text))
        self._reason_label = label(self.tr("理由与说明"), "caption", "text3")
        self.reason = TextField(self.tr("理由与说明"))
        self.reason.setFixedHeight(40)
        self.reason.edited.connect(lambda text: self.text_edited.emit("reason", text))
        self._missing = label("", "caption", "warn")
        self._missing.setWordWrap(True)
        self.issue_button = PressTwiceButton(self.tr("签发"), "gavel", "Ctrl+Shift+Enter", confirm_kind="go")
        self.issue_button.set_own_key(self._issue_key)
        self.issue_button.confirmed.connect(self.issue_confirmed)
        self.time = MomentField(self.tr("事故时间"))
        self._situation: FactField | None = None
        self.situation = self._fact_box("situation", self.tr("常见情形"))
        self.situation.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.situation.setMinimumContentsLength(14)
        heading = row(self._heading(self.tr("一 事实")), self.situation, None, self.time)
        self.facts_section = _section(heading, self._fact_form, self.course)
        self.faults_section = _section(self._heading(self.tr("二 过错行为(每方可多条)")), self._fault_row)
        self.liability_section = _section(
            self._heading(self.tr("三 责任")),
            self.impacts,
            self.shares,
            self.outcomes,
            row(self._reason_label, None, self._law_note()),
            self.reason,
        )
        self.signing = SigningSection()
        sections = Column(
            self.facts_section,
            self.faults_section,
            self.liability_section,
            self.signing,
            QWidget(),
            stretch=(0, 0, 0, 0, 1),
            spacing=4,
        )
        self.body.addWidget(ScrollColumn(sections), 1)
        self.body.addWidget(self._missing)
        self.body.addLayout(self._buttons())
        self.set_state(state)

    def _heading(self, words: str) -> QLabel:
        return label(words, "bold")

    def _law_note(self) -> QLabel:
        return label(self.tr("只列出法定组合(处理程序规定第60条);责任不用百分比。"), "caption", "text3")

    @property
    def first_fact(self) -> QWidget:
        """Where the keyboard goes when it comes to the facts."""
        first = next(iter(self._facts.values()), self.course)
        return first if self._situation is None else self.situation

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
        self._show_situation(state.situation)
        self._show_facts(state.facts)
        self._show_faults(state)
        if before != (*self._facts, *self._faults):
            self._order_tabs()
        self.outcomes.set_outcomes(state.outcomes, state.outcome)
        self.shares.set_rows(state.shares)
        self.shares.setVisible(bool(state.shares))
        self.impacts.setVisible(bool(state.shares))
        self.impacts.set_state(tuple((p.key, p.name) for p in state.parties), state.impacts)
        self.course.show_value(state.course)
        self.reason.show_value(state.reason)
        self._reason_label.setText(state.reason_required or self.tr("理由与说明"))
        missing = self.tr("还差:") + "、".join(state.missing) if state.missing else ""
        said = " · ".join(part for part in (state.issue_blocked, missing) if part)
        self._missing.setText(said)
        self._missing.setVisible(bool(said))
        self.issue_button.set_blocked(state.issue_blocked or (missing and self.tr("内容未齐")), said=True)
        self.set_chips(*((state.draft_note,) if state.draft_note else ()))

    def _order_tabs(self) -> None:
        """Tab goes in reading order, though facts and faults are made after the fields below them."""
        stops: list[QWidget] = [self.time.box, self.situation, *self._facts.values(), self.course]
        for faults in self._faults.values():
            stops += [faults.choice, faults.add_button, faults.kind]
        stops += [*self.impacts.stops, self.outcomes, self.reason, *self.signing.stops]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _show_facts(self, facts: tuple[FactField, ...]) -> None:
        if tuple(self._facts) != tuple(fact.key for fact in facts):
            clear(self._fact_form)
            self._options = {key: value for key, value in self._options.items() if key == "situation"}
            self._facts = {}
            for at, fact in enumerate(facts):
                self._facts[fact.key] = self._fact_box(fact.key, fact.name)
                self._fact_form.addWidget(label(fact.name, "small", "text2"), at // 2, at % 2 * 2)
                self._fact_form.addWidget(self._facts[fact.key], at // 2, at % 2 * 2 + 1)
        for fact in facts:
            box = self._facts[fact.key]
            self._offer(box, fact)
        self.facts_section.setFocusProxy(self.first_fact)

    def _show_situation(self, situation: FactField | None) -> None:
        self._situation = situation
        self.situation.setVisible(situation is not None)
        if situation is not None:
            self._offer(self.situation, situation)

    def _offer(self, box: QComboBox, fact: FactField) -> None:
        if self._options.get(fact.key) != fact.options:
            self._options[fact.key] = fact.options
            box.clear()
            nothing = self.tr("常见情形") if box is self.situation else self.tr("未选")
            box.addItem(nothing, "")
            for key, words in fact.options:
                box.addItem(words, key)
        box.setCurrentIndex(box.findData(fact.chosen))

    def _fact_box(self, key: str, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.activated.connect(lambda _at, fact=key, source=box: self._fact_picked(fact, source))
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
                made.kind_chosen.connect(lambda kind, who=party.key: self.kind_chosen.emit(who, kind))
                self._faults[party.key] = made
            self._place_faults()
        for party in state.parties:
            self._faults[party.key].set_state(party.faults, party.options)
            self._faults[party.key].set_kind(state.kinds, party.kind)
        if self._faults:
            self.faults_section.setFocusProxy(self.first_fault)

    def _place_faults(self) -> None:
        """Two parties side by side where the words of a fault have the room, else one below the other."""
        across = 2 if self.width() >= theme.current().px(FAULTS_BESIDE) else 1
        for at, made in enumerate(self._faults.values()):
            self._fault_row.addWidget(made, at // across, at % across, Qt.AlignmentFlag.AlignTop)
        self._fault_row.setColumnStretch(0, 1)
        self._fault_row.setColumnStretch(1, across - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The faults follow the width."""
        super().resizeEvent(event)
        self._place_faults()

    def _issue_key(self, event: QKeyEvent) -> bool:
        wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & wanted == wanted


def _section(*parts: QWidget | QLayout) -> QWidget:
    section = QWidget()
    inside = column(*parts, spacing=6)
    inside.setContentsMargins(0, 0, 0, 6)
    section.setLayout(inside)
    return section
