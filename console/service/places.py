"""A position and what the map says of it are recorded together."""

from __future__ import annotations

from console.domain.ids import IncidentId
from console.domain.place import PlaceLocated, PlacePinned, PositionReported
from console.service.journal import Work
from console.service.maps.atlas import Atlas


def record_place(
    work: Work, atlas: Atlas, incident_id: IncidentId, event: PositionReported | PlacePinned
) -> None:
    """Record ``event``; where it changes the place, also the unit and road that the map finds there."""
    work.record(incident_id, event)
    incident = work.incident(incident_id)
    if incident.position is None or incident.whereabouts:
        return
    found = atlas.whereabouts(incident.position)
    if found:
        work.record(incident_id, PlaceLocated(whereabouts=found))
