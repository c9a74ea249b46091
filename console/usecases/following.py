"""Who wants to hear what arrives: base classes whose methods do nothing unless overridden."""

from __future__ import annotations

from console.contract.control import Acknowledge, PhoneStatus
from console.contract.journal import DeskSnapshot, Entry
from console.contract.media import MediaEvent
from console.domain.ids import CallId


class Follower:
    """Hears the journal on the loop's thread; must not block."""

    def on_snapshot(self, snapshot: DeskSnapshot) -> None:
        """Everything was loaded anew."""

    def on_entry(self, entry: Entry) -> None:
        """Something happened."""

    def on_online(self) -> None:
        """The service can be reached again."""


class MediaFollower:
    """Hears the media process on the loop's thread; must not block."""

    def on_media(self, event: MediaEvent) -> None:
        """The media process said something."""

    def on_phone(self, call_id: CallId, message: Acknowledge | PhoneStatus) -> None:
        """The phone said something well-formed on the control channel."""
