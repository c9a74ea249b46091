"""All use cases of one desk, as the composition root hands them on."""

from __future__ import annotations

from dataclasses import dataclass

from console.usecases.acts import Close, Dispatch, Evacuate, HandOver, Invite, Rule
from console.usecases.applications import Applications
from console.usecases.by_photo import ByPhoto
from console.usecases.calls import Calls
from console.usecases.capture import Capture
from console.usecases.casework import Notes, Occurrence, Parties, Place, RulingQueue, Triage
from console.usecases.deliveries import Deliveries
from console.usecases.documents import Documents
from console.usecases.edits import Edits
from console.usecases.faces import Faces
from console.usecases.guidance import Guidance
from console.usecases.lost_calls import LostCalls
from console.usecases.recording import Recording
from console.usecases.remembered import Remembered
from console.usecases.shift import Shift
from console.usecases.signing import Signing
from console.usecases.training import Training
from console.usecases.verification import Verification


@dataclass(frozen=True, kw_only=True)
class UseCases:
    """Everything a person at the desk can do; all coroutines, run on the asyncio thread."""

    shift: Shift
    calls: Calls
    by_photo: ByPhoto
    guidance: Guidance
    capture: Capture
    edits: Edits
    notes: Notes
    place: Place
    triage: Triage
    parties: Parties
    documents: Documents
    faces: Faces
    verification: Verification
    occurrence: Occurrence
    evacuate: Evacuate
    dispatch: Dispatch
    hand_over: HandOver
    rule: Rule
    ruling_queue: RulingQueue
    signing: Signing
    recording: Recording
    close: Close
    invite: Invite
    deliveries: Deliveries
    lost_calls: LostCalls
    applications: Applications
    training: Training
    remembered: Remembered
