"""Feed: keeps the desk's knowledge equal to the journal, and says honestly when it is not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence

from console.contract.journal import DeskSnapshot, Entry
from console.domain.errors import DomainError
from console.usecases.facts import ClockMeasured, LinkState, Publish, ServiceLinkChanged
from console.usecases.following import Follower
from console.usecases.ports import (
    ClockPort,
    EventFeedPort,
    FeedItem,
    ServicePort,
    ServiceUnavailable,
    StreamLost,
    StreamOpened,
)

RESYNC_PAUSE_S = 0.5
CLOCK_EVERY_S = 30.0
"""How often the clocks are compared while nothing else is asked."""
CLOCK_STEP_MS = 20
"""A smaller change of the clock offset is not news."""


class Feed:
    """Hands snapshot and entries to the store and to the followers, with link state and clock offset.

    ``on_refusal`` is awaited with the problem code when the service ends the sign-in.
    """

    def __init__(
        self,
        feed: EventFeedPort,
        service: ServicePort,
        clock: ClockPort,
        publish: Publish,
        followers: Sequence[Follower],
        on_refusal: Callable[[str], Awaitable[None]],
    ) -> None:
        self._feed = feed
        self._service = service
        self._clock = clock
        self._publish = publish
        self._followers = tuple(followers)
        self._on_refusal = on_refusal
        self._again = asyncio.Event()
        self._link: tuple[LinkState, str] | None = None
        self._measured: ClockMeasured | None = None

    def resync(self) -> None:
        """Load everything anew: an entry did not fit what is known."""
        self._again.set()

    async def run(self) -> None:
        """Follow the journal until cancelled or until the service refuses this sign-in."""
        self._say(LinkState.CONNECTING, "")
        while True:
            self._again.clear()
            reading = asyncio.create_task(self._read(), name="feed")
            asked = asyncio.create_task(self._again.wait(), name="resync")
            timing = asyncio.create_task(self._compare_clocks(), name="clock")
            try:
                await asyncio.wait({reading, asked}, return_when=asyncio.FIRST_COMPLETED)
                if reading.done():
                    await reading
                    return
            finally:
                reading.cancel()
                asked.cancel()
                timing.cancel()
                await asyncio.gather(reading, asked, timing, return_exceptions=True)
            await asyncio.sleep(RESYNC_PAUSE_S)

    async def _read(self) -> None:
        try:
            async with contextlib.aclosing(self._feed.follow()) as items:
                async for item in items:
                    self._take(item)
        except DomainError as refusal:
            self._say(LinkState.OFFLINE, refusal.code)
            await self._on_refusal(refusal.code)

    async def _compare_clocks(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_EVERY_S)
            with contextlib.suppress(ServiceUnavailable, DomainError):
                await self._service.measure_clock()
                self._measure()

    def _take(self, item: FeedItem) -> None:
        match item:
            case StreamOpened():
                self._say(LinkState.ONLINE, "")
                for follower in self._followers:
                    follower.on_online()
            case StreamLost(reason=reason):
                self._say(LinkState.OFFLINE, reason)
            case DeskSnapshot():
                self._publish(item)
                for follower in self._followers:
                    follower.on_snapshot(item)
            case Entry():
                self._publish(item)
                for follower in self._followers:
                    follower.on_entry(item)
        self._measure()

    def _say(self, state: LinkState, reason: str) -> None:
        if self._link != (state, reason):
            self._link = (state, reason)
            self._publish(ServiceLinkChanged(state=state, since=self._clock.now(), reason=reason))

    def _measure(self) -> None:
        measured = self._service.clock()
        last = self._measured
        if measured is None:
            return
        if last is None or abs(measured.offset_ms - last.offset_ms) >= CLOCK_STEP_MS:
            self._measured = measured
            self._publish(measured)
