"""Photos and words in place of the picture, as the desk asks for them."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.evidence import Slot
from console.domain.ids import EvidenceId


@dataclass(frozen=True, kw_only=True)
class AskPhoto:
    """``POST /v1/calls/{call_id}/photos``: ask the party for a photo, in place of what was asked before.

    ``request_id`` (32 lower-case hexadecimal digits) is what the photo will be as an item of evidence.
    ``POST …/photos/end`` without a body: nothing is asked for any more.
    """

    request_id: EvidenceId
    slot: Slot
    text: str
