"""Faces side by side: the live face and a photograph, what the program hints at, what a person says."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.crop import Crop
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import column, label, row


@dataclass(frozen=True)
class FaceSide:
    """One of the two pictures. caption: what it shows; problems: why it is no good, in words."""

    caption: str
    problems: str = ""
    image: QImage | None = field(default=None, compare=False)


@dataclass(frozen=True)
class FaceState:
    """title names the party; hint and said in words, as chips; blocked: why the program may not compare,
    judging: why a person cannot judge either; notice: a plain sentence about consent.
    """

    title: str
    live: FaceSide
    photo: FaceSide
    hint: ChipState | None = None
    said: ChipState | None = None
    notice: str = ""
    blocked: str = ""
    judging: str = ""


@dataclass(frozen=True)
class Judgement:
    """What a person may say. key: what `judged` carries; doubt: asks for a note."""

    key: str
    words: str
    icon: str
    doubt: bool


class _Side:
    """Caption, picture and what is wrong with it."""

    def __init__(self, name: str) -> None:
        self._caption = label(name, "caption", "text2")
        self._crop = Crop(name, 236, 176)
        self._problems = label("", "caption", "warn")
        self._problems.setWordWrap(True)
        self.layout = column(self._caption, self._crop, self._problems, None, spacing=3)

    def show(self, side: FaceSide) -> None:
        self._caption.setText(side.caption)
        self._crop.show_image(side.image)
        self._problems.setText(side.problems)
        self._problems.setVisible(bool(side.problems))


class FacePanel(Panel):
    """`compared` (Enter): the program is to compare; `judged` (judgement key, note) by a digit, a doubt after
    its note is entered; `photo_changed` (R): another photograph; `left`: away with it.
    """

    compared = Signal()
    judged = Signal(str, str)
    photo_changed = Signal()
    left = Signal()

    def __init__(self, judgements: tuple[Judgement, ...]) -> None:
        super().__init__(self.tr("人像并排"), "user-round")
        self.setObjectName("facePanel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._judgements = judgements
        self._doubt = ""
        self._live, self._photo = _Side(self.tr("现场")), _Side(self.tr("照片"))
        self._notice = label("", "small", "warn")
        self._notice.setWordWrap(True)
        self._compare = DeskButton(self.tr("程序比对"), "scan-search", "Enter", kind="primary")
        self._change = DeskButton(self.tr("换照片"), "rotate-ccw", "R")
        self._close = DeskButton(self.tr("收起"), "undo-2", height=26)
        self._says = tuple(DeskButton(one.words, one.icon, str(n)) for n, one in enumerate(judgements, 1))
        for button in (self._compare, self._change, self._close, *self._says):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.note = LineField(self.tr("理由"), self.tr("哪里不像,或为什么说不准;回车记录"))
        self._line = QWidget()
        self._line.setLayout(row(label(self.tr("理由"), "caption", "text2"), self.note))
        self._line.hide()
        self.header.addWidget(self._close)
        pictures = QHBoxLayout()
        pictures.setSpacing(10)
        for side in (self._live, self._photo):
            pictures.addLayout(side.layout)
        pictures.addStretch(1)
        self.body.addLayout(pictures)
        self.body.addWidget(self._notice)
        self.body.addLayout(row(self._compare, self._change, None, spacing=6))
        self.body.addLayout(row(label(self.tr("人工认定"), "caption", "text2"), *self._says, None, spacing=6))
        self.body.addWidget(self._line)
        self._compare.clicked.connect(self.compared)
        self._change.clicked.connect(self.photo_changed)
        self._close.clicked.connect(self.left)
        for at, button in enumerate(self._says):
            button.clicked.connect(lambda _=False, at=at: self.judge(at))
        self.note.returnPressed.connect(self._written)

    def set_state(self, state: FaceState) -> None:
        """Show the pictures and what is said of them; a note that is being written stays."""
        self.set_title(state.title)
        self.set_chips(*(chip for chip in (state.hint, state.said) if chip is not None))
        self._live.show(state.live)
        self._photo.show(state.photo)
        self._notice.setText(state.notice)
        self._notice.setVisible(bool(state.notice))
        self._compare.set_blocked(state.blocked)
        for button in self._says:
            button.set_blocked(state.judging)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only plain keys, once each."""
        if event.isAutoRepeat() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        keys = {
            Qt.Key.Key_Return: self._compare,
            Qt.Key.Key_Enter: self._compare,
            Qt.Key.Key_R: self._change,
            **{Qt.Key(Qt.Key.Key_1 + at): button for at, button in enumerate(self._says)},
        }
        button = keys.get(Qt.Key(event.key()))
        if button is None:
            super().keyPressEvent(event)
        else:
            button.click()

    def judge(self, at: int) -> None:
        """Say the judgement `at` (0 the first): at once, or as soon as the note of a doubt is entered."""
        one = self._judgements[at]
        if not one.doubt:
            self._line.hide()
            self.judged.emit(one.key, "")
            return
        self._doubt = one.key
        self.note.clear()
        self._line.show()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _written(self) -> None:
        words = self.note.text().strip()
        if words and self._doubt:
            key, self._doubt = self._doubt, ""
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._line.hide()
            self.judged.emit(key, words)
