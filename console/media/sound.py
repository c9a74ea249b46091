"""Sound on its way between the party and the desk's devices: metering, jitter, echo.

All samples are 16-bit mono at 48 kHz; the devices and the voice processor work on blocks of 10 ms.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import av
import numpy as np
from livekit import rtc
from numpy.typing import NDArray

from console.contract.media import SoundReading
from console.media.tracks import FRAME_SAMPLES, SAMPLE_RATE

Samples = NDArray[np.int16]

BLOCK_SAMPLES = SAMPLE_RATE // 100
SILENCE_DBFS = -120.0
AUDIBLE_DBFS = -60.0
"""Below this level no frequency is named: it would be that of noise."""
FULL_SCALE = 32768.0


class SoundMeter:
    """Measures the last second of a stream of samples; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._second: Samples = np.zeros(SAMPLE_RATE, np.int16)
        self._at = 0

    def add(self, samples: Samples) -> None:
        """Take the next samples (at most one second)."""
        with self._lock:
            first = min(len(samples), SAMPLE_RATE - self._at)
            self._second[self._at : self._at + first] = samples[:first]
            self._second[: len(samples) - first] = samples[first:]
            self._at = (self._at + len(samples)) % SAMPLE_RATE

    def reading(self) -> SoundReading:
        """Return level and strongest frequency of the second added last, resolved to 1 Hz."""
        with self._lock:
            second = np.roll(self._second, -self._at).astype(np.float64) / FULL_SCALE
        power = float(np.mean(second**2))
        if power <= 10 ** (SILENCE_DBFS / 10):
            return SoundReading(SILENCE_DBFS, None)
        level = 10 * float(np.log10(power))
        if level < AUDIBLE_DBFS:
            return SoundReading(level, None)
        spectrum = np.abs(np.fft.rfft(second * np.hanning(SAMPLE_RATE)))
        spectrum[:20] = 0.0  # below hearing: rumble and offset
        return SoundReading(level, float(np.argmax(spectrum)))


class VoiceRing:
    """A small jitter buffer between decoding and the loudspeaker; safe between threads.

    Playing starts with ``START`` samples in hand; an empty ring plays silence and starts anew; what exceeds
    ``LIMIT`` is thrown away from the oldest end, so that delay never grows for good.
    """

    START = SAMPLE_RATE * 40 // 1000
    LIMIT = SAMPLE_RATE * 200 // 1000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Samples = np.zeros(0, np.int16)
        self._playing = False

    def push(self, samples: Samples) -> None:
        """Add decoded samples."""
        with self._lock:
            held = np.concatenate((self._held, samples))
            self._held = held[-self.START :] if len(held) > self.LIMIT else held

    def pop(self, count: int) -> Samples:
        """Return the next ``count`` samples, silence where there are none."""
        with self._lock:
            if not self._playing:
                self._playing = len(self._held) >= self.START
            if not self._playing or len(self._held) < count:
                self._playing = False
                return np.zeros(count, np.int16)
            played, self._held = self._held[:count], self._held[count:]
            return played


class VoiceProcessor:
    """Echo canceller, noise suppression, high-pass and gain control on blocks of 10 ms (media.md 12)."""

    def __init__(self) -> None:
        self.enabled = True
        self._module = rtc.AudioProcessingModule(
            echo_cancellation=True, noise_suppression=True, high_pass_filter=True, auto_gain_control=True
        )

    def near(self, block: Samples, delay_ms: int) -> Samples:
        """Return one block of the microphone, cleaned; ``delay_ms`` is from playing to hearing a sample."""
        if not self.enabled:
            return block
        frame = _frame(block)
        self._module.set_stream_delay_ms(delay_ms)
        self._module.process_stream(frame)
        return np.frombuffer(frame.data, np.int16).copy()

    def far(self, block: Samples) -> None:
        """Tell what the loudspeaker plays next."""
        if self.enabled:
            self._module.process_reverse_stream(_frame(block))


def _frame(block: Samples) -> rtc.AudioFrame:
    return rtc.AudioFrame(bytearray(block.tobytes()), SAMPLE_RATE, 1, len(block))


class SoundHub:
    """Where the party's voice and the desk's devices meet.

    ``from_party`` is called in the event loop, ``from_microphone`` and ``for_speaker`` in the devices'
    thread; ``send`` (set by the running call) gets the microphone in pieces of 20 ms.
    """

    def __init__(self) -> None:
        self.remote = SoundMeter()
        self.microphone = SoundMeter()
        self.played = SoundMeter()
        self.muted = False
        self.send: Callable[[Samples], None] | None = None
        self.processor = VoiceProcessor()
        self._ring = VoiceRing()
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._half: Samples = np.zeros(0, np.int16)

    def from_party(self, frame: av.AudioFrame) -> None:
        """Take one decoded frame of any format and rate."""
        for piece in self._resampler.resample(frame):
            samples = piece.to_ndarray().reshape(-1).astype(np.int16, copy=False)
            self.remote.add(samples[-SAMPLE_RATE:])
            self._ring.push(samples)

    def new_call(self, send: Callable[[Samples], None] | None) -> None:
        """Connect another call, or none; the voice of the one before is forgotten."""
        self.send = send
        self._ring = VoiceRing()
        self.remote = SoundMeter()
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def from_microphone(self, block: Samples, delay_ms: int) -> None:
        """Take one block of 10 ms from the device."""
        clean = self.processor.near(block, delay_ms)
        if self.muted:
            clean = np.zeros_like(clean)
        self.microphone.add(clean)
        self._half = np.concatenate((self._half, clean))
        if len(self._half) >= FRAME_SAMPLES:
            whole, self._half = self._half[:FRAME_SAMPLES], self._half[FRAME_SAMPLES:]
            send = self.send
            if send is not None:
                send(whole)

    def for_speaker(self) -> Samples:
        """Return the next block of 10 ms to play."""
        block = self._ring.pop(BLOCK_SAMPLES)
        self.processor.far(block)
        self.played.add(block)
        return block
