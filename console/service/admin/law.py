"""``python -m console service law import FOLDER``: an administrator brings the wording of laws."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path

from console.service.admin.commands import enter
from console.service.audit import OK
from console.service.core import utc_now
from console.service.database import Database
from console.service.law_import import FOLDER, import_law
from console.service.settings import DATABASE_URL, Settings

ACTION = "law-import"
REFUSED = "refused"


def main(argv: list[str]) -> int:
    """Import a folder; return 0, or 1 for a file that cannot be used. A service reads it when it starts.

    What was done, or refused, stands in the service's audit before it is told.
    """
    parser = argparse.ArgumentParser(prog="python -m console service law")
    acts = parser.add_subparsers(dest="act", required=True)
    act = acts.add_parser("import", help="take over the wording of laws")
    act.add_argument("folder", type=Path, help="folder of .json files, one an edition of a law")
    act.add_argument("--data", type=Path, required=True, help="data folder of the service")
    words = parser.parse_args(argv)
    settings = Settings(data=words.data.resolve(), database_url=os.environ.get(DATABASE_URL, ""))
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(Database(settings.database)) as database:
        database.migrate()
        try:
            count = import_law(words.folder, settings.data / FOLDER)
        except (OSError, ValueError) as error:
            enter(database, utc_now(), ACTION, REFUSED)
            sys.stderr.write(f"{error}\n")
            return 1
        enter(database, utc_now(), ACTION, OK)
    sys.stdout.write(f"{count} imported\n")
    return 0
