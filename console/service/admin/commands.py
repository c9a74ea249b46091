"""The shape of an administrator's command."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from console.service import accounts, audit
from console.service.audit import Deed
from console.service.core import Core
from console.service.database import Database

ACTOR = "administrator"
"""Who acts here: the person at the machine, whom its own log names."""

Run = Callable[[Core, argparse.Namespace], Iterable[str]]
"""Carries out a command and gives the lines to print; refuses by raising ``DomainError``."""


class Commands(Protocol):
    """Where commands are described; what ``ArgumentParser.add_subparsers`` returns."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:
        """Add one."""
        ...


def command(commands: Commands, name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
    """Describe one command; its own words are added to what is returned."""
    made = commands.add_parser(name, help=help_text)
    made.set_defaults(run=run)
    return made


def enter(database: Database, now: datetime, action: str, outcome: str, number: str = "") -> None:
    """Leave a row in the audit for what was done at the machine, perhaps with the account ``number``;
    ``seat`` is the name by which the machine knows the person.
    """
    with database.write() as connection:
        known = accounts.find(connection, number) if number else None
        deed = Deed(
            at=now,
            actor=ACTOR,
            seat=getpass.getuser()[:32],
            action=action,
            record=f"account={known.user.id}" if known else "",
            outcome=outcome,
        )
        audit.append(connection, [deed])
