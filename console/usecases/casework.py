"""Casework: notes, place, triage rows, accident form and parties, as typed at the desk.

All of it goes through ``Edits``: kept on disk per key stroke, sent when the typing pauses.
"""

from __future__ import annotations

from console.contract.desk_api import (
    DescribePlace,
    JoinedParty,
    JoinParty,
    SetAccidentForm,
    StateFact,
    StatePartyDetails,
    WriteNotes,
)
from console.domain.evidence import AccidentForm
from console.domain.ids import IncidentId, PartyId
from console.domain.party import PartyDetails
from console.domain.triage import Answer, TriageFact
from console.usecases.edits import FORM, NOTES, PLACE, Edits, fact_key, party_key
from console.usecases.ports import ServicePort


class Notes:
    """The call-taker's notes."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits

    async def write(self, incident_id: IncidentId, text: str) -> None:
        """Take the whole text after a key stroke."""
        self._edits.put(incident_id, NOTES, WriteNotes(text=text))


class Place:
    """Where it happened, in words."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits

    async def describe(self, incident_id: IncidentId, road: str, landmark: str) -> None:
        """Take road and landmark after a key stroke."""
        self._edits.put(incident_id, PLACE, DescribePlace(road=road, landmark=landmark))


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

    async def join(self, incident_id: IncidentId, details: PartyDetails) -> JoinedParty:
        """Take down a further party; it appears with its journal entry."""
        return await self._service.join_party(incident_id, JoinParty(details=details))
