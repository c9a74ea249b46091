"""Carries out ``backup``, ``restore`` and ``retention`` of ``python -m console service``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from console.domain.errors import DomainError
from console.service.admin.commands import enter
from console.service.audit import OK
from console.service.core import Core, utc_now
from console.service.database import Database
from console.service.settings import DATABASE_URL, Settings
from console.service.upkeep import retention
from console.service.upkeep.backup import make
from console.service.upkeep.manifest import Manifest
from console.service.upkeep.restore import restore

WORDS = {
    "backup": "Write a backup of a service, which may run meanwhile. It holds the service's keys: guard it.",
    "restore": "Restore a backup to an empty data folder and database, on either engine.",
    "retention": "Delete what was kept long enough (resources/rules/retention.json), or show the proofs.",
}
"""The verbs of this room, with what each does."""


def main(argv: list[str]) -> int:
    """Return 0, or 1 with the reason in one line."""
    parser = argparse.ArgumentParser(
        prog=f"python -m console service {argv[0]}", description=f"{WORDS[argv[0]]} Database: {DATABASE_URL}."
    )
    if argv[0] == "retention":
        parser.add_argument("what", choices=("run", "show"))
    else:
        parser.add_argument("folder", type=Path, help="folder of the backup")
    parser.add_argument("--data", type=Path, required=True, help="the service's data folder")
    words = parser.parse_args(argv[1:])
    settings = Settings(data=words.data.resolve(), database_url=os.environ.get(DATABASE_URL, ""))
    try:
        _VERBS[argv[0]](settings, words)
    except (DomainError, OSError, ValueError) as error:
        print(_reason(error), file=sys.stderr)
        return 1
    return 0


def _backup(settings: Settings, words: argparse.Namespace) -> None:
    with closing(Database(settings.database)) as database:
        enter(database, utc_now(), "backup", OK)  # first, so that the backup tells of itself too
        _told("backup", make(database, settings.data, words.folder, utc_now()))


def _restore(settings: Settings, words: argparse.Namespace) -> None:
    manifest = restore(words.folder, settings)
    with closing(Database(settings.database)) as database:
        enter(database, utc_now(), "restore", OK)  # after the last row of what was restored
    _told("restore", manifest)


def _told(verb: str, manifest: Manifest) -> None:
    rows = sum(table.rows for table in manifest.tables.values())
    size = sum(file.size for file in manifest.files.values())
    print(f"{verb}: schema {manifest.schema}, {rows} rows, {len(manifest.files)} files, {size} bytes")


def _retention(settings: Settings, words: argparse.Namespace) -> None:
    with _core(settings) as core:
        enter(core.database, core.clock(), f"retention-{words.what}", OK)
        for proof in retention.run(core) if words.what == "run" else retention.proofs(core):
            done = "done" if proof.done_at is not None else "files are left"
            at = proof.at.isoformat(timespec="seconds")
            print(
                f"{proof.number} {at} {proof.record} after {proof.days} d: "
                f"{len(proof.digests)} records, rows {json.dumps(proof.rows)}, "
                f"{proof.files_removed} files of {proof.bytes_removed} bytes, {done}"
            )


@contextmanager
def _core(settings: Settings) -> Iterator[Core]:
    with closing(Database(settings.database)) as database:
        core = Core(settings, database)
        try:
            database.migrate()
            yield core
        finally:
            core.press.close()


_VERBS: dict[str, Callable[[Settings, argparse.Namespace], None]] = {
    "backup": _backup,
    "restore": _restore,
    "retention": _retention,
}


def _reason(error: Exception) -> str:
    if not isinstance(error, DomainError):
        return str(error)
    return " ".join([error.code, *(f"{key}={value}" for key, value in error.params.items())])
