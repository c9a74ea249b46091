"""Hands and eyes before an X screen: key presses, typed text, clicks, and a picture of what is shown."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import mss
import mss.tools

from console.launcher.towers import TowerError


class Hands:
    """Presses keys through the X server's own test extension, so that they arrive as a keyboard's do.

    ``pressed`` counts key presses as a person would: a combination is one, typed text one a character.
    """

    def __init__(self, display: str) -> None:
        program, clipboard = shutil.which("xdotool"), shutil.which("xclip")
        if program is None or clipboard is None:
            raise TowerError("the demo presses real keys; install the packages xdotool and xclip")
        self._program, self._clipboard = program, clipboard
        self._display = display
        self.pressed = 0

    def key(self, *names: str) -> None:
        """Press each combination in turn, named as X names keys: ``F2``, ``space``, ``ctrl+shift+Return``."""
        if not names:
            return
        self._run("key", "--delay", "40", *names)
        self.pressed += len(names)

    def write(self, text: str) -> None:
        """Type ``text`` into whatever has the keyboard; what no key stands for is pasted, as one press.

        An X server has no keys for Chinese, and changing its key map while it types loses letters.
        """
        if text.isascii():
            self._run("type", "--delay", "15", text)
            self.pressed += len(text)
            return
        subprocess.run(
            [self._clipboard, "-selection", "clipboard"],
            input=text.encode(),
            env={**os.environ, "DISPLAY": self._display},
            check=True,
            timeout=30,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.key("ctrl+v")

    def click(self, x: int, y: int) -> None:
        """Move the pointer to a pixel of the screen and click."""
        self._run("mousemove", str(x), str(y), "click", "1")

    def picture(self, path: Path, left: int, top: int, width: int, height: int) -> None:
        """Save what stands in this part of the screen as PNG."""
        area = {"left": left, "top": top, "width": width, "height": height}
        with mss.MSS(display=self._display) as screen:
            shot = screen.grab(area)
            mss.tools.to_png(shot.rgb, shot.size, output=str(path))

    def _run(self, *arguments: str) -> None:
        subprocess.run(
            [self._program, *arguments],
            env={**os.environ, "DISPLAY": self._display},
            check=True,
            timeout=30,
            capture_output=True,
        )
