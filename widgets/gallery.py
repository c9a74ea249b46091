"""Every widget in every state, runnable alone: `python -m widgets.gallery [--shots DIR] [--theme light]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from widgets import gallery_call as call
from widgets import gallery_check as check
from widgets import gallery_parts as parts
from widgets import gallery_place as places
from widgets import gallery_ruling as ruling
from widgets import gallery_sheets as sheets
from widgets import gallery_small as small
from widgets import gallery_trainer as trainer
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
    "compare_sheet": (call.compare_sheet, 660, 560),
    "discard_line": (call.discard_line, 660, 60),
    "special_line": (call.special_line, 300, 66),
    "triage_rows": (call.triage_rows, 300, 180),
    "consents": (call.consents, 520, 130),
    "party_panel": (check.party_panel, 340, 290),
    "party_mixed": (check.party_mixed, 340, 290),
    "party_empty": (check.party_empty, 340, 290),
    "party_typing": (check.party_typing, 340, 290),
    "party_revealed": (check.party_revealed, 340, 350),
    "plates": (check.plates, 340, 230),
    "character_cells": (check.character_cells, 660, 120),
    "reading_panel": (check.reading_panel, 660, 300),
    "reading_sure": (check.reading_sure, 660, 200),
    "difference_panel": (check.difference_panel, 720, 340),
    "face_panel": (check.face_panel, 720, 330),
    "face_unfit": (check.face_unfit, 720, 350),
    "face_refused": (check.face_refused, 720, 390),
    "choices_panel": (check.choices_panel, 720, 280),
    "choices_armed": (check.choices_armed, 720, 280),
    "scripts_panel": (check.scripts_panel, 720, 130),
    "silent_line": (check.silent_line, 720, 110),
    "place_panel": (places.place_panel, 660, 208),
    "place_doubted": (places.place_doubted, 660, 208),
    "place_without_tiles": (places.place_without_tiles, 660, 208),
    "place_narrow": (places.place_narrow, 400, 330),
    "notes": (call.notes, 660, 190),
    "dispatch_panel": (call.dispatch_panel, 520, 190),
    "evacuation_panel": (call.evacuation_panel, 660, 120),
    "evacuation_locked": (call.evacuation_locked, 660, 150),
    "ruling_form": (call.ruling_form, 900, 640),
    "reasons_panel": (ruling.reasons_panel, 480, 420),
    "share_list": (ruling.share_list, 760, 160),
    "officer_panel": (ruling.officer_panel, 536, 120),
    "officer_blocked": (ruling.officer_blocked, 320, 180),
    "document_view": (call.document_view, 400, 300),
    "outbox_view": (call.outbox_view, 660, 310),
    "key_sheet": (call.key_sheet, 480, 330),
    "key_sheet_refused": (call.key_sheet_refused, 480, 330),
    "top_bar_small": (small.top_bar_small, 1050, 40),
    "case_bar_small": (small.case_bar_small, 1200, 56),
    "rail_strip": (small.rail_strip, 60, 520),
    "act_list": (small.act_list, 660, 320),
    "lost_calls": (small.lost_calls, 660, 340),
    "join_panel": (small.join_panel, 660, 190),
    "contact_masked": (sheets.contact_masked, 660, 200),
    "contact_shown": (sheets.contact_shown, 660, 200),
    "find_panel": (sheets.find_panel, 660, 260),
    "find_closing": (sheets.find_closing, 660, 300),
    "find_closing_held": (sheets.find_closing_held, 660, 300),
    "find_nothing": (sheets.find_nothing, 660, 240),
    "photo_panel": (sheets.photo_panel, 660, 240),
    "photo_waiting": (sheets.photo_waiting, 660, 240),
    "drawing_ring": (sheets.drawing_ring, 976, 549),
    "tab_column": (small.tab_column, 560, 220),
    "strip_small": (small.strip_small, 720, 130),
    "lock_page": (small.lock_page, 620, 420),
    "lock_page_idle": (small.lock_page_idle, 620, 340),
    "look_panel": (small.look_panel, 560, 220),
    "scenario_panel": (trainer.scenario_panel, 448, 300),
    "session_panel": (trainer.session_panel, 448, 200),
    "session_starting": (trainer.session_starting, 448, 200),
    "running_panel": (trainer.running_panel, 530, 360),
    "running_nobody": (trainer.running_nobody, 530, 300),
    "progress_panel": (trainer.progress_panel, 904, 280),
    "progress_nobody": (trainer.progress_nobody, 904, 160),
}


def shot(name: str, mode: Mode = "dark", text_scale: float = 1.0, ratio: float = 1.0) -> QPixmap:
    """A picture of one item in a theme, text size and device pixel ratio. KeyError for an unknown name."""
    app = cast("QApplication", QApplication.instance())
    worn = theme.apply(app, mode, text_scale)
    make, width, height = ITEMS[name]
    ground = QWidget()
    ground.setObjectName("deskGround")
    ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(ground)
    layout.setContentsMargins(8, 8, 8, 8)
    layout.addWidget(make())
    theme.dress(ground)
    ground.ensurePolished()
    wanted = QSize(worn.px(width) + 16, worn.px(height) + 16)
    ground.resize(wanted.expandedTo(ground.minimumSizeHint()))  # no picture may hide what does not fit
    taken = QPixmap(ground.size() * ratio)
    taken.setDevicePixelRatio(ratio)
    ground.render(taken)
    ground.deleteLater()
    return taken


def shots(folder: Path, items: Iterable[str] = ITEMS) -> list[Path]:
    """Write the items, both themes, at 100 and 150 % text and at 200 % scaling; returns the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    modes: tuple[Mode, ...] = ("dark", "light")
    for mode in modes:
        for text_scale, ratio in ((1.0, 1.0), (1.5, 1.0), (1.0, 2.0)):
            for name in items:
                path = folder / f"{name}-{mode}-{text_scale * ratio * 100:.0f}.png"
                shot(name, mode, text_scale, ratio).save(str(path))
                written.append(path)
    return written


def main(argv: list[str]) -> int:
    """Show the gallery, or write its pictures with --shots."""
    parser = argparse.ArgumentParser(prog="widgets.gallery")
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    given = parser.parse_args(argv)
    app = theme.application("gallery")
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
    theme.dress(area)
    area.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
