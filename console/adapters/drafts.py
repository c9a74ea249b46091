"""Drafts: what was typed and the service does not have yet, sealed on this machine's disk."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

from console.adapters.database import Database
from console.adapters.local_keys import KeyUnavailable, LocalKeys, Unsealable
from console.contract.codec import DecodeError, decode, encode
from console.domain.ids import IncidentId
from console.usecases.edits import kind_of
from console.usecases.ports import Draft

SCHEMA = (
    """
    CREATE TABLE drafts (
        incident_id TEXT NOT NULL,
        key TEXT NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (incident_id, key)
    );
    CREATE TABLE memory (name TEXT PRIMARY KEY, text TEXT NOT NULL)
    """,
)

logger = logging.getLogger(__name__)


class Drafts:
    """``DraftsPort`` on SQLite. What people said of themselves is sealed; the desk's own notes are not."""

    def __init__(self, folder: Path, keys: LocalKeys) -> None:
        self._database = Database(folder / "drafts.sqlite3", SCHEMA)
        self._keys = keys
        self._lost = 0

    async def keep(self, draft: Draft) -> None:
        """Put a draft on disk in place of the one before it."""
        sealed = self._keys.seal(encode(draft.value), _label(draft.incident_id, draft.key))

        def insert(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", (draft.incident_id, draft.key, sealed)
            )

        await self._database.run(insert)

    async def forget(self, draft: Draft) -> None:
        """Drop the draft if it still holds this very value."""

        def delete(connection: sqlite3.Connection) -> None:
            where = (draft.incident_id, draft.key)
            row = connection.execute(
                "SELECT * FROM drafts WHERE incident_id = ? AND key = ?", where
            ).fetchone()
            if row is not None and self._draft(row) == draft:
                connection.execute("DELETE FROM drafts WHERE incident_id = ? AND key = ?", where)

        await self._database.run(delete)

    async def all(self) -> tuple[Draft, ...]:
        """Return every draft that can be read; one that cannot stays where it is and is logged."""
        rows = await self._database.run(lambda c: c.execute("SELECT * FROM drafts ORDER BY rowid").fetchall())
        drafts = [self._draft(row) for row in rows]
        self._lost = sum(draft is None for draft in drafts)
        if self._lost:
            logger.warning("%d drafts of an earlier run cannot be read", self._lost)
        return tuple(draft for draft in drafts if draft is not None)

    def lost(self) -> int:
        """Return how many drafts the last ``all`` could not read."""
        return self._lost

    async def remember(self, name: str, text: str) -> None:
        """Keep a small note of the desk's own; never anything a party said."""

        def insert(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (name, text))

        await self._database.run(insert)

    async def recall(self, name: str) -> str | None:
        """Return a note kept with ``remember``."""

        def select(connection: sqlite3.Connection) -> str | None:
            row = connection.execute("SELECT text FROM memory WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row["text"])

        return await self._database.run(select)

    def close(self) -> None:
        """Finish what is under way; blocks."""
        self._database.close()

    def _draft(self, row: sqlite3.Row) -> Draft | None:
        incident_id, key = IncidentId(row["incident_id"]), str(row["key"])
        try:
            text = self._keys.unseal(row["sealed"], _label(incident_id, key))
            return Draft(incident_id=incident_id, key=key, value=decode(kind_of(key), text))
        except (KeyUnavailable, Unsealable, DecodeError, ValueError):
            return None


def _label(incident_id: IncidentId, key: str) -> str:
    return f"draft {incident_id} {key}"
