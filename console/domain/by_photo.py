"""Photos and words instead of the picture (照片 + 文字): where video fails, the call goes on by them.

Source: interface.md 6, where it is a manual step beside reconnecting. The request goes over the service and
never over the media path, which is what failed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from console.domain.evidence import Slot
from console.domain.ids import EvidenceId


@dataclass(frozen=True, kw_only=True)
class PhotoAsked:
    """The party is asked for a photo of ``slot``; it arrives as the evidence item ``request_id``."""

    request_id: EvidenceId
    slot: Slot
    text: str
    type: Literal["photo-asked"] = "photo-asked"


@dataclass(frozen=True, kw_only=True)
class PhotosEnded:
    """Nothing is asked for any more: the picture is back."""

    type: Literal["photos-ended"] = "photos-ended"


@dataclass(frozen=True, kw_only=True)
class PartyWrote:
    """The party wrote to the desk from its page."""

    text: str
    type: Literal["party-wrote"] = "party-wrote"


ByPhotoEvent = PhotoAsked | PhotosEnded | PartyWrote


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something that was written, and by whom."""

    text: str
    at: datetime
    by_party: bool


@dataclass(frozen=True, kw_only=True)
class ByPhoto:
    """What a call holds of it: the newest request while photos are asked for, and all that was written."""

    asked: PhotoAsked | None = None
    lines: tuple[Line, ...] = ()

    def after(self, event: ByPhotoEvent, at: datetime) -> ByPhoto:
        """Return this after ``event``."""
        match event:
            case PhotoAsked(text=text):
                return replace(self, asked=event, lines=(*self.lines, Line(text=text, at=at, by_party=False)))
            case PhotosEnded():
                return replace(self, asked=None)
            case PartyWrote(text=text):
                return replace(self, lines=(*self.lines, Line(text=text, at=at, by_party=True)))


NOTHING_BY_PHOTO = ByPhoto()
