"""What the first page waits for: Qt and its own widgets, and none of the libraries behind it."""

from __future__ import annotations

import subprocess
import sys

LARGE = {
    "asyncio",
    "av",
    "cryptography",
    "cv2",
    "keyring",
    "numpy",
    "psutil",
    "pydantic",
    "PySide6.QtMultimedia",
    "PySide6.QtNetwork",
    "PySide6.QtQuick",
    "requests",
    "sqlite3",
    "tenacity",
}


def test_nothing_large_is_imported_before_the_first_page() -> None:
    program = "import sys, console.__main__, console.desk; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.split())
    assert "widgets.sign_in" in loaded
    assert loaded & LARGE == set()
