"""Metering, jitter buffer and echo canceller on computed sound."""

from __future__ import annotations

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from console.media.sound import BLOCK_SAMPLES, SoundHub, SoundMeter, VoiceProcessor, VoiceRing
from console.media.tracks import FRAME_SAMPLES, SAMPLE_RATE, audio_frame


def tone(hertz: float, seconds: float, peak: int = 12_000) -> NDArray[np.int16]:
    """Return a sine tone."""
    phase = np.arange(int(SAMPLE_RATE * seconds)) * (2 * np.pi * hertz / SAMPLE_RATE)
    return np.asarray(peak * np.sin(phase), np.int16)


def level(samples: NDArray[np.int16]) -> float:
    """Return the level in dBFS."""
    return float(10 * np.log10(np.mean((samples / 32768.0) ** 2) + 1e-12))


@pytest.mark.parametrize("hertz", [220.0, 1330.0, 7000.0])
def test_meter_names_the_strongest_tone(hertz: float) -> None:
    meter = SoundMeter()
    noise = np.random.default_rng(1).normal(0, 300, SAMPLE_RATE * 2).astype(np.int16)
    for block in (tone(hertz, 2.0) + noise).reshape(-1, 480):
        meter.add(block)
    reading = meter.reading()
    assert reading.frequency_hz == pytest.approx(hertz, abs=1)
    assert reading.level_dbfs == pytest.approx(level(tone(hertz, 1.0)), abs=0.5)


def test_meter_forgets_after_a_second_and_names_no_silence() -> None:
    meter = SoundMeter()
    assert (meter.reading().level_dbfs, meter.reading().frequency_hz) == (-120.0, None)
    meter.add(tone(500, 1.0))
    meter.add(tone(900, 0.7, peak=20))
    meter.add(tone(900, 0.3, peak=20))
    reading = meter.reading()
    assert reading.frequency_hz is None
    assert reading.level_dbfs < -60


def test_voice_ring_waits_plays_and_bounds_its_delay() -> None:
    ring = VoiceRing()
    voice = np.arange(1, 30_000, dtype=np.int16)
    ring.push(voice[:960])
    assert not ring.pop(BLOCK_SAMPLES).any()
    ring.push(voice[960:1920])
    assert (ring.pop(BLOCK_SAMPLES) == voice[:480]).all()
    ring.push(voice[1920:20_000])
    held = ring.pop(BLOCK_SAMPLES)
    assert held[0] == voice[20_000 - VoiceRing.START]
    for _ in range(3):
        ring.pop(BLOCK_SAMPLES)
    assert not ring.pop(BLOCK_SAMPLES).any()


def test_echo_is_removed() -> None:
    random = np.random.default_rng(2)
    seconds = 6
    syllables = np.sin(2 * np.pi * 3 * np.arange(SAMPLE_RATE * seconds) / SAMPLE_RATE) > 0
    far = (3000 * random.standard_normal(SAMPLE_RATE * seconds) * syllables).astype(np.int16)
    delay = SAMPLE_RATE * 60 // 1000
    echo = np.concatenate((np.zeros(delay, np.int16), far[:-delay] // 2))
    processor = VoiceProcessor()
    cleaned = []
    for start in range(0, len(far), BLOCK_SAMPLES):
        processor.far(far[start : start + BLOCK_SAMPLES])
        cleaned.append(processor.near(echo[start : start + BLOCK_SAMPLES], 60))
    last = slice(-2 * SAMPLE_RATE, None)
    assert level(np.concatenate(cleaned)[last]) < level(echo[last]) - 30


def test_hub_resamples_the_party_and_mutes_the_microphone() -> None:
    hub = SoundHub()
    hub.processor.enabled = False
    sent: list[NDArray[np.int16]] = []
    hub.new_call(sent.append)
    samples = tone(1000, 1.2)
    for number, piece in enumerate(samples.reshape(-1, FRAME_SAMPLES)):
        hub.from_party(audio_frame(piece, number * FRAME_SAMPLES))
    assert hub.remote.reading().frequency_hz == pytest.approx(1000, abs=1)
    for block in samples.reshape(-1, BLOCK_SAMPLES):
        hub.from_microphone(block, 0)
    assert (np.concatenate(sent) == samples).all()
    hub.muted = True
    for block in samples.reshape(-1, BLOCK_SAMPLES):
        hub.from_microphone(block, 0)
    assert not sent[-1].any()
    assert hub.microphone.reading().frequency_hz is None


def test_hub_takes_stereo_of_another_rate() -> None:
    hub = SoundHub()
    stereo = np.repeat(tone(800, 1.5)[:: SAMPLE_RATE // 16_000], 2).reshape(1, -1)
    for start in range(0, stereo.shape[1], 640):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(stereo[:, start : start + 640]), "s16", "stereo"
        )
        frame.sample_rate = 16_000
        frame.pts = start // 2
        hub.from_party(frame)
    assert hub.remote.reading().frequency_hz == pytest.approx(800, abs=2)
