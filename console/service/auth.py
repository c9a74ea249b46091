"""Accounts, sign-in and roles of the people at the desks."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Connection, Row, delete, insert, select, update

from console.contract.desk_api import Role, SeatState, Session, SignIn, User
from console.domain.errors import DomainError
from console.domain.ids import SeatId, UserId, new_id
from console.service.core import Core, Here
from console.service.tables import accounts, seats, sessions

_hasher = PasswordHasher()
_hashing = threading.BoundedSemaphore(2)

_bearer = HTTPBearer(auto_error=False, description="Opaque token of `POST /v1/sessions`")


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The person behind a request, and the workplace."""

    user: User
    seat: SeatId
    token_hash: str


def hashed(secret: str) -> str:
    """Return the SHA-256 of a random secret, in which form alone it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add_account(
    connection: Connection, *, number: str, name: str, password: str, roles: tuple[Role, ...], qualified: bool
) -> None:
    """Store a new account with the Argon2id hash of its password."""
    connection.execute(
        insert(accounts).values(
            id=new_id(),
            number=number,
            name=name,
            password_hash=_hasher.hash(password),
            roles=" ".join(roles),
            qualified=qualified,
        )
    )


def sign_in(core: Core, request: SignIn, address: str) -> Session:
    """Check the password and open a session; an older one of the same seat ends.

    Raises ``wrong-credentials`` (the same for an unknown name) and, after five failures of that name or fifty
    from that address in a minute, ``too-many-requests``.
    """
    core.failed_sign_ins.check(request.username)
    core.failed_addresses.check(address)
    nobody = _nobodys_hash()  # checked for an unknown name, which then takes as long as a known one
    with core.database.read() as connection:
        row = connection.execute(select(accounts).where(accounts.c.number == request.username)).one_or_none()
    if not _password_fits(nobody if row is None else row.password_hash, request.password) or row is None:
        core.failed_sign_ins.hit(request.username)
        core.failed_addresses.hit(address)
        raise DomainError("wrong-credentials")
    token = secrets.token_urlsafe(32)
    with core.work(row.id) as work:
        expires_at = work.now + timedelta(seconds=core.settings.session_seconds)
        work.connection.execute(
            delete(sessions).where((sessions.c.seat == request.seat) | (sessions.c.expires_at < work.now))
        )
        work.connection.execute(
            insert(sessions).values(
                token_hash=hashed(token), account_id=row.id, seat=request.seat, expires_at=expires_at
            )
        )
        _take_seat(work.connection, request.seat, row.id, work.now)
        work.changed = True
    return Session(
        token=token,
        expires_at=expires_at,
        user=_user(row),
        seat=request.seat,
        training=core.settings.training,
        server_time=work.now,
    )


def sign_out(core: Core, who: SignedIn) -> None:
    """Delete the session; its token opens nothing any more and its streams end."""
    with core.work(who.user.id) as work:
        work.connection.execute(delete(sessions).where(sessions.c.token_hash == who.token_hash))
        work.connection.execute(
            update(seats).where(seats.c.seat == who.seat).values(state=SeatState.BREAK.value)
        )
        work.changed = True


def find_session(connection: Connection, token_hash: str, now: datetime) -> SignedIn | None:
    """Return who holds the token, or ``None`` when it is unknown or has expired."""
    row = connection.execute(
        select(accounts, sessions.c.seat)
        .join(sessions, sessions.c.account_id == accounts.c.id)
        .where(sessions.c.token_hash == token_hash, sessions.c.expires_at > now)
    ).one_or_none()
    return None if row is None else SignedIn(user=_user(row), seat=SeatId(row.seat), token_hash=token_hash)


def signed_in(
    core: Here, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> SignedIn:
    """Dependency: who sends this request; raises ``not-signed-in``."""
    if bearer is not None:
        with core.database.read() as connection:
            who = find_session(connection, hashed(bearer.credentials), core.clock())
        if who is not None:
            return who
    raise DomainError("not-signed-in")


def require(*roles: Role) -> Callable[[SignedIn], SignedIn]:
    """Return a dependency that lets in whoever holds one of ``roles``; raises ``role-missing``."""

    def allowed(who: Annotated[SignedIn, Depends(signed_in)]) -> SignedIn:
        if not set(roles) & set(who.user.roles):
            raise DomainError("role-missing", needed=" ".join(roles))
        return who

    return allowed


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex())


def _password_fits(password_hash: str, password: str) -> bool:
    with _hashing:  # each check takes 64 MiB
        try:
            return _hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def _user(row: Row[tuple[object, ...]]) -> User:
    return User(
        id=UserId(row.id),
        name=row.name,
        number=row.number,
        roles=tuple(Role(word) for word in row.roles.split()),
        qualified=row.qualified,
    )


def _take_seat(connection: Connection, seat: SeatId, account_id: str, now: datetime) -> None:
    values = {"account_id": account_id, "state": SeatState.BREAK.value, "reason": "", "idle_since": now}
    taken = connection.execute(update(seats).where(seats.c.seat == seat).values(**values))
    if not taken.rowcount:
        connection.execute(insert(seats).values(seat=seat, **values))


Anybody = Annotated[SignedIn, Depends(signed_in)]
DeskUser = Annotated[
    SignedIn, Depends(require(Role.CALL_TAKER, Role.RULING_OFFICER, Role.SUPERVISOR, Role.TRAINER))
]
CallTaker = Annotated[SignedIn, Depends(require(Role.CALL_TAKER))]
RulingOfficer = Annotated[SignedIn, Depends(require(Role.RULING_OFFICER))]
