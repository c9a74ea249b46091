"""Every widget in every state, runnable alone: `python -m widgets.gallery [--shots DIR] [--theme light]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from widgets import gallery_call as call
from widgets import gallery_parts as parts
from widgets import theme
from widgets.theme import Mode

ITEMS: dict[str, tuple[Callable[[], QWidget], int, int]] = {
    # name: (maker, width, height) in px at 100 % text
    "chips": (parts.chips, 760, 200),
    "buttons": (parts.buttons, 760, 150),
    "banners": (parts.banners, 760, 240),
    "top_bar": (parts.top_bar, 1280, 40),
    "top_bar_training": (parts.top_bar_training, 1280, 100),
    "case_bar": (parts.case_bar, 1720, 56),
    "status_bar": (parts.status_bar, 1280, 28),
    "ring_bar": (parts.ring_bar, 1280, 92),
    "ring_bar_taken": (parts.ring_bar_taken, 1280, 92),
    "queue_wide": (parts.queue_wide, 1330, 210),
    "queue_rail": (parts.queue_rail, 248, 200),
    "my_state": (parts.my_state, 560, 190),
    "shift_check": (parts.shift_check, 560, 170),
    "notices": (parts.notices, 560, 160),
    "link_card": (parts.link_card, 560, 220),
    "video_live": (call.video_live, 976, 549),
    "video_stutter": (call.video_stutter, 976, 549),
    "video_stale": (call.video_stale, 976, 549),
    "video_none": (call.video_none, 976, 549),
    "video_paused": (call.video_paused, 976, 549),
    "video_blurred": (call.video_blurred, 976, 549),
    "video_portrait": (call.video_portrait, 976, 549),
    "video_keys": (call.video_keys, 976, 46),
    "script_line": (call.script_line, 976, 44),
    "evidence_strip": (call.evidence_strip, 976, 290),
    "triage_rows": (call.triage_rows, 300, 180),
    "consents": (call.consents, 520, 130),
    "party_panel": (call.party_panel, 340, 270),
    "place_panel": (call.place_panel, 660, 140),
    "notes": (call.notes, 660, 190),
    "dispatch_panel": (call.dispatch_panel, 520, 190),
    "evacuation_panel": (call.evacuation_panel, 660, 120),
    "evacuation_locked": (call.evacuation_locked, 660, 150),
    "ruling_form": (call.ruling_form, 900, 640),
    "document_view": (call.document_view, 400, 300),
    "outbox_view": (call.outbox_view, 660, 310),
    "key_sheet": (call.key_sheet, 400, 300),
}


def shot(name: str, mode: Mode = "dark", text_scale: float = 1.0) -> QPixmap:
    """A picture of one item in a theme and text size. KeyError for an unknown name."""
    app = cast("QApplication", QApplication.instance())
    worn = theme.apply(app, mode, text_scale)
    make, width, height = ITEMS[name]
    ground = QWidget()
    ground.setObjectName("deskGround")
    ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(ground)
    layout.setContentsMargins(8, 8, 8, 8)
    layout.addWidget(make())
    ground.resize(worn.px(width) + 16, worn.px(height) + 16)
    taken = ground.grab()
    ground.deleteLater()
    return taken


def shots(folder: Path, scales: tuple[float, ...] = (1.0, 1.5)) -> list[Path]:
    """Write every item, both themes, at the given text sizes; returns the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    modes: tuple[Mode, ...] = ("dark", "light")
    for mode in modes:
        for scale in scales:
            for name in ITEMS:
                path = folder / f"{name}-{mode}-{scale * 100:.0f}.png"
                shot(name, mode, scale).save(str(path))
                written.append(path)
    return written


def main(argv: list[str]) -> int:
    """Show the gallery, or write its pictures with --shots."""
    parser = argparse.ArgumentParser(prog="widgets.gallery")
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    given = parser.parse_args(argv)
    app = QApplication(sys.argv[:1])
    if given.shots:
        shots(given.shots)
        return 0
    theme.apply(app, given.theme)
    column = QWidget()
    column.setObjectName("deskGround")
    layout = QVBoxLayout(column)
    for make, width, height in ITEMS.values():
        widget = make()
        widget.setFixedSize(width, height)
        layout.addWidget(widget)
    area = QScrollArea()
    area.setWindowTitle("widgets")
    area.setWidget(column)
    area.resize(1400, 900)
    area.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
