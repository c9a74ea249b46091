"""Whether a seat takes calls."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from sqlalchemy import update

from console.contract.desk_api import Role, SetSeatState
from console.service.bounds import bounded
from console.service.commands import DeskCommand, desk_command
from console.service.routes.room import Room
from console.service.tables import seats

router = Room("/v1/seats", "seats")


@router.put("/current", status_code=204)
def set_seat(
    body: SetSeatState, command: Annotated[DeskCommand, Depends(desk_command(Role.CALL_TAKER))]
) -> None:
    """Make the own seat ready for calls, or take a break; a fresh sign-in is on a break."""
    bounded(body)
    with command.begin() as work:
        work.connection.execute(
            update(seats)
            .where(seats.c.seat == command.who.seat)
            .values(state=body.state.value, reason=body.reason, idle_since=work.now)
        )
        work.changed = True
