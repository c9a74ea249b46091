"""Numbers that people, vehicles and papers go by: their form and their check characters.

Every function takes text as typed or read and never raises. Area codes are not looked up: one that GB/T 2260
dropped long ago still stands in valid numbers. Fictional numbers (plates with 测, phones that begin with 100)
are valid where ``training`` is true and nowhere else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VIN_VALUES: Mapping[str, int] = {
    **{digit: int(digit) for digit in "0123456789"},
    **dict(zip(VIN_LETTERS, (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True)),
}
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
FICTIONAL_PROVINCE = "测"
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters of plates: never I or O (GA 36-2018)."""

VEHICLE_CLASSES = (
    *("A1", "A2", "A3", "B1", "B2", "C1", "C2", "C3", "C4", "C5", "C6"),
    *("D", "E", "F", "M", "N", "P"),
)
"""Classes of a driving licence in the order of 公安部令第162号 11."""

_CITIZEN_ID = re.compile(r"[0-9]{17}[0-9X]")


class IdentityKind(StrEnum):
    """Which paper a number of a person belongs to."""

    CITIZEN = "citizen"
    RESIDENCE_PERMIT = "residence-permit"
    """Residents of Hong Kong, Macau and Taiwan: areas 810000, 820000, 830000."""
    FOREIGN_PERMIT = "foreign-permit"
    """Permanent residence of a foreigner since 2023-12-01: 18 characters that begin with 9."""
    FOREIGN_PERMIT_OLD = "foreign-permit-old"
    """The same before: three letters and twelve digits; both are valid."""
    HONG_KONG_MACAU_PERMIT = "hong-kong-macau-permit"
    TAIWAN_PERMIT = "taiwan-permit"
    PASSPORT = "passport"


class PlateKind(StrEnum):
    """Families of plates by what stands on them (GA 36-2018)."""

    ORDINARY = "ordinary"
    NEW_ENERGY_SMALL = "new-energy-small"
    NEW_ENERGY_LARGE = "new-energy-large"
    TRAINER = "trainer"
    TRAILER = "trailer"
    POLICE = "police"
    HONG_KONG_MACAU = "hong-kong-macau"
    CONSULATE = "consulate"
    EMBASSY = "embassy"
    EMERGENCY = "emergency"
    ARMED_POLICE = "armed-police"
    MILITARY = "military"
    CIVIL_AVIATION = "civil-aviation"


class PlateColour(StrEnum):
    """Ground of a plate."""

    BLUE = "blue"
    YELLOW = "yellow"
    GREEN = "green"
    YELLOW_GREEN = "yellow_green"
    WHITE = "white"
    BLACK = "black"


PLATE_COLOURS: Mapping[PlateKind, frozenset[PlateColour]] = {
    PlateKind.ORDINARY: frozenset({PlateColour.BLUE, PlateColour.YELLOW, PlateColour.BLACK}),
    PlateKind.NEW_ENERGY_SMALL: frozenset({PlateColour.GREEN}),
    PlateKind.NEW_ENERGY_LARGE: frozenset({PlateColour.YELLOW_GREEN}),
    PlateKind.TRAINER: frozenset({PlateColour.YELLOW}),
    PlateKind.TRAILER: frozenset({PlateColour.YELLOW}),
    PlateKind.POLICE: frozenset({PlateColour.WHITE}),
    PlateKind.HONG_KONG_MACAU: frozenset({PlateColour.BLACK}),
    PlateKind.CONSULATE: frozenset({PlateColour.BLACK}),
    PlateKind.EMBASSY: frozenset({PlateColour.BLACK}),
    PlateKind.EMERGENCY: frozenset({PlateColour.WHITE}),
    PlateKind.ARMED_POLICE: frozenset({PlateColour.WHITE}),
    PlateKind.MILITARY: frozenset({PlateColour.WHITE}),
    PlateKind.CIVIL_AVIATION: frozenset({PlateColour.GREEN}),
}
"""Grounds on which each family is printed; a large car's ordinary plate is yellow, a small one's blue."""

