"""Writes the audit's rows for requests: together for all that wait, and before any of their answers."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.domain.errors import DomainError
from console.service import audit, trail
from console.service.audit import Deed
from console.service.core import Core
from console.service.problems import problem_answer
from console.service.trail import Trail
from console.service.turns import Turns

log = logging.getLogger(__name__)

UNWRITABLE = "database-unavailable"


class Ledger:
    """Gathers rows while a transaction is under way and commits them with the next: reading stays cheap."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._waiting: list[tuple[Deed, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def enter(self, deed: Deed) -> None:
        """Return once the row is committed; raise ``SQLAlchemyError`` when it cannot be."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((deed, done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                fault = await asyncio.to_thread(self._commit, [deed for deed, _ in batch])
                for _, done in batch:
                    if done.done():
                        continue
                    if fault is None:
                        done.set_result(None)
                    else:
                        done.set_exception(fault)
        finally:
            self._writer = None

    def _commit(self, deeds: list[Deed]) -> SQLAlchemyError | None:
        try:
            with self._turns.turn() as shared:
                shared.deeds += deeds
        except SQLAlchemyError as error:
            return error
        return None


class Audited:
    """ASGI layer around the routes: no answer leaves before its row is committed.

    An answer whose row cannot be written is replaced by ``database-unavailable``. Strangers and parties leave
    a bounded number of refusals; the access log has all of them.
    """

    def __init__(self, app: ASGIApp, core: Core) -> None:
        self._app = app
        self._core = core
        self._ledger = Ledger(core.turns)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        left = trail.begin(scope, self._core.presence.process)
        replaced = False

        async def send_after_row(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                try:
                    await self._enter(left, message["status"])
                except SQLAlchemyError as error:
                    log.warning("the audit cannot be written: %s", type(error).__name__)
                    replaced = True
                    await problem_answer(UNWRITABLE)(scope, receive, send)
            if not replaced:
                await send(message)

        try:
            await self._app(scope, receive, send_after_row)
        except Exception:
            left.code = "internal"
            await self._enter(left, 500)
            raise

    async def _enter(self, left: Trail, status: int) -> None:
        if status < 400:
            wanted, outcome = not left.written, audit.OK
        else:
            outcome = left.code or f"http-{status}"
            wanted = outcome != UNWRITABLE
        if wanted and left.counts and (status < 400 or self._bounded(left)):
            await self._ledger.enter(left.deed(self._core.clock(), outcome))

    def _bounded(self, left: Trail) -> bool:
        if left.stranger:
            try:
                self._core.refused_strangers.hit(left.session or left.address)
            except DomainError:
                return False
        return True
