"""Accounts of the people at the desks: made, locked, closed; and their passwords."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, delete, insert, select, update

from console.contract.desk_api import Role, User
from console.domain.errors import DomainError
from console.domain.ids import UserId, new_id
from console.domain.passwords import MAX_AGE, REMEMBERED, password_problem
from console.service.journal import Work
from console.service.tables import accounts, passwords, sessions

MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
"""After so many failures in a row an account is locked for this long (GB/T 22239-2019, 8.1.4.1)."""

APART = (Role.ADMINISTRATOR, Role.AUDITOR)
"""Duties that stand alone: who administers or audits does nothing else (8.1.4.2, separated duties)."""

_hasher = PasswordHasher()
_quick_hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
_hashing = threading.BoundedSemaphore(2)


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account as it stands, without its password."""

    user: User
    disabled: bool
    must_change: bool
    password_set_at: datetime
    locked_until: datetime | None
    totp_secret: str | None
    totp_step: int | None
    certificate: str | None

    def password_due(self, now: datetime) -> bool:
        """Tell whether the password must be changed before anything else."""
        return self.must_change or now - self.password_set_at > MAX_AGE


def require_separate(roles: Iterable[Role], *, qualified: bool) -> None:
    """Raise ``duties-mixed`` or ``unqualified-issuer`` unless one person may hold ``roles``."""
    held = set(roles)
    if not held:
        raise DomainError("invalid-request", places="roles: too_short")
    if len(held) > 1 and held.intersection(APART):
        raise DomainError("duties-mixed", roles=" ".join(sorted(held)))
    if Role.RULING_OFFICER in held and not qualified:
        raise DomainError("unqualified-issuer")


def hashed_password(password: str, *, drawn: bool = False) -> str:
    """Return the Argon2id hash of a password; slow, so before the transaction.

    A password that was ``drawn`` at random from 2^100 or more needs no slow hash: nobody tries them all.
    """
    return (_quick_hasher if drawn else _hasher).hash(password)


def add_account(
    work: Work,
    *,
    number: str,
    name: str,
    password_hash: str,
    roles: tuple[Role, ...],
    qualified: bool,
    must_change: bool,
) -> UserId:
    """Store a new account with the Argon2id hash of its password (``hashed_password``).

    Raises ``account-exists``, ``duties-mixed`` or ``unqualified-issuer``.
    """
    require_separate(roles, qualified=qualified)
    if find(work.connection, number) is not None:
        raise DomainError("account-exists")
    account_id = UserId(new_id())
    work.connection.execute(
        insert(accounts).values(
            id=account_id,
            number=number,
            name=name,
            password_hash=password_hash,
            roles=" ".join(roles),
            qualified=qualified,
            disabled=False,
            must_change=must_change,
            password_set_at=work.now,
            failures=0,
        )
    )
    return account_id


def find(connection: Connection, number: str) -> Account | None:
    """Return the account with this number, or ``None``."""
    return next(iter(_read(connection, number=number)), None)


def get(connection: Connection, account_id: UserId) -> Account:
    """Return an account; raise ``unknown-account``."""
    for account in _read(connection, account_id=account_id):
        return account
    raise DomainError("unknown-account")


def everyone(connection: Connection) -> list[Account]:
    """Return all accounts by number."""
    return _read(connection)


def _read(connection: Connection, number: str = "", account_id: str = "") -> list[Account]:
    query = select(accounts).order_by(accounts.c.number)
    if number:
        query = query.where(accounts.c.number == number)
    if account_id:
        query = query.where(accounts.c.id == account_id)
    return [account(row) for row in connection.execute(query)]


def account(row: Row[Any]) -> Account:
    """Return the account that a row with all columns of ``accounts`` holds."""
    return Account(
        user=User(
            id=UserId(row.id),
            name=row.name,
            number=row.number,
            roles=tuple(Role(word) for word in row.roles.split()),
            qualified=row.qualified,
        ),
        disabled=row.disabled,
        must_change=row.must_change,
        password_set_at=row.password_set_at,
        locked_until=row.locked_until,
        totp_secret=row.totp_secret,
        totp_step=row.totp_step,
        certificate=row.certificate,
    )


def fits(connection: Connection, account: Account | None, password: str) -> bool:
    """Tell whether ``password`` is the account's; for no account it takes as long and never is."""
    stored = _nobodys_hash()
    if account is not None:
        query = select(accounts.c.password_hash).where(accounts.c.id == account.user.id)
        stored = connection.execute(query).scalar_one()
    return _verify(stored, password) and account is not None


