"""Edits that wait to become part of an incident: which field they are, and whether it holds them already."""

from __future__ import annotations

from console.contract.desk_api import (
    DescribePlace,
    PinPlace,
    SetAccidentForm,
    StateAccidentTime,
    StateFact,
    StatePartyDetails,
    WriteNotes,
)
from console.domain import events as ev
from console.domain.incident import Incident
from console.domain.place import PlaceDescribed, PlacePinned
from console.domain.ruling import Ruling
from console.domain.verification import AccidentTimeStated
from console.usecases.edits import FORM, NOTES, PIN, PLACE, RULING, TIME, fact_key, party_key
from console.usecases.facts import EditChanged


def edited_key(event: ev.Event) -> str | None:
    """Return the key of the edit that ``event`` is the outcome of, if it is one."""
    match event:
        case ev.NotesWritten():
            return NOTES
        case PlaceDescribed():
            return PLACE
        case PlacePinned():
            return PIN
        case AccidentTimeStated():
            return TIME
        case ev.AccidentFormSet():
            return FORM
        case ev.RulingDrafted():
            return RULING
        case ev.TriageFactStated(fact=fact):
            return fact_key(fact)
        case ev.PartyDetailsStated(party_id=party_id):
            return party_key(party_id)
        case _:
            return None


def is_held(incident: Incident, edit: EditChanged) -> bool:
    """Tell whether the incident already has the edited value."""
    match edit.value:
        case WriteNotes(text=text):
            return incident.notes == text
        case DescribePlace(road=road, landmark=landmark):
            return (incident.road_text, incident.landmark_text) == (road, landmark)
        case PinPlace(position=position, by_hand=by_hand):
            pin = incident.pin
            return pin is not None and (pin.position, pin.by_hand) == (position, by_hand)
        case StateAccidentTime(occurred_at=occurred_at):
            return incident.occurred_at == occurred_at
        case SetAccidentForm(form=form):
            return incident.form is form
        case StateFact(answer=answer):
            return any(fact_key(fact) == edit.key and said is answer for fact, said in incident.facts.items())
        case StatePartyDetails(details=details):
            return any(
                party_key(party.id) == edit.key and party.details == details for party in incident.parties
            )
        case Ruling():
            return incident.ruling == edit.value
