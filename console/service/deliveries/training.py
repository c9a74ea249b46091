"""The embedded receivers: take every order and do nothing outside this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from console.contract.codec import DecodeError, decode
from console.contract.delivery_api import ORDERS, Receipt
from console.domain.delivery import Channel
from console.domain.ids import DeliveryId
from console.service.deliveries.port import NotDelivered, Parcel
from console.service.deliveries.signing import sha256

REFERENCE = {
    Channel.SMS: "训练短信",
    Channel.PUSH: "训练推送",
    Channel.INSURER: "训练报案",
    Channel.DISPATCH: "训练警单",
    Channel.REGISTRY: "训练备案",
}


class TrainingReceiver:
    """Takes an order once a key and says so again; the reference follows from the key.

    What was taken is remembered while the process lives; an order under a key used for another is refused.
    """

    def __init__(self, channel: Channel, clock: Callable[[], datetime]) -> None:
        self._channel = channel
        self._clock = clock
        self._taken: dict[DeliveryId, Receipt] = {}
        self._lock = threading.Lock()

    def deliver(self, parcel: Parcel, /) -> Receipt:
        """Take it; raise ``NotDelivered`` (``refused``) for what is no order of this channel."""
        try:
            decode(ORDERS[self._channel], parcel.body)
        except DecodeError as error:
            raise NotDelivered("refused") from error
        digest = sha256(parcel.body)
        with self._lock:
            known = self._taken.get(parcel.id)
            if known is None:
                taken = Receipt(
                    delivery_id=parcel.id,
                    body_sha256=digest,
                    taken_at=self._clock(),
                    repeated=False,
                    reference=f"{REFERENCE[self._channel]}{parcel.id[:8].upper()}",
                )
                self._taken[parcel.id] = replace(taken, repeated=True)
                return taken
        if known.body_sha256 != digest:
            raise NotDelivered("refused")
        return known

    def close(self) -> None:
        """Nothing is open."""


class NoReceiver:
    """Stands where no receiver is configured."""

    def deliver(self, _parcel: Parcel, /) -> Receipt:
        """Refuse."""
        raise NotDelivered("not-configured")

    def close(self) -> None:
        """Nothing is open."""
