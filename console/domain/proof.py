"""Proof: which pictures show what a reason rests on, and which of them are not there yet.

Source: GA/T 50-2019 as arranged in ``Slot``: lane and markings prove who was where, contact what touched
what, ground marks braking, both together who was there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from console.domain.evidence import Slot
from console.domain.ruling_suggestion import Reason, Why

_POSITIONS = (Slot.FRONT_PANORAMA, Slot.REAR_PANORAMA)
_CONTACT = (Slot.CONTACT_A, Slot.CONTACT_B)
_LANES = (Slot.MARKINGS,)

BY_FAULT: Mapping[str, tuple[Slot, ...]] = {
    "1094": (*_POSITIONS, *_CONTACT, Slot.GROUND_MARKS),
    "1043": (*_POSITIONS, *_LANES, *_CONTACT),
    "1345": (*_POSITIONS, *_LANES),
    "1344": (Slot.LOCATION_LANDMARK, *_LANES),
    "1625": (Slot.LOCATION_LANDMARK, *_POSITIONS),
    "1042": (*_POSITIONS, *_LANES),
    "1208": (*_POSITIONS, *_LANES),
    "1301": (*_POSITIONS, *_LANES),
    "1039": (Slot.LOCATION_LANDMARK, *_POSITIONS),
    "1311": (Slot.SAFETY, Slot.REAR_PANORAMA),
    "1327": (Slot.SAFETY, Slot.REAR_PANORAMA),
    "1102": (Slot.REAR_PANORAMA, *_CONTACT),
}
"""What proves a fault; every other fault is shown by where the parties stood and what touched what."""


def proofs(reason: Reason) -> tuple[Slot, ...]:
    """Return the slots that prove ``reason``; empty for a reason that no picture shows."""
    match reason.why:
        case Why.FAULT:
            return BY_FAULT.get(reason.fault, (*_POSITIONS, *_CONTACT))
        case Why.NO_FAULT_OF:
            return _POSITIONS
        case Why.SPLIT:
            return (*_CONTACT, Slot.GROUND_MARKS)
        case _:
            return ()


def lacking(reason: Reason, filled: Collection[Slot]) -> tuple[Slot, ...]:
    """Return which proofs of ``reason`` are not among the slots already ``filled``."""
    return tuple(slot for slot in proofs(reason) if slot not in filled)
