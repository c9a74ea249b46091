"""Desk work: all use cases of one desk, wired to their ports, with one beginning and one end."""

from __future__ import annotations

from dataclasses import dataclass

from console.contract.desk_api import Session
from console.domain.ids import SeatId
from console.usecases.acts import Close, Dispatch, Evacuate, HandOver, Invite, Rule
from console.usecases.calls import Calls
from console.usecases.capture import Capture
from console.usecases.casework import Notes, Parties, Place, Triage
from console.usecases.edits import Edits
from console.usecases.facts import Publish
from console.usecases.feed import Feed
from console.usecases.guidance import Guidance
from console.usecases.media_watch import MediaWatch
from console.usecases.ports import (
    ClockPort,
    DraftsPort,
    EventFeedPort,
    MediaPort,
    OutboxPort,
    SecretsPort,
    ServicePort,
    SignalFeedPort,
    VaultPort,
)
from console.usecases.shift import Shift
from console.usecases.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Everything outside that a desk needs."""

    service: ServicePort
    events: EventFeedPort
    signals: SignalFeedPort
    media: MediaPort
    vault: VaultPort
    outbox: OutboxPort
    drafts: DraftsPort
    secrets: SecretsPort
    clock: ClockPort


class DeskWork:
    """The use cases by name. Made and used on the loop's thread; ``publish`` hands facts to the store."""

    def __init__(self, ports: Ports, publish: Publish) -> None:
        service, media, clock = ports.service, ports.media, ports.clock
        self._ports = ports
        self._duty = Tasks()
        self.edits = Edits(service, ports.drafts, publish)
        self.shift = Shift(service, ports.secrets, ports.vault, clock, publish)
        self.calls = Calls(self.shift, service, ports.signals, media, clock, publish)
        self.guidance = Guidance(media, publish)
        self.capture = Capture(self.shift, media, ports.vault, ports.outbox, service, publish)
        self.notes = Notes(self.edits)
        self.place = Place(self.edits)
        self.triage = Triage(self.edits)
        self.parties = Parties(self.edits, service)
        self.dispatch = Dispatch(service)
        self.evacuate = Evacuate(service)
        self.hand_over = HandOver(service, self.edits)
        self.rule = Rule(service, self.edits)
        self.close_case = Close(service)
        self.invite = Invite(service)
        self.media_watch = MediaWatch(clock, publish, (self.calls, self.guidance))
        followers = (self.calls, self.guidance, self.capture, self.edits)
        self.feed = Feed(ports.events, service, clock, publish, followers, self.shift.close)

    async def open(self) -> None:
        """Bring back what an earlier run left on this machine."""
        await self.capture.open()
        await self.edits.open()

    async def sign_in(self, username: str, password: str, seat: SeatId) -> Session:
        """Sign in and begin to follow the service."""
        session = await self.shift.sign_in(username, password, seat)
        await self._begin()
        return session

    async def resume(self) -> Session | None:
        """Take up the sign-in of before, if there is one that has not run out."""
        session = await self.shift.resume()
        if session is not None:
            await self._begin()
        return session

    async def sign_out(self) -> None:
        """End calls, feed and session."""
        await self.calls.close()
        await self._duty.close()
        await self.shift.sign_out()

    async def close(self) -> None:
        """End everything that runs, with everything typed on disk; the sign-in stays for the next start."""
        await self.calls.close()
        await self._duty.close()
        await self.edits.close()

    async def _begin(self) -> None:
        await self._duty.close()
        self._duty.start(self.feed.run(), "feed")
        self._duty.start(self._ports.outbox.run(), "outbox")
        self._duty.start(self.edits.run(), "edits")
