"""One table model for every list: rows are keyed, so a change touches exactly the rows that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class Row(Protocol):
    """A frozen row value: compared by ==, identified by its key."""

    @property
    def key(self) -> str:
        """What stays the same when the row's content changes; unique in a list."""

    def spoken(self) -> str:
        """The row in words for a screen reader, its state included."""


class KeyedModel(QAbstractTableModel):
    """Rows of one list. `set_rows` removes, inserts, moves and changes single rows; it never resets."""

    def __init__(self, headers: Sequence[str] = ("",)) -> None:
        super().__init__()
        self._headers = tuple(headers)
        self._rows: list[Row] = []

    def set_headers(self, headers: Sequence[str]) -> None:
        """Other column titles; columns are added or removed at the end."""
        before, after = len(self._headers), len(headers)
        if after > before:
            self.beginInsertColumns(QModelIndex(), before, after - 1)
            self._headers = tuple(headers)
            self.endInsertColumns()
        elif after < before:
            self.beginRemoveColumns(QModelIndex(), after, before - 1)
            self._headers = tuple(headers)
            self.endRemoveColumns()
        self._headers = tuple(headers)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, after - 1)

    def rows(self) -> tuple[Row, ...]:
        """The rows in order."""
        return tuple(self._rows)

    def row_of(self, key: str) -> int:
        """Position of a key, -1 when absent."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Become `rows` by the smallest walk: selection and scroll position stay where the user left them.

        Raises ValueError when two rows share a key.
        """
        wanted = [row.key for row in rows]
        if len(set(wanted)) != len(wanted):
            raise ValueError("rows share a key")
        keep = set(wanted)
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].key not in keep:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            self._place(at, row)

    def _place(self, at: int, row: Row) -> None:
        now = self.row_of(row.key)
        if now < 0:
            self.beginInsertRows(QModelIndex(), at, at)
            self._rows.insert(at, row)
            self.endInsertRows()
            return
        if now != at:
            self.beginMoveRows(QModelIndex(), now, now, QModelIndex(), at)
            self._rows.insert(at, self._rows.pop(now))
            self.endMoveRows()
        if self._rows[at] != row:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._headers) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of rows; a row has no children."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Number of columns; a row has no children."""
        return 0 if parent is not None and parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Column titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row value under ROW_ROLE, its words for screen readers; delegates paint the rest."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken()
        return None
