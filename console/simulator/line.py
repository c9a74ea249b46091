"""The phone's connection to the desk: offers, is answered, and offers again when it breaks (media.md 6)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import av
import numpy as np

from console.contract import codec
from console.contract.control import FromPhone
from console.contract.desk_api import Signal, SignalKind
from console.contract.media import MediaError, PeerState, SoundReading
from console.contract.network import TRAINING_ADDRESSES
from console.domain.ids import CallId
from console.media.peer import Peer
from console.media.sound import SoundMeter
from console.media.tracks import SAMPLE_RATE
from console.simulator.phone import Phone
from console.simulator.wire import PartyWire, WireError

RETRY_S = (0.3, 0.5, 1.0, 1.0)
"""Pauses before the next offer, as the page makes them; the last one repeats."""

logger = logging.getLogger(__name__)


class Line:
    """One call's media. The call outlives every peer connection; ``attempt`` counts those."""

    def __init__(
        self,
        wire: PartyWire,
        phone: Phone,
        call_id: CallId,
        resume_token: str,
        on_control: Callable[[Line, str], None],
    ) -> None:
        self._wire = wire
        self._phone = phone
        self._call_id = call_id
        self._resume_token = resume_token
        self._on_control = on_control
        self._peer: Peer | None = None
        self._attempt = 0
        self._failures = 0
        self._again = asyncio.Event()
        self._again.set()
        self._meter = SoundMeter()
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._closed = False

    async def run(self) -> None:
        """Connect, and connect again whenever asked or broken, until closed."""
        reading = asyncio.create_task(self._read_signals())
        try:
            while True:
                await self._again.wait()
                self._again.clear()
                if self._failures:
                    await asyncio.sleep(RETRY_S[min(self._failures, len(RETRY_S)) - 1])
                await self._offer()
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    def send(self, message: object) -> None:
        """Send one ``FromPhone`` message; one that cannot be sent is dropped, the desk asks again."""
        if self._peer is None:
            return
        try:
            self._peer.send_control(codec.encode(message, FromPhone).decode())
        except MediaError as error:
            logger.info("a control message was not sent: %s", error.code)

    def heard(self) -> SoundReading:
        """Return level and strongest frequency of the last second from the desk."""
        return self._meter.reading()

    async def close(self) -> None:
        """Hang up the media."""
        self._closed = True
        if self._peer is not None:
            peer, self._peer = self._peer, None
            await peer.close()

    async def _offer(self) -> None:
        old, self._peer = self._peer, None
        self._attempt += 1
        attempt = self._attempt
        peer = Peer(
            addresses=TRAINING_ADDRESSES,
            audio=self._phone.voice(),
            video=self._phone.camera(),
            on_audio=self._hear,
            on_control=lambda text: self._on_control(self, text),
            on_state=lambda state: self._changed(attempt, state),
        )
        self._peer = peer
        if old is not None:
            await old.close()
        try:
            offer = Signal(kind=SignalKind.OFFER, attempt=attempt, sdp=await peer.offer())
            await self._wire.signal(self._call_id, self._resume_token, offer)
        except (WireError, MediaError) as error:
            logger.warning("offer %d failed: %s", attempt, error)
            self._failures += 1
            self._again.set()

    async def _read_signals(self) -> None:
        async for signal in self._wire.signals(self._call_id):
            match signal.kind:
                case SignalKind.ANSWER if signal.attempt == self._attempt and self._peer is not None:
                    try:
                        await self._peer.accept_answer(signal.sdp)
                    except MediaError as error:
                        logger.warning("answer %d refused: %s", signal.attempt, error.code)
                        self._failures += 1
                        self._again.set()
                case SignalKind.REOFFER if signal.attempt > self._attempt:
                    self._again.set()
                case SignalKind.BYE:
                    return
                case _:
                    continue

    def _changed(self, attempt: int, state: PeerState) -> None:
        if attempt != self._attempt or self._closed:
            return
        if state is PeerState.CONNECTED:
            self._failures = 0
        elif state in (PeerState.FAILED, PeerState.CLOSED):
            self._failures += 1
            self._again.set()

    def _hear(self, frame: av.AudioFrame) -> None:
        for converted in self._resampler.resample(frame):
            self._meter.add(np.asarray(converted.to_ndarray(), np.int16).reshape(-1))
