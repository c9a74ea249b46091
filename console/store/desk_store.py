"""The desk's knowledge: journal and local outcomes come in by one door, views read from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from console.contract.desk_api import RulingReview, Session
from console.contract.journal import DeskSnapshot, Entry
from console.contract.media import DevicesChanged, MediaStats
from console.domain.call import Call
from console.domain.ids import CallId, EvidenceId, IncidentId
from console.domain.incident import Incident
from console.store.changes import Changes, Lamp
from console.store.journal_state import JournalState
from console.store.pending import edited_key, is_held
from console.usecases import facts

EditPlace = tuple[IncidentId, str]


class DeskStore:
    """Everything the desk knows. One thread writes and reads it; it never waits and knows no clock.

    ``load`` and ``apply`` are the only ways in. The attributes are for reading; the mappings are views.
    """

    def __init__(self) -> None:
        self._journal = JournalState()
        self._local_items: dict[EvidenceId, facts.CustodyChanged] = {}
        self._connections: dict[CallId, facts.ConnectionChanged] = {}
        self._phones: dict[CallId, facts.PhoneReported] = {}
        self._guidance: dict[str, facts.GuidanceChanged] = {}
        self._edits: dict[EditPlace, facts.EditChanged] = {}
        self._reviews: dict[IncidentId, RulingReview] = {}
        self._silent: dict[IncidentId, int] = {}
        self.session: Session | None = None
        self.session_end = ""
        self.seat: facts.SeatChanged | None = None
        self.service_link: facts.ServiceLinkChanged | None = None
        self.media_link: facts.MediaLinkChanged | None = None
        self.clock: facts.ClockMeasured | None = None
        self.secrets: facts.SecretsState | None = None
        self.stats: MediaStats | None = None
        self.devices: DevicesChanged | None = None
        self.recovered: facts.EvidenceRecovered | None = None
        self.bookmark: facts.DeskRecovered | None = None
        self.opened: IncidentId | None = None
        self.muted = False

    @property
    def sequence(self) -> int:
        """Sequence of the newest journal entry taken in."""
        return self._journal.sequence

    @property
    def as_of(self) -> datetime | None:
        """Service time of the newest snapshot or entry taken in."""
        return self._journal.as_of

    @property
    def calls(self) -> Mapping[CallId, Call]:
        """Every call this desk may see."""
        return MappingProxyType(self._journal.calls)

    @property
    def incidents(self) -> Mapping[IncidentId, Incident]:
        """Every incident this desk may see."""
        return MappingProxyType(self._journal.incidents)

    @property
    def local_items(self) -> Mapping[EvidenceId, facts.CustodyChanged]:
        """Items captured at this desk, in the order of capture."""
        return MappingProxyType(self._local_items)

    @property
    def connections(self) -> Mapping[CallId, facts.ConnectionChanged]:
        """How far the connection of each own call has got."""
        return MappingProxyType(self._connections)

    @property
    def phones(self) -> Mapping[CallId, facts.PhoneReported]:
        """What the phone of a call last said of itself."""
        return MappingProxyType(self._phones)

    @property
    def guidance(self) -> Mapping[str, facts.GuidanceChanged]:
        """Messages to phones by their id."""
        return MappingProxyType(self._guidance)

    @property
    def edits(self) -> Mapping[EditPlace, facts.EditChanged]:
        """What was typed here and is not yet part of the incident; shown instead of the incident's value."""
        return MappingProxyType(self._edits)

    @property
    def reviews(self) -> Mapping[IncidentId, RulingReview]:
        """The service's last word on each saved ruling."""
        return MappingProxyType(self._reviews)

    def everything(self) -> Changes:
        """Return all that can change as changed: for a view that shows the store for the first time."""
        return Changes(
            calls=frozenset(self.calls),
            incidents=frozenset(self.incidents),
            evidence=frozenset(self.local_items),
            connections=frozenset(self.connections),
            phones=frozenset(self.phones),
            edits=frozenset(self.edits),
            reviews=frozenset(self.reviews),
            guidance=frozenset(self.guidance),
            lamps=frozenset(Lamp),
            session=True,
            seat=True,
            media=True,
            devices=True,
            muted=True,
            recovery=True,
        )

    @property
    def silent_counts(self) -> Mapping[IncidentId, int]:
        """How many silent codes stand in the cases of this seat; no part of an incident, on purpose."""
        return MappingProxyType(self._silent)

    def load(self, snapshot: DeskSnapshot) -> Changes:
        """Take a snapshot instead of the journal known so far; local knowledge stays."""
        settled = {place for place, edit in self._edits.items() if edit.state is facts.EditState.SENT}
        for place in settled:
            del self._edits[place]
        return self._journal.load(snapshot) | Changes(edits=frozenset(settled))

    def apply(self, fact: facts.Fact) -> Changes:
        """Take one fact and return what it changed; a repeated journal entry changes nothing."""
        match fact:
            case DeskSnapshot():
                return self.load(fact)
            case Entry():
                return self._apply_entry(fact)
            case facts.EditChanged():
                return self._apply_edit(fact)
            case facts.RulingReviewed():
                self._reviews[fact.incident_id] = fact.review
                return Changes(reviews=frozenset({fact.incident_id}))
            case facts.DeskRecovered():
                self.bookmark = fact
                return Changes(recovery=True)
            case facts.CaseOpened():
                touched = frozenset(one for one in (self.opened, fact.incident_id) if one is not None)
                self.opened = fact.incident_id
                return Changes(incidents=touched)
            case facts.SilentCounted():
                self._silent[fact.incident_id] = fact.count
                return Changes(silent=frozenset({fact.incident_id}))
            case facts.CustodyChanged() | facts.EvidenceRecovered():
                return self._apply_evidence(fact)
            case facts.SessionOpened() | facts.SessionClosed() | facts.SeatChanged():
                return self._apply_shift(fact)
            case _:
                return self._apply_link(fact)

    def _apply_entry(self, entry: Entry) -> Changes:
        changes = self._journal.apply(entry)
        key = edited_key(entry.event) if changes else None
        place = (entry.incident_id, key or "")
        edit = self._edits.get(place)
        if edit is not None and edit.state is facts.EditState.SENT:
            del self._edits[place]
            changes |= Changes(edits=frozenset({place}))
        return changes

    def _apply_edit(self, edit: facts.EditChanged) -> Changes:
        place = (edit.incident_id, edit.key)
        incident = self._journal.incidents.get(edit.incident_id)
        if edit.state is facts.EditState.SENT and (incident is None or is_held(incident, edit)):
            self._edits.pop(place, None)
        else:
            self._edits[place] = edit
        return Changes(edits=frozenset({place}))

    def _apply_evidence(self, fact: facts.CustodyChanged | facts.EvidenceRecovered) -> Changes:
        if isinstance(fact, facts.EvidenceRecovered):
            self.recovered = fact
            return Changes(recovery=True)
        self._local_items[fact.evidence_id] = fact
        return Changes(evidence=frozenset({fact.evidence_id}), lamps=frozenset({Lamp.OUTBOX}))

    def _apply_shift(self, fact: facts.SessionOpened | facts.SessionClosed | facts.SeatChanged) -> Changes:
        match fact:
            case facts.SessionOpened():
                self.session, self.session_end, self.seat = fact.session, "", None
            case facts.SessionClosed():
                self.session, self.session_end, self.seat = None, fact.reason, None
                self._silent, self.opened = {}, None
            case facts.SeatChanged():
                self.seat = fact
                return Changes(seat=True)
        return Changes(session=True, seat=True)

    def _apply_link(self, fact: facts.LinkOutcome) -> Changes:
        match fact:
            case facts.ServiceLinkChanged():
                self.service_link = fact
                return _lamp(Lamp.SERVICE)
            case facts.MediaLinkChanged():
                self.media_link = fact
                return _lamp(Lamp.MEDIA)
            case facts.ClockMeasured():
                self.clock = fact
                return _lamp(Lamp.CLOCK)
            case facts.SecretsState():
                self.secrets = fact
                return _lamp(Lamp.KEYRING)
            case facts.ConnectionChanged():
                self._connections[fact.call_id] = fact
                return Changes(connections=frozenset({fact.call_id}), lamps=frozenset({Lamp.MEDIA}))
            case facts.PhoneReported():
                self._phones[fact.call_id] = fact
                return Changes(phones=frozenset({fact.call_id}))
            case facts.GuidanceChanged():
                self._guidance[fact.id] = fact
                return Changes(guidance=frozenset({fact.id}))
            case facts.MediaReported():
                self.stats = fact.stats
                return Changes(media=True)
            case facts.DevicesReported():
                self.devices = fact.devices
                return Changes(devices=True, lamps=frozenset({Lamp.MEDIA}))
            case facts.MuteChanged():
                self.muted = fact.muted
                return Changes(muted=True)


def _lamp(lamp: Lamp) -> Changes:
    return Changes(lamps=frozenset({lamp}))
