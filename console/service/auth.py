"""Sign-in, sessions and roles of the people at the desks."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from console.contract.desk_api import ChangePassword, RenewSession, Role, SeatState, Session, SignIn, User
from console.contract.network import TRAINING_NETWORKS
from console.domain.errors import DomainError
from console.domain.ids import SeatId, UserId, new_id
from console.service import accounts, second_factor
from console.service.accounts import Account
from console.service.core import Core
from console.service.gathering import Gathering
from console.service.journal import Work
from console.service.tables import accounts as accounts_table
from console.service.tables import seats, sessions
from console.service.trail import Traced, Trail, trail_of

RETRY = timedelta(seconds=60)
"""A renewal whose answer was lost may be asked for again with the token before it for this long."""

_HOLDERS = (
    select(accounts_table, sessions.c.seat, sessions.c.id.label("session_id"), sessions.c.token_hash)
    .join(sessions)
    .where(
        sessions.c.token_hash.in_(bindparam("tokens", expanding=True)),
        sessions.c.token_until > bindparam("now"),
    )
)

_LASTING = select(sessions.c.id).where(sessions.c.ends_at > bindparam("now"))

_bearer = HTTPBearer(auto_error=False, description="Opaque token of `POST /v1/sessions`")


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Where a request comes from: the address, and the fingerprint of a client certificate or empty."""

    address: str
    certificate: str
    trail: Trail = field(default_factory=Trail)


async def caller(request: Request, trail: Traced) -> Caller:
    """Dependency: where the request comes from."""
    certificate = getattr(request.state, "certificate", "")
    return Caller(address=trail.address, certificate=certificate, trail=trail)


From = Annotated[Caller, Depends(caller)]


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The person behind a request, and the workplace. ``password_due``: nothing else is allowed first."""

    user: User
    seat: SeatId
    session_id: str
    password_due: bool


def hashed(secret: str) -> str:
    """Return the SHA-256 of a random secret, in which form alone it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign_in(core: Core, request: SignIn, origin: Caller) -> Session:
    """Check password and second factor and open a session; an older one of the same seat ends.

    Raises ``wrong-credentials`` (the same for an unknown name), ``account-locked`` after five failures in a
    row, ``account-disabled``, ``second-factor-needed``, ``second-factor-wrong``, ``training-only-here``, and
    ``too-many-requests`` after fifty failures from that address in a minute.
    """
    _require_place(core, origin)
    core.failed_addresses.check(origin.address)
    with core.database.read() as connection:
        account = accounts.find(connection, request.username)
        right = accounts.fits(connection, account, request.password)
    if account is None:
        core.failed_addresses.hit(origin.address)
        raise DomainError("wrong-credentials")
    origin.trail.of_account(account.user)
    refusal = ""
    with core.work(account.user.id) as work:
        try:
            _judge(core, work, account, right, request.code, origin)
        except DomainError as error:
            refusal = error.code
            if refusal in {"wrong-credentials", "second-factor-wrong"}:
                core.failed_addresses.hit(origin.address)
                accounts.failed(work, account)
        else:
            accounts.succeeded(work, account)
            return _open(core, work, account, request.seat, origin.trail)
    raise DomainError(refusal)


def _require_place(core: Core, origin: Caller) -> None:
    """Training accounts work on this machine, or on its private networks when the service was told so."""
    if not core.settings.training:
        return
    networks = ["127.0.0.0/8", "::1/128", *(TRAINING_NETWORKS if core.settings.lan else ())]
    try:
        address = ip_address(origin.address.partition("%")[0])
    except ValueError:
        raise DomainError("training-only-here") from None
    if not any(address in ip_network(network) for network in networks):
        raise DomainError("training-only-here")


def _judge(core: Core, work: Work, account: Account, right: bool, code: str, origin: Caller) -> None:
    if account.locked_until is not None and account.locked_until > work.now:
        raise DomainError("account-locked")  # the password is not told apart from a wrong one
    if not right:
        raise DomainError("wrong-credentials")
    if account.disabled:
        raise DomainError("account-disabled")
    if core.settings.second_factor:
        second_factor.require(work, core.seal, account, code, origin.certificate)


