"""Files that must still be there after the power has failed."""

from __future__ import annotations

import os
from pathlib import Path

from console.domain.ids import new_id


def sync_folder(folder: Path) -> None:
    """Put a folder's entries on the disk; Windows does so by itself and cannot be asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make ``folder`` and its parents, each entered on the disk before the next."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write_whole(file: Path, data: bytes) -> None:
    """Put ``data`` at ``file`` whole and for good, or leave what was there."""
    make_folder(file.parent)
    arriving = file.with_name(f".{file.name}.{new_id()}")
    try:
        with arriving.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        arriving.replace(file)
    finally:
        arriving.unlink(missing_ok=True)
    sync_folder(file.parent)
