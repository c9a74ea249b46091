"""Tiles from a map service elsewhere (WMTS or XYZ addresses); its key stays here and never goes to a desk.

Nothing it says is taken on trust: an answer counts when it comes in time, is small, says that it is a picture
and is one. A service that fails is left alone for a while, so that a slow one cannot hold up what else runs
here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO

import requests
from PIL import Image
from urllib3.exceptions import HTTPError

from console.domain.errors import DomainError
from console.domain.tiles import TileAddress
from console.service.maps.source import MEDIA_TYPES, Extent, Mode, Tile, checked

log = logging.getLogger(__name__)

CONNECT_S = 3.05
LARGEST_TILE_BYTES = 1 << 20
CHUNK_BYTES = 1 << 14
AT_ONCE, WAIT_S = 4, 1.0
"""Requests under way at once, and how long one more waits for its turn."""
KEPT_TILES, KEPT_S = 2048, 24 * 3600.0
ABSENT = frozenset({204, 404, 410})
"""Answers by which a map service says that it has no such tile."""


class Upstream:
    """Fetches the layers of a tile, lays them on one another and keeps the outcome for a day.

    Addresses hold ``{z}``, ``{x}``, ``{y}``, and may hold ``{s}`` (one of ``subdomains``) and ``{key}``.
    """

    def __init__(
        self,
        layers: Mapping[Mode, Sequence[str]],
        extent: Extent,
        *,
        key: str = "",
        subdomains: str = "",
        verify: bool | str = True,
        patience_s: float = 4.0,
        rest_s: float = 10.0,
    ) -> None:
        """``verify`` is as in requests: the system's authorities, or a PEM file.

        ``patience_s`` is the longest an answer may take, ``rest_s`` how long a service that failed is left
        alone.
        """
        self.extent = extent
        self._layers = layers
        self._key = key
        self._subdomains = subdomains
        self._verify = verify
        self._patience_s = patience_s
        self._rest_s = rest_s
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._resting_until = 0.0
        self._kept = lru_cache(maxsize=KEPT_TILES)(self._composed)

    def tile(self, mode: Mode, address: TileAddress) -> Tile:
        """Return the tile; raise ``tile-missing`` or, on any trouble, ``tile-unavailable``."""
        return self._kept(mode, address, int(time.time() / KEPT_S))

    def _composed(self, mode: Mode, address: TileAddress, _day: int) -> Tile:
        layers = [self._fetch(self._address(layer, address)) for layer in self._layers[mode]]
        if len(layers) == 1:
            return layers[0]
        pictures = [Image.open(BytesIO(layer.content)).convert("RGBA") for layer in layers]
        ground = pictures[0]
        for above in pictures[1:]:
            ground.alpha_composite(above.resize(ground.size))
        content = BytesIO()
        ground.convert("RGB").save(content, "PNG")
        return Tile(content=content.getvalue(), media_type="image/png")

    def _address(self, layer: str, address: TileAddress) -> str:
        at = (address.x + address.y) % max(1, len(self._subdomains))
        return layer.format(
            z=address.zoom,
            x=address.x,
            y=address.y,
            s=self._subdomains[at : at + 1],
            key=self._key,
        )

    def _fetch(self, address: str) -> Tile:
        if time.monotonic() < self._resting_until or not self._turns.acquire(timeout=WAIT_S):
            raise DomainError("tile-unavailable")
        try:
            return checked(self._read(address))
        except DomainError as refusal:
            if refusal.code == "tile-unavailable":
                self._rest("unusable answer")
            raise
        except (requests.RequestException, HTTPError) as error:
            self._rest(type(error).__name__)  # its text would hold the address and with it the key
            raise DomainError("tile-unavailable") from None
        finally:
            self._turns.release()

    def _rest(self, reason: str) -> None:
        self._resting_until = time.monotonic() + self._rest_s
        log.warning("the map service failed and is left alone for a while", extra={"data": {"why": reason}})

    def _read(self, address: str) -> bytes:
        deadline = time.monotonic() + self._patience_s
        with requests.get(
            address,
            timeout=(CONNECT_S, self._patience_s),
            verify=self._verify,
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.status_code in ABSENT:
                raise DomainError("tile-missing")
            kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if answer.status_code != 200 or kind not in MEDIA_TYPES.values():
                raise DomainError("tile-unavailable")
            content = bytearray()
            while chunk := answer.raw.read1(CHUNK_BYTES, decode_content=True):
                content += chunk
                if len(content) > LARGEST_TILE_BYTES or time.monotonic() > deadline:
                    raise DomainError("tile-unavailable")
        return bytes(content)
