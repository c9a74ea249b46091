"""Signing in and out, the own password, and the service's time."""

from __future__ import annotations

import re

from console.contract.desk_api import ChangePassword, RenewSession, Session, SignIn, TimeNow
from console.contract.lock_api import Unlock
from console.domain.errors import DomainError
from console.domain.passwords import MAX_LENGTH
from console.service import auth
from console.service.auth import Anybody, From
from console.service.bounds import bounded
from console.service.core import Here
from console.service.routes.room import Room
from console.service.trail import NOTHING_PERSONAL, Traced

router = Room("/v1", "sessions")

_SEAT = re.compile(r"[0-9A-Za-z-]{1,8}")


@router.post("/sessions")
def sign_in(body: SignIn, core: Here, origin: From) -> Session:
    """Sign in at a seat; the tokens are told this once."""
    bounded(body, password=MAX_LENGTH)
    if not _SEAT.fullmatch(body.seat):
        raise DomainError("invalid-request", places="seat: pattern")
    return auth.sign_in(core, body, origin)


@router.post("/sessions/renewal")
def renew(body: RenewSession, core: Here, trail: Traced) -> Session:
    """Exchange the renewal token for new tokens."""
    bounded(body)
    return auth.renew(core, body, trail)


@router.delete("/sessions/current", status_code=204)
def sign_out(who: Anybody, core: Here) -> None:
    """Sign out: the tokens are deleted."""
    auth.sign_out(core, who)


@router.post("/sessions/current/unlock", status_code=204)
def unlock(body: Unlock, who: Anybody, core: Here) -> None:
    """Tell whether whoever stands before a locked desk may go on."""
    bounded(body, password=MAX_LENGTH)
    auth.unlock(core, who, body.password)


@router.put("/accounts/current/password", status_code=204)
def change_password(body: ChangePassword, who: Anybody, core: Here) -> None:
    """Replace the own password; due at the first sign-in and every 90 days."""
    bounded(body, current=MAX_LENGTH, new=MAX_LENGTH)
    auth.change_password(core, who, body)


@router.get("/time", openapi_extra=NOTHING_PERSONAL)
def time_now(core: Here) -> TimeNow:
    """Return the service's clock."""
    return TimeNow(server_time=core.clock())
