"""The embedded CJK font: the same two files are used by windows, documents and rendered scenes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFontDatabase

FAMILY = "Noto Sans CJK SC"
FALLBACK_FAMILIES = (FAMILY, "Source Han Sans SC", "Microsoft YaHei UI", "sans-serif")
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FILES = ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf")


@lru_cache(maxsize=1)
def load_once() -> bool:
    """`load` for the embedded folder, once in a process: a second registration would only cost memory."""
    return load()


def load(folder: Path = FOLDER) -> bool:
    """Register the embedded font with Qt (a QGuiApplication must exist).

    Returns False when a file is missing or unreadable: the shift check then says so in words, instead of a
    window full of boxes (interface.md 16).
    """
    loaded = [QFontDatabase.addApplicationFont(str(folder / name)) for name in FILES]
    return all(font_id >= 0 for font_id in loaded)
