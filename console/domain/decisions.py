"""Decisions that an incident keeps: police sent, parties told to clear the road, a case given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.evidence import AccidentForm, Evidence, Slot, required_slots


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """The district police were sent; a party's request or a rule is the ``reason``."""

    reason: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Evacuation:
    """The push that tells the parties to clear the road."""

    text: str
    destination: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Return:
    """The ruling post wants these pictures taken, or taken again, before it rules."""

    slots: tuple[Slot, ...]
    note: str
    at: datetime
    by: str


def missing_slots(
    form: AccidentForm, evidence: tuple[Evidence, ...], wanted: Return | None
) -> tuple[Slot, ...]:
    """Return the required slots with no evidence yet, in the order in which they are taken.

    A slot that the ruling post asked for again counts as empty until a newer picture has come.
    """
    filled = {item.capture.slot for item in evidence}
    again: frozenset[Slot] = frozenset()
    if wanted is not None:
        again = frozenset(wanted.slots)
        filled -= again
        filled |= {i.capture.slot for i in evidence if i.received_at > wanted.at}
    needed = again.union(required_slots(form))
    return tuple(slot for slot in Slot if slot in needed and slot not in filled)
