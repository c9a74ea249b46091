"""A write that can be sent again: the answer is kept in the transaction of the change itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, FastAPI, Header, Request, Response
from sqlalchemy import bindparam, delete, insert, select

from console.contract.desk_api import Role
from console.domain.errors import DomainError
from console.service.auth import SignedIn, require
from console.service.core import Core
from console.service.journal import Work
from console.service.tables import answers
from console.service.trail import Trail, trail_of

KEPT_FOR = timedelta(days=30)
"""How long a command may be sent again and find its first answer."""

_DONE = select(answers.c.fingerprint, answers.c.body).where(
    answers.c.caller == bindparam("whose"), answers.c.key == bindparam("asked")
)
_KEEP = insert(answers)
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True)
class Attempt:
    """One sending of a command: its key, and a fingerprint of what was asked."""

    key: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class Command:
    """A write asked for by ``actor``; ``caller`` is whose keys these are."""

    core: Core
    caller: str
    actor: str
    attempt: Attempt
    trail: Trail

    @contextmanager
    def begin(self) -> Iterator[Work]:
        """One transaction that happens once a key.

        A key that was used for the same request ends the route here with the first answer; for another
        request it raises ``idempotency-mismatch``. Refusals are not kept: sent again, they are judged again.
        """
        with self.core.work(self.actor, self.trail) as work:
            self._replay(work)
            yield work
            row = {
                "caller": self.caller,
                "key": self.attempt.key,
                "fingerprint": self.attempt.fingerprint,
                "at": work.now,
                "body": work.reply.decode(),
            }
            work.connection.execute(_KEEP, row)

    def _replay(self, work: Work) -> None:
        asked = {"whose": self.caller, "asked": self.attempt.key}
        done = work.connection.execute(_DONE, asked).one_or_none()
        if done is None:
            return
        if done.fingerprint != self.attempt.fingerprint:
            raise DomainError("idempotency-mismatch")
        raise AnsweredBefore(done.body.encode())


class AnsweredBefore(Exception):
    """Not an error: the command was carried out before, and this was its answer."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body


async def attempt(request: Request, idempotency_key: Annotated[str, Header()] = "") -> Attempt:
    """Dependency: key and fingerprint; raises ``idempotency-key-missing``.

    A JSON body counts in the fingerprint itself; any other by its ``Content-Digest``, so that it may be
    streamed.
    """
    if not _KEY.fullmatch(idempotency_key):
        raise DomainError("idempotency-key-missing")
    is_json = request.headers.get("content-type", "application/json").startswith("application/json")
    body = await request.body() if is_json else request.headers.get("content-digest", "").encode()
    asked = f"{request.method} {request.url.path}?{request.url.query}\n".encode() + body
    return Attempt(idempotency_key, hashlib.sha256(asked).hexdigest())


Asked = Annotated[Attempt, Depends(attempt)]


@dataclass(frozen=True, kw_only=True)
class DeskCommand(Command):
    """A command of a person at a desk."""

    who: SignedIn


def desk_command(*roles: Role) -> Callable[[Request, Attempt, SignedIn], Awaitable[DeskCommand]]:
    """Return a dependency: a command of whoever holds one of ``roles``."""

    allowed: SignedIn = Depends(require(*roles))

    async def command(request: Request, asked: Asked, who: SignedIn = allowed) -> DeskCommand:
        core, trail = request.app.state.core, trail_of(request)
        return DeskCommand(
            core=core, caller=who.user.id, actor=who.user.id, attempt=asked, trail=trail, who=who
        )

    return command


ByCallTaker = Annotated[DeskCommand, Depends(desk_command(Role.CALL_TAKER))]
ByRulingOfficer = Annotated[DeskCommand, Depends(desk_command(Role.RULING_OFFICER))]
ByCollector = Annotated[DeskCommand, Depends(desk_command(Role.CALL_TAKER, Role.RULING_OFFICER))]
"""Whoever may add to an incident: either post."""
ByDecider = Annotated[DeskCommand, Depends(desk_command(Role.RULING_OFFICER, Role.SUPERVISOR))]
BySupervisor = Annotated[DeskCommand, Depends(desk_command(Role.SUPERVISOR))]
ByDeskUser = Annotated[
    DeskCommand,
    Depends(desk_command(Role.CALL_TAKER, Role.RULING_OFFICER, Role.SUPERVISOR)),
]


def forget_old(core: Core) -> None:
    """Drop the answers that nobody will ask for again."""
    with core.work() as work:
        work.connection.execute(delete(answers).where(answers.c.at < work.now - KEPT_FOR))


def install(app: FastAPI) -> None:
    """Let a repeated command leave with its first answer."""
    app.add_exception_handler(AnsweredBefore, _answer_again)


async def _answer_again(_request: Request, error: Exception) -> Response:
    if not isinstance(error, AnsweredBefore):
        raise error
    if not error.body:
        return Response(status_code=204)
    return Response(error.body, media_type="application/json")
