"""Calls put into the queue in the service's own name, without a phone."""

from __future__ import annotations

from console.domain.call import CallSource
from console.domain.ids import CallId
from console.domain.party import PartyDetails
from console.service.core import Core
from console.service.opening import join, open_incident, place_call


def place(core: Core, *, hurt: bool = False) -> CallId:
    """Open an incident with one party that calls, and return the call."""
    with core.work("party") as work:
        incident = open_incident(work, training=True)
        party = join(work, incident, PartyDetails(phone="10012345678"), caller=True)
        call = place_call(
            work, incident.id, party.id, source=CallSource.SMS_LINK, hurt=hurt, place_hint="样例大道"
        )
        return call.id
