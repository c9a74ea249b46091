"""``service account``: accounts made, changed and closed."""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import segno

from console.contract.desk_api import Role
from console.domain.errors import DomainError
from console.service import accounts, second_factor, tls
from console.service.accounts import Account
from console.service.admin.commands import ACTOR, Commands, command
from console.service.core import Core
from console.service.journal import Work

T = TypeVar("T")


def describe(commands: Commands) -> None:
    """Describe the commands."""
    command(commands, "list", _list, "all accounts, one a line")
    add = command(commands, "add", _add, "make an account and print its first password")
    roles = command(commands, "roles", _roles, "replace what a person may do")
    certificate = command(
        commands, "certificate", _certificate, "issue a client certificate; one before it is void"
    )
    for made in (
        add,
        roles,
        certificate,
        command(commands, "reset", _reset, "print a fresh password, to be changed at the next sign-in"),
        command(commands, "disable", _disable, "close an account and end its sessions"),
        command(commands, "enable", _enable, "open a closed account again"),
        command(commands, "sign-out", _sign_out, "end all sessions of an account"),
        command(commands, "device", _device, "give the account a device for six-digit codes"),
    ):
        made.add_argument("number")
    certificate.add_argument("--out", type=Path, required=True, help="file for certificate and key")
    add.add_argument("name")
    for made in (add, roles):
        made.add_argument("--role", type=Role, choices=list(Role), action="append", required=True)
        made.add_argument("--qualified", action="store_true", help="may rule (公安部令第146号 Art. 5)")


def _add(core: Core, words: argparse.Namespace) -> Iterable[str]:
    password, password_hash = accounts.fresh_password()
    with core.work(ACTOR) as work:
        accounts.add_account(
            work,
            number=words.number,
            name=words.name,
            password_hash=password_hash,
            roles=tuple(words.role),
            qualified=words.qualified,
            must_change=True,
        )
    return [f"{words.number}  first password, to be changed at once: {password}"]


def _list(core: Core, _words: argparse.Namespace) -> Iterable[str]:
    with core.database.read() as connection:
        return [_line(account) for account in accounts.everyone(connection)]


def _line(account: Account) -> str:
    user = account.user
    marks = [
        *user.roles,
        *(["qualified"] if user.qualified else []),
        *(["disabled"] if account.disabled else []),
        *(["password-due"] if account.must_change else []),
        *([f"locked-until={account.locked_until.isoformat()}"] if account.locked_until else []),
        *(["device"] if account.totp_secret else []),
        *(["certificate"] if account.certificate else []),
    ]
    return f"{user.number}  {user.name}  {' '.join(marks)}"


def _reset(core: Core, words: argparse.Namespace) -> Iterable[str]:
    password, password_hash = accounts.fresh_password()

    def act(work: Work, account: Account) -> None:
        accounts.set_password(work, account, password_hash, must_change=True)
        accounts.end_sessions(work, account)

    _with(core, words.number, act)
    return [f"{words.number}  password, to be changed at once: {password}"]


def _disable(core: Core, words: argparse.Namespace) -> Iterable[str]:
    _with(core, words.number, lambda work, account: accounts.set_disabled(work, account, disabled=True))
    return [f"{words.number}  disabled"]


def _enable(core: Core, words: argparse.Namespace) -> Iterable[str]:
    _with(core, words.number, lambda work, account: accounts.set_disabled(work, account, disabled=False))
    return [f"{words.number}  enabled"]


def _roles(core: Core, words: argparse.Namespace) -> Iterable[str]:
    def act(work: Work, account: Account) -> None:
        accounts.set_roles(work, account, tuple(words.role), qualified=words.qualified)

    _with(core, words.number, act)
    return [f"{words.number}  {' '.join(words.role)}"]


def _sign_out(core: Core, words: argparse.Namespace) -> Iterable[str]:
    _with(core, words.number, accounts.end_sessions)
    return [f"{words.number}  signed out everywhere"]


def _device(core: Core, words: argparse.Namespace) -> Iterable[str]:
    uri = _with(core, words.number, lambda work, account: second_factor.enrol(work, core.seal, account))
    drawn = io.StringIO()
    segno.make(uri).terminal(drawn, compact=True)
    return [uri, drawn.getvalue()]


def _certificate(core: Core, words: argparse.Namespace) -> Iterable[str]:
    issued = tls.issue_client(core.settings.data, words.number, core.clock())

    def act(work: Work, account: Account) -> None:
        accounts.set_second_factor(work, account, certificate=issued.fingerprint)

    _with(core, words.number, act)
    tls.write_secret(words.out, issued.pem)
    return [f"{words.out}  certificate and key, valid until {issued.ends_at.date().isoformat()}"]


def _with(core: Core, number: str, act: Callable[[Work, Account], T]) -> T:
    with core.work(ACTOR) as work:
        account = accounts.find(work.connection, number)
        if account is None:
            raise DomainError("unknown-account")
        return act(work, account)
