"""Links and spoken codes that let a party call."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from console.contract.desk_api import CreateLink, Link, Role
from console.contract.join_api import CreateJoinCode, JoinCode
from console.domain.call import CallSource
from console.domain.errors import DomainError
from console.domain.ids import IncidentId
from console.service import join_codes, party_access
from console.service.auth import SignedIn, require
from console.service.bounds import bounded, require_right_data
from console.service.core import Here
from console.service.routes.room import Room
from console.service.trail import Traced

router = Room("/v1", "links")

Collector = Annotated[SignedIn, Depends(require(Role.CALL_TAKER, Role.RULING_OFFICER))]
Sender = Annotated[SignedIn, Depends(require(Role.CALL_TAKER, Role.TRAINER))]


@router.post("/links")
def create_link(body: CreateLink, who: Sender, core: Here, trail: Traced) -> Link:
    """Make a link. It is told this once and kept nowhere, so a repeat makes another one."""
    bounded(body)
    if body.source not in set(CallSource):
        raise DomainError("invalid-request", places="source: enum")
    require_right_data(body, training=core.settings.training)
    trail.incident_id = body.incident_id or ""
    with core.work(who.user.id, trail) as work:
        return party_access.create_link(core, work, body)


@router.post("/incidents/{incident_id}/join-codes")
def create_join_code(
    incident_id: IncidentId, body: CreateJoinCode, who: Collector, core: Here, trail: Traced
) -> JoinCode:
    """Make a code to read out. It is told this once and kept nowhere, so a repeat makes another one."""
    bounded(body)
    require_right_data(body, training=core.settings.training)
    with core.work(who.user.id, trail) as work:
        return join_codes.create(core, work, incident_id, body)
