"""Closing a window as its close button does: by ``WM_DELETE_WINDOW``, which xdotool cannot send."""

from __future__ import annotations

import ctypes
import os
import subprocess

from console.launcher.demo.observations import until

CLIENT_MESSAGE = 33
FORMAT = 32


class _ClientMessage(ctypes.Structure):
    """``XClientMessageEvent``, padded to the size of ``XEvent`` (24 longs)."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 12),
    )


def close_window(title: str, seconds: float) -> None:
    """Press the close button of the window whose title begins with ``title``, once there is one."""
    _send_delete(wait_for_window(title, seconds))


def wait_for_window(title: str, seconds: float) -> int:
    """Wait until a window whose title begins with ``title`` stands on the screen; return its number."""
    found: list[int] = []

    def look() -> bool:
        words = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}"]
        answer = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)
        found[:] = [int(line) for line in answer.stdout.split()]
        return bool(found)

    until(look, seconds, f"a window {title} stands on the screen")
    return found[0]


def _send_delete(window: int) -> None:
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x.XOpenDisplay(os.environ["DISPLAY"].encode()))
    message = _ClientMessage(type=CLIENT_MESSAGE, window=window, format=FORMAT)
    message.message_type = x.XInternAtom(display, b"WM_PROTOCOLS", 0)
    message.data[0] = x.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    x.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
    x.XCloseDisplay(display)
