"""A process of its own that opens the desk on the screen there is, as the system scales it.

Prints one JSON line: size and scale of the window, and by state what is cut. A folder named on the command
line gets a picture of every state.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.domain import events as ev
from console.domain.posts import HandedOver
from tests.fakes import SEAT
from tests.presenters.clipping import Cells, faults
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import all_evidence, all_facts, answered_by, placed, second_party
from widgets.dispatch_panel import PoliceLine
from widgets.room import make_room
from widgets.theme import application
from widgets.video_pane import VideoPane

ROUNDS = 5


def main(folder: Path | None) -> int:
    """Walk through the states of a call."""
    app = application("desk")
    screen = app.primaryScreen()
    make_room(screen)
    room, scale = screen.availableGeometry().size(), screen.devicePixelRatio()
    found: dict[str, list[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        cells = Cells(patch)
        rig = Rig(app)
        rig.open(room.width(), room.height())

        def look(state: str) -> None:
            for _ in range(ROUNDS):
                rig.idle()
                found[state] = faults(rig.window, cells)
                if not found[state]:
                    break
            if folder is not None:
                rig.window.grab().save(str(folder / f"{state}.png"))

        look("idle")
        rig.happens(*placed(hurt=True), ev.CallRang(seat=SEAT))
        look("ringing")
        rig.happens(answered_by(), second_party())
        rig.paint(1)
        look("call")
        rig.press(Qt.Key.Key_5, CTRL)
        look("place")
        whole = [not widget.visibleRegion().isEmpty() for widget in (rig.one(VideoPane), rig.one(PoliceLine))]
        rig.happens(*all_facts(), *all_evidence(rig), HandedOver())
        rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
        look("ruling")
        size = rig.window.size().toTuple()
        rig.close()
    sys.stdout.write(json.dumps({"size": size, "scale": scale, "cut": found, "in_sight": whole}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
