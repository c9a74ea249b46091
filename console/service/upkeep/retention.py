"""Deletes what was kept long enough, rows and files, and leaves a proof of it without a word of a person.

A batch is one transaction: the rows go, and a proof comes with the digests of their ids and the files that
are to go with them. Files go after the commit; a proof whose files are not all gone yet is taken up again by
the next run. What happens to a case between two looks is decided under the write lock.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, delete, insert, or_, select, update

from console.contract.codec import decode
from console.domain.call import CallState
from console.domain.clock import local_date
from console.domain.held import held
from console.domain.incident import Incident
from console.domain.retention import Period, RecordClass, class_of
from console.service.commands import forget_old
from console.service.core import Core
from console.service.journal import Work, read_incident_calls
from console.service.tables import announcements, calls, incidents, links, metadata, retention_proofs, signals

BATCH: Final = 200
FILE: Final = "retention.json"
_KEPT: Final = frozenset({"audit"})
"""Tables that name incidents and have a period of their own."""
_OVER: Final = (CallState.ENDED.value, CallState.ABANDONED.value)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That records were deleted: how many rows by table, the digests of their ids, and the files."""

    number: int
    at: datetime
    record: RecordClass
    days: int
    rows: Mapping[str, int]
    digests: Sequence[str]
    files_removed: int
    bytes_removed: int
    done_at: datetime | None


def load_periods(core: Core) -> list[Period]:
    """Read the periods; raises ``ValueError`` when a class has none or two."""
    periods: list[Period] = decode(list[Period], (core.settings.resources / "rules" / FILE).read_bytes())
    if Counter(period.record for period in periods) != Counter(RecordClass):
        raise ValueError(f"{FILE} must name each of {', '.join(RecordClass)} once")
    return periods


def run(core: Core, stop: Callable[[], bool] = lambda: False) -> list[Proof]:
    """Delete everything whose time is over; return the proofs of this run.

    ``stop`` is asked between two batches; what is left then is the next run's.
    """
    forget_old(core)
    _remove_files(core)  # what a run before this one left behind
    numbers: list[int] = []
    for period in load_periods(core):
        while period.days is not None and not stop() and (number := _one_batch(core, period, period.days)):
            numbers.append(number)
            _remove_files(core)
    return [proof for proof in proofs(core) if proof.number in numbers]


def proofs(core: Core) -> list[Proof]:
    """Return every proof, oldest first."""
    with core.database.read() as connection:
        return [_proof(row) for row in connection.execute(select(retention_proofs).order_by("number"))]


def digest(record_id: str) -> str:
    """Return how a proof names a record: whoever holds an id can find it, nobody can read one."""
    return hashlib.sha256(record_id.encode()).hexdigest()


def _one_batch(core: Core, period: Period, days: int) -> int | None:
    """Delete the next records of a class; return the number of the proof, ``None`` when there are none."""
    with core.work() as work:
        match period.record:
            case RecordClass.LINK:
                ids, rows = _links(work, period)
                files: list[str] = []
            case RecordClass.SIGNAL:
                ids, rows = _signals(work, period)
                files = []
            case _:
                found = list(_incidents(work, period))
                ids = [incident.id for incident in found]
                files = sorted({name for incident in found for name in _files(work.connection, incident)})
                rows = _delete_incidents(work.connection, ids)
        if not ids:
            return None
        number: int = work.connection.execute(
            insert(retention_proofs)
            .values(
                at=work.now,
                record=period.record.value,
                days=days,
                rows=json.dumps(rows, sort_keys=True),
                digests=json.dumps(sorted(map(digest, ids))),
                files=json.dumps(files),
                files_removed=0,
                bytes_removed=0,
                done_at=None if files else work.now,
            )
            .returning(retention_proofs.c.number)
        ).scalar_one()
        return number


def _incidents(work: Work, period: Period) -> Iterator[Incident]:
    """Yield the next incidents of the class that did not change for its period."""
    old = incidents.c.changed_at < _before(work, period)
    query = select(incidents.c.body).where(old).order_by(incidents.c.changed_at)
    found = 0
    for body in work.connection.execute(query).scalars().all():
        incident: Incident = decode(Incident, body)
        known = read_incident_calls(work.connection, incident.id)
        if class_of(incident, known, local_date(work.now)) is period.record:
            yield incident
            found += 1
        if found == BATCH:
            return


