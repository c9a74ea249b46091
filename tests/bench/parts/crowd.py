"""Many waiting calls at once: copies of one real call, with ids that follow from a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, select

from console.domain.ids import CallId
from console.service.core import Core
from console.service.tables import calls, incidents
from tests.service.placing import place

BATCH = 1_000


def numbered(number: int) -> CallId:
    """Return the id of the copy with that number, of the call and of its incident alike."""
    return CallId(f"{number:032x}")


def crowd(core: Core, first: int, last: int) -> None:
    """Let the calls ``first`` to ``last`` wait, each on an incident of its own."""
    model = place(core)
    with core.database.write() as connection:
        call = connection.execute(select(calls).where(calls.c.id == model)).mappings().one()
        query = select(incidents).where(incidents.c.id == call["incident_id"])
        incident = connection.execute(query).mappings().one()
        for start in range(first, last + 1, BATCH):
            several = range(start, min(last + 1, start + BATCH))
            connection.execute(insert(incidents), list(_copies(dict(incident), incident["id"], several)))
            connection.execute(insert(calls), list(_copies(dict(call), model, several, incident["id"])))


def _copies(row: dict[str, Any], own: str, numbers: range, other: str = "") -> Iterator[dict[str, Any]]:
    for number in numbers:
        copy, id_ = dict(row), numbered(number)
        copy["id"] = id_
        copy["body"] = row["body"].replace(own, id_)
        if other:
            copy["incident_id"] = id_
            copy["body"] = copy["body"].replace(other, id_)
        else:
            copy["number"] = f"bench-{number}"
        yield copy
