"""Accounts of a training service: fictional people with random passwords, made at its first start."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, select

from console.contract.desk_api import Role
from console.service.accounts import add_account, hashed_password
from console.service.core import Core
from console.service.tables import accounts
from console.service.tls import write_secret

FILE_NAME = "training-accounts.json"


@dataclass(frozen=True, kw_only=True)
class TrainingAccount:
    """One account as it stands in the file; ``username`` is the number to sign in with."""

    username: str
    password: str
    name: str
    roles: tuple[Role, ...]
    qualified: bool


_CALL_TAKER = (Role.CALL_TAKER,)
_OFFICER = (Role.CALL_TAKER, Role.RULING_OFFICER)
PEOPLE: tuple[tuple[str, str, tuple[Role, ...], bool], ...] = (
    ("900001", "赵演示", _CALL_TAKER, False),
    ("900010", "钱演示", _OFFICER, True),
    ("900011", "孙演示", _OFFICER, True),
    ("900020", "李演示", (Role.SUPERVISOR,), False),
    ("900030", "周演示", (Role.TRAINER,), False),
    ("900040", "吴演示", (Role.AUDITOR,), False),
)
"""Number, name, roles, and whether the person may rule (公安部令第146号 Art. 5)."""


def ensure(core: Core) -> Path:
    """Make the accounts if the service has none yet; return the file that tells their passwords."""
    path = core.settings.data / FILE_NAME
    with core.work() as work:
        if work.connection.execute(select(func.count()).select_from(accounts)).scalar_one():
            return path
        made = [
            TrainingAccount(
                username=number,
                password=secrets.token_urlsafe(15),
                name=name,
                roles=roles,
                qualified=qualified,
            )
            for number, name, roles, qualified in PEOPLE
        ]
        for account in made:
            add_account(
                work,
                number=account.username,
                name=account.name,
                password_hash=hashed_password(account.password, drawn=True),
                roles=account.roles,
                qualified=account.qualified,
                must_change=False,
            )
        _write(path, made)
    return path


def _write(path: Path, made: list[TrainingAccount]) -> None:
    told = {"accounts": [asdict(account) for account in made]}
    write_secret(path, json.dumps(told, ensure_ascii=False, indent=2).encode())
