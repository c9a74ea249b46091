"""Sound devices for machines that have none: a private PulseAudio with a loudspeaker and a microphone.

The loudspeaker is a null sink. The microphone is a remapped monitor of a second null sink (Qt hides plain
monitors), into which ``play_tone`` plays, as a voice would reach a real one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import wave
from array import array
from math import pi, sin
from pathlib import Path
from types import TracebackType

from console.launcher.towers import TowerError

RATE = 48_000
LONELY_SECONDS = 60
"""A server that nobody uses for so long ends: whoever started it was killed."""


def write_tone(path: Path, hertz: float, seconds: float) -> None:
    """Write a 16-bit mono WAV file of a sine tone at half scale."""
    samples = array("h", (int(16_000 * sin(2 * pi * hertz * n / RATE)) for n in range(int(RATE * seconds))))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


class VirtualSound:
    """A private PulseAudio server; ``env`` leads a process to it. Raises ``TowerError`` without one."""

    def __init__(self) -> None:
        if shutil.which("pulseaudio") is None or shutil.which("pactl") is None:
            raise TowerError("no PulseAudio on this machine; install pulseaudio and pulseaudio-utils")
        self._folder = tempfile.TemporaryDirectory(prefix="kuaichu-sound-")
        runtime = Path(self._folder.name)
        socket = runtime / "native"
        self.env = {
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": str(runtime),
            "PULSE_STATE_PATH": str(runtime),
            "PULSE_COOKIE": str(runtime / "cookie"),
        }
        self._player: subprocess.Popen[bytes] | None = None
        self._server = subprocess.Popen(
            [
                "pulseaudio",
                "-n",
                "--daemonize=no",
                f"--exit-idle-time={LONELY_SECONDS}",
                "--use-pid-file=no",
                "--disallow-exit=no",
                f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1",
                "--load=module-null-sink sink_name=desk rate=48000",
                "--load=module-null-sink sink_name=voice rate=48000",
                "--load=module-remap-source source_name=microphone master=voice.monitor",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **self.env},
        )
        try:
            self._pactl("set-default-sink", "desk")
            self._pactl("set-default-source", "microphone")
        except TowerError:
            self.close()
            raise

    def _pactl(self, *arguments: str) -> None:
        for _ in range(50):  # the socket appears a moment after the process
            done = subprocess.run(
                ["pactl", *arguments],
                env={**os.environ, **self.env},
                capture_output=True,
                timeout=5,
                check=False,
            )
            if done.returncode == 0:
                return
            try:
                self._server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        raise TowerError("PulseAudio did not start")

    def play_tone(self, hertz: float, seconds: float = 600.0) -> None:
        """Play a sine tone into the microphone until ``close``."""
        path = Path(self._folder.name) / f"tone-{hertz:.0f}.wav"
        write_tone(path, hertz, seconds)
        self._player = subprocess.Popen(
            ["paplay", "--device=voice", str(path)],
            env={**os.environ, **self.env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        """Stop playing and end the server."""
        for process in (self._player, self._server):
            if process is not None:
                process.terminate()
                process.wait(5)
        self._folder.cleanup()

    def __enter__(self) -> VirtualSound:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
