"""The trainer's panels: scenario, seed, start and repeat; the parties that run; how cases stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QSpinBox

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.flow import Beside
from widgets.panel import Panel
from widgets.parts import label, row
from widgets.rows import CheckRow, CheckRows

MOST_SEED = 999_999
LONGEST = 40
"""Characters of what scenarios are narrowed by."""


@dataclass(frozen=True)
class FlawKey:
    """A way to hold the phone badly: key of the intent, words, icon, shortcut shown."""

    key: str
    words: str
    icon: str
    shortcut: str


class ScenarioPanel(Panel):
    """The scenarios, narrowed by what is typed above them (title, kind of accident, article, stars).

    ``chosen`` follows the current row, ``start_asked`` is Enter.
    """

    chosen = Signal()
    asked = Signal()
    start_asked = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("剧本"), "book-open", "Ctrl+1")
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setPlaceholderText(self.tr("按条文、难度、形态查找"))
        self.field.setAccessibleName(self.tr("查找剧本"))
        self.field.textChanged.connect(self.asked)
        self.field.returnPressed.connect(self.start_asked)
        self.rows = CheckRows((9, 4, 10), 40)
        self.rows.setAccessibleName(self.tr("剧本"))
        self.rows.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit())
        self.body.addWidget(self.field)
        self.body.addWidget(self.rows, 1)

    def set_rows(self, rows: tuple[CheckRow, ...]) -> None:
        """Show the scenarios that fit; the first one is chosen where none is."""
        self.rows.set_rows(rows)
        if rows and not self.rows.current_key():
            self.rows.selectRow(0)


class SessionPanel(Panel):
    """What is started with which seed: ``start_asked``, and ``repeat_asked`` for the last call again."""

    start_asked = Signal()
    repeat_asked = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("本次训练"), "target")
        self._chosen = label("", "bold")
        self._chosen.setWordWrap(True)
        self._about = label("", "small", "text2")
        self.seed = QSpinBox()
        self.seed.setRange(0, MOST_SEED)
        self.seed.setValue(1)
        self.seed.setAccessibleName(self.tr("种子"))
        self.seed.setMinimumWidth(140)
        self.start = DeskButton(self.tr("启动来电"), "play", "Enter", kind="primary")
        self.repeat = DeskButton(self.tr("重来"), "rotate-ccw", "Ctrl+Shift+R")
        self._said = label("", "small", "text2")
        self._said.setWordWrap(True)
        same = label(self.tr("同种子必得同一来电"), "caption", "text3")
        self.body.addWidget(self._chosen)
        self.body.addWidget(self._about)
        self.body.addLayout(row(label(self.tr("种子"), "", "text2"), self.seed, same, None, spacing=12))
        self.body.addWidget(self._said)
        self.body.addLayout(row(self.repeat, None, self.start, spacing=8))
        self.start.clicked.connect(self.start_asked)
        self.repeat.clicked.connect(self.repeat_asked)

    def set_chosen(self, title: str, about: str) -> None:
        """Name the scenario that would be started."""
        self._chosen.setText(title)
        self._about.setText(about)

    def set_state(self, said: str, blocked: str, nothing_yet: str) -> None:
        """Show a sentence, and why nothing can be started or repeated."""
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.start.set_blocked(blocked)
        self.repeat.set_blocked(blocked or nothing_yet)


class RunningPanel(Panel):
    """The simulated parties; ``spoil_asked`` carries the party and the flaw, ``stop_asked`` the party."""

    spoil_asked = Signal(str, str)
    stop_asked = Signal(str)

    def __init__(self, flaws: tuple[FlawKey, ...]) -> None:
        super().__init__(self.tr("进行中的模拟来电"), "activity", "Ctrl+2")
        self.rows = CheckRows((6, 2, 2), 40)
        self.rows.setAccessibleName(self.tr("进行中的模拟来电"))
        self.flaws = {
            flaw.key: _wide(DeskButton(flaw.words, flaw.icon, flaw.shortcut, height=38)) for flaw in flaws
        }
        self.stop = _wide(DeskButton(self.tr("结束这一路"), "octagon-x", "Delete", height=38))
        self._hint = label("", "small", "text2")
        self._hint.setWordWrap(True)
        grid = QGridLayout()
        grid.setSpacing(8)
        for at, (key, button) in enumerate(self.flaws.items()):
            button.clicked.connect(self._spoiler(key))
            grid.addWidget(button, at // 2, at % 2)
        grid.addWidget(self.stop, len(self.flaws) // 2, 1)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(label(self.tr("注入(按键立即生效)"), "bold"))
        self.body.addWidget(self._hint)
        self.body.addLayout(grid)
        self.stop.clicked.connect(self.ask_stop)

    def ask_spoil(self, flaw: str) -> None:
        """Ask that the chosen party holds its phone badly."""
        if self.rows.current_key():
            self.spoil_asked.emit(self.rows.current_key(), flaw)

    def ask_stop(self) -> None:
        """Ask that the chosen party ends."""
        if self.rows.current_key():
            self.stop_asked.emit(self.rows.current_key())

    def set_state(self, rows: tuple[CheckRow, ...], count: ChipState, nothing: str) -> None:
        """Show the parties; ``nothing`` says why there is nobody to act on."""
        self.rows.set_rows(rows)
        if rows and not self.rows.current_key():
            self.rows.selectRow(0)
        self.set_chips(count)
        self._hint.setText(nothing or self.tr("让对方这样拍当前画面;学员再次引导后恢复正常。"))
        for button in (*self.flaws.values(), self.stop):
            button.set_blocked(nothing, said=True)

    def _spoiler(self, flaw: str) -> Callable[[], None]:
        return lambda: self.ask_spoil(flaw)


class ProgressPanel(Panel):
    """How the trainees' cases stand, as the journal has them: the cases, and the steps of the current one."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("学员的案件"), "gauge", "Ctrl+3")
        self.cases = CheckRows((6, 3, 2), 40)
        self.cases.setAccessibleName(self.tr("学员的案件"))
        self.cases.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit())
        self.steps = CheckRows((3, 6, 5), 40)
        self.steps.setAccessibleName(self.tr("案件进展"))
        self.steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.steps.show_whole()
        self._nothing = label(self.tr("学员接起来电后,进展显示在这里。"), "small", "text2")
        self._nothing.setWordWrap(True)
        self.body.addWidget(self._nothing)
        self.body.addWidget(Beside(self.cases, self.steps, shares=(2, 3), enough=640), 1)

    def set_cases(self, rows: tuple[CheckRow, ...]) -> None:
        """Show the cases, the first one chosen where none is."""
        self.cases.set_rows(rows)
        if rows and not self.cases.current_key():
            self.cases.selectRow(0)
        self._nothing.setVisible(not rows)

    def set_steps(self, rows: tuple[CheckRow, ...]) -> None:
        """Show how far the current case is."""
        self.steps.set_rows(rows)


def _wide(button: DeskButton) -> DeskButton:
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
