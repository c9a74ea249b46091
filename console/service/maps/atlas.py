"""The map of one service: which source its settings name, and what lies where.

Settings are a TOML file, ``map.toml`` in the data folder; paths in it are relative to it. Without one a
training service has the embedded town and a live one has no map::

    source = "upstream"              # "town", "mbtiles" or "upstream"
    attribution = "天地图 · 审图号"   # as its owner asks for
    datum = "cgcs2000"               # system in which the tiles are drawn
    min_zoom = 3
    max_zoom = 18
    bounds = [73.0, 17.0, 136.0, 54.0]   # west, south, east, north in degrees
    areas = ""                       # police units as in a city's folder; left out: the city's own
    roads = "roads.geojson"          # lines with "kind" = "road", "name" and "road_type"

    [mbtiles]
    light = "light.mbtiles"
    dark = "dark.mbtiles"            # left out: the light one serves both

    [upstream]
    light = ["https://t{s}.example/{z}/{x}/{y}?tk={key}"]   # layers, lowest first
    dark = []                        # left out: the light ones serve both
    subdomains = "01234567"
    key_file = "map.key"             # readable by the service alone
    ca_file = ""                     # PEM to trust instead of the system's authorities
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

from console.contract.codec import decode, encode
from console.domain.errors import DomainError
from console.domain.geo import Datum, Position
from console.domain.place import Whereabouts
from console.domain.tiles import TileAddress
from console.service.maps.areas import Areas
from console.service.maps.geometry import read_features
from console.service.maps.mbtiles import MbTiles
from console.service.maps.source import Extent, Mode, Tile, TileSource
from console.service.maps.town import Town
from console.service.maps.upstream import Upstream

FILE = "map.toml"


@dataclass(frozen=True, kw_only=True)
class MbTilesFiles:
    """Where the databases lie; ``dark`` may be empty."""

    light: str
    dark: str = ""


@dataclass(frozen=True, kw_only=True)
class UpstreamAddresses:
    """Where the tiles of a service elsewhere are; ``dark`` may be empty."""

    light: tuple[str, ...]
    dark: tuple[str, ...] = ()
    subdomains: str = ""
    key_file: str = ""
    ca_file: str = ""


@dataclass(frozen=True, kw_only=True)
class MapSettings:
    """``map.toml``, as told at the head of this module."""

    source: Literal["town", "mbtiles", "upstream"]
    attribution: str = ""
    datum: Datum = Datum.WGS84
    min_zoom: int = 3
    max_zoom: int = 18
    bounds: tuple[float, float, float, float] = (-180.0, -85.0, 180.0, 85.0)
    areas: str = ""
    roads: str = ""
    mbtiles: MbTilesFiles | None = None
    upstream: UpstreamAddresses | None = None


class Atlas:
    """Tiles and areas of one service; a ``source`` of ``None`` is a service without tiles."""

    def __init__(self, source: TileSource | None, areas: Areas, edition: str) -> None:
        """``edition`` differs wherever the pictures may differ, so that no desk shows old ones."""
        self._source = source
        self._areas = areas
        self.edition = edition

    @property
    def extent(self) -> Extent:
        """What the map shows; raise ``no-map`` where there is none."""
        if self._source is None:
            raise DomainError("no-map")
        return self._source.extent

    def tile(self, mode: Mode, address: TileAddress) -> Tile:
        """Return a tile; raise ``no-map``, ``tile-missing`` or ``tile-unavailable``."""
        extent = self.extent
        if self._source is None or not extent.min_zoom <= address.zoom <= extent.max_zoom:
            raise DomainError("tile-missing")
        return self._source.tile(mode, address)

    def whereabouts(self, position: Position) -> tuple[Whereabouts, ...]:
        """Return what the map says of each reading of ``position``; empty where it knows no areas."""
        return self._areas.whereabouts(position)


def open_atlas(data: Path, resources: Path, *, training: bool, units: Path) -> Atlas:
    """Return the map that ``map.toml`` in ``data`` asks for.

    ``units`` are the areas of the city's police, where the settings name no others.

    Raises ``OSError`` or ``ValueError`` for settings that cannot be used: the service does not start then.
    """
    file = data / FILE
    if file.is_file():
        text = file.read_bytes()
        asked: MapSettings = decode(MapSettings, encode(tomllib.loads(text.decode()), dict))
        if asked.source != "town":
            return _configured(asked, data, units, text)
    elif not training:
        return Atlas(None, Areas(read_features(units), ()), "")
    town, edition = _embedded(resources)
    return Atlas(town, Areas(read_features(units), town.features), edition)


@cache
def _embedded(resources: Path) -> tuple[Town, str]:
    """Return the training town and its edition; read once in a process, since it never changes."""
    folder = resources / "map"
    font = resources / "fonts" / "NotoSansCJKsc-Regular.otf"
    drawing, styles = folder / "town.geojson", folder / "styles.json"
    return Town(drawing, styles, font), _edition(drawing.read_bytes(), styles.read_bytes())


def _configured(asked: MapSettings, data: Path, units: Path, text: bytes) -> Atlas:
    areas = Areas(
        read_features(data / asked.areas if asked.areas else units),
        read_features(data / asked.roads) if asked.roads else (),
    )
    west, south, east, north = asked.bounds
    extent = Extent(
        attribution=asked.attribution,
        datum=asked.datum,
        min_zoom=asked.min_zoom,
        max_zoom=asked.max_zoom,
        west=west,
        south=south,
        east=east,
        north=north,
    )
    if asked.datum is Datum.UNKNOWN:
        raise ValueError("map.toml: the datum of the tiles must be known")
    if asked.source == "mbtiles" and asked.mbtiles is not None:
        files = asked.mbtiles
        light = data / files.light
        dark = data / files.dark if files.dark else light
        times = "".join(str(file.stat().st_mtime_ns) for file in (light, dark))
        return Atlas(MbTiles({"light": light, "dark": dark}, extent), areas, _edition(text, times.encode()))
    if asked.source == "upstream" and asked.upstream is not None:
        far = asked.upstream
        source = Upstream(
            {"light": far.light, "dark": far.dark or far.light},
            extent,
            key=(data / far.key_file).read_text("utf-8").strip() if far.key_file else "",
            subdomains=far.subdomains,
            verify=str(data / far.ca_file) if far.ca_file else True,
        )
        return Atlas(source, areas, _edition(text))
    raise ValueError(f"map.toml: the table [{asked.source}] is missing")


def _edition(*parts: bytes) -> str:
    return sha256(b"".join(parts)).hexdigest()[:12]
