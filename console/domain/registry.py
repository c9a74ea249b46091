"""What the registries hold: records of persons, licences, vehicles and compulsory policies.

Records are another system's word. Status letters combine (HM): a set, never a code to be looked up whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

LICENCE_STATUS: Mapping[str, str] = {
    "A": "正常",
    "B": "超分",
    "C": "转出",
    "D": "暂扣",
    "E": "撤销",
    "F": "吊销",
    "G": "注销",
    "H": "违法未处理",
    "I": "事故未处理",
    "J": "停止使用",
    "K": "扣押",
    "L": "锁定",
    "M": "逾期未换证",
    "N": "延期换证",
    "P": "延期体检",
    "R": "注销可恢复",
}
"""Letters of a driving licence's status, as the police's own tables word them."""

MAY_NOT_DRIVE = frozenset("BDEFGJKMR")
"""Letters with which nobody may drive: full points, detained, suspended, out of date (实施条例 Art. 28), or a
licence that was revoked, withdrawn or cancelled and so is none (道路交通安全法 Art. 19).
"""

VEHICLE_STATUS: Mapping[str, str] = {
    "A": "正常",
    "B": "转出",
    "C": "被盗抢",
    "D": "停驶",
    "E": "注销",
    "F": "违法未处理",
    "G": "海关监管",
    "H": "事故未处理",
    "I": "嫌疑车",
    "J": "查封",
    "K": "暂扣",
    "M": "强制注销",
    "N": "事故逃逸",
    "O": "锁定",
}
"""Letters of a vehicle's status."""

NOT_ON_THE_ROAD = frozenset("DEKM")
"""Letters of vehicles that have no business on the road: laid up, cancelled, detained."""


class SilentCode(StrEnum):
    """What only the seat that holds the call and supervisors may learn, without a sound."""

    STOLEN = "stolen"
    SUSPECT = "suspect"
    HIT_AND_RUN = "hit-and-run"
    WANTED = "wanted"


SILENT_LETTERS: Mapping[str, SilentCode] = {
    "C": SilentCode.STOLEN,
    "I": SilentCode.SUSPECT,
    "N": SilentCode.HIT_AND_RUN,
}
"""Letters of a vehicle's status that never stand in a check."""

PLATE_KINDS: Mapping[str, str] = {
    "01": "大型汽车",
    "02": "小型汽车",
    "03": "使馆汽车",
    "04": "领馆汽车",
    "05": "境外汽车",
    "06": "外籍汽车",
    "07": "普通摩托车",
    "08": "轻便摩托车",
    "13": "低速车",
    "14": "拖拉机",
    "15": "挂车",
    "16": "教练汽车",
    "17": "教练摩托车",
    "22": "临时行驶车",
    "23": "警用汽车",
    "24": "警用摩托车",
    "26": "香港入出境车",
    "27": "澳门入出境车",
    "31": "武警号牌",
    "32": "军队号牌",
    "51": "大型新能源汽车",
    "52": "小型新能源汽车",
    "99": "其他",
}
"""Kinds of plates in use (号牌种类, GA/T 16.7). A plate's text is unique only within its kind."""


@dataclass(frozen=True, kw_only=True)
class PersonRecord:
    """A person; ``wanted`` is a silent code."""

    id_number: str
    name: str
    sex: str
    birth_date: date
    address: str
    wanted: bool = False


@dataclass(frozen=True, kw_only=True)
class LicenceRecord:
    """A driving licence; its number is its holder's identity number. ``valid_to`` is ``None`` for 长期."""

    licence_number: str
    name: str
    classes: tuple[str, ...]
    status: str
    first_issue_date: date
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class VehicleRecord:
    """A vehicle, known by plate and kind of plate. ``inspected_until`` is the last day of its inspection."""

    plate: str
    plate_kind: str
    vehicle_type: str
    use_nature: str
    colour: str
    model: str
    vin: str
    engine_number: str
    owner: str
    register_date: date
    inspected_until: date
    status: str


@dataclass(frozen=True, kw_only=True)
class PolicyRecord:
    """A compulsory policy (交强险). In force from ``valid_from`` up to, not at, ``valid_to``."""

    policy_number: str
    plate: str
    plate_kind: str
    insurer: str
    insured: str
    claim_phone: str
    valid_from: datetime
    valid_to: datetime


def letters(status: str) -> frozenset[str]:
    """Return the letters of a combined status."""
    return frozenset(status.strip().upper())


def open_letters(vehicle: VehicleRecord) -> str:
    """Return the letters of a vehicle's status that may be shown, in order."""
    return "".join(sorted(letters(vehicle.status) - SILENT_LETTERS.keys()))


def silent_codes(person: PersonRecord | None, vehicle: VehicleRecord | None) -> tuple[SilentCode, ...]:
    """Return the silent codes of a person and a vehicle."""
    of_vehicle = letters(vehicle.status) if vehicle is not None else frozenset()
    found = tuple(code for letter, code in SILENT_LETTERS.items() if letter in of_vehicle)
    return (*found, SilentCode.WANTED) if person is not None and person.wanted else found
