"""The audit: a chain of rows, each with the digest of the one before, that stands between two anchors.

Rows are numbered without a gap, under the write lock of the database, and never changed. The anchor
``start`` names the last row that was forgotten because its time was over, ``end`` the newest; so a row that
was changed, deleted, inserted or moved is found wherever it stands. Against somebody who writes the whole
chain anew helps an end that was written down elsewhere (``verify``'s ``known``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from console.contract.audit_api import AuditRow
from console.service.tables import audit, audit_anchors

OK = "ok"
"""The outcome of what was not refused."""
FORM = "1"
"""The form of the content of which the digest is taken; another form gets another word."""
WALK = 1_000
"""Rows read at once while the chain is walked."""

_APPEND = insert(audit)
_ANCHOR = select(audit_anchors).where(audit_anchors.c.place == bindparam("at"))
_MOVE = update(audit_anchors).where(audit_anchors.c.place == bindparam("at"))

_TEXTS = (
    "actor",
    "role",
    "session",
    "seat",
    "address",
    "process",
    "action",
    "incident_id",
    "record",
    "reason",
    "outcome",
)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What is to become a row; the fields are those of ``AuditRow``."""

    at: datetime
    actor: str
    action: str
    outcome: str
    role: str = ""
    session: str = ""
    seat: str = ""
    address: str = ""
    process: str = ""
    incident_id: str = ""
    record: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Anchor:
    """A row that is named without being there: its number, and its digest."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found. ``broken`` is the first row that does not fit, and ``fault`` why."""

    rows: int
    end: Anchor
    broken: int | None = None
    fault: str = ""


def append(connection: Connection, deeds: Sequence[Deed]) -> None:
    """Append rows in this order. The connection holds the write lock."""
    end = _anchor(connection, "end")
    rows: list[dict[str, Any]] = []
    for deed in deeds:
        values = {"number": end.number + 1, **asdict(deed)}
        digest = _digest(values, end.digest)
        rows.append({**values, "previous": end.digest, "digest": digest})
        end = Anchor(end.number + 1, digest)
    connection.execute(_APPEND, rows)
    _move(connection, "end", end)


def read(
    connection: Connection, after: int, limit: int, incident_id: str = ""
) -> tuple[tuple[AuditRow, ...], int]:
    """Return at most ``limit`` rows above the number ``after``, and the number of the newest there is."""
    query = select(audit).where(audit.c.number > after).order_by(audit.c.number).limit(limit)
    if incident_id:
        query = query.where(audit.c.incident_id == incident_id)
    rows = tuple(_row(row) for row in connection.execute(query))
    return rows, _anchor(connection, "end").number


def every_row(connection: Connection) -> Iterator[AuditRow]:
    """Return all rows in order, a few at a time."""
    after = 0
    while rows := read(connection, after, WALK)[0]:
        yield from rows
        after = rows[-1].number


def verify(connection: Connection, known: Anchor | None = None) -> Verdict:
    """Walk the whole chain; ``known`` is an end written down earlier, through which it must still pass."""
    last, end = _anchor(connection, "start"), _anchor(connection, "end")
    start = last
    for row in every_row(connection):
        fault = _fault(row, last)
        if not fault and row.number > end.number:
            fault = "stands after the end"
        if not fault and known is not None and known.number == row.number and known.digest != row.digest:
            fault = "is another one than was written down"
        if fault:
            broken = last.number + 1 if row.number > last.number + 1 else row.number
            return Verdict(last.number - start.number, end, broken, fault)
        last = Anchor(row.number, row.digest)
    checked = last.number - start.number
    if last != end:
        return Verdict(checked, end, last.number + 1, "is missing")
    if known is not None and known.number > end.number:
        return Verdict(checked, end, end.number + 1, "is missing, though it was written down")
    return Verdict(checked, end)


def end_of(connection: Connection) -> Anchor:
    """Return where the chain ends, to be kept somewhere else."""
    return _anchor(connection, "end")


def forget(connection: Connection, before: datetime) -> int:
    """Delete the rows that are older than ``before`` and return how many; the rest hangs on the new start.

    The newest row stays. The connection holds the write lock.
    """
    newest = _anchor(connection, "end").number
    young = select(audit.c.number).where(audit.c.at >= before).order_by(audit.c.number).limit(1)
    first_kept = connection.execute(young).scalar_one_or_none() or newest
    last = connection.execute(select(audit).where(audit.c.number == first_kept - 1)).one_or_none()
    if last is None:
        return 0
    _move(connection, "start", Anchor(last.number, last.digest))
    return connection.execute(delete(audit).where(audit.c.number <= last.number)).rowcount


def _fault(row: AuditRow, last: Anchor) -> str:
    if row.number != last.number + 1:
        return "is missing"
    if row.previous != last.digest:
        return "does not continue the row before it"
    return "" if row.digest == _digest(asdict(row), row.previous) else "was changed"


def _digest(values: dict[str, Any], previous: str) -> str:
    """Return the SM3 (GB/T 32905-2016) of a row's content as a JSON array, ``previous`` at its end."""
    at: datetime = values["at"]
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [FORM, values["number"], moment, *(values[name] for name in _TEXTS), previous]
    digest = Hash(SM3())
    digest.update(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
    return digest.finalize().hex()


def _anchor(connection: Connection, place: str) -> Anchor:
    row = connection.execute(_ANCHOR, {"at": place}).one_or_none()
    return Anchor(0, "") if row is None else Anchor(row.number, row.digest)


def _move(connection: Connection, place: str, to: Anchor) -> None:
    values = {"number": to.number, "digest": to.digest}
    moved = connection.execute(_MOVE, {"at": place, **values})
    if not moved.rowcount:
        connection.execute(insert(audit_anchors).values(place=place, **values))


def _row(row: Row[Any]) -> AuditRow:
    values = {name: getattr(row, name) for name in _TEXTS}
    return AuditRow(number=row.number, at=row.at, previous=row.previous, digest=row.digest, **values)
