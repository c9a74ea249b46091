"""Lets a simulated phone send as much as the party's page allows itself.

Touches the constants of ``aiortc.codecs.vpx``, which hold for the whole process and are read when an encoder
starts: aiortc begins at 0.5 and stops at 1.5 Mbit/s, the page begins at 2 and stops at 2.5 (media.md 10).
"""

from __future__ import annotations

from aiortc.codecs import vpx

START_BITS_PER_SECOND = 2_000_000
MAX_BITS_PER_SECOND = 2_500_000


def use_phone_bitrate() -> None:
    """Set the page's bit rates for every VP8 encoder that starts from now on in this process."""
    vpx.DEFAULT_BITRATE = START_BITS_PER_SECOND
    vpx.MAX_BITRATE = MAX_BITS_PER_SECOND
