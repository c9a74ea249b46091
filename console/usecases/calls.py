"""Calls: answer, pass on, mute, hang up, wrap up; every own call keeps one connection."""

from __future__ import annotations

import asyncio
import contextlib

from console.contract.control import Acknowledge, PhoneStatus
from console.contract.desk_api import CallSummary, Signal, SignalKind
from console.contract.journal import DeskSnapshot, Entry
from console.contract.media import MediaError, MediaEvent, OfficerPicture
from console.domain.call import Call, CallState
from console.domain.errors import DomainError
from console.domain.events import CallAnswered, CallEnded, CallHungUp
from console.domain.ids import CallId
from console.usecases.connection import Connection
from console.usecases.facts import ConnectionChanged, ConnectionStage, MuteChanged, Publish
from console.usecases.following import Follower, MediaFollower
from console.usecases.ports import ClockPort, MediaPort, ServicePort, ServiceUnavailable, SignalFeedPort
from console.usecases.shift import Shift
from console.usecases.tasks import Tasks

HELD = frozenset({CallState.CONNECTED, CallState.INTERRUPTED})


class Calls(Follower, MediaFollower):
    """The calls of this seat. A desk holds one call at a time; the service alone decides who got it."""

    def __init__(
        self,
        shift: Shift,
        service: ServicePort,
        signals: SignalFeedPort,
        media: MediaPort,
        clock: ClockPort,
        publish: Publish,
    ) -> None:
        self._shift = shift
        self._service = service
        self._signals = signals
        self._media = media
        self._clock = clock
        self._publish = publish
        self._tasks = Tasks()
        self._held: tuple[CallId, Connection, asyncio.Task[None]] | None = None

    async def answer(self, call_id: CallId) -> CallSummary:
        """Claim a call and connect it.

        Raises ``call-taken`` (params ``seat``, ``user_name``) when another seat won.
        """
        summary = await self._service.answer(call_id)
        self._connect(call_id, resumed=False)
        return summary

    async def pass_on(self, call_id: CallId) -> None:
        """Give a ringing call back to the queue."""
        await self._service.pass_on(call_id)

    async def set_muted(self, muted: bool) -> None:
        """Send silence to the party, or the microphone again."""
        await self._media.set_muted(muted)
        self._publish(MuteChanged(muted=muted))

    async def ring(self, *, on: bool) -> None:
        """Ring at this desk, or be silent."""
        await self._media.set_ringing(on)

    async def show_card(self, card: bytes) -> None:
        """Let parties see this card (PNG) in place of the officer's camera, in this call and later ones."""
        await self._media.show_card(card)
        await self._media.set_officer_picture(OfficerPicture.CARD)

    async def hang_up(self, call_id: CallId) -> None:
        """End the conversation; picture and sound end even when the service cannot be told."""
        try:
            with contextlib.suppress(ServiceUnavailable, DomainError):
                await self._service.send_signal(call_id, self._goodbye(call_id))
            await self._service.hang_up(call_id)
        finally:
            await self._disconnect(call_id)

    async def tell_to_resume(self, call_id: CallId) -> None:
        """Send the party a fresh link back to this call by SMS."""
        await self._service.tell_to_resume(call_id)

    async def wrap_up(self, call_id: CallId) -> None:
        """Finish the work after a call; the seat may be offered the next one."""
        await self._service.wrap_up(call_id)

    async def close(self) -> None:
        """End every connection, at the desk's shutdown."""
        if self._held is not None:
            await self._disconnect(self._held[0])
        await self._tasks.close()

    def on_snapshot(self, snapshot: DeskSnapshot) -> None:
        """Take a call up again that this seat already holds, as after a restart."""
        own = [call for call in snapshot.calls if self._is_held(call)]
        if self._held is not None and self._held[0] not in {call.id for call in own}:
            self._let_go(self._held[0])
        for call in own:
            self._connect(call.id, resumed=True)

    def on_entry(self, entry: Entry) -> None:
        """Follow the service's word on who holds a call; it also covers an answer lost on the way."""
        if entry.call_id is None:
            return
        match entry.event:
            case CallAnswered(seat=seat) if seat == self._shift.session.seat:
                self._connect(entry.call_id, resumed=False)
            case CallHungUp() | CallEnded():
                self._let_go(entry.call_id)
            case _:
                pass

    def on_media(self, event: MediaEvent) -> None:
        """Pass on to the connection."""
        if self._held is not None:
            self._held[1].on_media(event)

    def on_phone(self, call_id: CallId, message: Acknowledge | PhoneStatus) -> None:
        """Pass on to the connection."""
        if self._held is not None and self._held[0] == call_id:
            self._held[1].on_phone(message)

    def _is_held(self, call: Call) -> bool:
        return call.seat == self._shift.session.seat and call.state in HELD

    def _goodbye(self, call_id: CallId) -> Signal:
        held = self._held
        attempt = held[1].attempt if held is not None and held[0] == call_id else 0
        return Signal(kind=SignalKind.BYE, attempt=max(1, attempt))

    def _connect(self, call_id: CallId, *, resumed: bool) -> None:
        if self._held is not None:
            if self._held[0] == call_id and not self._held[2].done():
                return
            self._held[2].cancel()
        connection = Connection(
            call_id,
            self._service,
            self._signals,
            self._media,
            self._clock,
            self._publish,
            resumed=resumed,
        )
        task = self._tasks.start(connection.run(), f"connection {call_id}")
        self._held = (call_id, connection, task)

    def _let_go(self, call_id: CallId) -> None:
        if self._held is not None and self._held[0] == call_id:
            self._tasks.start(self._disconnect(call_id), f"disconnect {call_id}")

    async def _disconnect(self, call_id: CallId) -> None:
        if self._held is None or self._held[0] != call_id:
            return
        task = self._held[2]
        self._held = None
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        with contextlib.suppress(MediaError):
            await self._media.close_peer()
        closed = ConnectionChanged(
            call_id=call_id, attempt=0, stage=ConnectionStage.CLOSED, since=self._clock.now()
        )
        self._publish(closed)
