"""Reads resources/rules/law.json: editions and our paraphrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.contract.codec import decode
from console.domain.fault_table import FaultKind
from console.domain.law import Edition, Law, Provision
from console.domain.ruling import Citation
from console.service.law_import import load_wordings


@dataclass(frozen=True)
class _EditionRow:
    law: str
    since: date
    until: date | None
    source: str


@dataclass(frozen=True)
class _ProvisionRow:
    law: str
    article: int
    paragraph: int | None
    item: int | None
    words: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class _LawFile:
    version: str
    editions: tuple[_EditionRow, ...]
    provisions: tuple[_ProvisionRow, ...]


def load_law(file: Path, faults: Mapping[str, FaultKind], imported: Path | None) -> Law:
    """Return the law of ``file``, beside ``faults`` and what was imported; raise ``ValueError`` if wrong.

    Every provision that a fault cites must have a paraphrase, and every law an edition.
    """
    rows: _LawFile = decode(_LawFile, file.read_bytes())
    editions: dict[str, tuple[Edition, ...]] = {}
    for row in rows.editions:
        edition = Edition(since=row.since, until=row.until, source=row.source)
        editions[row.law] = (*editions.get(row.law, ()), edition)
    provisions: dict[Citation, tuple[Provision, ...]] = {}
    for one in rows.provisions:
        cited = Citation(law=one.law, article=one.article, paragraph=one.paragraph, item=one.item)
        provision = Provision(citation=cited, words=one.words, since=one.since, until=one.until)
        provisions[cited] = (*provisions.get(cited, ()), provision)
    cited_by_faults = {choice.citation for kind in faults.values() for choice in kind.citations}
    for citation in sorted(cited_by_faults - set(provisions), key=str):
        raise ValueError(f"{file.name} has no words for {citation}")
    for law in sorted({citation.law for citation in provisions} - set(editions)):
        raise ValueError(f"{file.name} has no edition of {law}")
    wordings = {} if imported is None else load_wordings(imported)
    return Law(
        version=rows.version, faults=faults, editions=editions, provisions=provisions, wordings=wordings
    )
