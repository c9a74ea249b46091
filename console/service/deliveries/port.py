"""The port through which a channel's orders leave, and what every receipt must satisfy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from console.contract.delivery_api import Receipt
from console.domain.errors import DomainError
from console.domain.ids import DeliveryId
from console.service.bounds import bounded
from console.service.deliveries.signing import sha256

FOR_GOOD = frozenset({"refused", "not-configured"})
"""Reasons that no further try would change."""
CHANNEL_AWAY = frozenset({"timeout", "unreachable", "certificate"})
"""Reasons that would meet every other delivery of the channel just now."""


class NotDelivered(Exception):
    """The other side did not take the order, as far as is known.

    ``reason`` is one of ``console.service.outside.NoAnswer`` or ``wrong-answer`` or ``not-configured``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One order as it is sent: JSON, under the key that stays the same; ``tried`` before, perhaps taken."""

    id: DeliveryId
    body: bytes
    tried: bool


class Receiver(Protocol):
    """The other side of one channel. Methods block, within a bound, and may be called from any thread."""

    def deliver(self, parcel: Parcel, /) -> Receipt:
        """Hand it over; raise ``NotDelivered``."""
        ...

    def close(self) -> None:
        """Leave nothing open."""


def require_about(parcel: Parcel, receipt: Receipt) -> None:
    """Raise ``NotDelivered`` (``wrong-answer``) unless the receipt is for this very order.

    A receiver that says *taken before* of what was never sent before lies about idempotency.
    """
    try:
        bounded(receipt)
    except DomainError as error:
        raise NotDelivered("unreadable") from error
    same = receipt.delivery_id == parcel.id and receipt.body_sha256 == sha256(parcel.body)
    if not same or (receipt.repeated and not parcel.tried):
        raise NotDelivered("wrong-answer")
