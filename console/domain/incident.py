"""The accident: everything known of it, and what follows from that.

``console.domain.evolution`` makes it out of what happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from console.domain import discarding as dc
from console.domain import posts as ps
from console.domain import recognition as rc
from console.domain import review as rv
from console.domain import signature as sg
from console.domain import verification as vf
from console.domain.decisions import Dispatch, Evacuation, Return, missing_slots
from console.domain.delivery import Delivery
from console.domain.determination import Determination, Message
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Evidence, Slot
from console.domain.faces import FaceCheck
from console.domain.geo import Position
from console.domain.handling import assess_rows
from console.domain.ids import IncidentId, PartyId
from console.domain.local_finding import LocalFinding
from console.domain.party import ConsentItem, Party
from console.domain.place import Pin, Whereabouts
from console.domain.ruling import Ruling, RulingProblem
from console.domain.suggestion import undecided
from console.domain.triage import Answer, Assessment, Movement, TriageFact, open_facts


class IncidentState(StrEnum):
    """Stages of an incident and the ways it may end."""

    COLLECTING = "collecting"
    RULING = "ruling"
    ISSUED = "issued"
    SERVED = "served"
    CLOSED = "closed"
    DISPATCHED = "dispatched"
    VOID = "void"


INCIDENT_TRANSITIONS: dict[IncidentState, frozenset[IncidentState]] = {
    IncidentState.COLLECTING: frozenset(
        {IncidentState.RULING, IncidentState.DISPATCHED, IncidentState.CLOSED, IncidentState.VOID}
    ),
    IncidentState.RULING: frozenset(
        {
            IncidentState.COLLECTING,
            IncidentState.ISSUED,
            IncidentState.DISPATCHED,
            IncidentState.CLOSED,
            IncidentState.VOID,
        }
    ),
    IncidentState.ISSUED: frozenset({IncidentState.SERVED, IncidentState.RULING}),
    IncidentState.SERVED: frozenset({IncidentState.CLOSED, IncidentState.RULING}),
    IncidentState.CLOSED: frozenset({IncidentState.RULING}),
    IncidentState.DISPATCHED: frozenset({IncidentState.CLOSED}),
    IncidentState.VOID: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class Incident:
    """One accident. ``version`` is the journal sequence of the last event applied (0 before any).

    ``determination`` is the newest document, ``cancelled`` are those before it, which stay as they were.

    ``hurt_known_at``: when it was first said whether anybody is hurt; ``settled_at``: since when no triage
    fact is open; ``late_until``: the last day to decide on a late report (Art. 18).
    """

    id: IncidentId
    number: str
    training: bool
    opened_at: datetime
    state: IncidentState = IncidentState.COLLECTING
    form: AccidentForm = AccidentForm.REAR_END
    occurred_at: datetime | None = None
    fix: Position | None = None
    pin: Pin | None = None
    whereabouts: tuple[Whereabouts, ...] = ()
    road_text: str = ""
    landmark_text: str = ""
    notes: str = ""
    parties: tuple[Party, ...] = ()
    facts: Mapping[TriageFact, Answer]
    local: LocalFinding | None = None
    hurt_known_at: datetime | None = None
    settled_at: datetime | None = None
    late_until: date | None = None
    officer_requested_by: tuple[PartyId, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    discarded: tuple[dc.Discarded, ...] = ()
    documents: tuple[rc.ReadDocument, ...] = ()
    verifications: tuple[vf.Verification, ...] = ()
    face_checks: tuple[FaceCheck, ...] = ()
    returned: Return | None = None
    posts: ps.Posts = ps.NOTHING_PASSED
    dispatch: Dispatch | None = None
    evacuation: Evacuation | None = None
    ruling: Ruling | None = None
    determination: Determination | None = None
    cancelled: tuple[Determination, ...] = ()
    review: rv.Review | None = None
    messages: tuple[Message, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    recording: sg.Recording | None = None
    recordings: tuple[Evidence, ...] = ()
    signing: sg.SigningRequest | None = None
    signatures: tuple[sg.Signature, ...] = ()
    version: int = 0

    @property
    def position(self) -> Position | None:
        """Where it was: as the desk pinned it, before that the newest fix of a phone."""
        return self.fix if self.pin is None else self.pin.position

    @property
    def answers(self) -> Mapping[TriageFact, Answer]:
        """The rows as they stand: as they were answered, and by the local rule where it decides."""
        found = Answer.UNKNOWN if self.local is None else self.local.answer
        return self.facts if found is Answer.UNKNOWN else {**self.facts, TriageFact.OUTSIDE_LOCAL_RULE: found}

    @property
    def assessment(self) -> Assessment:
        """Triage recomputed from the facts as they stand, each party's consent among them."""
        return assess_rows(
            self.answers,
            officer_requested=bool(self.officer_requested_by),
            consents=self.simple_procedure_answers,
        )

    @property
    def simple_procedure_answers(self) -> Mapping[str, bool | None]:
        """Each party's newest answer to the simple procedure by label, ``None`` where it was not asked."""
        answers = {party.label: party.consent(ConsentItem.SIMPLE_PROCEDURE) for party in self.parties}
        return {label: None if answer is None else answer.given for label, answer in answers.items()}

    @property
    def open_facts(self) -> tuple[TriageFact, ...]:
        """The triage rows that are to be asked and not answered yet; they block the ruling."""
        return open_facts(self.answers)

    @property
    def missing_slots(self) -> tuple[Slot, ...]:
        """Required slots with no evidence yet, in the order in which they are taken."""
        return missing_slots(self.form, self.evidence, self.returned)

    @property
    def doubted(self) -> tuple[PartyId, ...]:
        """Parties whose registered data contradict the scene.

        Until somebody has looked again or decided, which script is right is open and nobody moves.
        """
        return tuple(found.party_id for found in self.verifications if undecided(found, self.facts))

    @property
    def may_move(self) -> bool:
        """Whether the parties may be told to clear the road: neither the law nor an open doubt holds them."""
        return self.assessment.movement is not Movement.NO and not self.doubted

    @property
    def happened_at(self) -> datetime:
        """When the accident happened; until somebody said so, when it was reported."""
        return self.occurred_at or self.opened_at

    def verification(self, party_id: PartyId) -> vf.Verification:
        """Return all checks of a party, those that nobody asked for yet too."""
        known = (v for v in self.verifications if v.party_id == party_id)
        verification = next(known, vf.unchecked(party_id))
        faces = [check for check in self.face_checks if check.party_id == party_id]
        return vf.with_checks(verification, (vf.face_hint(faces[-1]),)) if faces else verification

    @property
    def open_signatures(self) -> tuple[RulingProblem, ...]:
        """Parties of whom the saved ruling still needs a signature, a noted refusal or a reason."""
        if self.ruling is None:
            return ()
        return sg.signature_problems(self.ruling.outcome, self.parties, self.signatures)

    @property
    def to_redo(self) -> rv.ReviewDecided | None:
        """The decision on a review by which the case is ruled anew, until the new document is made.

        A case that meanwhile took another road (general procedure, police sent) is not ruled here any more.
        """
        under_way = self.state in {IncidentState.COLLECTING, IncidentState.RULING}
        return self.review.decision if self.review and self.review.to_redo and under_way else None

    @property
    def document(self) -> Determination | None:
        """The document that ended the ruling; ``None`` before, and while another is to be made."""
        return None if self.to_redo is not None else self.determination

    @property
    def asked_at(self) -> datetime | None:
        """Since when the oldest application of a party waits for a decision, or for the document that was
        ordered on it; ``None`` while none does.
        """
        waits = self.review is not None and (self.review.open or self.to_redo is not None)
        review = (self.review.applied_at,) if self.review is not None and waits else ()
        return min((*review, *(one.asked_at for one in self.posts.open_requests)), default=None)

    def signature(self, party_id: PartyId) -> sg.Signature | None:
        """Return what stands of a party's signature, ``None`` while nothing does."""
        return next((one for one in self.signatures if one.party_id == party_id), None)

    def party(self, party_id: PartyId) -> Party:
        """Return a party; raise ``unknown-party``."""
        for party in self.parties:
            if party.id == party_id:
                return party
        raise DomainError("unknown-party")


def require_state(incident: Incident, wanted: IncidentState) -> None:
    """Raise ``incident-state`` unless the move to ``wanted`` is drawn in ``INCIDENT_TRANSITIONS``."""
    if wanted not in INCIDENT_TRANSITIONS[incident.state]:
        raise DomainError("incident-state", current=incident.state.value, wanted=wanted.value)
