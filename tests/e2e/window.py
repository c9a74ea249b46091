"""Closes windows as the button in their frame does, on a screen without a window manager."""

from __future__ import annotations

import ctypes
import os
import subprocess

CLIENT_MESSAGE = 33
"""``ClientMessage`` of X.h."""


class _ClientMessage(ctypes.Structure):
    """``XClientMessageEvent`` of Xlib.h, padded to the size of ``XEvent``."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 12),
    )


def close_windows(pid: int, display_name: str) -> None:
    """Send ``WM_DELETE_WINDOW`` to every visible window of a process (ICCCM 4.2.8.1)."""
    screen = {**os.environ, "DISPLAY": display_name}
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]
    found = subprocess.run(
        search, capture_output=True, text=True, timeout=30, check=True, env=screen
    ).stdout.split()
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(display_name.encode()))
    protocols = x11.XInternAtom(display, b"WM_PROTOCOLS", 0)
    delete = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    for window in map(int, found):
        message = _ClientMessage(type=CLIENT_MESSAGE, window=window, message_type=protocols, format=32)
        message.data[0] = delete
        x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
    x11.XCloseDisplay(display)
