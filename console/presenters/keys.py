"""The keys of interface.md 4: bound in one table, refused when they conflict, listed on the key sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class KeyConflict(ValueError):
    """A key that already means something in the same place; the message names both."""


@dataclass(frozen=True)
class Binding:
    """A key in a place. ``scope`` is empty for everywhere, else the panel; ``words`` tell what it does."""

    sequence: str
    words: str
    scope: str = ""


class KeyMap:
    """Binds keys to acts. Function and control keys act everywhere; single letters only in their own panel.

    A text field keeps plain letters for itself, and an input method that is composing never lets a key
    through, so nothing bound here can break into typing.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._bindings: list[Binding] = []
        self._shortcuts: list[QShortcut] = []

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """Everything bound, in the order of binding: what the key sheet shows."""
        return tuple(self._bindings)

    def everywhere(self, sequence: str, words: str, act: Callable[[], None]) -> None:
        """Bind a function or control key in the whole window."""
        self._bind(Binding(sequence, words), self._window, Qt.ShortcutContext.WindowShortcut, act)

    def within(self, panel: QWidget, name: str, sequence: str, words: str, act: Callable[[], None]) -> None:
        """Bind a key that acts only while ``panel`` or a child of it has the keyboard."""
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._bind(Binding(sequence, words, name), panel, scope, act)

    def set_enabled(self, enabled: bool) -> None:
        """Let every key act, or none."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(enabled)

    def _bind(
        self, binding: Binding, owner: QWidget, context: Qt.ShortcutContext, act: Callable[[], None]
    ) -> None:
        for other in self._bindings:
            if other.sequence == binding.sequence and (
                other.scope == binding.scope or not other.scope or not binding.scope
            ):
                raise KeyConflict(f"{binding.sequence}: {binding.words} / {other.words}")
        self._bindings.append(binding)
        for native in _natives(binding.sequence):
            shortcut = QShortcut(QKeySequence(native), owner)
            shortcut.setContext(context)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
            self._shortcuts.append(shortcut)


def _natives(sequence: str) -> tuple[str, ...]:
    """Both Enter keys count as one; ``+`` and ``-`` are written as their keys are named."""
    if sequence.endswith("Enter"):
        return (sequence, sequence.removesuffix("Enter") + "Return")
    return (sequence,)
