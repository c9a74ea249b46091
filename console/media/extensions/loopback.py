"""Lets two peers on a machine without any network find each other.

Touches ``aioice.ice.get_host_addresses``, which leaves out 127.0.0.1: on a laptop that is offline there would
be no candidate at all, and a training call between processes of one machine could not be made.
"""

from __future__ import annotations

from collections.abc import Callable

from aioice import ice

LOOPBACK = "127.0.0.1"


def offer_loopback_when_offline() -> None:
    """Offer 127.0.0.1 where, and only where, the machine has no other address; may be called again."""
    if not isinstance(ice.get_host_addresses, _WithLoopback):
        ice.get_host_addresses = _WithLoopback(ice.get_host_addresses)


class _WithLoopback:
    """The original function with a fallback."""

    def __init__(self, original: Callable[[bool, bool], list[str]]) -> None:
        self._original = original

    def __call__(self, use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return self._original(use_ipv4, use_ipv6) or [LOOPBACK]
