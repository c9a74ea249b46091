"""The outbox as supervisors see it: what did not arrive, and what becomes of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from console.contract.desk_api import Role
from console.contract.outbox_api import DecideDelivery, DeliveryPage
from console.domain.delivery import DeliveryState
from console.domain.ids import DeliveryId
from console.service import outbox
from console.service.auth import SignedIn, require
from console.service.bounds import bounded
from console.service.commands import DeskCommand, desk_command
from console.service.core import Here
from console.service.outbox_list import page
from console.service.routes.room import Room

router = Room("/v1/deliveries", "deliveries")

Supervisor = Annotated[SignedIn, Depends(require(Role.SUPERVISOR))]
BySupervisor = Annotated[DeskCommand, Depends(desk_command(Role.SUPERVISOR))]


@router.get("")
def deliveries(
    _who: Supervisor, core: Here, state: DeliveryState = DeliveryState.DEAD, after: str = ""
) -> DeliveryPage:
    """Return the deliveries in a state, the newest first."""
    with core.database.read() as connection:
        return page(connection, state, after)


@router.post("/{delivery_id}/retry", status_code=204)
def retry(delivery_id: DeliveryId, body: DecideDelivery, command: BySupervisor) -> None:
    """Queue a dead delivery again; ``delivery-state`` for one that is not dead."""
    bounded(body)
    with command.begin() as work:
        outbox.retry(work, delivery_id, body.reason)


@router.post("/{delivery_id}/give-up", status_code=204)
def give_up(delivery_id: DeliveryId, body: DecideDelivery, command: BySupervisor) -> None:
    """End a dead delivery: it was settled otherwise, as the reason says; ``reason-missing`` without one."""
    bounded(body)
    with command.begin() as work:
        outbox.give_up(work, delivery_id, body.reason)
