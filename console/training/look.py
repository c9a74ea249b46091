"""Looks of fictional people: who has the same identity number has the same face, on every card and in life.

The face follows from the number alone (its date of birth and sex with it), so that simulator and registry
draw the same person without telling each other. People differ strongly, in bones, skin, hair, age and what
they wear, because drawn faces of one style look alike to a program that compares faces.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

RGB = tuple[int, int, int]
Point = tuple[float, float]

SKINS: tuple[RGB, ...] = (
    (250, 222, 200),
    (240, 200, 168),
    (226, 180, 144),
    (212, 164, 126),
    (196, 146, 110),
)
HAIRS: tuple[RGB, ...] = ((24, 22, 24), (30, 26, 26), (52, 38, 32), (92, 58, 38))
GREYS: tuple[RGB, ...] = ((120, 116, 114), (168, 166, 166), (206, 206, 208))
CLOTHES: tuple[RGB, ...] = (
    (44, 62, 92),
    (96, 54, 52),
    (58, 88, 74),
    (104, 100, 96),
    (150, 120, 72),
    (66, 58, 86),
)
GREY_BEFORE = 1970
"""Who was born before this year has grey hair and lines."""
BALD_BEFORE = 1976


@dataclass(frozen=True)
class Look:
    """What a person looks like; lengths in pixels of the portrait."""

    skin: RGB
    hair: RGB
    clothes: RGB
    woman: bool
    old: bool
    style: str
    """``bald``, ``short``, ``parted``, ``fringe``, ``curly``, ``long``, ``bob`` or ``bun``."""
    beard: str
    """``none``, ``moustache``, ``goatee`` or ``full``."""
    glasses: str
    """``none``, ``round`` or ``square``."""
    face: float
    """Half the width of the face at the eyes."""
    jaw: float
    """Half the width of the jaw."""
    chin: float
    """How far below the eyes the chin ends."""
    eyes_apart: float
    eye: float
    """Half the width of an eye."""
    eye_open: float
    """Height of an eye as a share of its width."""
    slant: float
    brow: float
    """Thickness of a brow."""
    brow_up: float
    brow_tilt: float
    nose: float
    """Half the width of the nose."""
    nose_long: float
    mouth: float
    """Half the width of the mouth."""
    mouth_down: float
    lips: float
    mole: Point
    """Where it is, from the middle between the eyes."""
    has_mole: bool


def look_of(id_number: str) -> Look:
    """The look of the person with this identity number of 18 characters (GB 11643: birth at 7, sex at 17)."""
    rng = random.Random(id_number)
    born, woman = _year(id_number), id_number[16:17] in set("02468")
    old = born < GREY_BEFORE
    styles = ("long", "bob", "bun", "fringe", "curly") if woman else ("short", "parted", "fringe", "curly")
    if not woman and born < BALD_BEFORE:
        styles = (*styles, "bald", "bald")
    beards = ("none",) if woman else ("none", "none", "moustache", "goatee", "full")
    face = rng.uniform(146, 182)
    return Look(
        skin=rng.choice(SKINS),
        hair=rng.choice(GREYS if old else HAIRS),
        clothes=rng.choice(CLOTHES),
        woman=woman,
        old=old,
        style=rng.choice(styles),
        beard=rng.choice(beards),
        glasses=rng.choice(("none", "none", "none", "round", "square")),
        face=face,
        jaw=face * rng.uniform(0.62, 0.96),
        chin=rng.uniform(178, 246),
        eyes_apart=face * rng.uniform(0.40, 0.52),
        eye=rng.uniform(29, 41),
        eye_open=rng.uniform(0.42, 0.68),
        slant=rng.uniform(-7, 7),
        brow=rng.uniform(6, 22),
        brow_up=rng.uniform(40, 66),
        brow_tilt=rng.uniform(-12, 14),
        nose=rng.uniform(22, 50),
        nose_long=rng.uniform(66, 112),
        mouth=rng.uniform(44, 84),
        mouth_down=rng.uniform(0.30, 0.52),
        lips=rng.uniform(7, 22),
        mole=(rng.choice((-1, 1)) * rng.uniform(50, 100), rng.uniform(60, 120)),
        has_mole=rng.random() < 0.25,
    )


def _year(id_number: str) -> int:
    """Year of birth; a number of another make, such as a foreign one, is of nobody old."""
    digits = id_number[6:10]
    return int(digits) if digits.isdecimal() else GREY_BEFORE