def _before(work: Work, period: Period) -> datetime:
    if period.length is None:
        raise ValueError("kept for ever")
    return work.now - period.length


def _files(connection: Connection, incident: Incident) -> Iterator[str]:
    """Yield the files of an incident, relative to the data folder."""
    announced = select(announcements.c.id).where(announcements.c.incident_id == incident.id)
    known = {item.id for item in held(incident)}
    for item in known | set(connection.execute(announced).scalars()):
        yield f"evidence/{item[:2]}/{item[2:4]}/{item}"
    for document in (incident.determination, *incident.cancelled):
        if document is not None:
            yield f"documents/{document.pdf_sha256}.pdf"
    for signature in incident.signatures:
        if signature.strokes_sha256:
            yield f"signatures/{signature.strokes_sha256}.json"


def _delete_incidents(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """Delete every row that belongs to the incidents, wherever it stands, children first."""
    rows: dict[str, int] = {}
    for table in reversed(metadata.sorted_tables):
        if table.name not in _KEPT and (where := list(_belongs(table, ids))):
            rows[table.name] = connection.execute(delete(table).where(or_(*where))).rowcount
    return {name: number for name, number in rows.items() if number}


def _belongs(table: Table, ids: Collection[str]) -> Iterator[Any]:
    if table is incidents:
        yield incidents.c.id.in_(ids)
    elif "incident_id" in table.c:
        yield table.c.incident_id.in_(ids)
    else:
        for key in table.foreign_keys:
            parent = key.column.table
            if "incident_id" in parent.c:
                yield key.parent.in_(select(key.column).where(parent.c.incident_id.in_(ids)))


def _links(work: Work, period: Period) -> tuple[list[str], dict[str, int]]:
    before = _before(work, period)
    closed = or_(links.c.open_until.is_(None), links.c.open_until < before)
    old = select(links.c.id).where(links.c.expires_at < before, closed).limit(BATCH)
    ids = list(work.connection.execute(old).scalars())
    return ids, {"links": work.connection.execute(delete(links).where(links.c.id.in_(ids))).rowcount}


def _signals(work: Work, period: Period) -> tuple[list[str], dict[str, int]]:
    over = calls.c.state.in_(_OVER) & (calls.c.changed_at < _before(work, period))
    old = select(signals.c.call_id).join(calls, calls.c.id == signals.c.call_id).where(over)
    ids = list(work.connection.execute(old.distinct().limit(BATCH)).scalars())
    gone = work.connection.execute(delete(signals).where(signals.c.call_id.in_(ids))).rowcount
    return ids, {"signals": gone}


def _remove_files(core: Core) -> None:
    """Remove the files of every proof that still names some, and close it."""
    with core.database.read() as connection:
        query = select(retention_proofs.c.number, retention_proofs.c.files)
        left = connection.execute(query.where(retention_proofs.c.done_at.is_(None))).all()
    for row in left:
        sizes = list(_removed(core.settings.data, json.loads(row.files)))
        with core.work() as work:
            work.connection.execute(
                update(retention_proofs)
                .where(retention_proofs.c.number == row.number, retention_proofs.c.done_at.is_(None))
                .values(
                    files="[]",
                    files_removed=retention_proofs.c.files_removed + len(sizes),
                    bytes_removed=retention_proofs.c.bytes_removed + sum(sizes),
                    done_at=work.now,
                )
            )


def _removed(data: Path, names: Iterable[str]) -> Iterator[int]:
    for name in names:
        file = data / name
        if file.exists():
            size = file.stat().st_size
            file.unlink()
            yield size


def _proof(row: Row[Any]) -> Proof:
    return Proof(
        number=row.number,
        at=row.at,
        record=RecordClass(row.record),
        days=row.days,
        rows=json.loads(row.rows),
        digests=json.loads(row.digests),
        files_removed=row.files_removed,
        bytes_removed=row.bytes_removed,
        done_at=row.done_at,
    )
