"""Tiles out of MBTiles files: SQLite databases of pictures, as map makers hand them out."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path

from console.domain.errors import DomainError
from console.domain.tiles import TileAddress
from console.service.maps.source import Extent, Mode, Tile, checked

LARGEST_TILE_BYTES = 1 << 20


class MbTiles:
    """One file for each mode; opened for reading only, one connection a thread."""

    def __init__(self, files: Mapping[Mode, Path], extent: Extent) -> None:
        """Raise ``OSError`` for a file that is not there."""
        for file in files.values():
            if not file.is_file():
                raise FileNotFoundError(f"{file} is not there")
        self.extent = extent
        self._files = files
        self._open = threading.local()

    def tile(self, mode: Mode, address: TileAddress) -> Tile:
        """Return the tile as it lies in the file; its rows are counted from the south."""
        row = (1 << address.zoom) - 1 - address.y
        try:
            found = (
                self._connection(mode)
                .execute(
                    "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                    (address.zoom, address.x, row),
                )
                .fetchone()
            )
        except sqlite3.Error:
            raise DomainError("tile-unavailable") from None
        if found is None:
            raise DomainError("tile-missing")
        content = found[0]
        if not isinstance(content, bytes) or len(content) > LARGEST_TILE_BYTES:
            raise DomainError("tile-unavailable")
        return checked(content)

    def _connection(self, mode: Mode) -> sqlite3.Connection:
        connections: dict[Mode, sqlite3.Connection] = self._open.__dict__.setdefault("connections", {})
        if mode not in connections:
            connections[mode] = sqlite3.connect(f"{self._files[mode].resolve().as_uri()}?mode=ro", uri=True)
        return connections[mode]
