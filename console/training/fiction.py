"""Fictional people, plates and numbers that can never be taken for real ones.

Plates carry 测, which is no province; phones begin with 100, which is no mobile network; ID numbers use an
area code 000xxx, which GB/T 2260 does not assign, with a correct check digit (GB 11643, ISO 7064 MOD 11-2).
"""

from __future__ import annotations

import datetime as dt
import random
import string

from console.domain.identifiers import PLATE_LETTERS, VIN_LETTERS, id_check_character, vin_check_character

FAMILY_NAMES = ("示例", "样本", "测试", "演示", "试题")
LONG_GIVEN_NAMES = ("古丽", "买买提", "江", "阿不都热合曼", "扎西", "卓玛", "巴特尔", "娜仁托娅")
FOREIGN_NAMES = ("ALEX", "MARIA", "JOHN", "OLGA", "KIM", "AHMED", "SOFIA", "IVAN")
GIVEN_NAMES = ("安", "宁", "平", "明", "远", "清", "和", "林", "川", "禾", "青", "云", "松", "雨", "舟", "田")


def id_number(rng: random.Random, birth: dt.date, sex: str) -> str:
    """A fictional ID number for `birth` and `sex` (男 takes an odd sequence, 女 an even one)."""
    area = f"000{rng.randrange(1, 1000):03d}"
    sequence = rng.randrange(0, 500) * 2 + (1 if sex == "男" else 0)
    first17 = f"{area}{birth:%Y%m%d}{sequence:03d}"
    return first17 + id_check_character(first17)


def foreign_permit(rng: random.Random, birth: dt.date, sex: str) -> str:
    """A fictional permanent-residence number of a foreigner: it begins with 9, its country code is 000."""
    sequence = rng.randrange(0, 500) * 2 + (1 if sex == "男" else 0)
    first17 = f"900000{birth:%Y%m%d}{sequence:03d}"
    return first17 + id_check_character(first17)


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
    return draft[:8] + vin_check_character(draft) + draft[9:]


def name(rng: random.Random) -> str:
    """A fictional name: a family name that is none, and one or two characters."""
    return rng.choice(FAMILY_NAMES) + "".join(rng.sample(GIVEN_NAMES, rng.choice((1, 2, 2))))


def long_name(rng: random.Random) -> str:
    """A fictional name as minorities write them, with a dot between its parts."""
    first, second = rng.sample(FAMILY_NAMES, 2)
    return f"{first}{rng.choice(LONG_GIVEN_NAMES)}·{second}{rng.choice(LONG_GIVEN_NAMES)}"


def foreign_name(rng: random.Random) -> str:
    """A fictional foreigner's name."""
    return f"{rng.choice(FOREIGN_NAMES)} {rng.choice(FOREIGN_NAMES)} SHILI"


def day(rng: random.Random, first_year: int, last_year: int) -> dt.date:
    """A day between the first of January of `first_year` and the 28th of December of `last_year`."""
    return dt.date(rng.randrange(first_year, last_year + 1), rng.randrange(1, 13), rng.randrange(1, 29))
