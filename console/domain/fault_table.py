"""The vocabulary of faults: which code cites which provision on which kind of road.

The same conduct breaches another article with signals than without (实施条例 Arts. 51 and 52), so a citation
names the road controls under which it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from console.domain.ids import PartyId
from console.domain.ruling import Citation, Fault, Ruling, RulingProblem


class RoadControl(StrEnum):
    """What tells traffic at the place who goes first."""

    SIGNAL = "signal"
    SIGN = "sign"
    NONE = "none"
    ROUNDABOUT = "roundabout"
    SECTION = "section"


_BY_CONTROL = {
    "1": RoadControl.NONE,
    "3": RoadControl.SIGNAL,
    "4": RoadControl.SIGN,
    "5": RoadControl.SIGN,
}


def road_controls(junction: str, control: str) -> frozenset[RoadControl]:
    """Return what holds at a place of these police codes (domain.md 3.3); empty when that cannot be told.

    A section (codes 21 to 29) has no crossing traffic to order, but may have lights. A roundabout keeps the
    control it has beside being one. An officer's direction (2) and "other" (6) tell nothing.
    """
    told = _BY_CONTROL.get(control)
    if told is None:
        return frozenset()
    if junction.startswith("2"):
        return frozenset({RoadControl.SIGNAL if told is RoadControl.SIGNAL else RoadControl.SECTION})
    if junction == "14":
        return frozenset({told, RoadControl.ROUNDABOUT})
    return frozenset({told})


@dataclass(frozen=True, kw_only=True)
class CitationChoice:
    """A provision a fault may rest on; ``controls`` empty: anywhere; ``when`` the circumstance in words."""

    citation: Citation
    controls: tuple[RoadControl, ...] = ()
    when: str = ""

    def fits(self, held: frozenset[RoadControl]) -> bool:
        """Tell whether the provision stands where ``held`` is what holds."""
        return not self.controls or not held or not held.isdisjoint(self.controls)


@dataclass(frozen=True, kw_only=True)
class FaultKind:
    """A fault of the table. ``applies_to``: motor, non_motor, pedestrian, passenger, any, none.

    ``role`` is its usual weight (priority, care, contributing, status): a starting point, never a decision.
    """

    code: str
    name: str
    applies_to: str
    role: str
    citations: tuple[CitationChoice, ...]

    def fault(self, citation: Citation) -> Fault:
        """Return this fault resting on ``citation``."""
        return Fault(code=self.code, name=self.name, citation=citation)


def checked(ruling: Ruling, table: Mapping[str, FaultKind]) -> tuple[Ruling, tuple[RulingProblem, ...]]:
    """Return ``ruling`` with every fault in the table's own words, and what the table says against it.

    ``UNKNOWN_FAULT``: the code is not in the table. ``CITATION_NOT_FITTING``: the table knows the code, but
    not on that provision, or not under the control of this place. Such faults stay as they were given.
    """
    held = road_controls(ruling.junction, ruling.control)
    found: list[RulingProblem] = []

    def reworded(party_id: PartyId, fault: Fault) -> Fault:
        kind = table.get(fault.code)
        if kind is None:
            found.append(RulingProblem(code="UNKNOWN_FAULT", party_id=party_id))
            return fault
        if fault.citation not in [choice.citation for choice in kind.citations if choice.fits(held)]:
            found.append(RulingProblem(code="CITATION_NOT_FITTING", party_id=party_id))
            return fault
        return kind.fault(fault.citation)

    parties = tuple(
        replace(party, faults=tuple(reworded(party.party_id, fault) for fault in party.faults))
        for party in ruling.parties
    )
    return replace(ruling, parties=parties), tuple(found)
