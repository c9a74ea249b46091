"""The only door between JSON and values. Nothing else in the project, the service aside, knows pydantic."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from pydantic import Discriminator, TypeAdapter, ValidationError

TAGGED: Final = Discriminator("type")
"""Put beside a union in ``Annotated`` to tell its members apart by their literal ``type``."""


class DecodeError(ValueError):
    """Bytes that are no value of the wanted type. The message names places and reasons, never contents."""


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def encode(value: object, kind: Any = None) -> bytes:
    """Return ``value`` as UTF-8 JSON; ``kind`` is needed where the type of the value is a union."""
    wanted: Any = type(value) if kind is None else kind
    return _adapter(wanted).dump_json(value)


_OWN_WORDS: Final = frozenset({"value_error", "assertion_error"})
"""Reasons whose words are those of a check of ours, which may repeat what was given."""


def _reason(item: Any) -> str:
    return str(item["type"] if item["type"] in _OWN_WORDS else item["msg"])


def decode(kind: Any, data: bytes | str) -> Any:
    """Return the value of type ``kind`` that ``data`` holds; raise ``DecodeError`` when it holds none."""
    try:
        return _adapter(kind).validate_json(data)
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(str(part) for part in item['loc']) or 'value'}: {_reason(item)}"
            for item in error.errors(include_input=False, include_url=False, include_context=False)[:5]
        )
        raise DecodeError(places) from None
