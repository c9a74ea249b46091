"""A screen for machines that have none: Xvfb on a display number that it picks itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from types import TracebackType

from console.launcher.towers import TowerError

SIZE = (1920, 1080)
"""Pixels of the virtual screen: the size at which the design's pictures are drawn."""


def needs_screen() -> bool:
    """Tell whether this machine has no screen to show a window on."""
    return sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


class VirtualScreen:
    """An Xvfb server; ``display`` is the value for ``DISPLAY``.

    Ends with the ``with`` block, or with the last window should this process be killed.
    """

    def __init__(self, size: tuple[int, int] = SIZE):
        program = shutil.which("Xvfb")
        if program is None:
            raise TowerError("this machine has no screen and no Xvfb; install the package xvfb")
        reader, writer = os.pipe()
        self._process = subprocess.Popen(
            [
                program,
                "-displayfd",
                str(writer),
                "-screen",
                "0",
                f"{size[0]}x{size[1]}x24",
                "-nolisten",
                "tcp",
                "-dpi",
                "96",
                "-terminate",
            ],
            pass_fds=(writer,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            self._process.kill()
            self._process.wait()
            raise TowerError("Xvfb did not start")
        self.display = f":{number}"

    def __enter__(self) -> VirtualScreen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(5)
