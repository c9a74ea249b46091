"""How the window looks, by each user's own choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Theme = Literal["dark", "light"]
Percent = Literal[100, 125, 150]
Language = Literal["zh-CN", "en"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """How the window looks. ``text_percent`` is the user's own text size, apart from the system's scaling."""

    theme: Theme = "dark"
    text_percent: Percent = 100
    language: Language = "zh-CN"


@dataclass(frozen=True, kw_only=True)
class ChosenKeys:
    """The keys that a user re-mapped: the key in force by the name of what it does."""

    changed: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ChosenColumns:
    """The columns that a user made wider or narrower: pixels from left to right by arrangement."""

    widths: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class OwnWindow:
    """Everything that a user chose for the window; no ``look`` is the one worn last at this desk."""

    look: Look | None
    keys: ChosenKeys
    columns: ChosenColumns
