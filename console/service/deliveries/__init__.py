"""Receivers of the outbox behind one port: embedded ones for training, a city's own over signed HTTP.

Which systems a service delivers to stands in ``deliveries.toml`` in its data folder; paths in it are relative
to that. A channel that is not named is embedded in training, and in a live service there is none::

    [sms]                            # sms, push, insurer, dispatch, registry
    url = "https://sms.example"      # paths are those of console/contract/delivery.openapi.json
    key_file = "sms.key"             # the shared key, at least 32 bytes, readable by the service alone
    ca_file = ""                     # PEM to trust instead of the system's authorities
    seconds = 8.0                    # the longest that one try may take
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.contract.codec import DecodeError, decode, encode
from console.domain.delivery import Channel
from console.service.deliveries.over_http import HttpReceiver
from console.service.deliveries.port import Receiver
from console.service.deliveries.signing import SHORTEST_KEY
from console.service.deliveries.training import NoReceiver, TrainingReceiver
from console.service.outside import require_address

FILE = "deliveries.toml"
LONGEST_SECONDS = 20.0
"""A try must end well before its claim does (``console.service.outbox.CLAIM``)."""


@dataclass(frozen=True, kw_only=True)
class _Address:
    url: str
    key_file: str
    ca_file: str = ""
    seconds: float = 8.0


def open_receivers(data: Path, clock: Callable[[], datetime], *, training: bool) -> dict[Channel, Receiver]:
    """Return the receiver of every channel; raise ``ValueError`` that names the place for a wrong file."""
    named = _addresses(data / FILE)
    return {
        channel: _far(data, channel, named[channel], clock, training=training)
        if channel in named
        else (TrainingReceiver(channel, clock) if training else NoReceiver())
        for channel in Channel
    }


def _addresses(file: Path) -> Mapping[Channel, _Address]:
    if not file.is_file():
        return {}
    try:
        told = tomllib.loads(file.read_text("utf-8"))
        named: Mapping[Channel, _Address] = decode(dict[Channel, _Address], encode(told, dict))
    except (DecodeError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{file.name}: {error}") from None
    return named


def _far(
    data: Path, channel: Channel, to: _Address, clock: Callable[[], datetime], *, training: bool
) -> Receiver:
    where = f"{FILE}: [{channel}]"
    require_address(to.url, where, training=training)
    if not 0 < to.seconds <= LONGEST_SECONDS:
        raise ValueError(f"{where} seconds must be above 0 and at most {LONGEST_SECONDS:g}")
    key, ca = data / to.key_file, data / to.ca_file
    if not key.is_file():
        raise ValueError(f"{where} key_file: there is no file {to.key_file!r}")
    if to.ca_file and not ca.is_file():
        raise ValueError(f"{where} ca_file: there is no file {to.ca_file!r}")
    secret = key.read_bytes().strip()
    if len(secret) < SHORTEST_KEY:
        raise ValueError(f"{where} key_file: the key needs at least {SHORTEST_KEY} bytes")
    return HttpReceiver(
        channel, to.url, key=secret, ca=ca if to.ca_file else None, limit_s=to.seconds, clock=clock
    )
