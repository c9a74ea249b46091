"""Limits of what a request may say, checked before anything is looked up or stored."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import MAXYEAR, date, datetime

from console.contract.desk_api import CreateLink
from console.contract.join_api import CreateJoinCode
from console.domain.errors import DomainError
from console.domain.party import PartyDetails

SHORT_TEXT = 200
"""Characters of a text that has no limit of its own."""
STATEMENT = 2_000
"""Characters of each part of what a party writes on its page."""
LONG_TEXT = 20_000
"""Characters of notes and statements."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Controls that no person types and no document can show."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""They turn the direction of reading, so that a line would show something else than it says. Scripts that
are written from right to left do without them.
"""
_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp"})
"""Categories of characters that show nothing."""
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing either."""
_LARGEST = (1 << 63) - 1
"""The largest whole number that a database holds."""
_FICTIONAL_PHONE = re.compile(r"100\d{8}")
_PHONE = re.compile(r"\+?\d{3,15}")


def bounded(value: object, **limits: int) -> None:
    """Check every text, number and moment inside ``value``, however deep.

    Texts hold at most ``SHORT_TEXT`` characters, those of fields named in ``limits`` as many as said there;
    none holds a control, half a surrogate pair or what turns the direction of reading, and none looks empty
    without being so: a reason that nobody sees is none. Whole numbers have 63 bits. Moments are aware and can
    be told in every zone. Raises ``text-too-long`` and ``invalid-request``.
    """
    _check(value, "value", limits)


def _check(value: object, name: str, limits: dict[str, int]) -> None:
    if isinstance(value, str):
        if len(value) > limits.get(name, SHORT_TEXT):
            raise DomainError("text-too-long", field=name, limit=limits.get(name, SHORT_TEXT))
        if _CONTROL.search(value) or not _is_unicode(value):
            raise DomainError("invalid-request", places=f"{name}: string_unicode")
        if _TURNING.search(value) or (value.strip() and all(map(_is_unseen, value))):
            raise DomainError("invalid-request", places=f"{name}: unseen")
    elif isinstance(value, int) and abs(value) > _LARGEST:
        raise DomainError("invalid-request", places=f"{name}: too_large")
    elif isinstance(value, datetime) and value.tzinfo is None:
        raise DomainError("invalid-request", places=f"{name}: timezone_aware")
    elif isinstance(value, date) and not 1 < value.year < MAXYEAR:  # no room to say it in another zone
        raise DomainError("invalid-request", places=f"{name}: date_range")
    elif is_dataclass(value):
        for item in fields(value):
            _check(getattr(value, item.name), item.name, limits)
    elif isinstance(value, tuple):
        if len(value) > SHORT_TEXT:
            raise DomainError("invalid-request", places=f"{name}: too_long")
        for item in value:
            _check(item, name, limits)


def _is_unseen(character: str) -> bool:
    return character.isspace() or character in _FILLERS or unicodedata.category(character) in _UNSEEN


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # JSON may escape half of a surrogate pair
        return False
    return True


def require_right_data(details: PartyDetails | CreateLink | CreateJoinCode, *, training: bool) -> None:
    """Keep fictional and real people apart: phones beginning 100 and plates with 测 are training's alone.

    Raises ``fictional-data-only`` in training, ``fictional-data`` outside, ``invalid-request`` for no phone.
    """
    plate = details.plate if isinstance(details, PartyDetails) else ""
    if details.phone and not _PHONE.fullmatch(details.phone):
        raise DomainError("invalid-request", places="phone: pattern")
    for field, text, fictional in (
        ("phone", details.phone, bool(_FICTIONAL_PHONE.fullmatch(details.phone))),
        ("plate", plate, "测" in plate),
    ):
        if text and fictional is not training:
            raise DomainError("fictional-data-only" if training else "fictional-data", field=field)
