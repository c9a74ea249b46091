"""Everything a step of the demo may use, and the form in which its proof is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.contract.observation import PanelFocused, WindowShown
from console.domain.call import Call
from console.domain.clock import local_date
from console.domain.ids import CallId
from console.domain.incident import Incident
from console.domain.registry import PolicyRecord
from console.launcher.demo.hands import Hands
from console.launcher.demo.observations import Observations, StepFailed, until
from console.launcher.demo.phone import Phone
from console.launcher.demo.witness import Witness
from console.launcher.sound import VirtualSound
from console.launcher.towers import Tower
from console.training.register import policies
from console.training.scenario import Scenario

MICROPHONE_HZ = 523.0
"""Tone fed into the desk's virtual microphone."""

PANELS = 14
"""F6 comes back to where it was after at most so many panels."""

Evidence = dict[str, Any]
"""A step's proof, as it stands in ``demo.json``."""


@dataclass(kw_only=True)
class Cast:
    """Who plays: service, phone and desk with the hands before it, and the witness on the other side."""

    service: Tower
    service_data: Path
    desk_process: Tower
    hands: Hands
    witness: Witness
    desk: Observations
    phone: Phone
    sound: VirtualSound | None
    sound_trouble: str
    scenario: Scenario
    window: WindowShown
    out: Path
    fault: str
    call_id: CallId = field(default=CallId(""))

    def call(self) -> Call:
        """The call as the service has it."""
        return self.witness.call(self.call_id)

    def incident(self) -> Incident:
        """The incident as the service has it."""
        return self.witness.incident(self.call().incident_id)

    def policy(self, role: str) -> PolicyRecord:
        """The compulsory policy of a party that was in force when the accident happened."""
        happened = self.incident().happened_at
        records = policies(self.scenario.party(role), local_date(happened))
        return next(record for record in records if record.valid_from <= happened < record.valid_to)

    def home(self) -> None:
        """Take the keyboard back to the video with Esc."""
        if self.focused() != "video":
            self.hands.key("Escape")
            until(lambda: self.focused() == "video", 5, "Esc takes the keyboard to the video")

    def focused(self) -> str:
        """Return the panel that has the keyboard, as the desk says."""
        focused = self.desk.all(PanelFocused)
        return focused[-1].panel if focused else ""

    def focus(self, panel: str) -> None:
        """Bring the keyboard to ``panel`` with F6, as a person would."""
        for _ in range(PANELS):
            if self.focused() == panel:
                return
            before = len(self.desk.all(PanelFocused))
            self.hands.key("F6")
            self._wait_for_focus_after(before)
        raise StepFailed(f"F6 never came to the panel {panel}")

    def _wait_for_focus_after(self, count: int) -> None:
        until(lambda: len(self.desk.all(PanelFocused)) > count, 5, "F6 moves the keyboard to another panel")

    def picture(self, name: str) -> str:
        """Save the window as PNG and return the file's name."""
        window = self.window
        self.hands.picture(self.out / f"{name}.png", window.x, window.y, window.width, window.height)
        return f"{name}.png"
