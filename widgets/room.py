"""How much room the window needs, and what is done where the system scales so far that it has less."""

from __future__ import annotations

import math
import os
import sys

from PySide6.QtGui import QScreen

SMALLEST = (1280, 720)
"""Smallest size in pixels at which nothing is cut: 1920 × 1080 at 150 % (interface.md 17)."""
SCALE = "QT_SCALE_FACTOR"


def factor(width: int, height: int, ratio: float) -> float:
    """Return by how much less everything must be drawn so that ``SMALLEST`` fits into so many pixels.

    1.0 where it fits. ``ratio`` is how many pixels of the screen make one of these: letters are never drawn
    smaller than without any scaling.
    """
    wanted = min(1.0, width / SMALLEST[0], height / SMALLEST[1])
    return max(math.floor(wanted * 1000) / 1000, min(1.0, 1.0 / ratio))


def make_room(screen: QScreen) -> None:
    """Start the process anew, scaling less, where the window would not fit on the screen; else return.

    Qt reads its scale once, before there is an application; the arguments stay as they are. Windows cannot
    replace a process and leaves it as it is.
    """
    room = screen.availableGeometry()
    less = factor(room.width(), room.height(), screen.devicePixelRatio())
    if less < 1.0 and sys.platform != "win32":
        scale = float(os.environ.get(SCALE, "1")) * less
        packed = [sys.executable, *sys.argv[1:]]
        arguments = packed if getattr(sys, "frozen", False) else sys.orig_argv
        os.execve(sys.executable, arguments, {**os.environ, SCALE: f"{scale:.4f}"})
