"""The audit as the auditor reads it: who read or changed what, when, from where, and with what success.

``GET /v1/audit`` (auditor alone) is an ``AuditPage`` of the rows after ``?after=``, oldest first, at most
``?limit=`` of them; ``?incident_id=`` leaves those of one incident.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """One row. It names accounts, parties and records by their ids and holds nothing personal.

    ``actor`` is an account's id, a party's, ``service`` for what the service does by itself,
    ``administrator`` for whoever works at its machine, or empty for somebody who is not known; ``role`` are
    the roles held then. ``session`` is the desk's session or the party's link, ``seat`` the workplace (at the
    machine: the name it knows the person by), ``address`` where the request came from, ``process`` the
    service process. ``action`` is the operation of the OpenAPI description or a word of the service's own;
    ``record`` what else it was about. ``outcome`` is ``ok`` or the code of the refusal.

    ``digest`` is the SM3 of the row's content and of ``previous``, the digest of the row before it.
    """

    number: int
    at: datetime
    actor: str
    role: str
    session: str
    seat: str
    address: str
    process: str
    action: str
    incident_id: str
    record: str
    reason: str
    outcome: str
    previous: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    """Rows in the order of their numbers; ``newest`` is the number of the last row there is."""

    rows: tuple[AuditRow, ...]
    newest: int
