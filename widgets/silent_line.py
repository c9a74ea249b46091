"""Silent codes: one quiet line on this seat (interface.md 6). No sound, no colour, nowhere else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from widgets.button import DeskButton
from widgets.panel import Panel
from widgets.parts import IconLabel, label, row
from widgets.reveal_line import RevealLine


class SilentLine(Panel):
    """How many there are, and the way to look, which is logged: `chosen` carries the key of the reason."""

    chosen = Signal(str)

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__(self.tr("静默代码"), headless=True, margin=6)
        self._words = label("")
        self._words.setWordWrap(True)
        look = DeskButton(self.tr("查看(留痕)"), "eye", "Ctrl+M")
        look.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look.clicked.connect(self.ask_reason)
        self.reasons = RevealLine(reasons)
        self.reasons.hide()
        self.reasons.chosen.connect(self.chosen)
        line = row(IconLabel("eye-off"), self._words, look)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.reasons)

    def ask_reason(self) -> None:
        """Ctrl+M: the short list of reasons opens in place, or closes again."""
        self.reasons.ask()

    def show_count(self, count: int) -> None:
        """Hidden while there are none."""
        words = self.tr("静默代码 %1 项:仅本席与班长可见,不在对方手机出现,不发声。")
        self._tell(words.replace("%1", str(count)))
        self.setVisible(count > 0)

    def show_codes(self, codes: tuple[str, ...], seconds: int) -> None:
        """What was looked up, for as long as it stays."""
        left = self.tr("%1 秒后遮").replace("%1", str(seconds))
        self._tell("、".join(codes) + f" · {left}")

    def _tell(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
