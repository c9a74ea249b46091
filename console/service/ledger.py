"""Writes the audit's rows for requests: together for all that wait, and before any of their answers."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.domain.errors import DomainError
from console.service import audit, trail
from console.service.audit import Deed
from console.service.core import Core
from console.service.gathering import Gathering
from console.service.problems import problem_answer
from console.service.trail import Trail

log = logging.getLogger(__name__)

UNWRITABLE = "database-unavailable"


class Audited:
    """ASGI layer around the routes: no answer leaves before its row is committed.

    An answer whose row cannot be written is replaced by ``database-unavailable``. Strangers and parties leave
    a bounded number of refusals; the access log has all of them.
    """

    def __init__(self, app: ASGIApp, core: Core) -> None:
        self._app = app
        self._core = core
        self._ledger = Gathering(self._commit)

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
            await self._ledger.one(left.deed(self._core.clock(), outcome))

    def _commit(self, deeds: Sequence[Deed]) -> Sequence[None]:
        """Rows that come while others are committed are committed with the next: reading stays cheap."""
        with self._core.turns.turn() as shared:
            shared.deeds += deeds
        return [None] * len(deeds)

    def _bounded(self, left: Trail) -> bool:
        if left.stranger:
            try:
                self._core.refused_strangers.hit(left.session or left.address)
            except DomainError:
                return False
        return True
