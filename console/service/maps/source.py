"""What every source of tiles is: an extent, and a picture for each address in it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Literal, Protocol

from PIL import Image, UnidentifiedImageError

from console.domain.errors import DomainError
from console.domain.geo import Datum
from console.domain.tiles import TILE_PX, TileAddress

Mode = Literal["dark", "light"]
MODES: tuple[Mode, ...] = ("dark", "light")

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
SIDES_PX = (TILE_PX, 2 * TILE_PX)
"""A tile for screens of high density has twice as many pixels a side."""


@dataclass(frozen=True, kw_only=True)
class Extent:
    """What a source shows: zooms, bounds in degrees of ``datum``, and the words that its owner asks for."""

    attribution: str
    datum: Datum
    min_zoom: int
    max_zoom: int
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One picture as it goes out."""

    content: bytes
    media_type: str


class TileSource(Protocol):
    """Gives tiles; called on worker threads, several at once."""

    extent: Extent

    def tile(self, mode: Mode, address: TileAddress) -> Tile:
        """Return a tile; raise ``tile-missing`` where there is none, ``tile-unavailable`` on trouble."""
        ...


def checked(content: bytes) -> Tile:
    """Return ``content`` as a tile if it is a whole picture of a tile's size; else ``tile-unavailable``."""
    try:
        with Image.open(BytesIO(content), formats=tuple(MEDIA_TYPES)) as picture:
            if picture.width != picture.height or picture.width not in SIDES_PX:
                raise DomainError("tile-unavailable")
            kind = picture.format or ""
            picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise DomainError("tile-unavailable") from None
    return Tile(content=content, media_type=MEDIA_TYPES[kind])
