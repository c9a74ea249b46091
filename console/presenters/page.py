"""One arrangement of the window's zones, and the stops of F6 in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QSplitter, QWidget

from widgets.columns import Columns
from widgets.flow import Column


@dataclass(frozen=True)
class Place:
    """A stop of F6: the panel's name, its title for the status bar, what takes the keyboard, its keys."""

    name: str
    title: str
    panel: QWidget
    target: QWidget
    keys: tuple[tuple[str, str], ...] = ()


def _in_sight(_anything: object) -> None:
    """Everything of the page is always shown as it is."""


@dataclass(frozen=True)
class Page:
    """One arrangement of the zones.

    ``places`` in reading order; ``home`` is where Esc returns to; ``notices`` is the column above which a
    sentence is said; ``columns`` are its zones and ``aside`` the right one of them, which takes the key sheet
    in. ``reveal`` brings a panel to the front that stands behind a tab or in the folded rail; ``compact``
    folds the page where the window is small.
    """

    name: str
    widget: QWidget
    places: tuple[Place, ...]
    home: str
    notices: Column
    columns: Columns
    aside: QSplitter
    reveal: Callable[[QWidget], None] = _in_sight
    compact: Callable[[bool], None] = _in_sight
