"""The real window over the desk's own stand-ins: one application, one rig for each test."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).with_name('screens.json')}"

from PySide6.QtWidgets import QApplication

from tests.presenters.rig import Rig
from widgets import fonts, theme


@pytest.fixture(scope="session")
def app() -> QApplication:
    """The application, dressed dark."""
    running = QApplication.instance()
    made = running if isinstance(running, QApplication) else theme.application("tests")
    fonts.load()
    theme.apply(made)
    return made


@pytest.fixture(autouse=True)
def slots_do_not_fail(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An exception in a Qt slot goes to the hook and nowhere else: let it fail the test."""
    failed: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, _trace: failed.append(f"{kind}: {error}"))
    yield
    assert not failed


@pytest.fixture
def rig(app: QApplication) -> Iterator[Rig]:
    """A signed-in desk of an officer who holds both posts, its window open."""
    made = Rig(app)
    made.open()
    try:
        yield made
    finally:
        made.close()
