"""F11: the picture has the whole page of a call, below the bars; the script line stays above it."""

from __future__ import annotations

from collections.abc import Callable

from console.presenters.pages import CallPage
from console.presenters.window import DeskWindow


class FullPicture:
    """Gives the picture the page, and takes it back for whatever answers in the right column."""

    def __init__(self, window: DeskWindow, call: CallPage) -> None:
        self._window = window
        self._call = call
        call.police.pressed.connect(lambda: call.alone.set_on(False))

    def toggle(self) -> None:
        """F11: the picture alone, with the keyboard, or all around it again."""
        if self._window.page == "call":
            self._window.go_home()
            self._call.alone.set_on(not self._call.alone.on)

    def beside(self, act: Callable[[], None]) -> Callable[[], None]:
        """Return ``act``, before which what stands around the picture comes back."""

        def acts() -> None:
            self._call.alone.set_on(False)
            act()

        return acts
