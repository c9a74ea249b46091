"""The ring of an offered call: the ring-back tone everybody knows, through the system's loudspeaker.

Ring on loudspeaker, talk on headset (interface.md 3): it never goes through the hub of a call, and so never
into a recording or to a party. A machine without a loudspeaker rings on the screen alone.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QObject, QTimer, Signal
from PySide6.QtMultimedia import QAudioSink, QMediaDevices, QtAudio

from console.media.sound_devices import RETRY_MS, mono_format
from console.media.tracks import SAMPLE_RATE

HERTZ = 450.0
ON_S, OFF_S = 1.0, 4.0
"""The tone of GB/T 3380: 450 Hz, one second on, four seconds off."""
LOUD = 0.25
FADE_S = 0.02


class Ringing(QObject):
    """Rings while ``wanted`` last said so; the signal may be emitted from any thread."""

    wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._on = False
        self._sink: QAudioSink | None = None
        self._tone = QBuffer(self)
        self._tone.setData(period())
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._start_anew)
        self.wanted.connect(self._set)

    def stop(self) -> None:
        """Be silent, and let the loudspeaker go."""
        self._retry.stop()
        sink, self._sink = self._sink, None
        if sink is not None:
            sink.stop()
            sink.deleteLater()
        self._tone.close()

    def _set(self, on: bool) -> None:
        if on != self._on:
            self._on = on
            self._start_anew()

    def _start_anew(self) -> None:
        self.stop()
        speaker = QMediaDevices.defaultAudioOutput()
        if not self._on or speaker.isNull() or not speaker.isFormatSupported(mono_format()):
            return
        self._sink = QAudioSink(speaker, mono_format(), self)
        self._sink.stateChanged.connect(self._again)
        self._play()

    def _play(self) -> None:
        if self._sink is not None:
            self._tone.close()
            self._tone.open(QIODevice.OpenModeFlag.ReadOnly)
            self._sink.start(self._tone)

    def _again(self) -> None:
        """The tone is over: from its beginning again. A loudspeaker that was unplugged: the next one."""
        if self._sink is None:
            return
        if self._sink.state() is QtAudio.State.IdleState:
            self._play()
        elif self._sink.state() is QtAudio.State.StoppedState:
            self._retry.start()


def period() -> bytes:
    """One second of the tone with soft edges, and the pause after it: 16-bit mono."""
    times = np.arange(round(SAMPLE_RATE * ON_S)) / SAMPLE_RATE
    edge = np.minimum(1.0, np.minimum(times, times[::-1]) / FADE_S)
    tone = LOUD * 32767 * edge * np.sin(2 * np.pi * HERTZ * times)
    silence = np.zeros(round(SAMPLE_RATE * OFF_S))
    return np.concatenate((tone, silence)).astype(np.int16).tobytes()
