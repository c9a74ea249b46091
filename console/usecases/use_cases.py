"""All use cases of one desk, as the composition root hands them on."""

from __future__ import annotations

from dataclasses import dataclass

from console.usecases.acts import Close, Dispatch, Evacuate, HandOver, Invite, Rule
from console.usecases.calls import Calls
from console.usecases.capture import Capture
from console.usecases.casework import Notes, Parties, Place, Triage
from console.usecases.edits import Edits
from console.usecases.guidance import Guidance
from console.usecases.shift import Shift


@dataclass(frozen=True, kw_only=True)
class UseCases:
    """Everything a person at the desk can do; all coroutines, run on the asyncio thread."""

    shift: Shift
    calls: Calls
    guidance: Guidance
    capture: Capture
    edits: Edits
    notes: Notes
    place: Place
    triage: Triage
    parties: Parties
    evacuate: Evacuate
    dispatch: Dispatch
    hand_over: HandOver
    rule: Rule
    close: Close
    invite: Invite
