"""What is said now: the road's own lines where they come first, the slot's line while pictures are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.contract.tables import Tables
from console.domain.evidence import Slot
from console.domain.incident import Incident
from console.domain.script import BranchLine, BranchScript, spoken
from console.domain.triage import Branch
from console.presenters.desk import Desk
from console.presenters.words import SCRIPT

SCRIPT_VERSION = "R-19"

WAIT_SCRIPT = "核-02"
STAY_PUT = "请先停在原地,暂时不要动车。我再核对一次,请把证件平放在引擎盖上让我看清。"
"""Said while registered data contradict the scene and nobody has decided which script is right."""

BEFORE_PICTURES = frozenset({Branch.HOLD_SCENE_DISPATCH, Branch.HAZMAT_EMERGENCY, Branch.LATE_REPORT_RECORD})
"""Roads whose words come before any picture."""


class ScriptWords:
    """Chooses among the service's scripts; ``changed`` is called when they have come."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._scripts: Mapping[Branch, BranchScript] = {}
        self._asked = False

    def load(self) -> None:
        """Ask for the scripts, once."""
        if not self._asked:
            self._asked = True
            self._desk.bridge.run(self._desk.does.rule.tables(), self._have, self._have_none)

    def line(self, incident: Incident | None, slot: Slot) -> str:
        """Return what is said; nothing but to stay put while registered data contradict the scene."""
        if incident is None:
            return SCRIPT[slot]
        if incident.doubted:
            return STAY_PUT
        return "".join(line.text for line in self._by_branch(incident)) or SCRIPT[slot]

    def number(self, incident: Incident | None, slot: Slot) -> str:
        """Return the template's number and version."""
        if incident is not None and incident.doubted:
            return WAIT_SCRIPT
        if incident is not None and self._by_branch(incident):
            return self._scripts[incident.assessment.branch].version
        return f"{SCRIPT_VERSION}·{list(Slot).index(slot) + 1:02d}"

    def _by_branch(self, incident: Incident) -> tuple[BranchLine, ...]:
        """Return the road's lines where nothing is photographed first, or every picture is there."""
        assessment = incident.assessment
        if assessment.branch is Branch.VIDEO_FAST:
            return ()
        if assessment.branch not in BEFORE_PICTURES and incident.missing_slots:
            return ()
        return spoken(self._scripts.values(), assessment)

    def _have(self, tables: Tables) -> None:
        self._scripts = {script.branch: script for script in tables.scripts}
        self._changed()

    def _have_none(self, _error: Exception) -> None:
        self._asked = False  # asked again with the next change
