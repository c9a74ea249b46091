"""Why a picture is to count no more: a short list of reasons by digit, below the strip (interface.md 4)."""

from __future__ import annotations

from widgets.parts import tr
from widgets.reason_line import ReasonLine


class DiscardLine(ReasonLine):
    """The reasons for setting a picture aside; hidden until asked."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__(tr("弃用的原因"), "", reasons)
        self.hide()

    def ask_about(self, picture: str) -> None:
        """Ask about the picture of this name, or close when it is asked already."""
        self.question.setText(tr("弃用「%1」的这张图?原件留存,不再计入").replace("%1", picture))
        self.ask()
