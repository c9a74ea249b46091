"""Microphone and loudspeaker of the desk, by QtMultimedia.

Lives in the media process's main thread under a ``QCoreApplication``. Qt binds a device when an object is
made, so both are made anew whenever the system's devices or the wish change. A machine without any device is
a normal case: it is reported and the call goes on without.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QIODevice, QObject, Qt, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QAudioSource, QMediaDevices, QtAudio

from console.contract.media import ChooseDevices, Device, DevicesChanged
from console.media.sound import BLOCK_SAMPLES, SoundHub
from console.media.tracks import SAMPLE_RATE

BLOCK_BYTES = BLOCK_SAMPLES * 2
BLOCK_MS = 10
QUEUED_MS = 60
"""Sound kept ready in the loudspeaker's buffer: more delays the voice, less tears it."""
BUFFER_MS = 200
SETTLE_MS = 200
"""Pause after a change of devices; plugging in a headset changes them several times."""
RETRY_MS = 1000
DEVICE_DELAY_MS = 20
"""Assumed way through driver and converter, both directions, besides what is queued."""

logger = logging.getLogger(__name__)


class SoundDevices(QObject):
    """Keeps a microphone and a loudspeaker running during calls and tells ``on_changed`` what there is.

    ``choose`` (``ChooseDevices``) and ``activate`` (whether there is a call) may be emitted from any thread.
    """

    choose = Signal(object)
    activate = Signal(bool)

    def __init__(self, hub: SoundHub, on_changed: Callable[[DevicesChanged], None]) -> None:
        super().__init__()
        self._hub = hub
        self._on_changed = on_changed
        self._wish = ChooseDevices()
        self._active = False
        self._reported: DevicesChanged | None = None
        self._source: QAudioSource | None = None
        self._input: QIODevice | None = None
        self._sink: QAudioSink | None = None
        self._output: QIODevice | None = None
        self._unread = b""
        self._system = QMediaDevices(self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.restart)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.restart)
        self._system.audioInputsChanged.connect(self._settle.start)
        self._system.audioOutputsChanged.connect(self._settle.start)
        self._system.videoInputsChanged.connect(self._settle.start)
        self._clock = QTimer(self, interval=BLOCK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._play)
        self.choose.connect(self._chosen)
        self.activate.connect(self._activated)

    def restart(self) -> None:
        """Make both devices anew if there is a call, and report what has changed."""
        self.stop()
        inputs, outputs = QMediaDevices.audioInputs(), QMediaDevices.audioOutputs()
        microphone = _pick(self._wish.microphone, inputs, QMediaDevices.defaultAudioInput())
        speaker = _pick(self._wish.speaker, outputs, QMediaDevices.defaultAudioOutput())
        if self._active and microphone is not None:
            self._source = QAudioSource(microphone, _format(), self)
            self._source.stateChanged.connect(self._stopped)
            self._input = self._source.start()
            self._input.readyRead.connect(self._record)
        if self._active and speaker is not None:
            self._sink = QAudioSink(speaker, _format(), self)
            self._sink.setBufferSize(BUFFER_MS * BLOCK_BYTES // BLOCK_MS)
            self._sink.stateChanged.connect(self._stopped)
            self._output = self._sink.start()
            self._clock.start()
        devices = DevicesChanged(
            microphones=_named(inputs),
            speakers=_named(outputs),
            cameras=_cameras(),
            microphone=None if microphone is None else _device(microphone),
            speaker=None if speaker is None else _device(speaker),
        )
        if devices != self._reported:
            self._reported = devices
            self._on_changed(devices)

    def stop(self) -> None:
        """Release both devices."""
        self._clock.stop()
        for device in (self._source, self._sink):
            if device is not None:
                device.stop()
                device.deleteLater()
        self._source = self._sink = self._input = self._output = None
        self._unread = b""

    def _chosen(self, wish: ChooseDevices) -> None:
        self._wish = wish
        self.restart()

    def _activated(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self.restart()

    def _stopped(self, state: QtAudio.State) -> None:
        """Try again soon when a device stops by itself: it was unplugged, or taken by another program."""
        for device in (self._source, self._sink):
            if device is None or state is not QtAudio.State.StoppedState:
                continue
            if device.error() in (QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError):
                logger.warning("a sound device stopped: %s", device.error().name)
                self._retry.start()

    def _record(self) -> None:
        if self._input is None:
            return
        heard = self._unread + self._input.readAll().data()
        whole = len(heard) // BLOCK_BYTES * BLOCK_BYTES
        self._unread = heard[whole:]
        delay = self._queued_ms() + DEVICE_DELAY_MS
        for block in np.frombuffer(heard[:whole], np.int16).reshape(-1, BLOCK_SAMPLES):
            self._hub.from_microphone(block, delay)

    def _play(self) -> None:
        if self._sink is None or self._output is None:
            return
        for _ in range(QUEUED_MS // BLOCK_MS):
            if self._queued_ms() >= QUEUED_MS or self._sink.bytesFree() < BLOCK_BYTES:
                return
            self._output.write(self._hub.for_speaker().tobytes())

    def _queued_ms(self) -> int:
        if self._sink is None:
            return 0
        return (self._sink.bufferSize() - self._sink.bytesFree()) * BLOCK_MS // BLOCK_BYTES


def _format() -> QAudioFormat:
    wanted = QAudioFormat()
    wanted.setSampleRate(SAMPLE_RATE)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


def _pick(wish: str | None, devices: Sequence[QAudioDevice], default: QAudioDevice) -> QAudioDevice | None:
    """Return the wished device, else the system's default, if it can do our format."""
    chosen = next((device for device in devices if _device(device).id == wish), default)
    if chosen.isNull():
        return None
    if not chosen.isFormatSupported(_format()):
        logger.warning("%s cannot do 16-bit mono at %d Hz", chosen.description(), SAMPLE_RATE)
        return None
    return chosen


def _named(devices: Sequence[QAudioDevice]) -> tuple[Device, ...]:
    return tuple(_device(device) for device in devices)


def _cameras() -> tuple[Device, ...]:
    return tuple(
        Device(_identity(bytes(camera.id().data())), camera.description())
        for camera in QMediaDevices.videoInputs()
    )


def _device(device: QAudioDevice) -> Device:
    return Device(id=_identity(bytes(device.id().data())), name=device.description())


def _identity(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")
