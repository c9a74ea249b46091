"""The simulated phone's light: what was too dark is seen with it, and the other camera has none."""

from __future__ import annotations

import asyncio
from pathlib import Path

import cv2
import numpy as np

from console.domain.evidence import Slot
from console.simulator.observer import PhoneLog
from console.simulator.phone import Phone
from console.training.library import load_named
from console.training.scenario import Flaw
from console.training.seeding import seeded

SCENARIOS = Path(__file__).parents[3] / "resources" / "scenarios"


async def brightness(phone: Phone) -> float:
    """Mean luma of the phone's still."""
    content, _mark = await phone.still(Slot.REAR_PANORAMA)
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return float(picture.mean())


def test_the_light_lifts_the_dark_and_goes_with_the_camera() -> None:
    asyncio.run(lit_and_turned())


async def lit_and_turned() -> None:
    phone = Phone(seeded(load_named(SCENARIOS, "rear_end"), 1), PhoneLog(None))
    await phone.spoil(Flaw.DARK)
    dark = await brightness(phone)
    assert await phone.light(on=True)
    assert await brightness(phone) > 2 * dark
    await phone.switch("user")
    assert not await phone.light(on=True)
    await phone.switch("environment")
    assert await brightness(phone) < 2 * dark
    phone.close()
