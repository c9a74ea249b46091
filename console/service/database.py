"""The database: one code for SQLite (embedded, one process) and PostgreSQL (any number of them)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"

WRITE_LOCK = 0x6B756169636875
"""The key of the advisory lock of a writing transaction on PostgreSQL, held to the end of its commit."""
NEWS = "kuaichu_news"
"""The channel on which a commit wakes the other processes; it never carries anything."""
LISTEN_SECONDS = 0.25
"""How long the listener waits for news before it looks whether it should end."""

_TAKE_TURN = text(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
_ANNOUNCE = text(f"NOTIFY {NEWS}")

_SETTINGS = {
    "application_name": "kuaichu",
    "connect_timeout": "5",
    # A process that stops in the middle of a write must not keep the others waiting.
    "options": "-c idle_in_transaction_session_timeout=10s -c lock_timeout=20s -c statement_timeout=60s",
}


class Database:
    """Transactions that read and transactions that write.

    A writing transaction takes the one write lock at its start: on SQLite the file's (``BEGIN IMMEDIATE``;
    the writers of this process take turns), on PostgreSQL an advisory lock that ends after its commit is
    visible. So sequence numbers rise in commit order, and a reader that has seen a number has seen all below.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        if self._url.get_backend_name() == "postgresql":
            self._url = self._url.set(drivername="postgresql+psycopg")
        self.embedded = self._url.get_backend_name() == "sqlite"
        self.engine: Engine = create_engine(
            self._url,
            hide_parameters=True,
            poolclass=QueuePool,
            pool_size=20,
            max_overflow=40,
            pool_use_lifo=True,
            connect_args={} if self.embedded else _SETTINGS,
        )
        self._turn = threading.Lock() if self.embedded else nullcontext()
        if self.embedded:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "checkout", _not_lost)

    def migrate(self, version: str = "head") -> None:
        """Bring the schema up to ``version``, by default the newest; does nothing when it is there already.

        Of several processes that start at once one does it and the others wait. Raises ``ValueError`` when a
        row would refer to nothing; the schema stays as it was then.
        """
        config = _migrations()
        with self.engine.connect() as connection, _tables_may_be_remade(connection):
            if not self.embedded:
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": WRITE_LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, version)
            if self.embedded and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise ValueError("a row refers to nothing after the migration")
            if not self.embedded:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": WRITE_LOCK})
            connection.commit()

    def version(self) -> str:
        """Return the version of the schema as it stands, empty before the first."""
        with self.engine.connect() as connection:
            return self.version_in(connection)

    @staticmethod
    def version_in(connection: Connection) -> str:
        """Return the version of the schema as ``connection`` sees it, empty before the first."""
        return MigrationContext.configure(connection).get_current_revision() or ""

    @staticmethod
    def knows(version: str) -> bool:
        """Tell whether this program has a schema of that version, and those after it."""
        return version in {
            script.revision for script in ScriptDirectory.from_config(_migrations()).walk_revisions()
        }

    @staticmethod
    def newest_version() -> str:
        """Return the version that this program needs."""
        return ScriptDirectory.from_config(_migrations()).get_current_head() or ""

    def in_use(self) -> int:
        """Return how many connections are at work."""
        pool = self.engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; nothing may be written in it."""
        with self.engine.connect() as connection:
            reading = connection if self.embedded else _one_view(connection)
            with reading.begin():
                yield reading

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """One statement that reads, which is one view by itself: nothing is begun or ended around it."""
        with self.engine.connect() as connection:
            if not self.embedded:
                connection.execution_options(isolation_level="AUTOCOMMIT")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that commits at the end of the block and leaves nothing behind on an error."""
        with self._turn, self.engine.connect() as connection:
            writing = connection.execution_options(kuaichu_write=True)
            with writing.begin():
                if not self.embedded:
                    writing.execute(_TAKE_TURN)
                yield writing

    def announce(self, connection: Connection) -> None:
        """Wake every process, this one too, once the transaction of ``connection`` is committed."""
        if not self.embedded:
            connection.execute(_ANNOUNCE)

    def listen(self, heard: Callable[[], None], ended: Callable[[], bool]) -> None:
        """Call ``heard`` after commits that a process announced, until ``ended``; PostgreSQL only.

        Returns when the server is lost, which is news of its own: call again.
        """
        where = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(where, autocommit=True, connect_timeout=5) as listening:
            listening.execute(f"LISTEN {NEWS}")
            heard()  # whatever was committed before this moment
            while not ended():
                if [*listening.notifies(timeout=LISTEN_SECONDS, stop_after=1)]:
                    heard()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    return config


@contextmanager
def _tables_may_be_remade(connection: Connection) -> Iterator[None]:
    """Let SQLite drop a table that others refer to, as it must to change a column, and make it again."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, SqliteConnection):
        yield
        return
    raw.execute("PRAGMA foreign_keys=OFF")  # counts outside a transaction alone
    try:
        yield
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=ON")


def _one_view(connection: Connection) -> Connection:
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _prepare_sqlite(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun below, in words
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _not_lost(
    connection: psycopg.Connection[object], _entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """Take no connection out of the pool that its server has closed: a restart of it costs no request.

    What a lost server left behind lies on this side already, so that no question need be sent: its last
    words, and then the end.
    """
    try:
        connection.pgconn.consume_input()
        connection.pgconn.consume_input()
    except psycopg.OperationalError as error:
        raise InvalidatePoolError from error


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kuaichu_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
