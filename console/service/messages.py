"""Words of the SMS to parties, and the port through which they leave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Protocol

from console.contract.codec import decode
from console.domain.ids import MessageId

ONE_PART = 70
LATER_PART = 67
"""Characters (UTF-16 units) of a message in one part, and of each part of a longer one (3GPP TS 23.040)."""

_NUMBER = re.compile(r"\d{6,}[0-9Xx]|[\u4e00-\u9fff][A-Z][·.]?[A-Z0-9]{5,6}")


@dataclass(frozen=True, kw_only=True)
class Templates:
    """Versioned texts by name."""

    version: str
    templates: Mapping[str, str]

    def text(self, name: str, words: Mapping[str, str]) -> str:
        """Return template ``name`` with ``words`` filled in; raise ``KeyError`` for a missing one.

        Identity numbers, phone numbers and plates in the words become ``***`` (domain.md 1.6): some of them
        are typed by people.
        """
        hidden = {key: _NUMBER.sub("***", word) for key, word in words.items()}
        return Template(self.templates[name]).substitute(hidden)


def load_templates(file: Path) -> Templates:
    """Read the templates; raise ``ValueError`` for a wrong file."""
    templates: Templates = decode(Templates, file.read_bytes())
    return templates


def parts(text: str) -> int:
    """Return how many SMS ``text`` takes."""
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= ONE_PART else -(-units // LATER_PART)


class GatewayUnavailable(Exception):
    """The gateway did not take the message now; nothing personal stands in the words."""


class SmsGateway(Protocol):
    """Sends SMS. A return is the gateway's word that the message was sent."""

    def send(self, message_id: MessageId, phone: str, text: str, /) -> None:
        """Send once per ``message_id``, however often it is asked; raise ``GatewayUnavailable``."""
        ...


class TrainingGateway:
    """Sends nothing and says it did; the party's page shows what would have arrived."""

    def send(self, _message_id: MessageId, _phone: str, _text: str, /) -> None:
        """Take the message."""


class NoGateway:
    """Stands where no gateway is configured: messages wait in the outbox."""

    def send(self, _message_id: MessageId, _phone: str, _text: str, /) -> None:
        """Refuse the message."""
        raise GatewayUnavailable("no gateway is configured")
