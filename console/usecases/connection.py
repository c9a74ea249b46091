"""Connection: keeps one answered call connected, by the ladder of interface.md 6."""

from __future__ import annotations

import asyncio
import contextlib

from console.contract.control import Acknowledge, PhoneStatus
from console.contract.desk_api import Signal, SignalKind
from console.contract.media import (
    FirstFrame,
    MediaError,
    MediaEvent,
    MediaRestarted,
    MediaStats,
    PeerFailed,
    PeerState,
    PeerStateChanged,
)
from console.domain.errors import DomainError
from console.domain.ids import CallId
from console.usecases.facts import ConnectionChanged, ConnectionStage, Publish
from console.usecases.ports import (
    ClockPort,
    MediaPort,
    NumberedSignal,
    ServicePort,
    ServiceUnavailable,
    SignalFeedPort,
    StreamLost,
)

STALE_S = 2.0
"""Age of the newest picture, in seconds, from which a new connection is asked for."""
QUIET_S = 0.5
"""A desk that takes a running call up again waits this long for the signals of before to be told."""


class Connection:
    """Answers the party's offers and asks for a new one when the picture stays away.

    The party alone offers. Every offer carries a higher ``attempt`` than the offers before it, and at least
    that of the request it follows; so late ones are told apart. ``resumed`` says that the call was answered
    before this desk process knew of it. ``patience_s`` is the least time between two requests for an offer.
    """

    def __init__(
        self,
        call_id: CallId,
        service: ServicePort,
        signals: SignalFeedPort,
        media: MediaPort,
        clock: ClockPort,
        publish: Publish,
        *,
        resumed: bool,
        patience_s: float = 5.0,
    ) -> None:
        self._call_id = call_id
        self._service = service
        self._signals = signals
        self._media = media
        self._clock = clock
        self._publish = publish
        self._resumed = resumed
        self._patience_s = patience_s
        self._attempt = 0
        self._asked = 0
        self._stage: ConnectionStage | None = None
        self._reason = ""
        self._party_away = False
        self._offers: asyncio.Queue[Signal] = asyncio.Queue()
        self._trouble = asyncio.Event()
        self._at_once = asyncio.Event()

    @property
    def attempt(self) -> int:
        """Number of the offer answered last, 0 before the first."""
        return self._attempt

    async def run(self) -> None:
        """Keep the call connected until cancelled; ends by itself when the service says the call is over."""
        self._say(ConnectionStage.AWAITING_OFFER)
        work = [
            asyncio.create_task(part, name=f"{name} {self._call_id}")
            for name, part in (
                ("signals", self._listen()),
                ("offers", self._answer_offers()),
                ("ladder", self._climb()),
            )
        ]
        refused = ""
        try:
            done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            for part in done:
                await part
        except DomainError as refusal:
            refused = refusal.code
        finally:
            for part in work:
                part.cancel()
            await asyncio.gather(*work, return_exceptions=True)
        self._say(ConnectionStage.CLOSED, refused)

    def on_media(self, event: MediaEvent) -> None:
        """Judge the connection by what the media process says of it."""
        match event:
            case MediaRestarted(call_id=self._call_id):
                self._ask_for_offer(ConnectionStage.STALE, "media-process-ended")
                self._at_once.set()
            case FirstFrame(call_id=self._call_id, attempt=self._attempt):
                self._say(ConnectionStage.LIVE)
            case PeerStateChanged(call_id=self._call_id, attempt=self._attempt, state=PeerState.FAILED):
                self._ask_for_offer(ConnectionStage.STALE, "connection-failed")
            case PeerFailed(call_id=self._call_id, attempt=self._attempt, code=code):
                self._ask_for_offer(ConnectionStage.STALE, code.value)
            case MediaStats(call_id=self._call_id, attempt=self._attempt, frame_age_s=float(age)):
                if age <= STALE_S:
                    self._trouble.clear()
                    self._say(ConnectionStage.LIVE)
                elif not self._party_away:
                    self._ask_for_offer(ConnectionStage.STALE, "picture-stale")
            case _:
                pass

    def on_phone(self, message: Acknowledge | PhoneStatus) -> None:
        """A phone whose page is hidden sends no picture; a new connection would not bring one."""
        if isinstance(message, PhoneStatus):
            self._party_away = not message.visible

    async def _listen(self) -> None:
        async with contextlib.aclosing(self._signals.follow(self._call_id)) as items:
            async for item in items:
                match item:
                    case NumberedSignal(signal=Signal(kind=SignalKind.OFFER) as offer):
                        self._offers.put_nowait(offer)
                    case StreamLost(reason=reason) if self._stage is not ConnectionStage.LIVE:
                        self._say(self._stage or ConnectionStage.AWAITING_OFFER, reason)
                    case _:
                        pass

    async def _answer_offers(self) -> None:
        if self._resumed:
            await self._forget_old_offers()
        while True:
            offer = await self._offers.get()
            while not self._offers.empty():
                offer = self._offers.get_nowait()
            if offer.attempt > self._attempt:
                await self._accept(offer)

    async def _forget_old_offers(self) -> None:
        """The offers of before belong to a connection that is gone; learn their number, ask for a new one."""
        with contextlib.suppress(TimeoutError):
            while True:
                async with asyncio.timeout(QUIET_S):
                    offer = await self._offers.get()
                self._attempt = max(self._attempt, offer.attempt)
        self._asked = self._attempt
        self._trouble.set()

    async def _accept(self, offer: Signal) -> None:
        self._attempt = offer.attempt
        self._asked = max(self._asked, offer.attempt)
        self._trouble.clear()
        self._say(ConnectionStage.ANSWERING)
        try:
            await self._media.open(self._call_id, offer.attempt)
            answer = await self._media.answer(offer.sdp)
            signal = Signal(kind=SignalKind.ANSWER, attempt=offer.attempt, sdp=answer)
            await self._send(signal)
        except MediaError as error:
            self._ask_for_offer(ConnectionStage.AWAITING_OFFER, error.code)
        except ServiceUnavailable as error:
            self._ask_for_offer(ConnectionStage.AWAITING_OFFER, error.reason)
        else:
            if self._stage is ConnectionStage.ANSWERING:
                self._say(ConnectionStage.CONNECTING)

    async def _climb(self) -> None:
        while True:
            await self._trouble.wait()
            self._trouble.clear()
            self._at_once.clear()
            self._asked += 1
            request = Signal(kind=SignalKind.REOFFER, attempt=self._asked)
            try:
                await self._send(request)
            except ServiceUnavailable as error:
                self._say(ConnectionStage.STALE, error.reason)
            else:
                self._say(ConnectionStage.REOFFERED)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._patience_s):
                    await self._at_once.wait()
            if self._attempt < self._asked and self._stage is not ConnectionStage.LIVE:
                self._trouble.set()

    async def _send(self, signal: Signal) -> None:
        """Send a signal; the service's limit of rate is a matter of time and no end of the call."""
        try:
            await self._service.send_signal(self._call_id, signal)
        except DomainError as refusal:
            if refusal.code != "too-many-requests":
                raise
            raise ServiceUnavailable("busy") from refusal

    def _ask_for_offer(self, stage: ConnectionStage, reason: str) -> None:
        self._say(stage, reason)
        self._trouble.set()

    def _say(self, stage: ConnectionStage, reason: str = "") -> None:
        if (stage, reason) == (self._stage, self._reason):
            return
        if self._stage is ConnectionStage.REOFFERED and stage is ConnectionStage.STALE:
            return  # the ladder is already a step further
        self._stage, self._reason = stage, reason
        self._publish(
            ConnectionChanged(
                call_id=self._call_id,
                attempt=self._attempt,
                stage=stage,
                since=self._clock.now(),
                reason=reason,
            )
        )
