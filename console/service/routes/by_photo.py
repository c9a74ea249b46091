"""Photos and words in place of the picture: the desk asks, the party writes."""

from __future__ import annotations

import re

from console.contract.by_photo_api import AskPhoto
from console.contract.party_api import WriteWords
from console.domain.by_photo import PartyWrote, PhotoAsked, PhotosEnded
from console.domain.call import IN_CALL
from console.domain.errors import DomainError
from console.domain.ids import CallId
from console.service.bounds import bounded
from console.service.commands import ByCallTaker
from console.service.guards import answered_call, editable
from console.service.party_access import ByParty
from console.service.party_case import known_case, newest_call
from console.service.routes.room import Room

router = Room("/v1", "calls")

MOST_LINES = 200
"""Lines that both sides of one call may write: each is kept in the call."""
_ID = re.compile(r"[0-9a-f]{32}")


@router.post("/calls/{call_id}/photos", status_code=204)
def ask_photo(call_id: CallId, body: AskPhoto, command: ByCallTaker) -> None:
    """Ask the party for a photo and tell it what of; the request goes over the service, not over the call.

    Refusals: ``call-state``, ``not-your-call``, ``incident-locked``, ``too-many-words``.
    """
    bounded(body)
    if not _ID.fullmatch(body.request_id):
        raise DomainError("invalid-request", places="request_id: pattern")
    with command.begin() as work:
        call = answered_call(work, call_id, command.who)
        editable(work, call.incident_id)
        _require_room(len(call.by_photo.lines))
        event = PhotoAsked(request_id=body.request_id, slot=body.slot, text=body.text)
        work.record(call.incident_id, event, call.id)


@router.post("/calls/{call_id}/photos/end", status_code=204)
def end_photos(call_id: CallId, command: ByCallTaker) -> None:
    """Ask for nothing any more; nothing happens where nothing is asked for."""
    with command.begin() as work:
        call = answered_call(work, call_id, command.who)
        if call.by_photo.asked is not None and call.state in IN_CALL:
            work.record(call.incident_id, PhotosEnded(), call.id)


@router.post("/party/words", status_code=204)
def write_words(body: WriteWords, command: ByParty) -> None:
    """Write to the desk, only during a call; what is written stays in the case."""
    bounded(body)
    text = body.text.strip()
    if not text:
        raise DomainError("invalid-request", places="text: empty")
    with command.begin() as work:
        known_case(work, command.visitor)
        newest = newest_call(work.connection, command.visitor)
        if newest is None or newest[0].state not in IN_CALL:
            raise DomainError("no-call")
        _require_room(len(newest[0].by_photo.lines))
        work.record(newest[0].incident_id, PartyWrote(text=text), newest[0].id)


def _require_room(lines: int) -> None:
    if lines >= MOST_LINES:
        raise DomainError("too-many-words", limit=MOST_LINES)
