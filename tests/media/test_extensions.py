"""What we change in aiortc and aioice still fits the pinned versions and does what it says."""

from __future__ import annotations

from importlib.metadata import version

import ifaddr
import pytest
from aioice import ice
from aiortc.codecs import vpx

from console.media.extensions.loopback import LOOPBACK, offer_loopback_when_offline
from console.media.extensions.phone_bitrate import use_phone_bitrate


def test_extensions_are_made_for_this_version() -> None:
    assert version("aiortc") == "1.16.0"


def test_loopback_is_offered_only_without_any_other_address(monkeypatch: pytest.MonkeyPatch) -> None:
    offer_loopback_when_offline()
    offer_loopback_when_offline()
    address = ifaddr.IP("10.1.2.3", 24, "eth0")
    local = ifaddr.IP(LOOPBACK, 8, "lo")
    for addresses, offered in (([local], [LOOPBACK]), ([local, address], ["10.1.2.3"])):
        adapter = ifaddr.Adapter("any", "any", addresses)
        monkeypatch.setattr(ifaddr, "get_adapters", lambda adapter=adapter: [adapter])
        assert ice.get_host_addresses(use_ipv4=True, use_ipv6=True) == offered


def test_phone_bitrate_reaches_the_encoder() -> None:
    use_phone_bitrate()
    encoder = vpx.Vp8Encoder()
    assert encoder.target_bitrate == 2_000_000
    encoder.target_bitrate = 9_000_000
    assert encoder.target_bitrate == 2_500_000
