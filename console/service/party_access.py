"""Links and the browsers they are bound to: how a party without an account is known."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection, insert, or_, select, update

from console.contract.desk_api import CreateLink, Link
from console.domain.call import CallSource
from console.domain.errors import DomainError
from console.domain.ids import IncidentId, PartyId, new_id
from console.service.auth import hashed
from console.service.commands import Asked, Command
from console.service.core import Core, Here
from console.service.journal import Work
from console.service.tables import links
from console.service.trail import Traced, Trail

COOKIE = "__Host-party"
COOKIE_SECONDS = 100 * 24 * 3600
"""How long a browser keeps the cookie; how long it serves is decided here."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A browser that opened a link.

    ``incident_id`` is ``None`` before it has acted, unless the link names one. ``party_id`` is reserved with
    the link; the party itself joins with the first act.
    """

    link_id: str
    phone: str
    source: CallSource
    incident_id: IncidentId | None
    party_id: PartyId


def create_link(core: Core, work: Work, request: CreateLink) -> Link:
    """Store a fresh link by its hash and return it; raise ``unknown-incident`` or ``unknown-party``."""
    _id, token = new_link(core, work, request)
    expires_at = work.now + timedelta(seconds=core.settings.link_seconds)
    return Link(url=f"{core.settings.base_url}/p/{token}", expires_at=expires_at)


def new_link(core: Core, work: Work, request: CreateLink) -> tuple[str, str]:
    """Store a fresh link; return its id and the token that it is stored by the hash of."""
    if request.party_id is not None and request.incident_id is None:
        raise DomainError("invalid-request", places="incident_id: missing")
    if request.incident_id is not None:
        incident = work.incident(request.incident_id)
        if request.party_id is not None:
            incident.party(request.party_id)
    link_id, token = new_id(), secrets.token_urlsafe(24)
    work.connection.execute(
        insert(links).values(
            id=link_id,
            token_hash=hashed(token),
            phone=request.phone,
            source=CallSource(request.source).value,
            incident_id=request.incident_id,
            party_id=request.party_id or new_id(),
            expires_at=work.now + timedelta(seconds=core.settings.link_seconds),
        )
    )
    return link_id, token


def open_link(core: Core, token: str, cookie: str | None, trail: Trail) -> tuple[Visitor, str]:
    """Bind a link to the browser that opens it first; return the visitor and the cookie's secret.

    Raises ``unknown-link``, ``link-bound`` when another browser has it, and ``link-expired``.
    """
    with core.work("party") as work:
        row = work.connection.execute(select(links).where(links.c.token_hash == hashed(token))).one_or_none()
        if row is None:
            raise DomainError("unknown-link")
        trail.of_party(row.party_id, row.id, row.incident_id)
        if row.cookie_hash is not None:
            if cookie is None or not secrets.compare_digest(row.cookie_hash, hashed(cookie)):
                raise DomainError("link-bound")
            return find_visitor(core, work.connection, cookie), cookie
        if row.expires_at <= work.now:
            raise DomainError("link-expired")
        secret = bind(work, row.id)
        if secret is None:
            raise DomainError("link-bound")
        return find_visitor(core, work.connection, secret), secret


def bind(work: Work, link_id: str) -> str | None:
    """Bind a link to a browser; return the cookie's secret, ``None`` where another has it. Its code ends."""
    secret = secrets.token_urlsafe(32)
    bound = work.connection.execute(
        update(links)
        .where(links.c.id == link_id, links.c.cookie_hash.is_(None))
        .values(cookie_hash=hashed(secret), bound_at=work.now, join_hash=None)
    )
    return secret if bound.rowcount else None


def find_visitor(core: Core, connection: Connection, cookie: str) -> Visitor:
    """Return whom the cookie stands for; raise ``no-party-session`` when unknown or too old."""
    now = core.clock()
    since = now - timedelta(seconds=core.settings.visit_seconds)
    lasts = or_(links.c.bound_at > since, links.c.open_until > now)
    row = connection.execute(select(links).where(links.c.cookie_hash == hashed(cookie), lasts)).one_or_none()
    if row is None:
        raise DomainError("no-party-session")
    return Visitor(
        link_id=row.id,
        phone=row.phone,
        source=CallSource(row.source),
        incident_id=None if row.incident_id is None else IncidentId(row.incident_id),
        party_id=PartyId(row.party_id),
    )


def keep_open(work: Work, party_ids: Collection[PartyId], until: datetime) -> None:
    """Let the pages of parties stay open until then: whoever may still apply must be able to."""
    shorter = or_(links.c.open_until.is_(None), links.c.open_until < until)
    work.connection.execute(
        update(links).where(links.c.party_id.in_(party_ids), shorter).values(open_until=until)
    )


def visitor(core: Here, request: Request, trail: Traced) -> Visitor:
    """Dependency: the party behind a request; raises ``no-party-session`` or ``too-many-requests``."""
    cookie = request.cookies.get(COOKIE, "")
    if not cookie:
        raise DomainError("no-party-session")
    with core.database.glance() as connection:
        found = find_visitor(core, connection, cookie)
    trail.of_party(found.party_id, found.link_id, found.incident_id)
    core.party_requests.hit(found.link_id)
    core.presence.heard(found.party_id)
    return found


Visiting = Annotated[Visitor, Depends(visitor)]


@dataclass(frozen=True, kw_only=True)
class PartyCommand(Command):
    """A command of a party."""

    visitor: Visitor


async def party_command(core: Here, visiting: Visiting, asked: Asked, trail: Traced) -> PartyCommand:
    """Dependency: a command of the party behind the cookie."""
    return PartyCommand(
        core=core,
        caller=f"link:{visiting.link_id}",
        actor="party",
        attempt=asked,
        trail=trail,
        visitor=visiting,
    )


ByParty = Annotated[PartyCommand, Depends(party_command)]
