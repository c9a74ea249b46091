"""From every schema there ever was, with rows that its own program wrote, to the newest, on either engine.

``schemas/NNNN.sql`` is the database of a service as the last program of that version left it after one call
(``leave_schema`` writes the present one).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, create_engine, insert, select

from console.domain.call import CallState
from console.domain.incident import IncidentState
from console.domain.party import ConsentItem
from console.service.core import utc_now
from console.service.database import MIGRATIONS, Database
from console.service.journal import read_calls, read_entries, read_incident, snapshot
from console.service.tables import metadata
from tests.service.harness import database_url, make_database

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = sorted(file.stem for file in SCHEMAS.glob("*.sql"))
RENEWED = {"sessions"}
"""Tables whose rows are let go on the way: everybody signs in again."""

Rows = dict[str, list[dict[str, Any]]]


def test_every_version_but_the_newest_has_left_a_database() -> None:
    versions = sorted(file.stem[1:5] for file in (MIGRATIONS / "versions").glob("v*.py"))
    newest = Database.newest_version()
    assert [version for version in versions if version < newest] == [v for v in VERSIONS if v < newest]


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, Rows]]:
    """A database as that version left it, on the engine of this run, with all its rows."""
    version: str = request.param
    make_database(tmp_path)
    file = tmp_path / "service.sqlite3"
    with closing(sqlite3.connect(file)) as embedded:
        embedded.executescript((SCHEMAS / f"{version}.sql").read_text("utf-8"))
    source = create_engine(f"sqlite:///{file}")
    with source.connect() as connection:
        rows = rows_of(connection)
    source.dispose()
    with closing(Database(database_url(tmp_path) or f"sqlite:///{file}")) as database:
        if not database.embedded:
            database.migrate(version)
            fill(database, rows)
        assert database.version() == version
        yield database, rows


def rows_of(connection: Connection) -> Rows:
    """Return every row of every table as it stands."""
    tables = MetaData()
    tables.reflect(connection)
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in tables.sorted_tables
        if not table.name.startswith(("alembic", "sqlite"))
    }


def fill(database: Database, rows: Rows) -> None:
    """Write ``rows`` into tables that are there and empty."""
    with database.write() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if rows.get(table.name):
                connection.execute(insert(table), rows[table.name])


def test_rows_are_still_there_and_the_schema_is_that_of_the_models(old: tuple[Database, Rows]) -> None:
    database, before = old
    database.migrate()
    assert database.version() == Database.newest_version()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        after = rows_of(connection)
    kept = {name: rows for name, rows in before.items() if name in after and name not in RENEWED}
    assert {"accounts", "journal", "incidents", "calls", "links", "answers", "seats"} <= set(kept)
    for name, rows in kept.items():
        columns = set(rows[0]) if rows else set()
        assert [{key: row[key] for key in columns} for row in after[name]] == rows, name


def test_what_was_written_then_is_read_now(old: tuple[Database, Rows]) -> None:
    database, before = old
    database.migrate()
    with database.read() as connection:
        entries = read_entries(connection, 0, 100)
        assert len(entries) == len(before["journal"])
        (call,) = read_calls(connection, CallState.WRAP_UP)
        incident = read_incident(connection, call.incident_id)
        seen = snapshot(connection, utc_now())
    assert incident.state is IncidentState.COLLECTING
    assert incident.notes.startswith("写于 00")
    caller = incident.party(call.party_id)
    assert (caller.details.name, caller.details.phone) == ("示例安", "10012345678")
    consent = caller.consent(ConsentItem.E_SERVICE)
    assert consent is not None
    assert consent.given
    assert (seen.incidents, seen.calls) == ((incident,), (call,))
    assert seen.sequence == entries[-1].sequence
