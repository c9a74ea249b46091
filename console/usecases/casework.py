"""Casework: notes, place, triage rows, accident form and parties, as typed at the desk.

All of it goes through ``Edits``: kept on disk per key stroke, sent when the typing pauses.
"""

from __future__ import annotations

from datetime import datetime

from console.contract.desk_api import (
    DescribePlace,
    JoinedParty,
    JoinParty,
    MapAccess,
    PinPlace,
    SetAccidentForm,
    StateAccidentTime,
    StateFact,
    StatePartyDetails,
    ViewParty,
    WriteNotes,
)
from console.domain.evidence import AccidentForm
from console.domain.geo import Position
from console.domain.ids import IncidentId, PartyId
from console.domain.party import PartyDetails, ViewReason
from console.domain.triage import Answer, TriageFact
from console.usecases.edits import FORM, NOTES, PIN, PLACE, TIME, Edits, fact_key, party_key
from console.usecases.facts import CaseOpened, Publish
from console.usecases.ports import ServicePort


class Notes:
    """The call-taker's notes."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits

    async def write(self, incident_id: IncidentId, text: str) -> None:
        """Take the whole text after a key stroke."""
        self._edits.put(incident_id, NOTES, WriteNotes(text=text))


class Place:
    """Where it happened: in words, and as a pin on the map."""

    def __init__(self, edits: Edits, service: ServicePort) -> None:
        self._edits = edits
        self._service = service

    async def describe(self, incident_id: IncidentId, road: str, landmark: str) -> None:
        """Take road and landmark after a key stroke."""
        self._edits.put(incident_id, PLACE, DescribePlace(road=road, landmark=landmark))

    async def pin(self, incident_id: IncidentId, position: Position, *, by_hand: bool) -> None:
        """Take where the pin stands, after each move of it."""
        self._edits.put(incident_id, PIN, PinPlace(position=position, by_hand=by_hand))

    async def map(self) -> MapAccess:
        """Return where the map comes from."""
        return await self._service.map_access()

    async def is_drawn(self, path: str) -> bool:
        """Tell whether the map has the tile at ``path``."""
        return await self._service.has_tile(path)


class Occurrence:
    """When it happened."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits

    async def state(self, incident_id: IncidentId, occurred_at: datetime) -> None:
        """Take the moment of the accident, to the minute; the policy must be in force at it."""
        minute = occurred_at.replace(second=0, microsecond=0)
        self._edits.put(incident_id, TIME, StateAccidentTime(occurred_at=minute))


class Triage:
    """The ten rows and the accident form; each choice is sent at once."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits

    async def state(self, incident_id: IncidentId, fact: TriageFact, answer: Answer) -> None:
        """Answer one row."""
        self._edits.put(incident_id, fact_key(fact), StateFact(answer=answer), now=True)

    async def choose_form(self, incident_id: IncidentId, form: AccidentForm) -> None:
        """Choose the accident form; filled slots stay."""
        self._edits.put(incident_id, FORM, SetAccidentForm(form=form), now=True)


class Parties:
    """What is known of the parties."""

    def __init__(self, edits: Edits, service: ServicePort) -> None:
        self._edits = edits
        self._service = service

    async def state_details(self, incident_id: IncidentId, party_id: PartyId, details: PartyDetails) -> None:
        """Take a party's details after a key stroke, as a whole."""
        self._edits.put(incident_id, party_key(party_id), StatePartyDetails(details=details))

    async def view(self, incident_id: IncidentId, party_id: PartyId, reason: ViewReason) -> None:
        """Have it logged that the masks are lifted; returns once it is, and only then they may be."""
        await self._service.view_party(incident_id, party_id, ViewParty(reason=reason))

    async def join(self, incident_id: IncidentId, details: PartyDetails) -> JoinedParty:
        """Take down a further party; it appears with its journal entry."""
        return await self._service.join_party(incident_id, JoinParty(details=details))


class RulingQueue:
    """The list of cases handed over: one is taken onto this desk without a call, and put back."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish

    async def open(self, incident_id: IncidentId) -> None:
        """Work on a case; a call that is answered meanwhile goes before it."""
        self._publish(CaseOpened(incident_id=incident_id))

    async def put_back(self) -> None:
        """Leave the case as it stands."""
        self._publish(CaseOpened(incident_id=None))
