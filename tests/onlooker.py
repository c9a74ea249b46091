"""An onlooker before an X screen: presses a key at whichever window takes the keyboard, and sees its effect.

It looks at the screen alone, so that nothing a program says of itself counts.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

import mss
import numpy as np
from numpy.typing import NDArray

LETTER, ERASE = b"m", b"BackSpace"
PAUSE_S = 0.002
APPEAR_S = 60.0
SETTLE_S = 2.5
"""How long each key is watched; its effect is on the screen long before."""
STEADY_S = 1.3
"""More than one blink of a caret: what does not change for so long is no caret."""

Picture = NDArray[np.uint8]


@dataclass(kw_only=True)
class Film:
    """What a window showed: each picture that differs from the one before, with the moment it was seen."""

    pictures: list[tuple[float, Picture]] = field(default_factory=list)

    def steady(self) -> NDArray[np.bool_]:
        """Return which pixels did not change in the last ``STEADY_S``."""
        until = self.pictures[-1][0]
        late = [picture for at, picture in self.pictures if at > until - STEADY_S]
        same = np.ones(late[-1].shape[:2], dtype=np.bool_)
        for picture in late:
            same &= (picture == late[-1]).all(axis=2)
        return same


class Onlooker:
    """Eyes and one finger at the screen ``display``."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        if not self._display:
            raise RuntimeError(f"the screen {display} cannot be opened")
        self._root = self._x.XDefaultRootWindow(self._display)
        self._eyes = mss.MSS(display=display)

    def __enter__(self) -> Onlooker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._eyes.close()
        self._x.XCloseDisplay(self._display)

    def first_letter(self) -> float:
        """Wait until a window has the keyboard, press a letter at once; return when it stood there.

        The moment (``time.monotonic``) is that of the first picture in which the letter is painted as it
        stays: in every pixel that differs, caret aside, from the window once the letter is erased again.
        """
        area = self._wait_for_keyboard()
        typed = self._watch(area, LETTER)
        erased = self._watch(area, ERASE)
        with_letter, without = typed.pictures[-1][1], erased.pictures[-1][1]
        letter = (with_letter != without).any(axis=2) & typed.steady() & erased.steady()
        if not letter.any():
            raise AssertionError("a key was pressed and nothing was painted")
        return next(at for at, picture in typed.pictures if (picture[letter] == with_letter[letter]).all())

    def _wait_for_keyboard(self) -> dict[str, int]:
        """Return where the window lies that has the keyboard, as soon as there is one."""
        window, revert = ctypes.c_ulong(), ctypes.c_int()
        deadline = time.monotonic() + APPEAR_S
        while window.value in (0, 1, self._root):  # nobody; whoever is under the pointer; the screen itself
            if time.monotonic() > deadline:
                raise AssertionError("no window took the keyboard")
            threading.Event().wait(PAUSE_S)
            self._x.XGetInputFocus(self._display, ctypes.byref(window), ctypes.byref(revert))
        x, y, child = ctypes.c_int(), ctypes.c_int(), ctypes.c_ulong()
        root, left, top = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        sizes = [ctypes.byref(value) for value in (root, left, top, width, height, border, depth)]
        self._x.XGetGeometry(self._display, window, *sizes)
        place = [ctypes.byref(value) for value in (x, y, child)]
        self._x.XTranslateCoordinates(
            self._display, window, ctypes.c_ulong(self._root), ctypes.c_int(0), ctypes.c_int(0), *place
        )
        return {"left": x.value, "top": y.value, "width": width.value, "height": height.value}

    def _watch(self, area: dict[str, int], key: bytes) -> Film:
        """Press ``key`` and film the window until it has long settled."""
        self._press(key)
        film = Film()
        until = time.monotonic() + SETTLE_S
        last = b""
        while time.monotonic() < until:
            shot = self._eyes.grab(area)
            at, raw = time.monotonic(), bytes(shot.raw)
            if raw != last:
                last = raw
                picture = np.frombuffer(raw, np.uint8).reshape(shot.height, shot.width, 4)[:, :, :3]
                film.pictures.append((at, picture))
            threading.Event().wait(PAUSE_S)
        film.pictures.append((time.monotonic(), film.pictures[-1][1]))
        return film

    def _press(self, key: bytes) -> None:
        code = self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(self._x.XStringToKeysym(key)))
        press: Callable[..., int] = self._test.XTestFakeKeyEvent
        for down in (1, 0):
            press(self._display, ctypes.c_uint(code & 0xFF), ctypes.c_int(down), ctypes.c_ulong(0))
        self._x.XSync(self._display, ctypes.c_int(0))
