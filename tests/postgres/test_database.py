"""Connections of the pool, when their server closes them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, text

from console.service.database import Database
from tests.postgres.cluster import own_core
from tests.service.harness import database_url

OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def end_others(connection: Connection) -> None:
    """End every other connection to this database, each within ten seconds."""
    assert all(connection.execute(text(f"SELECT pg_terminate_backend(pid, 10000) {OTHERS}")).scalars())


def use(database: Database) -> None:
    """Say something in each kind of transaction."""
    with database.read() as one, database.glance() as other, database.write() as third:
        assert [c.execute(text("SELECT 1")).scalar_one() for c in (one, other, third)] == [1, 1, 1]


def test_a_connection_that_its_server_closed_costs_nothing(data: Path) -> None:
    elsewhere = create_engine(make_url(database_url(data)).set(drivername="postgresql+psycopg"))
    with own_core(data) as core, elsewhere.connect() as connection:
        automatic = connection.execution_options(isolation_level="AUTOCOMMIT")
        for _ in range(3):
            use(core.database)
            end_others(automatic)
        use(core.database)
    elsewhere.dispose()
