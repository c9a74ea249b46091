"""What was typed last, until the store knows it: a second key stroke must build on the first."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LastTyped(Generic[K, V]):
    """Values on their way to the store, by their key.

    The store hears of an edit only after a round through the loop's thread; until then it still holds the
    value before, and a change made from that would undo the key stroke between.
    """

    def __init__(self) -> None:
        self._values: dict[K, V] = {}

    def put(self, key: K, value: V) -> None:
        """Remember what was typed."""
        self._values[key] = value

    def get(self, key: K, stored: V | None) -> V | None:
        """Return the newest value: what was typed, or ``stored`` once the store holds that very value."""
        typed = self._values.get(key)
        if typed is None or typed is stored:
            self._values.pop(key, None)
            return stored
        return typed