_L = f"[{PLATE_LETTERS}]"
_P = f"[{PROVINCES}{FICTIONAL_PROVINCE}]"
_BODIES = ("ddddd", "Ldddd", "LLddd", "dLddd", "ddLdd", "dddLd", "ddddL", "LdddL", "dddLL", "LdLdd")
"""The ten arrangements of an ordinary plate's five characters, at most two of them letters."""
_BODY = "|".join(body.replace("d", "[0-9]").replace("L", _L) for body in _BODIES)
_FOUR = f"(?:[0-9]{{4}}|{_L}[0-9]{{3}}|[0-9]{_L}[0-9][0-9]|[0-9][0-9]{_L}[0-9]|[0-9]{{3}}{_L})"
_PLATES: Mapping[PlateKind, re.Pattern[str]] = {
    PlateKind.ORDINARY: re.compile(f"{_P}{_L}(?:{_BODY})"),
    PlateKind.NEW_ENERGY_SMALL: re.compile(f"{_P}{_L}[A-HJK](?:[0-9]|{_L})[0-9]{{4}}"),
    PlateKind.NEW_ENERGY_LARGE: re.compile(f"{_P}{_L}[0-9]{{5}}[A-HJK]"),
    PlateKind.TRAINER: re.compile(f"{_P}{_L}{_FOUR}学"),
    PlateKind.TRAILER: re.compile(f"{_P}{_L}{_FOUR}挂"),
    PlateKind.POLICE: re.compile(f"{_P}{_L}{_FOUR}警"),
    PlateKind.HONG_KONG_MACAU: re.compile(f"[粤{FICTIONAL_PROVINCE}]Z{_FOUR}[港澳]"),
    PlateKind.CONSULATE: re.compile(f"{_P}{_L}[0-9]{{4}}领"),
    PlateKind.EMBASSY: re.compile(r"[0-9]{6}使|使[0-9]{6}"),
    PlateKind.EMERGENCY: re.compile(f"{_P}[A-Z]?[XS][0-9]{{4}}应急"),
    PlateKind.ARMED_POLICE: re.compile(f"WJ{_P}?[0-9]{{4}}[0-9A-Z]"),
    PlateKind.MILITARY: re.compile(f"{_L}{{2}}[0-9]{{5}}"),
    PlateKind.CIVIL_AVIATION: re.compile(f"民航{_L}[0-9]{{4}}"),
}


def id_check_character(first17: str) -> str:
    """Check character of an 18-character number from its first 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def normal_id(text: str) -> str:
    """Return an identity number without spaces, its letters large."""
    return re.sub(r"\s", "", text).upper()


def has_id_check(text: str) -> bool:
    """Whether ``text`` is 17 digits and the right check character; the birth date is not looked at."""
    number = normal_id(text)
    return _CITIZEN_ID.fullmatch(number) is not None and id_check_character(number[:17]) == number[17]


def birth_date_of(text: str) -> dt.date | None:
    """Return the birth date inside an 18-character number, or ``None`` when that is no day."""
    number = normal_id(text)
    if _CITIZEN_ID.fullmatch(number) is None:
        return None
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(text: str) -> str:
    """Return 男 or 女 as an 18-character number says it, or nothing."""
    number = normal_id(text)
    if _CITIZEN_ID.fullmatch(number) is None:
        return ""
    return "男" if int(number[16]) % 2 else "女"


def identity_kind(text: str) -> IdentityKind | None:
    """Return which paper a person's number belongs to, or ``None`` when it fits none or its check fails."""
    number = normal_id(text)
    if _CITIZEN_ID.fullmatch(number):
        if not has_id_check(number) or birth_date_of(number) is None:
            return None
        if number[0] == "9":
            return IdentityKind.FOREIGN_PERMIT
        if number[:6] in {"810000", "820000", "830000"}:
            return IdentityKind.RESIDENCE_PERMIT
        return IdentityKind.CITIZEN
    forms = (
        (IdentityKind.FOREIGN_PERMIT_OLD, r"[A-Z]{3}[0-9]{12}"),
        (IdentityKind.HONG_KONG_MACAU_PERMIT, r"[HM](?:[0-9]{8}|[0-9]{10})"),
        (IdentityKind.TAIWAN_PERMIT, r"[0-9]{8}|[0-9]{10}[A-Z]?"),
        (IdentityKind.PASSPORT, r"(?=.*[0-9])[A-Z0-9]{7,9}"),
    )
    return next((kind for kind, form in forms if re.fullmatch(form, number)), None)


