"""Where media may flow: the addresses a party may name and the servers that help to reach it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

TRAINING_NETWORKS = (
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "192.0.2.0/24",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)
"""Loopback, private, link-local and documentation networks: the only ones a training call may use."""


@dataclass(frozen=True)
class AddressPolicy:
    """Networks (CIDR) that a party's ICE candidates may name; every other candidate is dropped."""

    networks: tuple[str, ...] = TRAINING_NETWORKS

    def allows(self, address: str) -> bool:
        """Tell whether a literal IP address is allowed; host names (``.local`` ones too) never are."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in ipaddress.ip_network(network) for network in self.networks)


@dataclass(frozen=True)
class IceServer:
    """One STUN or TURN server; aiortc uses the first of each kind."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


TRAINING_ADDRESSES = AddressPolicy()
"""The policy of every training call."""
