"""A party's own case: found or opened from its link, and read as the party may see it."""

from __future__ import annotations

from dataclasses import replace
from secrets import compare_digest

from sqlalchemy import Connection, func, or_, select, update

from console.contract.codec import decode
from console.contract.party_api import PartyState
from console.domain.call import Call, CallState
from console.domain.errors import DomainError
from console.domain.ids import CallId, PartyId
from console.domain.incident import Incident
from console.domain.party import Party, PartyDetails
from console.service import one_time
from console.service.core import Core
from console.service.journal import Work, read_incident
from console.service.opening import join, open_incident
from console.service.orders import may_claim
from console.service.party_access import Visitor
from console.service.party_view import empty_view, party_view
from console.service.tables import calls, links

LIVE = frozenset({CallState.WAITING, CallState.RINGING, CallState.CONNECTED, CallState.INTERRUPTED})


def case_of(core: Core, work: Work, visitor: Visitor) -> tuple[Incident, Party]:
    """Return the incident and the party of a visitor; its first act opens the one and joins the other."""
    incident_id = work.connection.execute(
        select(links.c.incident_id).where(links.c.id == visitor.link_id).with_for_update()
    ).scalar_one()
    if incident_id is None:
        incident = open_incident(work, training=core.settings.training, numbering=core.city.incidents)
        work.connection.execute(
            update(links).where(links.c.id == visitor.link_id).values(incident_id=incident.id)
        )
    else:
        incident = work.incident(incident_id)
    party = _party(incident, visitor.party_id)
    if party is None:
        details = PartyDetails(phone=visitor.phone)
        party = join(work, incident, details, caller=not incident.parties, party_id=visitor.party_id)
    return work.incident(incident.id), party


def known_case(work: Work, visitor: Visitor) -> tuple[Incident, Party]:
    """Return the incident and the party of a visitor that has acted before; raise ``no-case``."""
    if visitor.incident_id is not None:
        incident = work.incident(visitor.incident_id)
        party = _party(incident, visitor.party_id)
        if party is not None:
            return incident, party
    raise DomainError("no-case")


def read_case(connection: Connection, visitor: Visitor) -> tuple[Incident, Party]:
    """Return what ``known_case`` does, without writing; raise ``no-case``."""
    if visitor.incident_id is not None:
        incident = read_incident(connection, visitor.incident_id)
        party = _party(incident, visitor.party_id)
        if party is not None:
            return incident, party
    raise DomainError("no-case")


def _party(incident: Incident, party_id: PartyId) -> Party | None:
    return next((party for party in incident.parties if party.id == party_id), None)


def newest_call(connection: Connection, visitor: Visitor) -> tuple[Call, str] | None:
    """Return the party's newest call with its resume token, or ``None`` before the first."""
    row = connection.execute(
        select(calls.c.body, calls.c.resume_token)
        .where(calls.c.party_id == visitor.party_id)
        .order_by(calls.c.placed_at.desc(), calls.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else (decode(Call, row.body), row.resume_token)


def own_call(connection: Connection, visitor: Visitor, call_id: CallId) -> tuple[Call, str]:
    """Return the party's call ``call_id`` with its resume token; raise ``unknown-call`` for any other."""
    row = connection.execute(
        select(calls.c.body, calls.c.resume_token).where(
            calls.c.id == call_id, calls.c.party_id == visitor.party_id
        )
    ).one_or_none()
    if row is None:
        raise DomainError("unknown-call")
    return decode(Call, row.body), row.resume_token


def require_resume_token(expected: str, given: str) -> None:
    """Raise ``wrong-resume-token`` unless the token is the call's; takes the same time either way."""
    if not compare_digest(expected.encode(), given.encode()):
        raise DomainError("wrong-resume-token")


def calls_ahead(connection: Connection, call: Call) -> int:
    """Return how many waiting calls come before ``call``: the hurt first, then by time."""
    if call.state not in (CallState.WAITING, CallState.RINGING):
        return 0
    first = calls.c.placed_at < call.placed_at
    if call.hurt_reported:
        first = first & calls.c.hurt_reported.is_(True)
    else:
        first = or_(first, calls.c.hurt_reported.is_(True))
    waiting = calls.c.state.in_([CallState.WAITING.value, CallState.RINGING.value])
    query = select(func.count()).where(waiting, first, calls.c.id != call.id)
    return connection.execute(query).scalar_one()


def see(core: Core, connection: Connection, visitor: Visitor) -> PartyState:
    """Return what the visitor sees now."""
    incident = None if visitor.incident_id is None else read_incident(connection, visitor.incident_id)
    party = None if incident is None else _party(incident, visitor.party_id)
    if incident is None or party is None:
        return empty_view(training=core.settings.training, now=core.clock())
    newest = newest_call(connection, visitor)
    call, token = newest or (None, None)
    view = party_view(
        incident,
        party,
        call,
        resume_token=token,
        queue_ahead=0 if call is None else calls_ahead(connection, call),
        now=core.clock(),
        claimable=may_claim(core, incident, party),
        order=core.city.profile.order,
    )
    came = one_time.simulated(connection, visitor)
    return replace(view, messages=tuple(sorted((*view.messages, *came), key=lambda one: one.sent_at)))


def same_view(one: PartyState | None, other: PartyState) -> bool:
    """Tell whether two views differ in nothing but the time."""
    return one is not None and replace(one, server_time=other.server_time) == other
