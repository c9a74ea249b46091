"""Which classes of driving licence cover which vehicles.

Source: 机动车驾驶证申领和使用规定 Art. 11 and its table of classes (准驾车型). The table says for each class
which others it covers; that is no chain: C1 covers C3, C3 covers C4, and C1 does not cover C4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

COVERS: Mapping[str, frozenset[str]] = {
    "A1": frozenset({"A3", "B1", "B2", "C1", "C2", "C3", "C4", "M"}),
    "A2": frozenset({"B1", "B2", "C1", "C2", "C3", "C4", "C6", "M"}),
    "A3": frozenset({"C1", "C2", "C3", "C4"}),
    "B1": frozenset({"C1", "C2", "C3", "C4", "M"}),
    "B2": frozenset({"C1", "C2", "C3", "C4", "M"}),
    "C1": frozenset({"C2", "C3"}),
    "C3": frozenset({"C4"}),
    "D": frozenset({"E"}),
    "E": frozenset({"F"}),
}
"""What a class covers besides itself; a class left out covers itself alone."""

_NEEDED = (
    (r"有轨电车", "P"),
    (r"无轨电车", "N"),
    (r"轮式.*机械", "M"),
    (r"轻便.*摩托", "F"),
    (r"三轮摩托", "D"),
    (r"摩托", "E"),
    (r"三轮汽车", "C4"),
    (r"低速", "C3"),
    (r"牵引车", "A2"),
    (r"大型.*(客车|校车)", "A1"),
    (r"中型.*(客车|校车)", "B1"),
    (r"(重型|中型|大型).*(货车|作业车|自卸车|罐车|厢式)", "B2"),
    (r"(小型|微型|轻型)", "C1"),
    (r"轿车|越野|面包", "C1"),
)
"""Words of vehicle types (GA 802), the first that fits, and the class that drives them."""

AUTOMATIC_ONLY = frozenset({"C2", "C5"})
"""Classes that cover small cars with automatic transmission alone, which no register tells."""


def needed_class(vehicle_type: str, use_nature: str = "") -> str:
    """Return the class that a vehicle needs, or nothing when its type is not in the table."""
    needed = next((name for words, name in _NEEDED if re.search(words, vehicle_type)), "")
    return "A3" if needed == "A1" and "公交" in use_nature else needed


def covers(held: Iterable[str], needed: str) -> bool:
    """Whether one of the classes ``held`` covers ``needed``; an automatic small car may take C2 or C5."""
    classes = frozenset(held)
    if needed in classes or any(needed in COVERS.get(name, frozenset()) for name in classes):
        return True
    return needed == "C1" and bool(classes & AUTOMATIC_ONLY)


def automatic_only(held: Iterable[str], needed: str) -> bool:
    """Whether the classes cover ``needed`` only if the vehicle has automatic transmission."""
    classes = frozenset(held)
    return needed == "C1" and not covers(classes - AUTOMATIC_ONLY, needed) and bool(classes & AUTOMATIC_ONLY)
