"""Media watch: turns what the media process says into facts, and passes it to the use cases."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from console.contract.codec import DecodeError, decode
from console.contract.control import FromPhone, PhoneStatus
from console.contract.media import (
    ControlReceived,
    DevicesChanged,
    MediaEvent,
    MediaLost,
    MediaReady,
    MediaRestarted,
    MediaStats,
)
from console.usecases.facts import (
    DevicesReported,
    LinkState,
    MediaLinkChanged,
    MediaReported,
    PhoneReported,
    Publish,
)
from console.usecases.following import MediaFollower
from console.usecases.ports import ClockPort

logger = logging.getLogger(__name__)


class MediaWatch:
    """The one listener of the media process; call ``media_event`` on the loop's thread."""

    def __init__(self, clock: ClockPort, publish: Publish, followers: Sequence[MediaFollower]) -> None:
        self._clock = clock
        self._publish = publish
        self._followers = tuple(followers)

    def media_event(self, event: MediaEvent) -> None:
        """Publish what the store keeps, then tell the followers."""
        match event:
            case MediaReady() | MediaRestarted():
                self._publish(MediaLinkChanged(state=LinkState.ONLINE, since=self._clock.now()))
            case MediaLost():
                lost = MediaLinkChanged(
                    state=LinkState.OFFLINE, since=self._clock.now(), reason="media-process-ended"
                )
                self._publish(lost)
            case MediaStats():
                self._publish(MediaReported(stats=event))
            case DevicesChanged():
                self._publish(DevicesReported(devices=event))
            case ControlReceived():
                self._phone_said(event)
            case _:
                pass
        for follower in self._followers:
            follower.on_media(event)

    def _phone_said(self, event: ControlReceived) -> None:
        try:
            message: FromPhone = decode(FromPhone, event.text)
        except DecodeError as error:
            logger.info("control message of a phone refused: %s", error)
            return
        if isinstance(message, PhoneStatus):
            self._publish(PhoneReported(call_id=event.call_id, status=message))
        for follower in self._followers:
            follower.on_phone(event.call_id, message)
