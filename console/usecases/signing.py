"""Signing and service: the officer asks for signatures, notes refusals, takes spoken consents, serves paper.

Each goes to the service at once, for the moment matters; refusals are ``DomainError``.
"""

from __future__ import annotations

from console.contract.signing_api import NoteSignature, RequestSignatures, ServeByHand, StateConsent
from console.domain.determination import ServiceWay
from console.domain.ids import IncidentId, PartyId
from console.domain.party import ConsentItem
from console.domain.signature import SignatureState
from console.usecases.edits import Edits
from console.usecases.ports import ServicePort

SPOKEN = "voice-2026-11"
"""Version of the words in which consents are asked by voice."""


NOT_CONNECTED = "没有用手机接入，未能当场签名"
"""What the document says of a party that has no phone in the case."""


class Signing:
    """What an officer does between the draft and the served document."""

    def __init__(self, service: ServicePort, edits: Edits) -> None:
        self._service = service
        self._edits = edits

    async def request(
        self, incident_id: IncidentId, unrecorded_reason: str, absent: tuple[PartyId, ...] = ()
    ) -> None:
        """Show the ruling, as typed, to the parties to sign; the reason is needed where nothing records.

        Of those ``absent``, who have no phone in this case, that is noted first.
        """
        await self._edits.deliver(incident_id)
        for party_id in absent:
            await self.note(incident_id, party_id, SignatureState.ABSENT, NOT_CONNECTED)
        await self._service.request_signatures(
            incident_id, RequestSignatures(unrecorded_reason=unrecorded_reason)
        )

    async def note(
        self, incident_id: IncidentId, party_id: PartyId, state: SignatureState, reason: str
    ) -> None:
        """Note that a party refuses to sign, or is not there."""
        await self._service.note_signature(incident_id, party_id, NoteSignature(state=state, reason=reason))

    async def consent(
        self, incident_id: IncidentId, party_id: PartyId, item: ConsentItem, *, given: bool
    ) -> None:
        """Take down a spoken answer; raises ``recording-not-running`` where nothing records it."""
        request = StateConsent(item=item, given=given, wording=SPOKEN)
        await self._service.state_consent(incident_id, party_id, request)

    async def serve(self, incident_id: IncidentId, party_id: PartyId, way: ServiceWay, note: str) -> None:
        """Record that the paper was handed over or refused."""
        await self._service.serve_by_hand(incident_id, party_id, ServeByHand(way=way, note=note))
