"""Case bar: case number, accident type, script chip, next step, stage clock, total time. 56 px high."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from widgets import theme
from widgets.chip import Chip, ChipState
from widgets.parts import IconLabel, clear, column, label, row, rule, tr
from widgets.press_twice import PressTwiceButton
from widgets.stage_block import StageBlock, StageState


@dataclass(frozen=True)
class CaseBarState:
    """case_no brings its 「训练 T-」 prefix along; script answers "may they move?"."""

    case_no: str
    accident: str
    script: ChipState
    next_step: str
    stages: tuple[StageState, ...]
    total: str
    total_note: str


NAMED = 16
"""Finished stages are named one by one in so many characters; more stand as first and last."""


def folded(stages: tuple[StageState, ...]) -> tuple[StageState, ...]:
    """Return the stages with those before the present one in one block, and of the later ones the next.

    Nothing disappears: the folded block says whether a target was passed, the last one how many follow.
    """
    at = next((n for n, stage in enumerate(stages) if stage.running), len(stages))
    before, rest = stages[:at], stages[at:]
    blocks: list[StageState] = []
    if before:
        late = sum(stage.mark == "over" for stage in before)
        words = (
            tr("%1 步超目标").replace("%1", str(late))
            if late
            else tr("%1 步均在目标内").replace("%1", str(len(before)))
        )
        names = " · ".join(stage.name for stage in before)
        if len(names) > NAMED:
            names = f"{before[0].name} – {before[-1].name}"
        blocks.append(StageState("before", names, "", words, "over" if late else "done"))
    blocks += rest[:1]
    if len(rest) > 1:
        more = tr("其后 %1 步").replace("%1", str(len(rest) - 1))
        blocks.append(StageState(rest[1].key, rest[1].name, "", more, rest[1].mark))
    return tuple(blocks)


class CaseBar(QWidget):
    """The law and the time are never scrolled away. `end_confirmed` after the second press of 结束通话."""

    end_confirmed = Signal()

    def __init__(self, state: CaseBarState) -> None:
        super().__init__()
        self.setFixedHeight(theme.current().px(56))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._case = label("", "heading")
        self._accident = label("", "caption", "text2")
        self._script = Chip(state.script, "body", bold=True)
        self._next = label("", "", "text2")
        self._total = label("", "timer")
        self._total_note = label("", "caption", "text3")
        self.end_button = PressTwiceButton(self.tr("结束通话"), "phone-missed", "Ctrl+Shift+E")
        self.end_button.set_own_key(self._end_key)
        self.end_button.confirmed.connect(self.end_confirmed)
        self._blocks: list[StageBlock] = []
        self._compact = False
        self._state = state
        self._stage_row = QHBoxLayout()
        self._stage_row.setSpacing(2)
        head = column(self._case, self._accident, spacing=0)
        total = column(self._total, self._total_note, spacing=0)
        layout = row(
            head,
            6,
            self._script,
            IconLabel("arrow-right", "text3"),
            self._next,
            None,
            self.end_button,
            self._stage_row,
            rule("v"),
            total,
        )
        layout.setContentsMargins(12, 5, 12, 5)
        self.setLayout(layout)
        self.set_state(state)

    def set_compact(self, compact: bool) -> None:
        """Fold the stages that are over, and those after the next one."""
        self._compact = compact
        self.set_state(self._state)

    def set_state(self, state: CaseBarState) -> None:
        """Show another state; called every second for the clocks."""
        self._state = state
        shown = folded(state.stages) if self._compact else state.stages
        self._case.setText(state.case_no)
        self._accident.setText(state.accident)
        self._script.set_state(state.script)
        self._next.setText(("" if self._compact else self.tr("下一步:")) + state.next_step)
        self._total.setText(state.total)
        self._total_note.setText(state.total_note)
        if len(self._blocks) != len(shown):
            clear(self._stage_row)
            self._blocks = [StageBlock(stage) for stage in shown]
            for block in self._blocks:
                self._stage_row.addWidget(block)
            return
        for block, stage in zip(self._blocks, shown, strict=True):
            block.set_state(stage)

    def _end_key(self, event: QKeyEvent) -> bool:
        wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        return event.key() == Qt.Key.Key_E and event.modifiers() & wanted == wanted

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Panel ground and border."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setPen(QPen(worn.color("line"), 1))
        painter.setBrush(worn.color("panel"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
