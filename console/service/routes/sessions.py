"""Signing in and out, and the service's time."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request

from console.contract.desk_api import Session, SignIn, TimeNow
from console.domain.errors import DomainError
from console.service import auth
from console.service.auth import Anybody
from console.service.bounds import bounded
from console.service.core import Here

router = APIRouter(prefix="/v1", tags=["sessions"])

_SEAT = re.compile(r"[0-9A-Za-z-]{1,8}")


@router.post("/sessions")
def sign_in(body: SignIn, core: Here, request: Request) -> Session:
    """Sign in at a seat; the token is told this once."""
    bounded(body)
    if not _SEAT.fullmatch(body.seat):
        raise DomainError("invalid-request", places="seat: pattern")
    return auth.sign_in(core, body, request.client.host if request.client else "")


@router.delete("/sessions/current", status_code=204)
def sign_out(who: Anybody, core: Here) -> None:
    """Sign out: the token is deleted."""
    auth.sign_out(core, who)


@router.get("/time")
def time_now(core: Here) -> TimeNow:
    """Return the service's clock."""
    return TimeNow(server_time=core.clock())
