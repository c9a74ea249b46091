"""Why this is suggested: facts with the pictures that prove them, provisions, the nearest other outcome.

Picture 05, right column (interface.md 10). It shows; it never fills in a form.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.flow import ScrollColumn
from widgets.panel import Panel
from widgets.parts import IconLabel, clear, column, label, row, rule, set_tone
from widgets.theme import SEVERITY_ICON, Severity


@dataclass(frozen=True)
class ReasonLine:
    """One step of the reasoning. pictures: (key of the slot, words) that prove it; note: what is lacking."""

    words: str
    severity: Severity = "ok"
    pictures: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ProvisionLine:
    """A provision: where it stands, what it says in our words, since when."""

    name: str
    words: str
    note: str


@dataclass(frozen=True)
class ReasonsState:
    """verdict: the suggested shares in words, "" while there are none; others: (words, ground)."""

    verdict: str = ""
    stands: str = ""
    differs: bool = False
    reasons: tuple[ReasonLine, ...] = ()
    provisions: tuple[ProvisionLine, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    version: str = ""
    proved: ChipState | None = None


class ReasonsPanel(Panel):
    """`picture_wanted` carries the key of a slot whose picture is to be looked at."""

    picture_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("为什么这样建议"), "lightbulb")
        self._state: ReasonsState | None = None
        self._verdict = label("", "heading")
        self._verdict.setWordWrap(True)
        self._stands = label("", "caption", "text3")
        self._stands.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        inside = QWidget()
        inside.setLayout(column(self._verdict, self._stands, self._lines, None, spacing=6))
        self.reading = ScrollColumn(inside)
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reading.setAccessibleName(self.tr("为什么这样建议"))
        self.body.addWidget(self.reading, 1)
        self.set_state(ReasonsState())

    def set_state(self, state: ReasonsState) -> None:
        """Show these reasons; the same ones again change nothing."""
        if state == self._state:
            return
        self._state = state
        self._verdict.setText(state.verdict or self.tr("还没有建议"))
        self._stands.setText(
            state.stands or self.tr("先选事实和过错,服务核对后给出。只供参考,不会自动填写。")
        )
        set_tone(self._stands, "warn" if state.differs else "text3")
        self.set_chips(*((state.proved,) if state.proved else ()))
        clear(self._lines)
        for reason in state.reasons:
            self._lines.addLayout(self._reason(reason))
        if state.provisions:
            self._heading(self.tr("适用条文"))
        for provision in state.provisions:
            self._lines.addWidget(_wrapped(provision.name, "bold"))
            self._lines.addWidget(_wrapped(provision.words, "small"))
            self._lines.addWidget(_wrapped(provision.note, "caption", "text3"))
        if state.others:
            self._heading(self.tr("最接近的另一种"))
        for words, ground in state.others:
            self._lines.addWidget(_wrapped(words, "bold"))
            self._lines.addWidget(_wrapped(ground, "small", "text2"))
        if state.version:
            self._lines.addWidget(_wrapped(state.version, "caption", "text3"))

    def _heading(self, words: str) -> None:
        self._lines.addWidget(rule())
        self._lines.addWidget(label(words, "caption", "text3"))

    def _reason(self, reason: ReasonLine) -> QHBoxLayout:
        pictures = QHBoxLayout()
        pictures.setSpacing(4)
        for key, words in reason.pictures:
            shown = DeskButton(words, "camera", kind="ghost", height=24)
            shown.clicked.connect(lambda _checked=False, slot=key: self.picture_wanted.emit(slot))
            pictures.addWidget(shown)
        pictures.addStretch(1)
        said = [_wrapped(reason.words)]
        if reason.note:
            said.append(_wrapped(reason.note, "caption", "warn"))
        beside = column(*said, *((pictures,) if reason.pictures else ()), spacing=2)
        mark = IconLabel(SEVERITY_ICON[reason.severity], reason.severity)
        made = row(mark, beside)
        made.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        made.setStretch(1, 1)
        return made


def _wrapped(words: str, role: str = "", tone: str = "") -> QWidget:
    made = label(words, role, tone)
    made.setWordWrap(True)
    return made
