"""Calls whose party was lost: listed until the party is back or a person closes them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from console.contract.desk_api import Role
from console.contract.lost_api import CloseCall, LostCallPage
from console.domain.ids import CallId
from console.domain.lost_call import require_closable
from console.service import lost_calls
from console.service.auth import SignedIn, require
from console.service.bounds import bounded
from console.service.commands import ByDeskUser
from console.service.core import Here
from console.service.notices import send_way_back
from console.service.routes.room import Room

router = Room("/v1/calls", "calls")

DeskUser = Annotated[SignedIn, Depends(require(Role.CALL_TAKER, Role.RULING_OFFICER, Role.SUPERVISOR))]


@router.get("/abandoned")
def abandoned(_who: DeskUser, core: Here, after: str = "") -> LostCallPage:
    """Return the lost calls that nobody has closed yet, those lost first come first."""
    with core.database.read() as connection:
        return lost_calls.page(connection, after)


@router.post("/{call_id}/close", status_code=204)
def close(call_id: CallId, body: CloseCall, command: ByDeskUser) -> None:
    """Close a lost call with a reason, ``settled`` with a note (``reason-missing``).

    ``call-not-lost`` when it is off the list, ``call-held`` while a seat holds it.
    """
    bounded(body)
    with command.begin() as work:
        lost_calls.close(work, call_id, body)


@router.post("/{call_id}/link-back", status_code=204)
def link_back(call_id: CallId, command: ByDeskUser) -> None:
    """Send the party of a lost call a fresh link; ``no-phone`` where none is known, else as ``close``."""
    with command.begin() as work:
        call = work.call(call_id)
        require_closable(call)
        send_way_back(command.core, work, call)
