"""Sound through the real media process: tones both ways, devices that come and go, machines without any."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Awaitable, Callable

import numpy as np
import pytest

from console.contract.media import ChooseDevices, Device, DevicesChanged
from console.launcher.sound import VirtualSound
from console.media.sound import SoundMeter
from console.media.tracks import SAMPLE_RATE
from tests.media_desk import CALL, Ear, call, running
from tests.media_party import Party, until


def test_without_sound_devices_the_call_goes_on(no_sound: None) -> None:
    async def scenario() -> None:
        async with running() as (media, ear), Party(tone_hz=700.0) as party:
            await call(media, party)
            await until(lambda: ear.last(DevicesChanged) is not None, 5, "report of devices")
            devices = ear.last(DevicesChanged)
            assert isinstance(devices, DevicesChanged)
            assert (devices.microphone, devices.speaker) == (None, None)
            await until(lambda: hears(ear, 700.0), 15, "the party's tone without a loudspeaker")

    asyncio.run(scenario())


def hears(ear: Ear, hertz: float) -> bool:
    """Whether the newest figures name this tone from the party."""
    stats = ear.stats()
    heard = stats.remote.frequency_hz if stats else None
    return heard is not None and abs(heard - hertz) <= 3


@pytest.mark.parametrize("processing", [False, True])
def test_tones_both_ways(sound: VirtualSound, processing: bool) -> None:
    async def scenario() -> None:
        async with running() as (media, ear), Party(tone_hz=620.0) as party:
            await media.set_voice_processing(processing)
            await call(media, party)
            await asyncio.to_thread(sound.play_tone, 1330.0, 30.0)
            await until(lambda: hears(ear, 620.0), 15, "the party's tone at the desk")

            def heard() -> bool:
                frequency = party.heard.reading().frequency_hz
                return frequency is not None and abs(frequency - 1330.0) <= 3

            await until(heard, 15, "the microphone's tone at the party")
            stats = ear.stats()
            assert stats is not None

            def both_measured() -> bool:
                now = ear.stats() or stats
                measured = (now.microphone.frequency_hz or 0.0, now.played.frequency_hz or 0.0)
                return abs(measured[0] - 1330) <= 3 and abs(measured[1] - 620) <= 3

            await until(both_measured, 10, "microphone and loudspeaker in the figures")
            await media.set_muted(True)
            await until(lambda: party.heard.reading().frequency_hz is None, 10, "silence after muting")

    asyncio.run(scenario())


async def plug_headset(sound: VirtualSound) -> str:
    """Plug in a loudspeaker named Headset; return what unplugs it."""
    named = "sink_properties=device.description=Headset"
    return await pactl(sound, "load-module", "module-null-sink", "sink_name=headset", named)


async def pactl(sound: VirtualSound, *words: str) -> str:
    """Tell the sound server something and return its word."""
    done = await asyncio.to_thread(
        subprocess.run, ["pactl", *words], env={**os.environ, **sound.env}, capture_output=True, timeout=10
    )
    return bytes(done.stdout).decode().strip()


def speakers(ear: Ear) -> tuple[Device, ...]:
    """The loudspeakers reported last."""
    devices = ear.last(DevicesChanged)
    return devices.speakers if isinstance(devices, DevicesChanged) else ()


def headset_of(ear: Ear) -> Device | None:
    """The headset, if it was reported."""
    return next((device for device in speakers(ear) if device.name == "Headset"), None)


def speaker_in_use(ear: Ear) -> str | None:
    """Name of the loudspeaker that calls use."""
    devices = ear.last(DevicesChanged)
    return devices.speaker.name if isinstance(devices, DevicesChanged) and devices.speaker else None


def test_devices_may_come_and_go(sound: VirtualSound) -> None:
    async def scenario() -> None:
        async with running() as (media, ear):
            await until(lambda: len(speakers(ear)) == 2, 5, "report of devices")
            await media.open(CALL, 1)
            unplug = await plug_headset(sound)
            await until(lambda: headset_of(ear) is not None, 10, "the headset")
            headset = headset_of(ear)
            assert headset is not None
            await media.choose_devices(ChooseDevices(speaker=headset.id))
            await until(lambda: speaker_in_use(ear) == "Headset", 10, "the headset in use")
            await pactl(sound, "unload-module", unplug)
            await until(lambda: headset_of(ear) is None, 10, "no headset")
            assert speaker_in_use(ear) not in (None, "Headset")

    asyncio.run(scenario())


def test_device_unplugged_before_the_call_is_passed_over(sound: VirtualSound) -> None:
    """Qt goes on listing a device that vanished while nothing was playing; the call must not be dumb."""

    async def scenario() -> None:
        async with running() as (media, ear), Party(tone_hz=500.0) as party:
            unplug = await plug_headset(sound)
            await until(lambda: headset_of(ear) is not None, 10, "the headset")
            headset = headset_of(ear)
            assert headset is not None
            await media.choose_devices(ChooseDevices(speaker=headset.id))
            await until(lambda: speaker_in_use(ear) == "Headset", 10, "the headset chosen")
            await pactl(sound, "unload-module", unplug)
            await call(media, party)
            await until(lambda: speaker_in_use(ear) not in (None, "Headset"), 10, "another loudspeaker")

            def played() -> bool:
                stats = ear.stats()
                return stats is not None and abs((stats.played.frequency_hz or 0.0) - 500.0) <= 3

            await until(played, 10, "the party's tone on the other loudspeaker")

    asyncio.run(scenario())


def test_an_offered_call_rings_through_the_loudspeaker_until_told_otherwise(sound: VirtualSound) -> None:
    """Heard at the loudspeaker itself, as 450 Hz; no call is needed for it and none hears it."""

    async def scenario() -> None:
        async with running() as (media, ear):
            await media.set_ringing(True)
            for wanted in (450.0, None, 450.0, None, 450.0):  # the pause between, and the tone again
                await until_async(lambda: tone_at(sound), wanted)
            await media.set_ringing(False)
            await until_async(lambda: tone_at(sound), None)
            assert ear.stats() is None

    asyncio.run(scenario())


async def until_async(hear: Callable[[], Awaitable[float | None]], wanted: float | None) -> None:
    """Listen until this tone, or none, is heard for a second."""
    async with asyncio.timeout(30):
        while True:
            heard = await hear()
            if (heard is None) == (wanted is None) and abs((heard or 0) - (wanted or 0)) <= 3:
                return


async def tone_at(sound: VirtualSound) -> float | None:
    """Return the tone of one second at the loudspeaker."""
    command = ["parec", "--device=desk.monitor", "--raw", "--rate=48000", "--channels=1", "--format=s16le"]
    listening = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **sound.env}, stdout=asyncio.subprocess.PIPE
    )
    assert listening.stdout is not None
    try:
        heard = await listening.stdout.readexactly(SAMPLE_RATE * 2)
    finally:
        listening.terminate()
        await listening.wait()
    meter = SoundMeter()
    meter.add(np.frombuffer(heard, np.int16))
    return meter.reading().frequency_hz
