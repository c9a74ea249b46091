"""Carries out one administrator's command on the service's data and prints what it says.

Whoever may run this holds the data folder. A password or secret is printed once, to the terminal.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path

from console.domain.errors import DomainError
from console.service.admin import account, audit, outbox
from console.service.admin.commands import Run, enter
from console.service.audit import OK
from console.service.core import Core
from console.service.database import Database
from console.service.settings import DATABASE_URL, Settings

WORDS = {"account": account.describe, "audit": audit.describe, "outbox": outbox.describe}
"""The first word of a command, and what describes the rest."""


def main(argv: list[str]) -> int:
    """Return 0, or 1 with the reason in one line. What was done stands in the audit before it is told."""
    parser = argparse.ArgumentParser(prog=f"python -m console service {argv[0]}")
    parser.add_argument("--data", type=Path, required=True, help="the service's data folder")
    WORDS[argv[0]](parser.add_subparsers(required=True, metavar="command", dest="command"))
    words = parser.parse_args(argv[1:])
    # Not for training: nothing is delivered here, and a live service's addresses must be readable.
    settings = Settings(
        data=words.data.resolve(), training=False, database_url=os.environ.get(DATABASE_URL, "")
    )
    run: Run = words.run
    number = getattr(words, "number", "")
    with closing(Database(settings.database)) as database:
        core = Core(settings, database)
        try:
            database.migrate()
            lines = list(run(core, words))
            enter(database, core.clock(), f"{argv[0]}-{words.command}", OK, number)
            for line in lines:
                print(line)
        except DomainError as error:
            enter(database, core.clock(), f"{argv[0]}-{words.command}", error.code, number)
            details = " ".join(f"{key}={value}" for key, value in error.params.items())
            print(f"{error.code} {details}".strip(), file=sys.stderr)
            return 1
        finally:
            core.press.close()
    return 0
