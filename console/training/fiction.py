"""Fictional people, plates and numbers that can never be taken for real ones.

Plates carry 测, which is no province; phones begin with 100, which is no mobile network; ID numbers use an
area code 000xxx, which GB/T 2260 does not assign, with a correct check digit (GB 11643, ISO 7064 MOD 11-2).
"""

from __future__ import annotations

import datetime as dt
import random
import string

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True)
)

FAMILY_NAMES = ("示例", "样本", "测试", "演示", "试题")
GIVEN_NAMES = ("安", "宁", "平", "明", "远", "清", "和", "林", "川", "禾", "青", "云", "松", "雨", "舟", "田")


def id_check_digit(first17: str) -> str:
    """Check character of an 18-character citizen number from its first 17 digits (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def vin_check_digit(vin: str) -> str:
    """Check character, position 9, of a VIN of 17 characters whatever stands there now (GB 16735)."""
    values = (VIN_VALUES.get(letter, int(letter) if letter.isdigit() else 0) for letter in vin)
    total = sum(value * weight for value, weight in zip(values, VIN_WEIGHTS, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


def id_number(rng: random.Random, birth: dt.date, sex: str) -> str:
    """A fictional ID number for `birth` and `sex` (男 takes an odd sequence, 女 an even one)."""
    area = f"000{rng.randrange(1, 1000):03d}"
    sequence = rng.randrange(0, 500) * 2 + (1 if sex == "男" else 0)
    first17 = f"{area}{birth:%Y%m%d}{sequence:03d}"
    return first17 + id_check_digit(first17)


def phone(rng: random.Random) -> str:
    """A fictional mobile number: 11 digits that begin with 100."""
    return f"100{rng.randrange(10**8):08d}"


def plate(rng: random.Random) -> str:
    """A fictional plate of a small car, 测 + letter + · + five characters with at most one letter."""
    body = [rng.choice(string.digits) for _ in range(5)]
    if rng.random() < 0.4:
        body[rng.choice((0, 1, 4))] = rng.choice(PLATE_LETTERS)
    return f"测{rng.choice(PLATE_LETTERS)}·{''.join(body)}"


def vin(rng: random.Random) -> str:
    """A fictional VIN that begins with 0 (no region) and has a correct check character."""
    body = "0" + "".join(rng.choice(VIN_LETTERS + string.digits) for _ in range(10))
    draft = f"{body[:8]}0{body[8:11]}{rng.randrange(10**5):05d}"
    return draft[:8] + vin_check_digit(draft) + draft[9:]


def names(rng: random.Random, count: int) -> list[str]:
    """`count` different fictional names, each with another family name (at most five)."""
    families = rng.sample(FAMILY_NAMES, count)
    return [family + rng.choice(GIVEN_NAMES) for family in families]


def day(rng: random.Random, first_year: int, last_year: int) -> dt.date:
    """A day between the first of January of `first_year` and the 28th of December of `last_year`."""
    return dt.date(rng.randrange(first_year, last_year + 1), rng.randrange(1, 13), rng.randrange(1, 29))
