"""Puts a backup where nothing is yet, on either engine, and brings it to this program's schema."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, DateTime, Table, func, insert, inspect, select

from console.domain.errors import DomainError
from console.service.database import Database
from console.service.settings import Settings
from console.service.upkeep.backup import reflected
from console.service.upkeep.manifest import FILES, TABLES, Manifest, read

_ROWS: Final = 500


def restore(folder: Path, settings: Settings) -> Manifest:
    """Restore into the data folder and the database of ``settings``, both of which must be empty.

    The whole backup is checked before anything is written. Raises ``no-backup``, ``backup-damaged``,
    ``backup-format``, ``schema-unknown`` (made by a newer program), ``data-not-empty`` and
    ``database-not-empty``.
    """
    manifest = read(folder)
    if not Database.knows(manifest.schema):
        raise DomainError("schema-unknown", schema=manifest.schema)
    data = settings.data
    if data.exists() and any(data.iterdir()):
        raise DomainError("data-not-empty")
    arriving = data.with_name(f"{data.name}.restoring")
    arriving.mkdir(mode=0o700, parents=True)  # left of a restoring that failed: look at it, then delete it
    for name, part in manifest.files.items():
        file = arriving / name
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(folder / FILES / name, file)
        file.chmod(part.mode)
    with closing(Database(replace(settings, data=arriving).database)) as database:
        with database.engine.connect() as connection:
            if inspect(connection).get_table_names():
                shutil.rmtree(arriving)
                raise DomainError("database-not-empty")
        database.migrate(manifest.schema)
        with database.write() as connection:
            for table in reflected(connection):
                _load(connection, table, folder, manifest)
        database.migrate()
    if data.exists():
        data.rmdir()
    arriving.rename(data)
    return manifest


def _load(connection: Connection, table: Table, folder: Path, manifest: Manifest) -> None:
    part = manifest.tables.get(table.name)
    if part is None:
        return
    moments = {column.name for column in table.columns if isinstance(column.type, DateTime)}
    with (folder / TABLES / f"{table.name}.jsonl").open(encoding="utf-8") as stored:
        rows = (_row(json.loads(line), moments) for line in stored)
        while batch := list(islice(rows, _ROWS)):
            connection.execute(insert(table), batch)
    if part.counter is not None:
        _count_on(connection, table, part.counter)


def _row(values: dict[str, Any], moments: set[str]) -> dict[str, Any]:
    for name in moments:
        if values[name] is not None:
            values[name] = datetime.fromisoformat(values[name])
    return values


def _count_on(connection: Connection, table: Table, counter: int) -> None:
    """Let ``table`` go on above ``counter``: a number is given once, even where its row is gone."""
    column = table.autoincrement_column
    if column is None:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
        connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", (table.name, counter))
    else:
        name = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(name, counter)))