def _open(core: Core, work: Work, account: Account, seat: SeatId, trail: Trail) -> Session:
    session_id, ends_at = new_id(), work.now + timedelta(seconds=core.settings.session_seconds)
    trail.of_desk(account.user, seat, session_id)
    work.connection.execute(
        delete(sessions).where((sessions.c.seat == seat) | (sessions.c.ends_at < work.now))
    )
    token, renewal, until = _fresh_tokens(core, work, ends_at)
    work.connection.execute(
        insert(sessions).values(
            id=session_id,
            account_id=account.user.id,
            seat=seat,
            token_hash=hashed(token),
            token_until=until,
            refresh_hash=hashed(renewal),
            refreshed_at=work.now,
            ends_at=ends_at,
        )
    )
    _take_seat(work.connection, seat, account.user.id, work.now)
    work.changed = True
    return _session(core, work, account, seat, token, until, renewal, ends_at)


def renew(core: Core, request: RenewSession, trail: Trail) -> Session:
    """Return the session with new tokens; raises ``not-signed-in``.

    The token before the last one is taken within ``RETRY``, since an answer may be lost; later it tells that
    somebody else holds the session, which then ends.
    """
    offered = hashed(request.renewal_token)
    stolen = False
    with core.work() as work:
        row = work.connection.execute(
            select(sessions).where(
                or_(sessions.c.refresh_hash == offered, sessions.c.refresh_before == offered)
            )
        ).one_or_none()
        if row is None or row.ends_at <= work.now:
            raise DomainError("not-signed-in")
        account = accounts.get(work.connection, UserId(row.account_id))
        trail.of_desk(account.user, row.seat, row.id)
        stolen = row.refresh_hash != offered and work.now - row.refreshed_at > RETRY
        if account.disabled or stolen:
            work.connection.execute(delete(sessions).where(sessions.c.id == row.id))
            work.changed = True
        else:
            token, renewal, until = _fresh_tokens(core, work, row.ends_at)
            work.connection.execute(
                update(sessions)
                .where(sessions.c.id == row.id)
                .values(
                    token_hash=hashed(token),
                    token_until=until,
                    refresh_hash=hashed(renewal),
                    refresh_before=offered,
                    refreshed_at=work.now,
                )
            )
            seat = SeatId(row.seat)
            return _session(core, work, account, seat, token, until, renewal, row.ends_at)
    raise DomainError("not-signed-in")


def _fresh_tokens(core: Core, work: Work, ends_at: datetime) -> tuple[str, str, datetime]:
    until = min(ends_at, work.now + timedelta(seconds=core.settings.token_seconds))
    return secrets.token_urlsafe(32), secrets.token_urlsafe(32), until


def _session(
    core: Core,
    work: Work,
    account: Account,
    seat: SeatId,
    token: str,
    until: datetime,
    renewal: str,
    ends_at: datetime,
) -> Session:
    return Session(
        token=token,
        expires_at=until,
        renewal_token=renewal,
        ends_at=ends_at,
        password_due=_due(core, account, work.now),
        user=account.user,
        seat=seat,
        training=core.settings.training,
        server_time=work.now,
        city=core.city.profile,
    )


def _due(core: Core, account: Account, now: datetime) -> bool:
    """Training accounts are made anew with their data; nobody keeps their passwords for long."""
    return not core.settings.training and account.password_due(now)


def sign_out(core: Core, who: SignedIn) -> None:
    """Delete the session; its tokens open nothing any more and its streams end."""
    with core.work(who.user.id) as work:
        work.connection.execute(delete(sessions).where(sessions.c.id == who.session_id))
        work.connection.execute(
            update(seats).where(seats.c.seat == who.seat).values(state=SeatState.BREAK.value)
        )
        work.changed = True


def unlock(core: Core, who: SignedIn, password: str) -> None:
    """Check the password of whoever is signed in; raises ``wrong-credentials`` or ``account-locked``.

    Failures count together with those of signing in. The session goes on either way.
    """
    with core.database.read() as connection:
        account = accounts.get(connection, who.user.id)
        right = accounts.fits(connection, account, password)
    with core.work(who.user.id) as work:
        account = accounts.get(work.connection, who.user.id)
        locked = account.locked_until is not None and account.locked_until > work.now
        if not locked and right:
            accounts.succeeded(work, account)
            return
        if not locked:
            accounts.failed(work, account)
    raise DomainError("account-locked" if locked else "wrong-credentials")


