"""One row of a check: a value as seen at the scene beside the value as registered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.domain.identifiers import normal_plate
from console.domain.verification import UNREAD, Comparison, Field, Seen, Verdict

Stated = Mapping[Field, Seen]
"""What is known of a party from itself and its papers; a field left out was neither stated nor read."""


def compare(known: Stated, field: Field, registered: str, same: Callable[[str, str], bool]) -> Comparison:
    """Return the row of ``field``; ``same`` takes the registered value and what was seen.

    Characters that could not be read leave the row unreadable, unless a readable one contradicts.
    """
    seen = known.get(field, Seen())
    if not seen.text:
        return row(known, field, registered, Verdict.NOT_SEEN)
    if UNREAD in seen.text:
        fits = _fits(seen.text, registered[-len(seen.text) :])
        return row(known, field, registered, Verdict.UNREADABLE if fits else Verdict.DIFFERS)
    verdict = Verdict.AGREES if same(registered, seen.text) else Verdict.DIFFERS
    return row(known, field, registered, verdict)


def row(known: Stated, field: Field, registered: str, verdict: Verdict) -> Comparison:
    return Comparison(field=field, seen=known.get(field, Seen()), registered=registered, verdict=verdict)


def _fits(seen: str, registered: str) -> bool:
    return len(seen) == len(registered) and all(
        mark in (UNREAD, character) for mark, character in zip(seen, registered, strict=True)
    )


_DOTS = str.maketrans(dict.fromkeys("•・‧.．", "·"))


def same_name(registered: str, seen: str) -> bool:
    """Whether two writings name the same person: spaces, case and the form of the dot do not matter."""

    def normal(name: str) -> str:
        return "".join(name.split()).translate(_DOTS).casefold()

    return normal(registered) == normal(seen)


def same_plate(registered: str, seen: str) -> bool:
    """Whether two writings are the same plate."""
    return normal_plate(registered) == normal_plate(seen)


def same_colour(registered: str, seen: str) -> bool:
    """Whether the colour seen is one of those registered; the register has no silver, it says grey."""
    names = [part.strip().removesuffix("色") for part in registered.replace("、", "/").split("/")]
    return seen.removesuffix("色").replace("银", "灰") in (name.replace("银", "灰") for name in names)


def same_type(registered: str, seen: str) -> bool:
    """Whether one wording contains the other: 轿车 is seen of a 小型轿车."""
    return seen in registered or registered in seen


def same_code(registered: str, seen: str) -> bool:
    return "".join(registered.split()).upper() == "".join(seen.split()).upper()
