"""Links that let a party call."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from console.contract.desk_api import CreateLink, Link, Role
from console.domain.call import CallSource
from console.domain.errors import DomainError
from console.service import party_access
from console.service.auth import SignedIn, require
from console.service.bounds import bounded, require_right_data
from console.service.core import Here

router = APIRouter(prefix="/v1/links", tags=["links"])

Sender = Annotated[SignedIn, Depends(require(Role.CALL_TAKER, Role.TRAINER))]


@router.post("")
def create_link(body: CreateLink, who: Sender, core: Here) -> Link:
    """Make a link. It is told this once and kept nowhere, so a repeat makes another one."""
    bounded(body)
    if body.source not in set(CallSource):
        raise DomainError("invalid-request", places="source: enum")
    require_right_data(body, training=core.settings.training)
    with core.work(who.user.id) as work:
        return party_access.create_link(core, work, body)
