"""Photos and words in place of the picture, asked for over the service."""

from __future__ import annotations

from console.contract.by_photo_api import AskPhoto
from console.domain.evidence import Slot
from console.domain.ids import CallId, EvidenceId, new_id
from console.usecases.ports import ServicePort


class ByPhoto:
    """What comes of it stands in the journal: the photo as evidence, the words in the call."""

    def __init__(self, service: ServicePort) -> None:
        self._service = service

    async def ask(self, call_id: CallId, slot: Slot, text: str) -> None:
        """Ask the party for a photo of ``slot``, telling it ``text``."""
        request = AskPhoto(request_id=EvidenceId(new_id()), slot=slot, text=text)
        await self._service.ask_photo(call_id, request)

    async def end(self, call_id: CallId) -> None:
        """Ask for nothing any more."""
        await self._service.end_photos(call_id)
