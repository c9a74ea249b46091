"""One SQLite file, used by one thread: transactions that are on the disk when they return."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class Database:
    """WAL with full synchronisation, so that a kill or a power cut takes nothing that was committed.

    ``schema`` holds the statements of each version after the one before; a file of a newer version than
    known is refused with ``sqlite3.DatabaseError``.
    """

    def __init__(self, path: Path, schema: Sequence[str]) -> None:
        self._path = path
        self._schema = tuple(schema)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=path.stem)
        self._connection: sqlite3.Connection | None = None

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``work`` in one transaction on the database's own thread; an exception rolls it back."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._transact, work)

    def close(self) -> None:
        """Finish what is under way and close the file; blocks."""
        self._worker.submit(self._disconnect).result()
        self._worker.shutdown(wait=True)

    def _transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection or self._connect()
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return result

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(self._schema):
            connection.close()
            raise sqlite3.DatabaseError(f"{self._path.name} was written by a newer version of this program")
        for number, statements in enumerate(self._schema[version:], version + 1):
            connection.executescript(f"BEGIN; {statements}; PRAGMA user_version = {number}; COMMIT;")
        self._connection = connection
        return connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
