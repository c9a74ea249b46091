"""A backup of a service that runs: all rows as of one moment, then every file they may speak of.

The same on both engines, and readable by either: rows are lines of JSON, files are copies. Rows are read in
one consistent view; files are never changed once they are there and are on the disk before the row that names
them is committed, so copying them afterwards misses none. It holds the service's keys: guard it like those.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, MetaData, Table, cast, func, inspect, select, text
from sqlalchemy.dialects.postgresql import REGCLASS

from console.domain.errors import DomainError
from console.service.database import Database
from console.service.durable import make_folder, sync_folder
from console.service.upkeep.manifest import (
    FILES,
    FORMAT,
    TABLES,
    FilePart,
    Manifest,
    TablePart,
    digest_of,
    write,
)

PASSING: Final = frozenset({"processes", "attendance", "alembic_version"})
"""Tables that tell of running processes alone, or that the migrations keep."""
_ROWS: Final = 1_000
_NO_PART: Final = ("service.sqlite3", "evidence/incoming/", "parties/")
"""Beginnings of paths that are no part of a backup: the database has its own, the rest is passing."""


def make(database: Database, data: Path, folder: Path, now: datetime) -> Manifest:
    """Write a backup into ``folder``, which must be absent or empty (``folder-not-empty``)."""
    if folder.exists() and any(folder.iterdir()):
        raise DomainError("folder-not-empty")
    mask = os.umask(0o077)
    try:
        make_folder(folder / TABLES)
        make_folder(folder / FILES)
        with database.read() as connection:
            schema = database.version_in(connection)
            tables = {table.name: _dump(connection, table, folder) for table in reflected(connection)}
        files = {name: _copy(data, name, folder) for name in _files(data)}
        manifest = Manifest(format=FORMAT, made_at=now, schema=schema, tables=tables, files=files)
        write(folder, manifest)
    finally:
        os.umask(mask)
    return manifest


def reflected(connection: Connection) -> list[Table]:
    """Return the tables as they stand in the database, each after those it refers to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in PASSING]


def _dump(connection: Connection, table: Table, folder: Path) -> TablePart:
    rows, digest = 0, hashlib.sha256()
    with (folder / TABLES / f"{table.name}.jsonl").open("xb") as out:
        for line in lines(connection, table):
            digest.update(line)
            out.write(line)
            rows += 1
        out.flush()
        os.fsync(out.fileno())
    return TablePart(rows=rows, sha256=digest.hexdigest(), counter=counter(connection, table))


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield every row, in the order of its key, as a line of JSON."""
    query = select(table).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=_ROWS).execute(query)
    for row in found.mappings():
        yield json.dumps(_plain(row), ensure_ascii=False).encode() + b"\n"


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        str(name): value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()
    }


def counter(connection: Connection, table: Table) -> int | None:
    """Return the highest number that ``table`` ever gave out by itself; ``None`` when it does not count."""
    column = table.autoincrement_column
    if column is None:
        return None
    if connection.dialect.name == "sqlite":
        if not inspect(connection).has_table("sqlite_sequence"):
            return None
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        given = connection.execute(query, {"name": table.name}).scalar_one_or_none()
        return None if given is None else int(given)
    sequence = cast(func.pg_get_serial_sequence(table.name, column.name), REGCLASS)
    last: int | None = connection.execute(select(func.pg_sequence_last_value(sequence))).scalar_one()
    return last


def _files(data: Path) -> Iterator[str]:
    for file in sorted(data.rglob("*")):
        name = file.relative_to(data).as_posix()
        if file.is_file() and not file.name.startswith(".") and not name.startswith(_NO_PART):
            yield name


def _copy(data: Path, name: str, folder: Path) -> FilePart:
    source, copy = data / name, folder / FILES / name
    make_folder(copy.parent)
    shutil.copyfile(source, copy)
    with copy.open("rb+") as written:
        os.fsync(written.fileno())
    sync_folder(copy.parent)
    mode = source.stat().st_mode & 0o777
    return FilePart(size=copy.stat().st_size, sha256=digest_of(copy), mode=mode)
