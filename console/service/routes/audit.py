"""The audit, for the auditor alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from console.contract.audit_api import AuditPage
from console.service import audit
from console.service.auth import Auditor
from console.service.core import Here
from console.service.routes.room import Room

router = Room("/v1/audit", "audit")

MOST_ROWS = 500
"""Rows of one page."""


@router.get("")
def page(
    core: Here,
    _who: Auditor,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = MOST_ROWS,
    incident_id: Annotated[str, Query(pattern="^([0-9a-f]{32})?$")] = "",
) -> AuditPage:
    """Return the rows after a number, oldest first; this look is a row too."""
    with core.database.read() as connection:
        rows, newest = audit.read(connection, after, limit, incident_id)
    return AuditPage(rows=rows, newest=newest)
