"""The media process: three threads around one call.

* main: Qt (sound devices, ring, camera);
* ``media-loop``: asyncio with aiortc and everything a command does;
* ``desk-pipe``: reads commands; when the desk is gone it ends the process at once, for nobody is left who
  could want the picture, and nothing here must outlive the desk.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
from typing import cast

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from console.contract.frame_ring import FrameRing
from console.contract.media import (
    AcceptOffer,
    ChooseDevices,
    ClosePeer,
    MediaCommand,
    MediaError,
    MediaEvent,
    MediaFault,
    MediaReady,
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
    StillRefused,
    TakeStill,
)
from console.contract.media_pipe import MediaPipe, PipeError
from console.contract.recording import (
    CutSegment,
    RecordingStopped,
    SegmentRecorded,
    StartRecording,
    StopRecording,
)
from console.domain.ids import CallId
from console.media.camera import OfficerCamera
from console.media.officer import OfficerView
from console.media.recall import Recall
from console.media.recorder import Recorder
from console.media.ringing import Ringing
from console.media.session import CallSession
from console.media.sound import SoundHub
from console.media.sound_devices import SoundDevices

STATS_SECONDS = 1.0

logger = logging.getLogger(__name__)

Incoming = tuple[MediaCommand, bytes | None]


class _Ending(QObject):
    """Carries the end from the event loop to Qt's thread."""

    reached = Signal()


