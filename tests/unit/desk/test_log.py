"""The log holds no personal data, not even in a traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.log import redacted, start_log


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call 13812345678 back", "call [phone] back"),
        ("id 99010119900307123X seen", "id [id] seen"),
        ("plate 测A·12345 left", "plate [plate] left"),
        ("京AD12345", "[plate]"),
        ("Authorization: Bearer abc.def-1", "Authorization: [token]"),
        ("sequence 1381234567890", "sequence 1381234567890"),
        ("after 12.5 s, 404", "after 12.5 s, 404"),
    ],
)
def test_what_is_redacted(text: str, shown: str) -> None:
    assert redacted(text) == shown


@pytest.fixture
def root_log() -> Iterator[None]:
    """Give the root logger back as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


def test_file_and_traceback(tmp_path: Path, root_log: None) -> None:
    start_log(tmp_path / "logs" / "desk.log")
    try:
        int("phone 13812345678")
    except ValueError:
        logging.getLogger("desk").exception("failed")
    written = (tmp_path / "logs" / "desk.log").read_text("utf-8")
    assert "Traceback" in written
    assert "[phone]" in written
    assert "13812345678" not in written
    assert written.startswith("20")
    assert "+00:00 ERROR desk failed" in written
