"""Consents: item by party, each answer with its time; all start empty (interface.md 9)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QPainter

from widgets import theme
from widgets.keyed_model import ROW_ROLE, KeyedModel, Row
from widgets.paint import CELL, ICON, CellDelegate, RowTable, icon_text, text
from widgets.parts import tr
from widgets.theme import Severity, Theme


@dataclass(frozen=True)
class ConsentCell:
    """One party's answer in words ("同意 14:30:12", "待答", "— 不涉及")."""

    text: str
    severity: Severity = "none"
    icon: str = ""


@dataclass(frozen=True)
class ConsentRow:
    """One item with the answers of every party, in the order of the headers."""

    key: str
    item: str
    cells: tuple[ConsentCell, ...]

    def spoken(self) -> str:
        """Item and answers."""
        return ", ".join((self.item, *(cell.text for cell in self.cells)))


_SHARES = (1, 1)
"""Of the width: the item, and each party's answer, whose time is never cut."""


class _ConsentDelegate(CellDelegate):
    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        if not isinstance(row, ConsentRow):
            return
        if column == 0:
            text(painter, worn, box, row.item, role="small")
        elif column <= len(row.cells):
            cell = row.cells[column - 1]
            icon_text(painter, worn, box, cell.text, cell.severity, cell.icon, "small")


class Consents(RowTable):
    """The table; `ask` (item key) on Enter or double click asks the party. Nobody ticks for a party here."""

    ask = Signal(str)

    def __init__(self, parties: tuple[str, ...]) -> None:
        self._keyed = KeyedModel((tr("同意事项"), *parties))
        super().__init__(self._keyed, _ConsentDelegate(), (_SHARES[0], *(_SHARES[1] for _ in parties)), 26)
        self.setAccessibleName(self.tr("同意"))
        self.activated.connect(self._ask)

    def set_parties(self, parties: tuple[str, ...]) -> None:
        """Parties join during the call: change the columns."""
        self._keyed.set_headers((tr("同意事项"), *parties))
        self.set_stretches((_SHARES[0], *(_SHARES[1] for _ in parties)))

    def set_rows(self, rows: tuple[ConsentRow, ...]) -> None:
        """Show these items."""
        self._keyed.set_rows(rows)
        metrics, icon = QFontMetricsF(theme.current().font("small")), theme.current().px(ICON)
        items = max((metrics.horizontalAdvance(one.item) for one in rows), default=0)
        cells = [metrics.horizontalAdvance(cell.text) + icon for one in rows for cell in one.cells]
        across = self.model().columnCount() - 1
        needs = (items, *(max(cells, default=0) for _ in range(across)))
        self.set_stretches([round(need) + CELL for need in needs])
        self.set_needs(needs)

    def _ask(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, ConsentRow):
            self.ask.emit(row.key)
