"""Writers that wait for each other share a transaction, and each stands or falls as if it had its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError, StatementError

from console.domain.errors import DomainError
from console.service import audit, turns
from console.service.audit import Deed
from console.service.database import Database
from console.service.tables import jobs
from console.service.turns import Shared, Turns
from tests.service.harness import POSTGRES, settings
from tests.waiting import wait_until

NOW = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
Writer = Callable[[Shared], None]


@pytest.fixture
def database(data: Path) -> Iterator[Database]:
    """The database of a service that does not run."""
    database = Database(settings(data).database)
    yield database
    database.close()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine is no reason to take no further turn."""
    monkeypatch.setattr(turns, "LONGEST_SECONDS", 60.0)


@pytest.fixture
def commits(database: Database) -> list[object]:
    """Every commit of ``database`` from now on."""
    seen: list[object] = []
    event.listen(database.engine, "commit", seen.append)
    return seen


def name(word: str) -> Writer:
    """Write a row of that name."""

    def write(shared: Shared) -> None:
        shared.connection.execute(insert(jobs).values(name=word, begun_at=NOW))
        shared.deeds.append(Deed(at=NOW, actor="test", action=word, outcome=audit.OK))

    return write


def refuse(shared: Shared) -> None:
    """Write and think better of it."""
    shared.connection.execute(insert(jobs).values(name="refused", begun_at=NOW))
    raise DomainError("call-state", current="a", wanted="b")


def together(database: Database, *writers: Writer) -> list[Future[None]]:
    """Let the first writer hold its turn until all others wait for theirs; return how each ended."""
    taken, places = Turns(database), threading.Semaphore(0)

    def one(number: int, writer: Writer) -> None:
        if number:
            places.acquire()
        with taken.turn() as shared:
            if not number:
                places.release(len(writers) - 1)
                wait_until(lambda: taken.waiting == len(writers) - 1, 10, "the others to wait")
            writer(shared)

    with ThreadPoolExecutor(len(writers)) as pool:
        return [pool.submit(one, number, writer) for number, writer in enumerate(writers)]


def names(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.execute(select(jobs.c.name)).scalars())


def test_writers_that_wait_share_one_commit(database: Database, commits: list[object]) -> None:
    for done in together(database, name("a"), name("b"), name("c")):
        done.result()
    assert len(commits) == 1
    assert names(database) >= {"a", "b", "c"}
    with database.read() as connection:
        assert audit.verify(connection).broken is None
        assert {row.action for row in audit.every_row(connection)} >= {"a", "b", "c"}


def test_a_refusal_takes_back_its_own_turn_alone(database: Database, commits: list[object]) -> None:
    first, refused, last = together(database, name("a"), refuse, name("b"))
    first.result()
    last.result()
    assert isinstance(refused.exception(), DomainError)
    assert len(commits) == 1
    found = names(database)
    assert found >= {"a", "b"}
    assert "refused" not in found


def test_after_a_first_that_is_refused_the_others_begin_anew(database: Database) -> None:
    refused, *others = together(database, refuse, name("a"), name("b"))
    assert isinstance(refused.exception(), DomainError)
    for done in others:
        done.result()
    found = names(database)
    assert found >= {"a", "b"}
    assert "refused" not in found


def test_a_statement_that_fails_takes_back_its_own_turn_alone(database: Database) -> None:
    first, doubled, last = together(database, name("a"), name("a"), name("b"))
    outcomes = [done.exception() for done in (first, doubled, last)]
    assert sum(isinstance(outcome, SQLAlchemyError) for outcome in outcomes) == 1
    assert names(database) >= {"a", "b"}


def test_all_fail_with_the_commit_that_they_share_and_so_does_a_refusal(database: Database) -> None:
    def unwritable(shared: Shared) -> None:
        shared.deeds.append(Deed(at=datetime(2026, 5, 4), actor="", action="", outcome=""))

    for done in together(database, name("a"), unwritable, refuse):
        assert isinstance(done.exception(), StatementError)
    assert "a" not in names(database)


@pytest.mark.skipif(not POSTGRES, reason="an embedded database is never lost")
def test_a_database_that_is_lost_is_told_as_such_to_all_who_share(database: Database) -> None:
    def lose(shared: Shared) -> None:
        own = shared.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with database.read() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({own}, 10000)")
        name("b")(shared)

    for done in together(database, name("a"), lose, lose):
        assert isinstance(done.exception(), OperationalError)
    assert "a" not in names(database)


def test_nobody_goes_on_before_the_commit(database: Database) -> None:
    taken, order = Turns(database), list[str]()
    event.listen(database.engine, "commit", lambda _connection: order.append("commit"))
    begun = threading.Event()

    def first() -> None:
        with taken.turn() as shared:
            begun.set()
            wait_until(lambda: taken.waiting == 1, 10, "the second to wait")
            name("a")(shared)
        order.append("first goes on")

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(first)
        assert begun.wait(10)
        with taken.turn() as shared:
            name("b")(shared)
            order.append("second has written")
            assert not done.done()
        done.result(10)
    assert order == ["second has written", "commit", "first goes on"]


def test_a_transaction_takes_no_more_turns_than_allowed(
    database: Database, commits: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST", 2)
    for done in together(database, name("a"), name("b"), name("c"), name("d")):
        done.result()
    assert len(commits) == 2


def test_an_old_transaction_takes_no_further_turn(
    database: Database, commits: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LONGEST_SECONDS", 0.0)
    for done in together(database, name("a"), name("b")):
        done.result()
    assert len(commits) == 2
