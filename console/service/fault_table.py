"""Reads the fault table of resources/rules/faults.json."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.contract.codec import decode
from console.domain.circumstance import Circumstance
from console.domain.fault_table import CitationChoice, FaultKind
from console.domain.road import RoadControl
from console.domain.ruling import Citation


@dataclass(frozen=True)
class _CitationRow:
    law: str
    article: int
    paragraph: int | None
    item: int | None
    controls: tuple[RoadControl, ...]
    when: str
    needs: tuple[Circumstance, ...] = ()
    unless: tuple[Circumstance, ...] = ()


@dataclass(frozen=True)
class _FaultRow:
    code: str
    name: str
    applies_to: str
    role: str
    citations: tuple[_CitationRow, ...]
    standing: bool = False
    toward_struck: bool = False
    since: date | None = None
    until: date | None = None


def load_faults(file: Path) -> dict[str, FaultKind]:
    """Return the faults by code, in the order of the file; raise ``ValueError`` for a wrong one."""
    rows: tuple[_FaultRow, ...] = decode(tuple[_FaultRow, ...], file.read_bytes())
    table = {row.code: _kind(row) for row in rows}
    if len(table) != len(rows):
        raise ValueError(f"{file.name} gives a code twice")
    return table


def _kind(row: _FaultRow) -> FaultKind:
    return FaultKind(
        code=row.code,
        name=row.name,
        applies_to=row.applies_to,
        role=row.role,
        citations=tuple(
            CitationChoice(
                citation=Citation(law=c.law, article=c.article, paragraph=c.paragraph, item=c.item),
                controls=c.controls,
                when=c.when,
                needs=c.needs,
                unless=c.unless,
            )
            for c in row.citations
        ),
        standing=row.standing,
        toward_struck=row.toward_struck,
        since=row.since,
        until=row.until,
    )
