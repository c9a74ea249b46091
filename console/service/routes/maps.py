"""The map: where its tiles are, the tiles, and the pin that the desk sets on it."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated

from fastapi import Header, Response

from console.contract.desk_api import MapAccess, PinPlace
from console.domain.errors import DomainError
from console.domain.geo import Datum
from console.domain.ids import IncidentId
from console.domain.place import PlacePinned
from console.domain.tiles import TileAddress
from console.service.auth import DeskUser, session_lasts
from console.service.bounds import bounded
from console.service.commands import ByCollector
from console.service.core import Here
from console.service.guards import editable
from console.service.maps.source import Mode
from console.service.places import record_place
from console.service.routes.room import Room
from console.service.trail import NOTHING_PERSONAL

router = Room("/v1", "map")

KEPT_S = 24 * 3600
"""How long a desk may show a tile without asking again."""


@router.get("/map", openapi_extra=NOTHING_PERSONAL)
def map_access(who: DeskUser, core: Here) -> MapAccess:
    """Tell where the map comes from.

    Map widgets send no header of ours, so the path itself carries a key: the session's id, which is told
    nowhere else. It is as unguessable as a token, outlives those, and opens tiles alone.
    """
    extent = core.atlas.extent
    return MapAccess(
        tiles=f"/v1/map/tiles/{who.session_id}",
        edition=core.atlas.edition,
        attribution=extent.attribution,
        datum=extent.datum,
        min_zoom=extent.min_zoom,
        max_zoom=extent.max_zoom,
        west=extent.west,
        south=extent.south,
        east=extent.east,
        north=extent.north,
    )


@router.get(
    "/map/tiles/{key}/{mode}/{zoom}/{x}/{y}.png", response_class=Response, openapi_extra=NOTHING_PERSONAL
)
def tile(
    key: str,
    mode: Mode,
    zoom: int,
    x: int,
    y: int,
    core: Here,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """Return one tile to whoever holds the key of a session that is still open."""
    with core.database.read() as connection:
        if not session_lasts(connection, key, core.clock()):
            raise DomainError("not-signed-in")
    try:
        address = TileAddress(zoom=zoom, x=x, y=y)
    except ValueError:
        raise DomainError("tile-missing") from None
    found = core.atlas.tile(mode, address)
    headers = {
        "Cache-Control": f"private, max-age={KEPT_S}",
        "ETag": f'"{sha256(found.content).hexdigest()[:32]}"',
    }
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers=headers, media_type=found.media_type)


@router.put("/incidents/{incident_id}/pin", status_code=204)
def pin_place(incident_id: IncidentId, body: PinPlace, command: ByCollector) -> None:
    """Set where it was; no later fix of a phone moves it."""
    bounded(body)
    if body.position.datum is Datum.UNKNOWN:
        raise DomainError("datum-unknown")
    with command.begin() as work:
        incident = editable(work, incident_id)
        pin = incident.pin
        if pin is None or (pin.position, pin.by_hand) != (body.position, body.by_hand):
            pinned = PlacePinned(position=body.position, by_hand=body.by_hand)
            record_place(work, command.core.atlas, incident_id, pinned)
