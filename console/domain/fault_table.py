"""The vocabulary of faults: which code cites which provision on which kind of road.

The same conduct breaches another article with signals than without (实施条例 Arts. 51 and 52), so a citation
names the road controls under which it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from console.domain.circumstance import Circumstance
from console.domain.road import RoadControl, road_controls
from console.domain.ruling import Citation, Fault, PartyKind, PartyRuling, Ruling, RulingProblem


@dataclass(frozen=True, kw_only=True)
class CitationChoice:
    """A provision a fault may rest on; ``controls`` empty: anywhere; ``when`` the circumstance in words.

    ``needs`` are the circumstances that must all hold for it to be suggested, ``unless`` those that rule it
    out; an officer may choose it all the same, as a circumstance may be one that nobody wrote down.
    """

    citation: Citation
    controls: tuple[RoadControl, ...] = ()
    when: str = ""
    needs: tuple[Circumstance, ...] = ()
    unless: tuple[Circumstance, ...] = ()

    def fits(self, held: frozenset[RoadControl]) -> bool:
        """Tell whether the provision stands where ``held`` is what holds."""
        return not self.controls or not held or not held.isdisjoint(self.controls)

    def suits(self, found: frozenset[Circumstance]) -> bool:
        """Tell whether the circumstances ``found`` bring the provision in."""
        return found.issuperset(self.needs) and found.isdisjoint(self.unless)


@dataclass(frozen=True, kw_only=True)
class FaultKind:
    """A fault of the table. ``applies_to``: motor, non_motor, pedestrian, passenger, any, none.

    ``role`` is its usual weight (priority, care, contributing, status): a starting point, never a decision.
    ``standing`` marks the fault of one who is struck (lights, stopping, no warning sign), which counts in the
    blows that party took; ``toward_struck`` the fault of a driver toward the very thing it strikes (distance,
    reversing, handling), which makes a blow of its own even where the driver was struck before. The code is
    in use from ``since`` to ``until``, both days included.
    """

    code: str
    name: str
    applies_to: str
    role: str
    citations: tuple[CitationChoice, ...]
    standing: bool = False
    toward_struck: bool = False
    since: date | None = None
    until: date | None = None

    def in_use(self, on: date) -> bool:
        """Tell whether the code is in use on the day of the accident."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def cited(self, held: frozenset[RoadControl], found: frozenset[Circumstance]) -> tuple[Citation, ...]:
        """Return the provisions this fault rests on here, those for a special circumstance first.

        Where the table has none for this kind of place, the rules of a place without control stand, and
        where there are none either, whatever the table has.
        """
        for controls in (held, frozenset({RoadControl.NONE}), frozenset[RoadControl]()):
            fitting = [choice for choice in self.citations if choice.fits(controls) and choice.suits(found)]
            if fitting:
                fitting.sort(key=lambda choice: -len(choice.needs))
                return tuple(dict.fromkeys(choice.citation for choice in fitting))
        return tuple(choice.citation for choice in self.citations[:1])

    def fault(self, citation: Citation) -> Fault:
        """Return this fault resting on ``citation``."""
        return Fault(code=self.code, name=self.name, citation=citation)


ANYBODY = "any"
"""``applies_to`` of a fault that every person may have."""


def suits(kind: FaultKind, party: PartyKind) -> bool:
    """Tell whether a party of this kind can have the fault; property has none, a mere cause is nobody's."""
    return party is not PartyKind.PROPERTY and kind.applies_to in {ANYBODY, party.value}


def checked(ruling: Ruling, table: Mapping[str, FaultKind]) -> tuple[Ruling, tuple[RulingProblem, ...]]:
    """Return ``ruling`` with every fault in the table's own words, and what the table says against it.

    ``UNKNOWN_FAULT``: the code is not in the table. ``FAULT_OF_OTHER_KIND``: a party of this kind cannot have
    it. ``CITATION_NOT_FITTING``: the table knows the code, but not on that provision, or not under the
    control of this place. Such faults stay as they were given.
    """
    held = road_controls(ruling.junction, ruling.control)
    found: list[RulingProblem] = []

    def reworded(party: PartyRuling, fault: Fault) -> Fault:
        kind = table.get(fault.code)
        problem = ""
        if kind is None:
            problem = "UNKNOWN_FAULT"
        elif not suits(kind, party.kind):
            problem = "FAULT_OF_OTHER_KIND"
        elif fault.citation not in [choice.citation for choice in kind.citations if choice.fits(held)]:
            problem = "CITATION_NOT_FITTING"
        if kind is None or problem:
            found.append(RulingProblem(code=problem, party_id=party.party_id))
            return fault
        return kind.fault(fault.citation)

    parties = tuple(
        replace(party, faults=tuple(reworded(party, fault) for fault in party.faults))
        for party in ruling.parties
    )
    return replace(ruling, parties=parties), tuple(found)
