"""The wording of laws as an administrator brings it (``service law import``).

A file is one law as it read from one day on: ``{"law", "since", "until", "source", "provisions": [{"article",
"paragraph", "item", "text"}]}``. Nothing of it is known from memory; what was imported stands beside our own
words and is shown for the day of the accident.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.contract.codec import DecodeError, decode
from console.domain.law import Wording
from console.domain.ruling import Citation
from console.service.durable import write_whole

NAME = re.compile(r"\w{2,60}")
"""A law's short name, as citations use it; it becomes part of a file's name."""


@dataclass(frozen=True)
class _TextRow:
    article: int
    text: str
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class _EditionFile:
    law: str
    since: date
    source: str
    provisions: tuple[_TextRow, ...]
    until: date | None = None


FOLDER = "law"
"""Where in the data folder of a service the imported wording lies."""


def import_law(folder: Path, into: Path) -> int:
    """Check every ``*.json`` of ``folder`` and keep them in ``into``; return how many editions were kept.

    Raises ``ValueError`` that names file and fault; then nothing at all is kept. The same law from the same
    day replaces what was imported before.
    """
    files = {file.name: file.read_bytes() for file in sorted(folder.glob("*.json"))}
    if not files:
        raise ValueError(f"{folder} holds no .json file")
    kept = {file.name: file.read_bytes() for file in sorted(into.glob("*.json"))}
    brought: dict[str, bytes] = {}
    for name, data in files.items():
        edition = _edition(name, data)
        brought[f"{edition.law}-{edition.since.isoformat()}.json"] = data
    _check_days({**kept, **brought})
    for name, data in brought.items():
        write_whole(into / name, data)
    return len(brought)


def load_wordings(folder: Path) -> Mapping[Citation, tuple[Wording, ...]]:
    """Return what was imported into ``folder``, by provision; raise ``ValueError`` for a file gone wrong."""
    found: dict[Citation, tuple[Wording, ...]] = {}
    for file in sorted(folder.glob("*.json")):
        edition = _edition(file.name, file.read_bytes())
        for row in edition.provisions:
            cited = Citation(law=edition.law, article=row.article, paragraph=row.paragraph, item=row.item)
            wording = Wording(text=row.text, since=edition.since, until=edition.until, source=edition.source)
            found[cited] = (*found.get(cited, ()), wording)
    return found


def _edition(name: str, data: bytes) -> _EditionFile:
    try:
        edition: _EditionFile = decode(_EditionFile, data)
    except DecodeError as error:
        raise ValueError(f"{name}: {error}") from None
    if not NAME.fullmatch(edition.law):
        raise ValueError(f"{name}: law must be a short name without spaces or signs")
    if not edition.source.strip():
        raise ValueError(f"{name}: source is empty")
    if edition.until is not None and edition.until < edition.since:
        raise ValueError(f"{name}: until lies before since")
    places = [(row.article, row.paragraph, row.item) for row in edition.provisions]
    if not places or len(set(places)) != len(places):
        raise ValueError(f"{name}: holds no provision, or one twice")
    for row in edition.provisions:
        if not row.text.strip():
            raise ValueError(f"{name}: article {row.article} has no text")
    return edition


def _check_days(files: Mapping[str, bytes]) -> None:
    """Raise ``ValueError`` where two editions of a law hold on the same day."""
    editions = sorted((_edition(name, data) for name, data in files.items()), key=lambda e: (e.law, e.since))
    for earlier, later in itertools.pairwise(editions):
        if earlier.law == later.law and (earlier.until is None or earlier.until >= later.since):
            raise ValueError(f"{later.law}: the edition of {earlier.since} must end before {later.since}")
