"""One channel's receiver over HTTP, signed both ways, as ``console.contract.delivery_api`` has it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from console.contract.codec import DecodeError, decode
from console.contract.delivery_api import PATHS, Receipt
from console.domain.delivery import Channel
from console.domain.ids import new_id
from console.service.deliveries.port import NotDelivered, Parcel, require_about
from console.service.deliveries.signing import BadSignature, request_headers, require_answer
from console.service.outside import NoAnswer, Outside


class HttpReceiver:
    """Hands orders of ``channel`` over at ``base_url``; each try takes ``limit_s`` seconds at most."""

    def __init__(
        self,
        channel: Channel,
        base_url: str,
        *,
        key: bytes,
        ca: Path | None,
        limit_s: float,
        clock: Callable[[], datetime],
    ) -> None:
        self._outside = Outside(base_url, ca=ca)
        self._path = PATHS[channel]
        self._signed_path = urlsplit(self._outside.address(self._path)).path
        self._key = key
        self._limit_s = limit_s
        self._clock = clock

    def deliver(self, parcel: Parcel, /) -> Receipt:
        """Send it once and check the receipt; raise ``NotDelivered``."""
        nonce = new_id()
        headers = request_headers(self._key, self._signed_path, parcel.id, parcel.body, self._clock(), nonce)
        try:
            answer = self._outside.post(self._path, parcel.body, headers, time.monotonic() + self._limit_s)
            require_answer(self._key, nonce, 200, answer.headers, answer.body)
            receipt: Receipt = decode(Receipt, answer.body)
        except NoAnswer as error:
            raise NotDelivered(error.reason) from error
        except BadSignature:
            raise NotDelivered("wrong-answer") from None
        except DecodeError:
            raise NotDelivered("unreadable") from None
        require_about(parcel, receipt)
        return receipt

    def close(self) -> None:
        """Close every connection."""
        self._outside.close()
