"""The scene: what a live picture costs beside copying one, and how long a view and a still take to draw.

Prints one JSON object: milliseconds of one live picture, the ratio to copying a picture of that size, and
processor seconds for a view, a still and the start.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import numpy as np

from console.assets import RESOURCES
from console.domain.evidence import Slot
from console.simulator.scene import LIVE_SIZE, SceneCamera
from console.training.library import load_named
from console.training.seeding import seeded

PICTURES = 300


def per_call_ms(work: Callable[[int], object]) -> float:
    """Median time of one call in milliseconds."""
    times = []
    for number in range(PICTURES):
        start = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - start)
    return float(np.median(times)) * 1000


def processor_s(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return round(time.process_time() - start, 3)


def main() -> None:
    """Measure and print."""
    scenario = seeded(load_named(RESOURCES / "scenarios", "rear_end"), 1)
    cameras: list[SceneCamera] = []
    start_s = processor_s(lambda: cameras.append(SceneCamera(scenario)))
    camera = cameras[0]
    plain = np.zeros((LIVE_SIZE[1], LIVE_SIZE[0], 3), np.uint8)
    frame_ms, copy_ms = per_call_ms(camera.frame), per_call_ms(lambda _: plain.copy())
    result = {
        "frame_ms": round(frame_ms, 3),
        "ratio_to_copy": round(frame_ms / copy_ms, 2),
        "start_cpu_s": start_s,
        "view_cpu_s": processor_s(lambda: camera.look_at(Slot.CONTACT_A)),
        "still_cpu_s": processor_s(lambda: camera.still(Slot.CONTACT_A, 1)),
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
