"""Which characters can stand on a document, out of the many scripts and signs that the network knows."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from console.assets import RESOURCES

RARE = 0.1
"""Odds, before reading, of a Chinese character outside GB 2312 against one inside."""
SEEN = 1e-4
"""Chance below which a character is not looked at."""
DOTS = "•‧∙⋅・･●"
"""What the network takes the dot in a name or on a plate for."""
SIGNS = "·。、【】〇—–“”"

with (RESOURCES / "recognition" / "traditional.toml").open("rb") as _file:
    _TABLE: dict[str, str] = tomllib.load(_file)
SIMPLIFIED = dict(
    zip("".join(_TABLE["traditional"].split()), "".join(_TABLE["simplified"].split()), strict=True)
)
"""The simplified form of each traditional character."""


class Alphabet:
    """Weighs the chances of the network's ``characters``, of which the first stands for none.

    The same sign in another form (traditional, full width, a bolt of a plate above its A that makes an À)
    counts as the plain one; what none of these documents bears (other scripts, pictures) is never read; rare
    characters need to be seen more clearly than usual ones.
    """

    def __init__(self, characters: Sequence[str]) -> None:
        places = {character: number for number, character in enumerate(characters)}
        self._characters = characters
        self._forms = np.array([0, *(places.get(plain_form(character), -1) for character in characters[1:])])
        self._odds = np.array([RARE if is_rare(character) else 1.0 for character in characters], np.float32)

    def weighed(self, chances: npt.NDArray[np.float32]) -> tuple[list[str], npt.NDArray[np.float32]]:
        """Return what may stand on a line of a document, and its chances (steps along the line, characters).

        ``chances`` are the network's for all of its characters. The first that is returned stands for none.
        """
        seen = np.flatnonzero(chances.max(axis=0) >= SEEN)
        seen = seen[self._forms[seen] >= 0]
        known = np.union1d([0], self._forms[seen])
        left = np.zeros((len(known), len(chances)), np.float32)
        np.add.at(left, np.searchsorted(known, self._forms[seen]), chances[:, seen].T)
        before = left.sum(axis=0)
        left *= self._odds[known, None]
        left /= np.maximum(1 - before + left.sum(axis=0), 1e-6)
        return [self._characters[number] for number in known], left.T


def plain_form(character: str) -> str:
    """Return the form in which a character counts, or nothing when it stands on no document."""
    if len(character) != 1:
        return ""
    if character in DOTS:
        return "·"
    if character in SIMPLIFIED:
        return SIMPLIFIED[character]
    base = unicodedata.normalize("NFD", character)[0]
    name = unicodedata.name(character, "")
    if name.startswith("FULLWIDTH"):
        base = unicodedata.normalize("NFKC", character)
    known = (base.isascii() and base.isprintable()) or base in SIGNS or name.startswith("CJK UNIFIED")
    return base if known else ""


def is_rare(character: str) -> bool:
    """Whether a character is Chinese and not in GB 2312."""
    if len(character) != 1 or not unicodedata.name(character, "").startswith("CJK UNIFIED"):
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
