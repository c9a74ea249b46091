"""The accident as a suggestion reads it: the place, who was there and what each did, who struck whom.

Neutral facts only. Nothing here says who is at fault but the causal faults that an officer ticked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from console.domain.errors import DomainError
from console.domain.intake import Injury
from console.domain.road import Road
from console.domain.ruling import PartyKind

Label = str
"""What a party is called: 甲, 乙, or A, B. It orders nothing."""


@dataclass(frozen=True, kw_only=True)
class Involved:
    """One party. ``faults`` caused the accident, ``non_causal`` did not and never weigh.

    ``driving_state`` in the words of the police table (直行, 变更车道 ...); ``observed`` are short neutral
    facts.
    """

    label: Label
    kind: PartyKind
    driving_state: str = ""
    observed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    non_causal: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Impact:
    """One blow: who struck whom. ``seq`` orders the blows."""

    seq: int
    striking: Label
    struck: tuple[Label, ...]


@dataclass(frozen=True, kw_only=True)
class Accident:
    """Everything a suggestion rests on. ``observed`` are neutral facts about nobody in particular.

    ``established`` whether the facts are found; ``evidence_pending`` whether more is still to come.
    ``causes`` are codes of causes that are nobody's fault, ``reason`` the words for them. ``dispute`` is
    ``False`` where the parties agree on who pays. ``on`` is the day of the accident in Asia/Shanghai.
    """

    road: Road
    parties: tuple[Involved, ...]
    observed: tuple[str, ...] = ()
    impacts: tuple[Impact, ...] = ()
    injury: Injury = Injury.NONE
    consents: Mapping[Label, bool | None] | None = None
    established: bool = True
    evidence_pending: bool = False
    dispute: bool | None = None
    causes: tuple[str, ...] = ()
    reason: str = ""
    on: date | None = None

    @property
    def everyone_consents(self) -> bool:
        """Whether every party agreed to the simple procedure; who was not asked has not (Art. 23)."""
        answers = self.consents or {}
        asked = {party.label for party in self.parties if party.kind is not PartyKind.PROPERTY} | set(answers)
        return all(answers.get(label) is True for label in asked)


def require_whole(accident: Accident) -> None:
    """Raise where the facts do not hang together.

    ``nobody-involved``: there is no person; ``party-twice``: two parties bear one label; ``unknown-party``: a
    blow names somebody who was not there; ``struck-nobody`` and ``struck-itself``: a blow that is none. All
    but the first name the label or the number of the blow.
    """
    labels = [party.label for party in accident.parties]
    if all(party.kind is PartyKind.PROPERTY for party in accident.parties):
        raise DomainError("nobody-involved")
    for label in labels:
        if labels.count(label) > 1:
            raise DomainError("party-twice", party=label)
    for impact in accident.impacts:
        for label in (impact.striking, *impact.struck):
            if label not in labels:
                raise DomainError("unknown-party", party=label, impact=impact.seq)
        if not impact.struck:
            raise DomainError("struck-nobody", impact=impact.seq)
        if impact.striking in impact.struck:
            raise DomainError("struck-itself", party=impact.striking, impact=impact.seq)
