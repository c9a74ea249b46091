"""What the key sheet lists: every key that acts on a page, as it is in force."""

from __future__ import annotations

from collections.abc import Iterable

from console.presenters.keys import FIXED, Binding
from console.presenters.page import Place
from console.presenters.words import tr
from widgets.key_sheet import KeyGroup, KeyLine
from widgets.keycap import written


def key_groups(
    bindings: Iterable[Binding], here: Iterable[Place], elsewhere: Iterable[Place]
) -> tuple[KeyGroup, ...]:
    """Return the keys by where they act: everywhere, on the page shown, and elsewhere what can be re-mapped.

    What a panel of the page handles by itself is listed too and not re-mapped.
    """
    bindings = tuple(bindings)
    everywhere = tuple(one for one in bindings if not one.scopes)
    groups = [KeyGroup(tr("任何地方"), tuple(map(_line, everywhere)))]
    for place in here:
        bound = tuple(one for one in bindings if one.scopes[:1] == (place.name,))
        known = {one.default for one in bindings if not one.scopes or place.name in one.scopes}
        own = (KeyLine(key, act) for key, act in place.keys if not known.issuperset(_parts(key)))
        lines = (*map(_line, bound), *own)
        if lines:
            groups.append(KeyGroup(place.title, lines, place.name))
    listed = {group.scope for group in groups}
    for place in elsewhere:
        bound = tuple(one for one in bindings if one.scopes[:1] == (place.name,))
        if bound and place.name not in listed:
            groups.append(KeyGroup(place.title, tuple(map(_line, bound)), place.name))
    return tuple(groups)


def _parts(keys: str) -> list[str]:
    return keys.replace("−", "-").split()


def _line(binding: Binding) -> KeyLine:
    """A line of the sheet; its cap finds the key in force by itself."""
    name = "" if binding.default in FIXED else binding.name
    default = "" if binding.sequence == binding.default else written(binding.default)
    return KeyLine(binding.default, binding.words, name, default)
