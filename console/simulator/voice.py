"""The voice of a simulated party: a tone, because a tone can be found again in decoded sound."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from console.media.tracks import SAMPLE_RATE

AMPLITUDE = 10_000
"""Peak of the tone; 32767 would be full scale."""


def tone(hertz: float | None) -> Callable[[int], NDArray[np.int16]]:
    """A source for `VoiceTrack`: each call returns the next samples of one unbroken tone; None is silence."""
    position = 0

    def samples(count: int) -> NDArray[np.int16]:
        nonlocal position
        if hertz is None:
            return np.zeros(count, np.int16)
        # Exact in the integers as long as the frequency is a whole number of millihertz: no drift in hours.
        steps = (np.arange(position, position + count) * round(hertz * 1000)) % (SAMPLE_RATE * 1000)
        position += count
        return np.asarray(AMPLITUDE * np.sin(2 * np.pi * steps / (SAMPLE_RATE * 1000)), np.int16)

    return samples
