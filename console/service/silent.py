"""Silent codes: kept apart from journal and incident, for the seat that holds the call and supervisors alone.

Nothing of them stands in an event, a snapshot, the party's view or a document; every look at them is logged.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, insert, select, update

from console.contract.desk_api import Role
from console.contract.verification_api import SilentAlert
from console.domain.errors import DomainError
from console.domain.ids import IncidentId, PartyId
from console.domain.registry import SilentCode
from console.service.auth import SignedIn
from console.service.journal import Work, read_incident, read_incident_calls
from console.service.tables import silent_alerts, silent_views


def require_silent(connection: Connection, incident_id: IncidentId, who: SignedIn) -> None:
    """Raise ``silent-closed`` unless the person answered a call of it at this seat, or supervises."""
    read_incident(connection, incident_id)
    if Role.SUPERVISOR in who.user.roles:
        return
    calls = read_incident_calls(connection, incident_id)
    if not any(call.answered_by == who.user.id and call.seat == who.seat for call in calls):
        raise DomainError("silent-closed")


def note(
    work: Work,
    incident_id: IncidentId,
    party_id: PartyId,
    asked: Iterable[SilentCode],
    found: Iterable[SilentCode],
) -> None:
    """Keep the codes ``found`` of a party; those of ``asked`` that were not found this time are withdrawn."""
    found = frozenset(found)
    known = {
        SilentCode(code)
        for code in work.connection.execute(
            select(silent_alerts.c.code).where(*_of_party(incident_id, party_id))
        ).scalars()
    }
    for code in sorted(found - known):
        work.connection.execute(
            insert(silent_alerts).values(
                incident_id=incident_id, party_id=party_id, code=code.value, raised_at=work.now
            )
        )
    for code in sorted(known & (found | frozenset(asked))):
        withdrawn = None if code in found else work.now
        work.connection.execute(
            update(silent_alerts)
            .where(*_of_party(incident_id, party_id), silent_alerts.c.code == code.value)
            .values(withdrawn_at=withdrawn)
        )


def read(connection: Connection, incident_id: IncidentId) -> tuple[SilentAlert, ...]:
    """Return the codes that stand, oldest first."""
    rows = connection.execute(
        select(silent_alerts)
        .where(silent_alerts.c.incident_id == incident_id, silent_alerts.c.withdrawn_at.is_(None))
        .order_by(silent_alerts.c.raised_at, silent_alerts.c.party_id, silent_alerts.c.code)
    )
    return tuple(
        SilentAlert(party_id=PartyId(row.party_id), code=SilentCode(row.code), raised_at=row.raised_at)
        for row in rows
    )


def log_view(
    work: Work, incident_id: IncidentId, who: SignedIn, reason: str, seen: Iterable[SilentAlert]
) -> None:
    """Log who saw what, when, where and why."""
    work.connection.execute(
        insert(silent_views).values(
            incident_id=incident_id,
            at=work.now,
            account_id=who.user.id,
            seat=who.seat,
            reason=reason,
            codes=" ".join(dict.fromkeys(alert.code.value for alert in seen)),
        )
    )


def _of_party(incident_id: IncidentId, party_id: PartyId) -> tuple[ColumnElement[bool], ...]:
    return silent_alerts.c.incident_id == incident_id, silent_alerts.c.party_id == party_id
