"""Join codes: eight digits read out by telephone that bind one browser to an accident, as a link does.

A code is a second key of a link: kept under a keyed digest whose key is not in the database, for ten minutes,
once. Guessing is bounded for an address and for everybody together (``Core.failed_joins``): with fifty codes
alive at any time, a guess at one process is right once in 230 days of trying without a pause.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import select, update

from console.contract.desk_api import CreateLink
from console.contract.join_api import CreateJoinCode, JoinCode
from console.domain.errors import DomainError
from console.domain.ids import IncidentId
from console.domain.incident import IncidentState
from console.service.core import Core
from console.service.journal import Work
from console.service.party_access import Visitor, bind, find_visitor, new_link
from console.service.tables import links
from console.service.trail import Trail

DIGITS = 8
LIFE = timedelta(minutes=10)
PATH = "/j"
EVERYBODY = "everybody"

_OVER = frozenset({IncidentState.CLOSED, IncidentState.VOID})


def create(core: Core, work: Work, incident_id: IncidentId, request: CreateJoinCode) -> JoinCode:
    """Store a fresh code by its digest; raise ``incident-locked``, ``unknown-party`` or as a link does."""
    incident = work.incident(incident_id)
    if incident.state in _OVER:
        raise DomainError("incident-locked", state=incident.state.value)
    phone = request.phone
    if request.party_id is not None:
        phone = phone or incident.party(request.party_id).details.phone
        work.connection.execute(
            update(links)
            .where(links.c.party_id == request.party_id, links.c.join_hash.is_not(None))
            .values(join_hash=None)
        )
    wanted = CreateLink(phone=phone, incident_id=incident_id, party_id=request.party_id)
    link_id, _token = new_link(core, work, wanted)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    until = work.now + LIFE
    work.connection.execute(
        update(links).where(links.c.id == link_id).values(join_hash=_digest(core, code), join_until=until)
    )
    return JoinCode(code=code, address=f"{core.settings.base_url}{PATH}", expires_at=until)


def join(core: Core, code: str, address: str, trail: Trail) -> tuple[Visitor, str]:
    """Bind the browser that shows a code; return the visitor and the cookie's secret.

    Raises ``unknown-join-code``, and ``too-many-requests`` whatever the code is after too many of those.
    """
    for key, limit in ((address, core.failed_joins), (EVERYBODY, core.failed_joins_together)):
        limit.check(key)
    with core.work("party") as work:
        row = work.connection.execute(
            select(links).where(
                links.c.join_hash == _digest(core, code),
                links.c.join_until > work.now,
                links.c.cookie_hash.is_(None),
            )
        ).one_or_none()
        secret = None if row is None else bind(work, row.id)
        if row is not None and secret is not None:
            trail.of_party(row.party_id, row.id, row.incident_id)
            return find_visitor(core, work.connection, secret), secret
    core.failed_joins.hit(address)
    core.failed_joins_together.hit(EVERYBODY)
    raise DomainError("unknown-join-code")


def _digest(core: Core, code: str) -> str:
    return core.seal.fingerprint(f"join {code}")
