"""Verification at the desk: asking again, a person's own finding, values taken over, silent codes.

The checks start by themselves and come with the journal.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from console.contract.journal import DeskSnapshot, Entry
from console.contract.verification_api import (
    AdoptRegistered,
    FindManually,
    SilentAlert,
    StartChecks,
    ViewSilentAlerts,
)
from console.domain.errors import DomainError
from console.domain.events import CallAnswered
from console.domain.ids import EvidenceId, IncidentId, PartyId
from console.domain.verification import CheckItem, ChecksRecorded, Field
from console.usecases.facts import Publish, SilentCounted
from console.usecases.following import Follower
from console.usecases.ports import ServicePort, ServiceUnavailable
from console.usecases.shift import Shift
from console.usecases.tasks import Tasks


class Verification(Follower):
    """What a person does about checks; counts the silent codes in the cases of this seat and of no other.

    Everything a person does may raise ``DomainError`` and ``ServiceUnavailable``.
    """

    def __init__(self, shift: Shift, service: ServicePort, publish: Publish) -> None:
        self._shift = shift
        self._service = service
        self._publish = publish
        self._own: set[IncidentId] = set()
        self._tasks = Tasks()

    async def ask_again(
        self, incident_id: IncidentId, party_id: PartyId, items: Iterable[CheckItem] = ()
    ) -> None:
        """Ask the sources again, about ``items`` or about all that can be asked."""
        await self._service.start_checks(incident_id, party_id, StartChecks(items=tuple(items)))

    async def find(
        self, incident_id: IncidentId, party_id: PartyId, item: CheckItem, note: str, evidence: EvidenceId
    ) -> None:
        """Record a person's finding with its reason and the picture it rests on."""
        request = FindManually(note=note.strip(), evidence_id=evidence)
        await self._service.find_manually(incident_id, party_id, item, request)

    async def adopt(self, incident_id: IncidentId, party_id: PartyId, field: Field, value: str) -> None:
        """Take a registered value, as the officer has read it, over into the party's details."""
        request = AdoptRegistered(field=field, value=value)
        await self._service.adopt_registered(incident_id, party_id, request)

    async def view_silent(self, incident_id: IncidentId, reason: str) -> tuple[SilentAlert, ...]:
        """Return the silent codes of a case; the look is logged. Never for a shared view."""
        seen = await self._service.view_silent(incident_id, ViewSilentAlerts(reason=reason.strip()))
        return seen.alerts

    async def close(self) -> None:
        """End what runs."""
        await self._tasks.close()

    def on_snapshot(self, snapshot: DeskSnapshot) -> None:
        """Count anew in every case that this seat answered."""
        session = self._shift.session
        self._own = {
            call.incident_id
            for call in snapshot.calls
            if call.answered_by == session.user.id and call.seat == session.seat
        }
        for incident_id in sorted(self._own):
            self._tasks.start(self._count(incident_id), "count silent codes")

    def on_entry(self, entry: Entry) -> None:
        """Count again when checks of an own case were recorded: the journal itself says nothing of it."""
        match entry.event:
            case CallAnswered(seat=seat, user_id=user_id):
                session = self._shift.session
                if (seat, user_id) == (session.seat, session.user.id):
                    self._own.add(entry.incident_id)
            case ChecksRecorded() if entry.incident_id in self._own:
                self._tasks.start(self._count(entry.incident_id), "count silent codes")
            case _:
                pass

    async def _count(self, incident_id: IncidentId) -> None:
        with contextlib.suppress(ServiceUnavailable, DomainError):
            counted = await self._service.count_silent(incident_id)
            self._publish(SilentCounted(incident_id=incident_id, count=counted.count))
