"""Media: what one 720p call costs the media process, how old a picture is when it arrives, how fast a
killed process is back.

Prints one JSON object: CPU seconds per second of the media process in a call, the same while the call is
recorded (`recording`), and of decoding alike pictures alone, pictures per second, camera to ring in
milliseconds, kill to next picture in seconds. Party and desk share this machine, so the times are
pessimistic.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import signal
import sys
import time

import av
import numpy as np
import psutil

from console.adapters.media_process import MediaProcess
from console.contract.media import MediaEvent, MediaRestarted
from console.media.marks import draw_mark
from tests.media_desk import CALL, call, mark_of
from tests.media_party import Party, scene, until

WIDTH, HEIGHT, RATE = 1280, 720, 25
WARM_UP_S = 4.0


class Watcher:
    """Takes every picture the moment it is announced, as the window does."""

    def __init__(self) -> None:
        self.media: MediaProcess | None = None
        self.party: Party | None = None
        self.restarted = False
        self.ages: list[float] = []

    def media_event(self, event: MediaEvent) -> None:
        self.restarted = self.restarted or isinstance(event, MediaRestarted)

    def frame_available(self) -> None:
        view = self.media.frames.latest() if self.media else None
        counter = mark_of(view)
        if self.party and counter in self.party.drawn_at:
            self.ages.append(time.monotonic() - self.party.drawn_at[counter])


async def measure(seconds: float) -> dict[str, object]:
    """Run one call, measure it, kill the process and measure its return."""
    watcher = Watcher()
    media = watcher.media = MediaProcess(watcher)
    await media.start()
    try:
        async with Party(WIDTH, HEIGHT, tone_hz=440.0, rate=RATE) as party:
            watcher.party = party
            await call(media, party)
            await until(lambda: bool(watcher.ages), 20, "the first picture")
            await asyncio.sleep(WARM_UP_S)
            process = psutil.Process(media.pid)
            result = await call_for(seconds, media, process, watcher)
            await media.start_recording(CALL, 0.0)
            await asyncio.sleep(WARM_UP_S)
            result["recording"] = await call_for(seconds, media, process, watcher)
            result["recorded_bytes"] = sum(len(one.webm) for one in await media.stop_recording())
        async with Party(WIDTH, HEIGHT, rate=RATE) as again:
            watcher.party = again
            killed = time.monotonic()
            os.kill(process.pid, signal.SIGKILL)
            await until(lambda: watcher.restarted, 20, "restart")
            written = media.frames.newest
            await call(media, again, attempt=2)
            await until(lambda: media.frames.newest > written, 20, "the picture after restart")
            result["picture_back_s"] = round(time.monotonic() - killed, 2)
    finally:
        await media.stop()
    return result


async def call_for(
    seconds: float, media: MediaProcess, process: psutil.Process, watcher: Watcher
) -> dict[str, object]:
    """Return what the media process needs and gives in a call that goes on for so long."""
    watcher.ages.clear()
    written, spent, started = media.frames.newest, cpu(process), time.monotonic()
    await asyncio.sleep(seconds)
    lasted = time.monotonic() - started
    return {
        "media_cpu_per_s": round((cpu(process) - spent) / lasted, 3),
        "fps": round((media.frames.newest - written) / lasted, 1),
        "camera_to_ring_ms": {
            f"p{share}": round(1000 * float(np.percentile(watcher.ages, share)), 1) for share in (50, 95)
        },
        "rss_mb": round(process.memory_info().rss / 1e6),
    }


def cpu(process: psutil.Process) -> float:
    """Return the CPU seconds of a process."""
    times = process.cpu_times()
    return float(times.user + times.system)


def decode_alone(seconds: float) -> float:
    """Return the CPU seconds that decoding one second of alike pictures takes by itself."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=RATE, options={"deadline": "realtime", "cpu-used": "6"})
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = WIDTH, HEIGHT, "yuv420p", 2_000_000
        background = scene(WIDTH, HEIGHT)
        for number in range(round(seconds * RATE)):
            picture = background.copy()
            draw_mark(picture, number)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        container.mux(stream.encode(None))
    file.seek(0)
    with av.open(file, "r") as source:
        source.streams.video[0].thread_type = "NONE"
        spent = time.process_time()
        for _ in source.decode(video=0):
            pass
        return (time.process_time() - spent) / seconds


def main() -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0, help="length of the measured call")
    options = parser.parse_args()
    result = asyncio.run(measure(options.seconds))
    result["decode_cpu_per_s"] = round(decode_alone(5.0), 3)
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
