"""Rows of icon + name + value + note: verification rows, shift check, local rules, eligibility."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from widgets.keyed_model import KeyedModel, Row
from widgets.paint import CellDelegate, RowTable, icon_text, text
from widgets.theme import SEVERITY_ICON, Severity, Theme


@dataclass(frozen=True)
class CheckRow:
    """One checked thing. name: what; value: what was found; note: source, time or article."""

    key: str
    name: str
    value: str
    severity: Severity = "none"
    note: str = ""
    icon: str = ""
    bold: bool = False

    def spoken(self) -> str:
        """Name, value and note."""
        return ", ".join(part for part in (self.name, self.value, self.note) if part)


class CheckDelegate(CellDelegate):
    """Paints a CheckRow: icon and name, value (coloured when it needs attention), note at the right."""

    def __init__(self, value_right: bool = False) -> None:
        super().__init__()
        self._value_right = value_right

    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        """One of three columns."""
        if not isinstance(row, CheckRow):
            return
        if column == 0:
            icon_text(painter, worn, box, "", row.severity, row.icon or SEVERITY_ICON[row.severity])
            text(painter, worn, box.adjusted(worn.px(16) + 8, 0, 40, 0), row.name, "text2")
        elif column == 1:
            token = row.severity if row.severity in {"warn", "bad"} else "text"
            text(painter, worn, box, row.value, token, bold=row.bold, right=self._value_right)
        else:
            text(painter, worn, box.adjusted(0, 0, -4, 0), row.note, "text3", "caption", right=True)


class CheckRows(RowTable):
    """A list of CheckRows; `set_rows` changes exactly the rows that changed."""

    def __init__(self, stretches: tuple[int, int, int] = (3, 4, 3), row_height: int = 27) -> None:
        self._keyed = KeyedModel(("", "", ""))
        super().__init__(self._keyed, CheckDelegate(), stretches, row_height, header=False)

    def set_rows(self, rows: tuple[CheckRow, ...]) -> None:
        """Show these rows."""
        self._keyed.set_rows(rows)
        self.updateGeometry()
