"""Microphone and loudspeaker of the desk, by QtMultimedia.

Lives in the media process's main thread under a ``QCoreApplication``. Qt binds a device when an object is
made, so both are made anew whenever the system's devices or the wish change. A machine without any device is
a normal case: it is reported and the call goes on without.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence

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
        microphones = _by_wish(self._wish.microphone, QMediaDevices.defaultAudioInput(), inputs)
        speakers = _by_wish(self._wish.speaker, QMediaDevices.defaultAudioOutput(), outputs)
        microphone = next(
            (device for device in microphones if not self._active or self._listen(device)), None
        )
        speaker = next((device for device in speakers if not self._active or self._speak(device)), None)
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

    def _listen(self, device: QAudioDevice) -> bool:
        """Start this microphone; false if it cannot be opened (Qt may list one that is gone)."""
        source = QAudioSource(device, mono_format(), self)
        opened = _maybe(source.start())
        if opened is None or source.error() is not QtAudio.Error.NoError:
            source.deleteLater()
            return False
        opened.readyRead.connect(self._record)
        source.stateChanged.connect(self._state_changed)
        self._source, self._input = source, opened
        return True

    def _speak(self, device: QAudioDevice) -> bool:
        """Start this loudspeaker; false if it cannot be opened."""
        sink = QAudioSink(device, mono_format(), self)
        sink.setBufferSize(BUFFER_MS * BLOCK_BYTES // BLOCK_MS)
        opened = _maybe(sink.start())
        if opened is None or sink.error() is not QtAudio.Error.NoError:
            sink.deleteLater()
            return False
        sink.stateChanged.connect(self._state_changed)
        self._sink, self._output = sink, opened
        self._clock.start()
        return True

    def stop(self) -> None:
        """Release both devices."""
        self._clock.stop()
        ending = [device for device in (self._source, self._sink) if device is not None]
        self._source = self._sink = self._input = self._output = None
        for device in ending:
            device.stop()
            device.deleteLater()
        self._unread = b""

    def _chosen(self, wish: ChooseDevices) -> None:
        self._wish = wish
        self.restart()

    def _activated(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self.restart()

    def _state_changed(self) -> None:
        """Try again soon when a device stops by itself: it was unplugged, or taken by another program."""
        for device in (self._source, self._sink):
            if device is None or device.state() is not QtAudio.State.StoppedState:
                continue
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


def mono_format() -> QAudioFormat:
    """Return how every sound of the desk is written: 16 bit, mono."""
    wanted = QAudioFormat()
    wanted.setSampleRate(SAMPLE_RATE)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


def _by_wish(
    wish: str | None, default: QAudioDevice, devices: Sequence[QAudioDevice]
) -> Iterator[QAudioDevice]:
    """Yield the devices that can do our format: the wished one, the system's default, then the others."""
    wished = (device for device in devices if _device(device).id == wish)
    for device in (*wished, default, *devices):
        if device.isNull():
            continue
        if device.isFormatSupported(mono_format()):
            yield device
        else:
            logger.warning("%s cannot do 16-bit mono at %d Hz", device.description(), SAMPLE_RATE)


def _maybe(device: QIODevice | None) -> QIODevice | None:
    """Qt returns nothing where a device cannot be opened; its Python types do not say so."""
    return device


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