def failed(work: Work, account: Account) -> None:
    """Count a failed sign-in; the fifth in a row locks the account."""
    failures = work.connection.execute(
        update(accounts)
        .where(accounts.c.id == account.user.id)
        .values(failures=accounts.c.failures + 1)
        .returning(accounts.c.failures)
    ).scalar_one()
    if failures >= MAX_FAILURES:
        _change(work, account, failures=0, locked_until=work.now + LOCKED_FOR)
        work.note("account-locked", account.user.id)


def succeeded(work: Work, account: Account) -> None:
    """Forget the failures before a sign-in that succeeded."""
    _change(work, account, failures=0, locked_until=None)


def hash_new_password(connection: Connection, account: Account, current: str, new: str) -> str:
    """Return the hash of a new password that the person may take; slow, so before the transaction.

    Raises ``wrong-credentials``, or ``password-weak`` with why (``console.domain.passwords``, ``used`` for
    one of the last five).
    """
    if not fits(connection, account, current):
        raise DomainError("wrong-credentials")
    problem = password_problem(new, number=account.user.number, name=account.user.name)
    if not problem and _used_before(connection, account, new):
        problem = "used"
    if problem:
        raise DomainError("password-weak", reason=problem)
    return _hasher.hash(new)


def fresh_password() -> tuple[str, str]:
    """Return a fresh password and its hash; slow, so before the transaction."""
    fresh = secrets.token_urlsafe(12)
    return fresh, _hasher.hash(fresh)


def set_password(work: Work, account: Account, password_hash: str, *, must_change: bool) -> None:
    """Replace the password and remember the one before; a reset one must be changed first and unlocks."""
    query = select(accounts.c.password_hash).where(accounts.c.id == account.user.id)
    before = work.connection.execute(query).scalar_one()
    work.connection.execute(
        insert(passwords).values(account_id=account.user.id, set_at=work.now, password_hash=before)
    )
    _change(
        work,
        account,
        password_hash=password_hash,
        password_set_at=work.now,
        must_change=must_change,
        failures=0,
        locked_until=None,
    )


def set_disabled(work: Work, account: Account, *, disabled: bool) -> None:
    """Close an account at once, or open it again."""
    _change(work, account, disabled=disabled)
    if disabled:
        end_sessions(work, account)


def set_roles(work: Work, account: Account, roles: tuple[Role, ...], *, qualified: bool) -> None:
    """Replace what the person may do, from the next sign-in; raises as ``add_account`` does."""
    require_separate(roles, qualified=qualified)
    _change(work, account, roles=" ".join(roles), qualified=qualified)
    end_sessions(work, account)


def set_second_factor(
    work: Work, account: Account, *, totp_secret: str | None = None, certificate: str | None = None
) -> None:
    """Replace the device's secret (sealed, see ``second_factor``) or the certificate's fingerprint."""
    if totp_secret is not None:
        _change(work, account, totp_secret=totp_secret, totp_step=None)
    if certificate is not None:
        _change(work, account, certificate=certificate)


def use_totp_step(work: Work, account: Account, step: int) -> bool:
    """Take the time step of a code for used; ``False`` when this or a later one was used before."""
    taken = work.connection.execute(
        update(accounts)
        .where(
            accounts.c.id == account.user.id,
            accounts.c.totp_step.is_(None) | (accounts.c.totp_step < step),
        )
        .values(totp_step=step)
    )
    return bool(taken.rowcount)


def end_sessions(work: Work, account: Account, *, but: str = "") -> None:
    """End all sessions of the account, except the one with the id ``but``."""
    work.connection.execute(
        delete(sessions).where(sessions.c.account_id == account.user.id, sessions.c.id != but)
    )
    work.changed = True


def _change(work: Work, account: Account, **values: object) -> None:
    work.connection.execute(update(accounts).where(accounts.c.id == account.user.id).values(**values))


def _used_before(connection: Connection, account: Account, password: str) -> bool:
    if fits(connection, account, password):
        return True
    older = connection.execute(
        select(passwords.c.password_hash)
        .where(passwords.c.account_id == account.user.id)
        .order_by(passwords.c.set_at.desc())
        .limit(REMEMBERED - 1)
    )
    return any(_verify(stored, password) for stored in older.scalars())


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex())


def _verify(password_hash: str, password: str) -> bool:
    with _hashing:  # each check takes 64 MiB
        try:
            return _hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
