"""The database: transactions, versions, and what is refused."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from console.adapters.database import Database

pytestmark = pytest.mark.asyncio

FIRST = "CREATE TABLE a (x INTEGER)"
SECOND = "ALTER TABLE a ADD COLUMN y INTEGER; CREATE TABLE b (x INTEGER)"


async def count(database: Database) -> int:
    number: int = await database.run(lambda c: c.execute("SELECT count(*) FROM a").fetchone()[0])
    return number


async def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite3", (FIRST,))

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO a VALUES (1)")
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        await database.run(fail)
    assert await count(database) == 0
    await asyncio.to_thread(database.close)


async def test_an_older_file_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    old = Database(path, (FIRST,))
    await old.run(lambda c: c.execute("INSERT INTO a VALUES (1)").rowcount)
    await asyncio.to_thread(old.close)
    new = Database(path, (FIRST, SECOND))
    await new.run(lambda c: c.execute("UPDATE a SET y = 2").rowcount)
    assert await count(new) == 1
    await asyncio.to_thread(new.close)
    too_old = Database(path, (FIRST,))
    with pytest.raises(sqlite3.DatabaseError, match="newer version"):
        await count(too_old)
    await asyncio.to_thread(too_old.close)
