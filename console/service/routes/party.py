"""What a party's page asks for. Every word of it is hostile until checked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

from fastapi import Header, Request, Response
from fastapi.sse import format_sse_event

from console.contract.codec import encode
from console.contract.desk_api import Signal
from console.contract.join_api import JoinByCode
from console.contract.party_api import (
    GiveConsent,
    OpenLink,
    PartyState,
    PlaceCall,
    PlacedCall,
    ReportPosition,
)
from console.domain.call import IN_CALL, Call
from console.domain.errors import DomainError
from console.domain.events import (
    CallHungUp,
    ConsentRecorded,
    EvacuationConfirmed,
    OfficerRequested,
    PartyDetailsStated,
)
from console.domain.ids import CallId
from console.domain.party import Consent, ConsentWay
from console.domain.place import PositionReported
from console.service import join_codes, lost_calls, signalling
from console.service.bell import rung
from console.service.bounds import bounded
from console.service.core import Core, Here
from console.service.opening import place_call as place
from console.service.party_access import COOKIE, COOKIE_SECONDS, ByParty, Visiting, find_visitor, open_link
from console.service.party_case import (
    LIVE,
    case_of,
    known_case,
    newest_call,
    own_call,
    require_resume_token,
    same_view,
    see,
)
from console.service.places import record_place
from console.service.routes.room import Room
from console.service.signalling import Side
from console.service.streams import HEARTBEAT, After, EventStream
from console.service.trail import Traced

router = Room("/v1/party", "party")

SETTLE_SECONDS = 0.1
"""Changes within this time reach the page as one."""


@router.post("/session")
def open_session(
    body: OpenLink, request: Request, response: Response, core: Here, trail: Traced
) -> PartyState:
    """Open a link: the browser that does so first keeps it."""
    bounded(body)
    core.link_openings.hit(request.client.host if request.client else "")
    visitor, secret = open_link(core, body.token, request.cookies.get(COOKIE), trail)
    _keep(response, secret)
    with core.database.read() as connection:
        return see(core, connection, visitor)


def _keep(response: Response, secret: str) -> None:
    """Have the browser keep the cookie, out of the reach of scripts and other sites."""
    response.set_cookie(COOKIE, secret, max_age=COOKIE_SECONDS, secure=True, httponly=True, samesite="strict")


@router.post("/join")
def join_by_code(
    body: JoinByCode, request: Request, response: Response, core: Here, trail: Traced
) -> PartyState:
    """Open the page by a code that was read out: the browser that shows it first joins."""
    bounded(body)
    address = request.client.host if request.client else ""
    visitor, secret = join_codes.join(core, body.code, address, trail)
    _keep(response, secret)
    with core.database.read() as connection:
        return see(core, connection, visitor)


@router.get("/state")
def state(visitor: Visiting, core: Here) -> PartyState:
    """Return everything the page shows."""
    with core.database.read() as connection:
        return see(core, connection, visitor)


@router.get("/events", response_class=EventStream, status_code=200)
async def events(visitor: Visiting, core: Here, request: Request) -> EventStream:
    """Stream the state, whole, whenever it changes."""
    states = _states(core, request.cookies.get(COOKIE, ""))
    return EventStream(core, states, core.presence.attend(visitor.party_id))


async def _states(core: Core, cookie: str) -> AsyncIterator[bytes]:
    sent: PartyState | None = None
    while not core.bell.closed:
        turn = core.bell.turn
        seen = await asyncio.to_thread(_look, core, cookie)
        if seen is None:
            return
        if not same_view(sent, seen):
            yield format_sse_event(data_str=encode(seen).decode())
            sent = seen
        if await rung(turn, core.settings.heartbeat_seconds):
            await asyncio.sleep(SETTLE_SECONDS)
        else:
            yield HEARTBEAT


def _look(core: Core, cookie: str) -> PartyState | None:
    with core.database.read() as connection:
        try:
            visitor = find_visitor(core, connection, cookie)
        except DomainError:
            return None
        core.presence.heard(visitor.party_id)
        return see(core, connection, visitor)


@router.post("/calls")
def place_call(body: PlaceCall, command: ByParty) -> PlacedCall:
    """Join the queue; a party that is in it or in a call keeps its place."""
    bounded(body)
    visitor = command.visitor
    with command.begin() as work:
        incident, party = case_of(command.core, work, visitor)
        newest = newest_call(work.connection, visitor)
        if newest is None or newest[0].state not in LIVE:
            if body.name and not party.details.name:
                details = replace(party.details, name=body.name)
                work.record(incident.id, PartyDetailsStated(party_id=party.id, details=details))
            call = place(
                work,
                incident.id,
                party.id,
                source=visitor.source,
                hurt=body.hurt,
                place_hint=body.place_hint,
            )
            newest = own_call(work.connection, visitor, call.id)
        return work.answer(PlacedCall(call_id=newest[0].id, resume_token=newest[1]))


@router.post("/consents", status_code=204)
def give_consent(body: GiveConsent, command: ByParty) -> None:
    """Answer one consent item on the page."""
    bounded(body)
    with command.begin() as work:
        incident, party = case_of(command.core, work, command.visitor)
        consent = Consent(
            item=body.item, given=body.given, wording=body.wording, way=ConsentWay.PAGE, at=work.now
        )
        work.record(incident.id, ConsentRecorded(party_id=party.id, consent=consent))


@router.post("/position", status_code=204)
def report_position(body: ReportPosition, command: ByParty) -> None:
    """Report a fix of the phone."""
    bounded(body)
    with command.begin() as work:
        incident, _party = case_of(command.core, work, command.visitor)
        reported = PositionReported(position=replace(body.position, stated_by="party"))
        record_place(work, command.core.atlas, incident.id, reported)


@router.post("/officer-requests", status_code=204)
def request_officer(command: ByParty) -> None:
    """Ask for an officer to attend; one must be sent (公安部令第146号 Art. 20)."""
    with command.begin() as work:
        incident, party = case_of(command.core, work, command.visitor)
        if party.id not in incident.officer_requested_by:
            work.record(incident.id, OfficerRequested(party_id=party.id))


@router.post("/evacuation", status_code=204)
def confirm_evacuation(command: ByParty) -> None:
    """Confirm that the own vehicle has left; ``no-evacuation-notice`` before it was asked for."""
    with command.begin() as work:
        incident, party = known_case(work, command.visitor)
        if incident.evacuation is None:
            raise DomainError("no-evacuation-notice")
        if party.evacuated_at is None:
            work.record(incident.id, EvacuationConfirmed(party_id=party.id))


@router.post("/calls/{call_id}/leave", status_code=204)
def leave(call_id: CallId, command: ByParty) -> None:
    """Leave the queue, or end the call; nothing happens when it is over already."""
    with command.begin() as work:
        call, _token = own_call(work.connection, command.visitor, call_id)
        if call.state in IN_CALL:
            work.record(call.incident_id, CallHungUp(by="party"), call.id)
        elif call.state in LIVE:
            lost_calls.give_up(command.core, work, call, "party")


@router.post("/calls/{call_id}/signals", status_code=204)
def send_signal(
    call_id: CallId, body: Signal, command: ByParty, resume_token: Annotated[str, Header()] = ""
) -> None:
    """Send a signal to the desk."""
    signalling.check(body)
    command.core.signal_rate.hit(f"{call_id}/{Side.PARTY}")
    with command.begin() as work:
        call, expected = own_call(work.connection, command.visitor, call_id)
        require_resume_token(expected, resume_token)
        signalling.append(work, call, Side.PARTY, body, allowed=LIVE)


@router.get("/calls/{call_id}/signals", response_class=EventStream, status_code=200)
async def desk_signals(call_id: CallId, visitor: Visiting, core: Here, after: After) -> EventStream:
    """Stream the desk's signals from the first."""

    def find() -> Call:
        with core.database.read() as connection:
            return own_call(connection, visitor, call_id)[0]

    return await signalling.stream(
        core, call_id, Side.DESK, after, find, core.presence.attend(visitor.party_id)
    )
