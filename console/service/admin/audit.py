"""``service audit``: the chain walked, written out, and cut where its time is over."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from console.contract.codec import encode
from console.domain.errors import DomainError
from console.service import audit
from console.service.admin.commands import ACTOR, Commands, command
from console.service.audit import Anchor
from console.service.core import Core

LEAST_DAYS = 183
"""Rows are kept for at least six months (网络安全法 on network logs; GB/T 22239-2019, 8.1.4.3)."""


def describe(commands: Commands) -> None:
    """Describe the commands."""
    verify = command(commands, "verify", _verify, "walk the chain and tell the first row that does not fit")
    verify.add_argument(
        "--known", type=_anchor, metavar="NUMBER:DIGEST", help="an end that was written down elsewhere"
    )
    export = command(commands, "export", _export, "write every row into a file, one JSON object a line")
    export.add_argument("--out", type=Path, required=True)
    forget = command(commands, "forget", _forget, "delete old rows; the rest stays verifiable")
    forget.add_argument("--days", type=int, required=True, help=f"age to keep, at least {LEAST_DAYS}")


def _anchor(text: str) -> Anchor:
    number, _, digest = text.partition(":")
    return Anchor(int(number), digest)


def _verify(core: Core, words: argparse.Namespace) -> Iterable[str]:
    with core.database.read() as connection:
        verdict = audit.verify(connection, words.known)
    if verdict.broken is not None:
        raise DomainError(
            "audit-broken", row=verdict.broken, fault=verdict.fault.replace(" ", "-"), whole=verdict.rows
        )
    return [f"{verdict.rows} rows, whole; the end to write down is {verdict.end}"]


def _export(core: Core, words: argparse.Namespace) -> Iterable[str]:
    rows = 0
    with core.database.read() as connection, words.out.open("xb") as file:
        for row in audit.every_row(connection):
            file.write(encode(row) + b"\n")
            rows += 1
    return [f"{words.out}  {rows} rows"]


def _forget(core: Core, words: argparse.Namespace) -> Iterable[str]:
    if words.days < LEAST_DAYS:
        raise DomainError("too-young", days=words.days, least=LEAST_DAYS)
    with core.work(ACTOR) as work:
        gone = audit.forget(work.connection, work.now - timedelta(days=words.days))
    return [f"{gone} rows deleted"]
