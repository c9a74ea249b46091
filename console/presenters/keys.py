"""The keys of interface.md 4: bound in one table, refused when they conflict, re-mapped by who sits there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console.presenters.words import tr
from widgets.keycap import cap_text

FIXED = ("F1", "Esc")
"""Keys that mean the same for everybody: without them nobody finds the sheet, or back from it."""
_DESKTOP = re.compile(r"(?:.*\+)?(?:Alt|Meta)\+.*|F10|Ctrl\+Space|Ctrl\+\.|Tab|Shift\+Tab|Esc")
"""What belongs to desktop, input method and moving about (interface.md 4)."""
_WHILE_TYPING = re.compile(r"(?:Shift\+)?F\d+|Ctrl\+.+")
"""What may act while somebody types."""
_EDITING = re.compile(r"Ctrl\+(?:[ACVXYZ]|Shift\+Z|Backspace|Del|Home|End|Left|Right|Up|Down)")
"""What changes text in a field."""
_MOVING = re.compile(r"Left|Right|Up|Down|Home|End|PgUp|PgDown|Backspace|\d")
"""What lists and choices of a panel use for themselves."""


class KeyConflict(ValueError):
    """A key that already means something in the same place; the message names both."""


class KeyRefused(ValueError):
    """A key that cannot be chosen; the message says why, in words."""


@dataclass(frozen=True)
class Binding:
    """A key in its places: ``scopes`` is empty for everywhere, else the panels; ``words`` tell what it does.

    ``default`` is the key of interface.md 4, ``sequence`` the one in force.
    """

    default: str
    words: str
    scopes: tuple[str, ...]
    sequence: str

    @property
    def name(self) -> str:
        """Under which a change of it is kept."""
        return f"{','.join(self.scopes)}:{self.default}"

    def meets(self, other: Binding) -> bool:
        """Tell whether both would act on the same press somewhere."""
        return self.sequence == other.sequence and (
            not self.scopes or not other.scopes or not set(self.scopes).isdisjoint(other.scopes)
        )


class KeyMap:
    """Binds keys to acts. Function and control keys act everywhere; single letters only in their own panel.

    A text field keeps plain letters for itself, and an input method that is composing never lets a key
    through, so nothing bound here can break into typing.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._bindings: list[Binding] = []
        self._owners: list[tuple[QWidget, ...]] = []
        self._acts: list[Callable[[], None]] = []
        self._shortcuts: list[list[QShortcut]] = []
        self._held: dict[str, set[str]] = {}
        self._enabled = True

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """Everything bound, in the order of binding: what the key sheet shows."""
        return tuple(self._bindings)

    @property
    def changed(self) -> dict[str, str]:
        """The keys in force that are others than interface.md's, by the names of their bindings."""
        return {one.name: one.sequence for one in self._bindings if one.sequence != one.default}

    def everywhere(self, sequence: str, words: str, act: Callable[[], None]) -> None:
        """Bind a function or control key in the whole window."""
        self._bind(Binding(sequence, words, (), sequence), (self._window,), act)

    def within(
        self, panels: Mapping[str, QWidget], sequence: str, words: str, act: Callable[[], None]
    ) -> None:
        """Bind a key that acts only while one of the panels, or a child of it, has the keyboard."""
        self._bind(Binding(sequence, words, tuple(panels), sequence), tuple(panels.values()), act)

    def hold(self, scope: str, keys: Iterable[str]) -> None:
        """Keep keys that a panel handles itself from being chosen for anything else there."""
        self._held.setdefault(scope, set()).update(part for key in keys for part in key.split())

    def set_enabled(self, enabled: bool) -> None:
        """Let every key act, or none."""
        self._enabled = enabled
        for shortcuts in self._shortcuts:
            for shortcut in shortcuts:
                shortcut.setEnabled(enabled)

    def change(self, name: str, sequence: str) -> None:
        """Re-map a key, with an empty ``sequence`` to its default; raise ``KeyRefused`` with the reason."""
        at = next(at for at, one in enumerate(self._bindings) if one.name == name)
        wanted = replace(self._bindings[at], sequence=sequence or self._bindings[at].default)
        refusal = self._refusal(wanted)
        if refusal:
            raise KeyRefused(refusal)
        for other in self._bindings:
            if other.name != name and wanted.meets(other):
                words = tr("{key} 已用于「{act}」,先给它换一个键。")
                raise KeyRefused(words.format(key=cap_text(sequence or wanted.default), act=other.words))
        self._put(at, wanted)

    def take_up(self, changed: Mapping[str, str]) -> None:
        """Re-map as was chosen before. What is refused or meets another key by now gets its default back."""
        wanted = [replace(one, sequence=changed.get(one.name, one.default)) for one in self._bindings]
        wanted = [_plain(one) if self._refusal(one) else one for one in wanted]
        while met := next((pair for pair in combinations(wanted, 2) if pair[0].meets(pair[1])), None):
            wanted = [_plain(one) if one in met else one for one in wanted]
        for at, one in enumerate(wanted):
            self._put(at, one)

    def _refusal(self, wanted: Binding) -> str:
        key = cap_text(wanted.sequence)
        if wanted.sequence == wanted.default:
            return ""
        if wanted.default in FIXED:
            return tr("{key} 人人一样,不能改。").format(key=wanted.default)
        if _DESKTOP.fullmatch(wanted.sequence):
            return tr("{key} 归桌面、输入法或走动用。").format(key=key)
        if _EDITING.fullmatch(wanted.sequence):
            return tr("{key} 是改字用的键。").format(key=key)
        if not wanted.scopes and not _WHILE_TYPING.fullmatch(wanted.sequence):
            return tr("打字时也要能按:请选功能键或带 Ctrl 的键。")
        bound = {one.default for one in self._bindings}
        held = any(wanted.sequence in self._held.get(scope, set()) - bound for scope in wanted.scopes)
        if wanted.scopes and (held or _MOVING.fullmatch(wanted.sequence)):
            return tr("{key} 在这个面板里另有用处。").format(key=key)
        return ""

    def _bind(self, binding: Binding, owners: tuple[QWidget, ...], act: Callable[[], None]) -> None:
        for other in self._bindings:
            if other.meets(binding):
                raise KeyConflict(f"{binding.sequence}: {binding.words} / {other.words}")
        self._bindings.append(binding)
        self._owners.append(owners)
        self._acts.append(act)
        self._shortcuts.append([])
        self._put(len(self._bindings) - 1, binding)

    def _put(self, at: int, binding: Binding) -> None:
        if self._shortcuts[at] and binding == self._bindings[at]:
            return
        for shortcut in self._shortcuts[at]:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._bindings[at] = binding
        window, within = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._shortcuts[at] = []
        for owner in self._owners[at]:
            for native in _natives(binding.sequence):
                shortcut = QShortcut(QKeySequence(native), owner)
                shortcut.setContext(within if binding.scopes else window)
                shortcut.setAutoRepeat(False)
                shortcut.setEnabled(self._enabled)
                shortcut.activated.connect(self._acts[at])
                self._shortcuts[at].append(shortcut)


def _plain(binding: Binding) -> Binding:
    return replace(binding, sequence=binding.default)


def _natives(sequence: str) -> tuple[str, ...]:
    """Both Enter keys count as one; ``+`` and ``-`` are written as their keys are named."""
    if sequence.endswith("Enter"):
        return (sequence, sequence.removesuffix("Enter") + "Return")
    return (sequence,)
