"""Why a masked number is to be shown: a short list of reasons by digit, in place (interface.md 9)."""

from __future__ import annotations

from widgets.parts import tr
from widgets.reason_line import ReasonLine


class RevealLine(ReasonLine):
    """The reasons for lifting the masks."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__(tr("显示的原因"), tr("为什么看?会记录,20 秒后遮回"), reasons)