class MediaHost:
    """Everything of the media process behind its pipe and its ring."""

    def __init__(self, pipe: MediaPipe, ring: FrameRing) -> None:
        self._pipe = pipe
        self._ring = ring
        self._hub = SoundHub()
        self._officer = OfficerView()
        self._recall = Recall()
        self._devices = SoundDevices(self._hub, self._report)
        self._ringing = Ringing()
        self._camera = OfficerCamera(self._officer.filmed)
        self._camera_id: str | None = None
        self._session: CallSession | None = None
        self._recorder: Recorder | None = None
        self._ending = _Ending()
        self._exit_code = 1

    def run(self, application: QCoreApplication) -> int:
        """Serve the desk until ``Shutdown``; return the process's exit code."""
        self._ending.reached.connect(application.quit, Qt.ConnectionType.QueuedConnection)
        loop = threading.Thread(target=self._run_loop, name="media-loop")
        loop.start()
        self._devices.restart()
        application.exec()
        self._devices.stop()
        self._ringing.stop()
        self._camera.stop()
        loop.join()
        return self._exit_code

    def _run_loop(self) -> None:
        factory = asyncio.SelectorEventLoop if sys.platform == "win32" else None
        try:
            with asyncio.Runner(loop_factory=factory) as runner:
                runner.run(self._serve())
            self._exit_code = 0
        finally:
            self._ending.reached.emit()

    async def _serve(self) -> None:
        arrived: asyncio.Queue[Incoming] = asyncio.Queue()
        reader = threading.Thread(
            target=self._read, args=(asyncio.get_running_loop(), arrived), name="desk-pipe", daemon=True
        )
        self._report(MediaReady(pid=os.getpid()))
        reader.start()
        figures = asyncio.create_task(self._figures())
        while True:
            command, content = await arrived.get()
            if isinstance(command, Shutdown):
                break
            try:
                await self._carry_out(command, content)
            except MediaError as error:
                logger.info("%s refused: %s", type(command).__name__, error.code)
            except Exception:
                logger.exception("%s failed", type(command).__name__)
        figures.cancel()
        await self._close_session()
        await self._stop_recording()

    def _read(self, loop: asyncio.AbstractEventLoop, arrived: asyncio.Queue[Incoming]) -> None:
        try:
            while True:
                command = cast("MediaCommand", self._pipe.receive())
                content = self._pipe.receive_content(command) if isinstance(command, ShowCard) else None
                loop.call_soon_threadsafe(arrived.put_nowait, (command, content))
                if isinstance(command, Shutdown):
                    return
        except (EOFError, OSError, PipeError) as error:
            logger.warning("the desk is gone (%s): exit", type(error).__name__)
            os._exit(0)

    async def _carry_out(self, command: MediaCommand, content: bytes | None) -> None:
        match command:
            case OpenPeer():
                await self._close_session()
                self._session = CallSession(
                    command, self._ring, self._hub, self._officer, self._report, self._notice, self._recall
                )
                if self._recorder is not None and self._recorder.call_id == command.call_id:
                    self._session.record(self._recorder)
                self._use_devices(True)
            case AcceptOffer():
                await self._answer(command)
            case SendControl(text=text):
                self._running().send_control(text)
            case TakeStill():
                await self._still(command)
            case StartRecording():
                await self._start_recording(command)
            case CutSegment():
                if self._recorder is not None:
                    self._recorder.cut()
            case StopRecording():
                await self._stop_recording()
                self._report(RecordingStopped())
            case SetMuted(muted=muted):
                self._hub.muted = muted
            case SetRinging(on=on):
                self._ringing.wanted.emit(on)
            case SetVoiceProcessing(enabled=enabled):
                self._hub.processor.enabled = enabled
            case SetOfficerPicture(source=source):
                self._officer.choose(source)
                self._use_devices(self._session is not None)
            case ShowCard() if content is not None:
                self._officer.set_card(content)
            case ChooseDevices():
                self._devices.choose.emit(command)
                self._camera_id = command.camera
                self._use_devices(self._session is not None)
            case ClosePeer():
                await self._close_session()
                self._recall.forget()
                self._use_devices(False)
            case _:
                raise MediaError(MediaFault.INTERNAL)

    async def _start_recording(self, command: StartRecording) -> None:
        if self._recorder is not None and self._recorder.call_id == command.call_id:
            return
        await self._stop_recording()
        self._recorder = Recorder(command.call_id, self._segment, command.already_s)
        if self._session is not None and self._session.call_id == command.call_id:
            self._session.record(self._recorder)

    async def _stop_recording(self) -> None:
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            if self._session is not None:
                self._session.record(None)
            await asyncio.to_thread(recorder.close)

    async def _answer(self, command: AcceptOffer) -> None:
        call_id, attempt = command.call_id, command.attempt
        try:
            sdp = await self._running(call_id, attempt).answer(command.sdp)
        except MediaError as error:
            self._report(PeerFailed(call_id=call_id, attempt=attempt, code=error.fault))
        else:
            self._report(PeerAnswered(call_id=call_id, attempt=attempt, sdp=sdp))

    async def _still(self, wanted: TakeStill) -> None:
        try:
            taken, jpeg = await self._running().still(wanted.request_id, recall=wanted.recall)
        except MediaError as error:
            self._report(StillRefused(request_id=wanted.request_id, code=error.fault))
        else:
            await asyncio.to_thread(self._pipe.send, taken, jpeg)

    def _running(self, call_id: CallId | None = None, attempt: int = 0) -> CallSession:
        """Return the running session, only that of this attempt where one is named."""
        session = self._session
        if session is None or (call_id and (session.call_id, session.attempt) != (call_id, attempt)):
            raise MediaError(MediaFault.NO_PEER)
        return session

    def _use_devices(self, calling: bool) -> None:
        """Microphone and camera are open during a call only."""
        filming = calling and self._officer.source is OfficerPicture.CAMERA
        self._camera.want.emit((self._camera_id or "") if filming else None)
        self._devices.activate.emit(calling)

    async def _close_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _figures(self) -> None:
        while True:
            await asyncio.sleep(STATS_SECONDS)
            if self._session is not None:
                self._report(self._session.stats())

    def _report(self, event: MediaEvent) -> None:
        """Tell the desk; a desk that is gone is noticed by the reading thread."""
        with contextlib.suppress(OSError):
            self._pipe.send(event)

    def _segment(self, recorded: SegmentRecorded, content: bytes) -> None:
        with contextlib.suppress(OSError):
            self._pipe.send(recorded, content)

    def _notice(self) -> None:
        with contextlib.suppress(OSError):
            self._pipe.send_frame_notice()