def same_identity(one: str, other: str) -> bool:
    """Whether two numbers name the same person.

    The last two digits of a Hong Kong or Macau permit count reissues: its first nine characters are compared.
    """
    first, second = normal_id(one), normal_id(other)
    permit = IdentityKind.HONG_KONG_MACAU_PERMIT
    if identity_kind(first) is permit and identity_kind(second) is permit:
        return first[:9] == second[:9]
    return first == second != ""


def is_licence_number(text: str) -> bool:
    """Whether ``text`` can be the number of a driving licence, which is that of an identity paper."""
    return identity_kind(text) is not None


def is_file_number(text: str) -> bool:
    """Whether ``text`` can be the file number (档案编号) of a driving licence: twelve digits."""
    return re.fullmatch(r"[0-9]{12}", text) is not None


def is_phone(text: str, *, training: bool) -> bool:
    """Whether ``text`` is a mobile number of the mainland, or of Hong Kong or Macau with its code."""
    number = re.sub(r"[\s-]", "", text).removeprefix("+86")
    form = r"1[3-9][0-9]{9}|\+852[4-9][0-9]{7}|\+8536[0-9]{7}" + (r"|100[0-9]{8}" if training else "")
    return re.fullmatch(form, number) is not None


def vehicle_classes(text: str) -> tuple[str, ...]:
    """Return the classes written one after the other in ``text``, or nothing when any part is no class."""
    written = re.sub(r"[\s,、]", "", text.upper())
    if re.fullmatch("(?:" + "|".join(VEHICLE_CLASSES) + ")+", written) is None:
        return ()
    found = tuple(re.findall("|".join(VEHICLE_CLASSES), written))
    return found if len(set(found)) == len(found) else ()


def normal_plate(text: str) -> str:
    """Return a plate without dots, spaces and hyphens, its letters large."""
    return re.sub(r"[\s.·•・‧-]", "", text).upper()


def plate_kind(text: str, *, training: bool) -> PlateKind | None:
    """Return the family of a plate, or ``None`` when no plate looks like that (GA 36-2018)."""
    plate = normal_plate(text)
    if FICTIONAL_PROVINCE in plate and not training:
        return None
    return next((kind for kind, form in _PLATES.items() if form.fullmatch(plate)), None)


def vin_check_character(vin: str) -> str:
    """Check character, position 9, of 17 characters whatever stands there now (GB 16735-2019)."""
    total = sum(VIN_VALUES[letter] * weight for letter, weight in zip(vin, VIN_WEIGHTS, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


def is_vin(text: str) -> bool:
    """Whether ``text`` has the form of a VIN: 17 characters, never I, O or Q."""
    return len(text) == 17 and all(character in VIN_VALUES for character in text)


def has_vin_check(text: str) -> bool:
    """Whether the check character of a VIN is right; some imported vehicles' are not, so warn and go on."""
    return is_vin(text) and vin_check_character(text) == text[8]


def is_credit_code(text: str) -> bool:
    """Whether ``text`` is a unified social credit code with the right check character (GB 32100-2015)."""
    if len(text) != 18 or any(character not in CREDIT_ALPHABET for character in text):
        return False
    values = (CREDIT_ALPHABET.index(character) for character in text[:17])
    total = sum(value * weight for value, weight in zip(values, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[(31 - total % 31) % 31] == text[17]
