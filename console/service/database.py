"""The database: one code for SQLite (embedded, one process) and PostgreSQL (by URL)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """Transactions that read and transactions that write.

    On SQLite a writing transaction takes the write lock at its start (``BEGIN IMMEDIATE``), and writers of
    this process take turns, so that sequence numbers rise in commit order and nobody meets a busy file.
    """

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(
            url, hide_parameters=True, poolclass=QueuePool, pool_size=20, max_overflow=40
        )
        self._embedded = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock() if self._embedded else nullcontext()
        if self._embedded:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    def migrate(self) -> None:
        """Bring the schema to the newest version; does nothing when it is there already."""
        config = Config()
        config.set_main_option("script_location", MIGRATIONS.as_posix())
        with self.engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; nothing may be written in it."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that commits at the end of the block and leaves nothing behind on an error."""
        with self._turn, self.engine.connect() as connection:
            writing = connection.execution_options(kuaichu_write=True)
            with writing.begin():
                yield writing

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _prepare_sqlite(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun below, in words
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kuaichu_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
