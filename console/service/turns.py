"""Writers of one process that wait for each other share a transaction: one write lock and one commit for all.

Each has its turn at the connection alone, sees what those before it did, and is undone by itself when it
fails. Nobody goes on, be it with a result or with a refusal, before the commit that they share.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from console.service import audit
from console.service.audit import Deed
from console.service.database import Database

MOST = 32
"""Turns in one transaction at most."""
LONGEST_SECONDS = 0.1
"""Age at which a transaction takes no further turn: the first in it waits for its answer, and the other
processes for the write lock.
"""


@dataclass(eq=False)
class Shared:
    """A transaction under way: its connection, and what is left to write at its end, once for all."""

    connection: Connection
    transaction: ExitStack
    deeds: list[Deed] = field(default_factory=list)
    """Rows of the audit, in the order of the turns."""
    changed: bool = False
    """Whether listeners must be woken after the commit."""
    turns: int = 0
    void: bool = False
    fault: BaseException | None = None
    begun_at: float = field(default_factory=time.monotonic)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def open(self) -> bool:
        """Tell whether another turn may follow."""
        young = time.monotonic() - self.begun_at < LONGEST_SECONDS
        return young and self.turns < MOST and not self.void

    def mark(self) -> None:
        """Begin a turn. The first needs no mark to go back to: without it there is nothing to keep."""
        self.turns += 1
        if self.turns > 1:
            self.connection.exec_driver_sql(f"SAVEPOINT turn_{self.turns}")

    def undo(self, cause: BaseException) -> None:
        """Take this turn back; when that cannot be done the whole transaction has failed.

        A lost connection refuses the way back with an error of its own, which says nothing of the loss.
        """
        if self.turns == 1:
            self.void = True
            return
        try:
            self.connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT turn_{self.turns}")
        except SQLAlchemyError as error:
            self.void, self.fault = True, cause if isinstance(cause, DBAPIError) else error

    def settle(self) -> None:
        """Wait for the end of the transaction; raise what made it fail."""
        self.ended.wait()
        if self.fault is not None:
            raise self.fault


class Turns:
    """Gives the writers of this process their turns; for any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._shared: Shared | None = None
        self._failed_at = -1.0
        self._failure: BaseException | None = None

    @property
    def waiting(self) -> int:
        """How many writers wait for their turn."""
        return self._waiting

    @contextmanager
    def turn(self) -> Iterator[Shared]:
        """A turn for as long as the block; leaving it, in whatever way, waits for the commit.

        Raises ``SQLAlchemyError`` when the transaction cannot be begun or committed: nothing was written.
        """
        with ExitStack() as end, self._alone() as arrived:
            shared = self._shared or self._begin(arrived)
            end.callback(shared.settle)
            try:
                shared.mark()
                yield shared
            except BaseException as error:
                shared.undo(error)
                raise
            finally:
                if not (self.waiting and shared.open):
                    self._end(shared)

    @contextmanager
    def _alone(self) -> Iterator[float]:
        """Wait until it is this thread's turn; yields when it began to wait."""
        arrived = time.monotonic()
        self._count(1)
        with self._turn:
            self._count(-1)
            yield arrived

    def _count(self, step: int) -> None:
        with self._counting:
            self._waiting += step

    def _begin(self, arrived: float) -> Shared:
        if self._failure is not None and arrived <= self._failed_at:
            raise self._failure  # else each of those that wait would wait for the same failure anew
        transaction = ExitStack()
        try:
            self._shared = Shared(transaction.enter_context(self._database.write()), transaction)
        except SQLAlchemyError as error:
            self._failure, self._failed_at = error, time.monotonic()
            raise
        return self._shared

    def _end(self, shared: Shared) -> None:
        self._shared = None
        try:
            with shared.transaction:
                if shared.void:
                    shared.connection.rollback()
                else:
                    self._last(shared)
        except BaseException as error:
            shared.fault = shared.fault or error
        finally:
            shared.ended.set()

    def _last(self, shared: Shared) -> None:
        if shared.deeds:
            audit.append(shared.connection, shared.deeds)
        if shared.changed:
            self._database.announce(shared.connection)
