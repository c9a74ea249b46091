"""Reads the fault table of resources/rules/faults.json."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from console.contract.codec import decode
from console.domain.fault_table import CitationChoice, FaultKind, RoadControl
from console.domain.ruling import Citation


@dataclass(frozen=True)
class _CitationRow:
    law: str
    article: int
    paragraph: int | None
    item: int | None
    controls: tuple[RoadControl, ...]
    when: str


@dataclass(frozen=True)
class _FaultRow:
    code: str
    name: str
    applies_to: str
    role: str
    citations: tuple[_CitationRow, ...]


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
            )
            for c in row.citations
        ),
    )
