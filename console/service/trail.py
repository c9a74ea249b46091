"""What one request leaves in the audit: gathered while it is served, written before its answer goes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from console.contract.desk_api import User
from console.service.audit import OK, Deed

MARK = "x-audit"
NOTHING_PERSONAL = {MARK: "none"}
"""``openapi_extra`` of a route that tells and changes nothing of anybody: the only ones that leave no row."""

_ID = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[a-z][a-z-]{0,39}")


@dataclass(kw_only=True)
class Trail:
    """Who asks, and for what, as far as it is known by now.

    Only what the service itself made gets in: ids and words of closed lists. What a caller typed does not,
    since it may be a name, a telephone number or a password.
    """

    scope: Mapping[str, Any] = field(default_factory=dict)
    process: str = ""
    actor: str = ""
    role: str = ""
    session: str = ""
    seat: str = ""
    incident_id: str = ""
    reason: str = ""
    code: str = ""
    """The code of the refusal."""
    written: bool = False
    """Whether the row of a success was committed together with what it tells."""

    def of_desk(self, user: User, seat: str, session: str) -> None:
        """It is a person at a desk."""
        self.of_account(user)
        self.seat, self.session = seat, session

    def of_account(self, user: User) -> None:
        """It is somebody who holds this account, or claims to."""
        self.actor, self.role = user.id, " ".join(user.roles)

    def because(self, reason: str) -> None:
        """It is done for a reason of a closed list; any other stands where it is kept with the case."""
        self.reason = reason if _WORD.fullmatch(reason) else "?"

    def of_party(self, party_id: str, link_id: str, incident_id: str | None) -> None:
        """It is the browser to which a party's link is bound."""
        self.actor, self.role, self.session = party_id, "party", link_id
        self.incident_id = incident_id or self.incident_id

    @property
    def route(self) -> APIRoute | None:
        """The route of the interface that serves the request, ``None`` for pages, files and nothing."""
        route = self.scope.get("route")
        return route if isinstance(route, APIRoute) else None

    @property
    def counts(self) -> bool:
        """Tell whether this request belongs into the audit."""
        route = self.route
        return route is not None and route.include_in_schema and MARK not in (route.openapi_extra or {})

    @property
    def stranger(self) -> bool:
        """Tell whether whoever asks could ask from anywhere and as often as he likes."""
        return self.role in {"", "party"}

    @property
    def address(self) -> str:
        """Where the request came from."""
        client = self.scope.get("client")
        return client[0] if client else ""

    def deed(self, at: datetime, outcome: str) -> Deed:
        """Return the row."""
        params: Mapping[str, object] = self.scope.get("path_params", {})
        known = {name: _shown(str(value)) for name, value in params.items()}
        incident_id = known.pop("incident_id", "") or self.incident_id
        return Deed(
            at=at,
            actor=self.actor,
            role=self.role,
            session=self.session,
            seat=self.seat,
            address=self.address[:64],
            process=self.process,
            action=self.route.unique_id if self.route else "",
            incident_id=incident_id,
            record=" ".join(f"{name}={value}" for name, value in known.items()),
            reason=self.reason,
            outcome=outcome or OK,
        )


def _shown(value: str) -> str:
    return value if _ID.fullmatch(value) or _WORD.fullmatch(value) else "?"


def begin(scope: MutableMapping[str, Any], process: str) -> Trail:
    """Give a request its trail."""
    trail = Trail(scope=scope, process=process)
    scope.setdefault("state", {})["trail"] = trail
    return trail


def trail_of(request: Request) -> Trail:
    """Return the trail of a request."""
    trail: Trail = request.state.trail
    return trail


async def traced(request: Request) -> Trail:
    """Dependency: the trail of a request."""
    return trail_of(request)


Traced = Annotated[Trail, Depends(traced)]