def change_password(core: Core, who: SignedIn, request: ChangePassword) -> None:
    """Replace the person's own password; the account's other sessions end. Raises as
    ``accounts.hash_new_password`` does; a wrong current password counts as a failed sign-in.
    """
    try:
        with core.database.read() as connection:
            account = accounts.get(connection, who.user.id)
            password_hash = accounts.hash_new_password(connection, account, request.current, request.new)
    except DomainError as error:
        if error.code == "wrong-credentials":
            with core.work(who.user.id) as work:
                accounts.failed(work, account)
        raise
    with core.work(who.user.id) as work:
        accounts.set_password(work, account, password_hash, must_change=False)
        accounts.end_sessions(work, account, but=who.session_id)


def find_sessions(core: Core, tokens: Sequence[str]) -> list[SignedIn | None]:
    """Return who holds each token, ``None`` where it is unknown or has expired."""
    now, hashes = core.clock(), [hashed(token) for token in tokens]
    with core.database.glance() as connection:
        rows = connection.execute(_HOLDERS, {"tokens": hashes, "now": now}).all()
    found = {row.token_hash: _holder(core, row, now) for row in rows}
    return [found.get(token_hash) for token_hash in hashes]


def _holder(core: Core, row: Row[Any], now: datetime) -> SignedIn:
    account = accounts.account(row)
    return SignedIn(
        user=account.user,
        seat=SeatId(row.seat),
        session_id=row.session_id,
        password_due=_due(core, account, now),
    )


def session_lasts(connection: Connection, session_id: str, now: datetime) -> bool:
    """Tell whether a session has not ended, whatever its tokens are by now."""
    one = _LASTING.where(sessions.c.id == session_id)
    return connection.execute(one, {"now": now}).first() is not None


def lasting_sessions(connection: Connection, now: datetime) -> frozenset[str]:
    """Return the ids of all sessions that have not ended."""
    return frozenset(connection.execute(_LASTING, {"now": now}).scalars())


async def anybody(
    request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> SignedIn:
    """Dependency: who sends this request, even if only to change a password; raises ``not-signed-in``."""
    if bearer is not None:
        sign_ins: Gathering[str, SignedIn | None] = request.app.state.sign_ins
        who = await sign_ins.one(bearer.credentials)
        if who is not None:
            trail_of(request).of_desk(who.user, who.seat, who.session_id)
            return who
    raise DomainError("not-signed-in")


def require(*roles: Role) -> Callable[[SignedIn], Awaitable[SignedIn]]:
    """Return a dependency that lets in whoever holds one of ``roles``.

    Raises ``not-signed-in``, ``password-due`` or ``role-missing``.
    """

    async def allowed(who: Annotated[SignedIn, Depends(anybody)]) -> SignedIn:
        if who.password_due:
            raise DomainError("password-due")
        if not set(roles) & set(who.user.roles):
            raise DomainError("role-missing", needed=" ".join(roles))
        return who

    return allowed


def _take_seat(connection: Connection, seat: SeatId, account_id: str, now: datetime) -> None:
    values = {"account_id": account_id, "state": SeatState.BREAK.value, "reason": "", "idle_since": now}
    taken = connection.execute(update(seats).where(seats.c.seat == seat).values(**values))
    if not taken.rowcount:
        connection.execute(insert(seats).values(seat=seat, **values))


Anybody = Annotated[SignedIn, Depends(anybody)]
DeskUser = Annotated[
    SignedIn, Depends(require(Role.CALL_TAKER, Role.RULING_OFFICER, Role.SUPERVISOR, Role.TRAINER))
]
Auditor = Annotated[SignedIn, Depends(require(Role.AUDITOR))]
CallTaker = Annotated[SignedIn, Depends(require(Role.CALL_TAKER))]
RulingOfficer = Annotated[SignedIn, Depends(require(Role.RULING_OFFICER))]
