"""Starts the media process, talks to it and starts it again when it dies.

Used from the desk's asyncio thread. Three threads of its own per process: one that accepts the connection,
one that reads the pipe for ever, and the pool's for sending, so that a stuck media process can never hold up
the desk. A call outlives the process: after a restart ``MediaRestarted`` is told and the use case asks the
party for a new offer. The ring of pictures belongs to the desk and outlives the process too.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from typing import Protocol, TypeVar

from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential

from console.adapters.media_link import MediaLink, launch
from console.contract.control import MAX_CONTROL_BYTES
from console.contract.frame_ring import FrameRing, create_memory
from console.contract.media import (
    MAX_SDP_BYTES,
    AcceptOffer,
    ChooseDevices,
    ClosePeer,
    MediaCommand,
    MediaError,
    MediaEvent,
    MediaFault,
    MediaLost,
    MediaReady,
    MediaRestarted,
    OfficerPicture,
    OpenPeer,
    PeerAnswered,
    PeerFailed,
    SendControl,
    SetMuted,
    SetOfficerPicture,
    SetRinging,
    SetVoiceProcessing,
    ShowCard,
    Shutdown,
    Still,
    StillRefused,
    StillTaken,
    TakeStill,
)
from console.contract.media_pipe import sha256_hex
from console.contract.network import TRAINING_ADDRESSES, AddressPolicy, IceServer
from console.contract.recording import (
    CutSegment,
    RecordingStopped,
    Segment,
    SegmentRecorded,
    StartRecording,
    StopRecording,
)
from console.domain.ids import CallId

MEDIA_COMMAND = (sys.executable, "-m", "console", "media")
READY_SECONDS = 20.0
ANSWER_SECONDS = 15.0
STILL_SECONDS = 5.0
STOP_SECONDS = 3.0
STEADY_SECONDS = 5.0
"""A process that lived shorter is started again only after a growing pause."""

logger = logging.getLogger(__name__)


T = TypeVar("T")


class MediaListener(Protocol):
    """Who is told what the media process says."""

    def media_event(self, event: MediaEvent) -> None:
        """Take one event; called in the event loop in the order of arrival, must not block."""

    def frame_available(self) -> None:
        """A newer picture is in ``MediaProcess.frames``; called from the reading thread, must not block.

        Not called again before ``frames.latest()`` was.
        """


class MediaProcess:
    """The media process as the desk sees it. Every method raises ``MediaError`` where it fails.

    ``frames`` is the reader's end of the frame ring: ``latest()`` gives a view that lies in shared memory,
    ``is_whole(view)`` tells after painting whether the picture was painted undisturbed. ``addresses`` and
    ``ice_servers`` hold for every call.
    """

    def __init__(
        self,
        listener: MediaListener,
        command: Sequence[str] = MEDIA_COMMAND,
        addresses: AddressPolicy = TRAINING_ADDRESSES,
        ice_servers: tuple[IceServer, ...] = (),
    ) -> None:
        tag = f"frames-{uuid.uuid4().hex}"
        memory, self._descriptor = create_memory(tag)
        self._ring = tag if self._descriptor is None else str(self._descriptor)
        self.frames = FrameRing(memory)
        self._listener = listener
        self._command = tuple(command)
        self._addresses = addresses
        self._ice_servers = ice_servers
        self._link: MediaLink | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._started: asyncio.Future[None] | None = None
        self._stopping = threading.Event()
        self._call_id: CallId | None = None
        self._attempt = 0
        self._answer: asyncio.Future[str] | None = None
        self._stills: dict[str, asyncio.Future[Still]] = {}
        self._segments: asyncio.Queue[Segment] = asyncio.Queue()
        self._stopped: asyncio.Future[None] | None = None
        self._lasting: dict[type, tuple[MediaCommand, bytes | None]] = {}

    @property
    def pid(self) -> int | None:
        """Process number of the running media process."""
        return self._link.pid if self._link else None

    async def start(self) -> None:
        """Start the process and keep it running until ``stop``; returns when it takes commands.

        A first process that cannot start is not tried again: something is wrong with the installation.
        """
        self._started = asyncio.get_running_loop().create_future()
        self._supervisor = asyncio.create_task(self._supervise())
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._started
        except (TimeoutError, MediaError) as error:
            await self.stop()
            raise MediaError(MediaFault.NOT_RUNNING) from error

    async def stop(self) -> None:
        """End the process for good, by force after ``STOP_SECONDS``; may be called at any moment."""
        self._stopping.set()
        if self._supervisor is not None:
            if self._link is not None:
                with contextlib.suppress(MediaError):
                    await self._link.send(Shutdown())
                await asyncio.wait({self._supervisor}, timeout=STOP_SECONDS)
            if self._link is not None:
                self._link.kill()
            self._supervisor.cancel()
            await asyncio.gather(self._supervisor, return_exceptions=True)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    async def open(self, call_id: CallId, attempt: int) -> None:
        """Make ready for the offer number ``attempt`` of this call; an earlier connection is closed."""
        self._call_id, self._attempt = call_id, attempt
        command = OpenPeer(
            call_id=call_id, attempt=attempt, addresses=self._addresses, ice_servers=self._ice_servers
        )
        await self._send(command)

    async def answer(self, sdp: str) -> str:
        """Return the answer to a party's offer. An unacceptable offer raises the fault of ``PeerFailed``."""
        if self._call_id is None:
            raise MediaError(MediaFault.NO_PEER)
        if len(sdp) > MAX_SDP_BYTES:
            raise MediaError(MediaFault.SDP_TOO_LARGE)
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(MediaError(MediaFault.NO_PEER))
        self._answer = asyncio.get_running_loop().create_future()
        command = AcceptOffer(call_id=self._call_id, attempt=self._attempt, sdp=sdp)
        return await self._ask(command, self._answer, ANSWER_SECONDS)

    async def take_still(self, *, recall: bool = False) -> Still:
        """Return the newest decoded picture, or with ``recall`` the sharpest of the last 10 s, in full size.

        Its bytes match their digest.
        """
        request_id = uuid.uuid4().hex
        wanted: asyncio.Future[Still] = asyncio.get_running_loop().create_future()
        self._stills[request_id] = wanted
        try:
            return await self._ask(TakeStill(request_id=request_id, recall=recall), wanted, STILL_SECONDS)
        finally:
            del self._stills[request_id]

    async def send_control(self, text: str) -> None:
        """Send one JSON text of ``console.contract.control`` to the party."""
        if len(text.encode()) > MAX_CONTROL_BYTES:
            raise MediaError(MediaFault.CONTROL_TOO_LARGE)
        await self._send(SendControl(text=text))

    async def set_muted(self, muted: bool) -> None:
        """Stop or go on sending the microphone; holds for every later process and call."""
        await self._keep(SetMuted(muted=muted))

    async def set_ringing(self, on: bool) -> None:
        """Ring, or be silent; holds like ``set_muted``."""
        await self._keep(SetRinging(on=on))

    async def set_voice_processing(self, enabled: bool) -> None:
        """Switch echo canceller, noise suppression and gain control; holds like ``set_muted``."""
        await self._keep(SetVoiceProcessing(enabled=enabled))

    async def set_officer_picture(self, source: OfficerPicture) -> None:
        """Choose what the party sees of the desk; holds like ``set_muted``."""
        await self._keep(SetOfficerPicture(source=source))

    async def show_card(self, picture: bytes) -> None:
        """Give the card (PNG or JPEG) shown for the officer; holds like ``set_muted``."""
        await self._keep(ShowCard(size=len(picture), sha256=sha256_hex(picture)), picture)

    async def choose_devices(self, devices: ChooseDevices) -> None:
        """Choose microphone, loudspeaker and camera; holds like ``set_muted``."""
        await self._keep(devices)

    async def start_recording(self, call_id: CallId, already_s: float) -> None:
        """Record this call; a process that is started anew must be asked anew."""
        await self._send(StartRecording(call_id=call_id, already_s=already_s))

    async def cut_segment(self) -> None:
        """Have the running segment handed over soon."""
        await self._send(CutSegment())

    async def stop_recording(self) -> tuple[Segment, ...]:
        """End the recording; return the segments that nobody has fetched yet, its last one among them."""
        self._stopped = asyncio.get_running_loop().create_future()
        await self._ask(StopRecording(), self._stopped, STILL_SECONDS)
        return tuple(self._segments.get_nowait() for _ in range(self._segments.qsize()))

    async def next_segment(self) -> Segment:
        """Wait for the next segment of a recording; its bytes match their digest."""
        return await self._segments.get()

    async def close_peer(self) -> None:
        """End the connection with the party; without a process there is none any more."""
        self._call_id = None
        if self._link is not None:
            await self._send(ClosePeer())

    async def _keep(self, command: MediaCommand, content: bytes | None = None) -> None:
        """Remember for every later process and tell the running one, if there is one."""
        self._lasting[type(command)] = (command, content)
        if self._link is not None:
            with contextlib.suppress(MediaError):  # it died just now; the next one will be told
                await self._send(command, content)

    async def _send(self, command: MediaCommand, content: bytes | None = None) -> None:
        if self._link is None:
            raise MediaError(MediaFault.NOT_RUNNING)
        await self._link.send(command, content)

    async def _ask(self, command: MediaCommand, reply: asyncio.Future[T], seconds: float) -> T:
        try:
            await self._send(command)
            async with asyncio.timeout(seconds):
                return await reply
        except TimeoutError:
            raise MediaError(MediaFault.TIMED_OUT) from None
        finally:
            if reply.done() and not reply.cancelled():
                reply.exception()  # it may have come while the command could not be sent
            reply.cancel()

    async def _supervise(self) -> None:
        """Run one process after the other; one that died early is followed only after a growing pause."""
        pause = wait_exponential(multiplier=0.1, max=10)
        while not self._stopping.is_set():
            async for attempt in AsyncRetrying(wait=pause, retry=retry_if_exception_type(MediaError)):
                with attempt:
                    if not self._stopping.is_set():
                        await self._run_once()

    async def _run_once(self) -> None:
        started = time.monotonic()
        self.frames.latest()  # a notice that died with the process before must not be waited for
        try:
            link = await launch(
                self._command,
                self._ring,
                self._descriptor,
                self._stopping,
                self._arrived,
                self._listener.frame_available,
            )
        except MediaError as error:
            self._refuse_start(error)
            raise
        self._link = link
        try:
            for command, content in self._lasting.values():
                await link.send(command, content)
            await link.ended.wait()
        finally:
            self._link = None
            code = await link.finish()
            self._abandon()
        if self._stopping.is_set():
            return
        self._refuse_start(MediaError(MediaFault.NOT_RUNNING))
        logger.warning("the media process ended with %s after %.1f s", code, time.monotonic() - started)
        self._listener.media_event(MediaLost(exit_code=code))
        if time.monotonic() - started < STEADY_SECONDS:
            raise MediaError(MediaFault.NOT_RUNNING)

    def _refuse_start(self, error: MediaError) -> None:
        if self._started is not None and not self._started.done():
            self._stopping.set()
            self._started.set_exception(error)

    def _abandon(self) -> None:
        """Refuse every request that the ended process can no longer fulfil."""
        for waiting in (self._answer, self._stopped, *self._stills.values()):
            if waiting is not None and not waiting.done():
                waiting.set_exception(MediaError(MediaFault.NOT_RUNNING))

    def _arrived(self, event: MediaEvent, content: bytes | None) -> None:
        match event:
            case MediaReady() if self._started is not None and not self._started.done():
                self._started.set_result(None)
            case MediaReady():
                again = MediaRestarted(pid=event.pid, call_id=self._call_id, attempt=self._attempt)
                self._listener.media_event(again)
            case PeerAnswered(attempt=self._attempt) | PeerFailed(attempt=self._attempt):
                self._answered(event)
            case StillTaken() | StillRefused():
                self._still_arrived(event, content)
            case SegmentRecorded() if content is not None:
                self._segments.put_nowait(Segment(event, content))
            case RecordingStopped() if self._stopped is not None and not self._stopped.done():
                self._stopped.set_result(None)
            case _:
                pass
        self._listener.media_event(event)

    def _answered(self, event: PeerAnswered | PeerFailed) -> None:
        waiting = self._answer
        if event.call_id != self._call_id or waiting is None or waiting.done():
            return
        if isinstance(event, PeerAnswered):
            waiting.set_result(event.sdp)
        else:
            waiting.set_exception(MediaError(event.code))

    def _still_arrived(self, event: StillTaken | StillRefused, content: bytes | None) -> None:
        waiting = self._stills.get(event.request_id)
        if waiting is None or waiting.done():
            return
        if isinstance(event, StillTaken) and content is not None:
            waiting.set_result(Still(event, content))
        elif isinstance(event, StillRefused):
            waiting.set_exception(MediaError(event.code))
