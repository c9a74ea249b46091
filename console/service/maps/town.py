"""The embedded map: draws the tiles of a GeoJSON file when they are asked for.

Properties: ``kind`` (``road``, ``building``, ``water``, ``park``, ``plaza``, ``landmark``), ``name``, and for
roads ``rank`` (``main``, ``secondary``, ``minor``). Coordinates are WGS-84.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from shapely import STRtree, box
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from console.contract.codec import decode
from console.domain.errors import DomainError
from console.domain.geo import Datum
from console.domain.tiles import TILE_PX, TileAddress
from console.service.maps.geometry import Feature, read_features
from console.service.maps.source import Extent, Mode, Tile

FINE = 2
"""Shapes are drawn so many times larger and scaled down, which smooths their edges."""
KEPT_TILES = 1024
MIN_ZOOM, MAX_ZOOM = 12, 19
FROM_ZOOM = {"building": 15, "landmark": 15, "minor": 14}
LABEL_PX, LABEL_APART_PX, LABEL_REACH_PX, LANDMARK_ROOM_PX = 13, 240, 180, 64
GROUND = ("water", "park", "plaza", "building")
RANKS = ("minor", "secondary", "main")
ROAD_M = {"minor": 9.0, "secondary": 17.0, "main": 24.0}
LEAST_PX = {"minor": 1.0, "secondary": 2.0, "main": 3.0}


class Town:
    """Draws tiles in the colours of ``styles``; those drawn last are kept."""

    def __init__(self, file: Path, styles: Path, font: Path) -> None:
        collection = json.loads(file.read_text("utf-8"))
        west, south, east, north = collection["bbox"]
        self.extent = Extent(
            attribution=collection["name"],
            datum=Datum.WGS84,
            min_zoom=MIN_ZOOM,
            max_zoom=MAX_ZOOM,
            west=west,
            south=south,
            east=east,
            north=north,
        )
        self._styles: Mapping[str, Mapping[str, str]] = decode(dict[str, dict[str, str]], styles.read_bytes())
        self.features = read_features(file)
        self._tree = STRtree([feature.geometry for feature in self.features])
        self._font = ImageFont.truetype(str(font), LABEL_PX)
        self._drawn = lru_cache(maxsize=KEPT_TILES)(self._draw)

    def tile(self, mode: Mode, address: TileAddress) -> Tile:
        """Return the tile as PNG."""
        content = self._drawn(mode, address)
        if not content:
            raise DomainError("tile-missing")
        return Tile(content=content, media_type="image/png")

    def _draw(self, mode: Mode, address: TileAddress) -> bytes:
        sheet = _Sheet(address, self._styles[mode], self._font)
        near = [self.features[at] for at in sorted(self._tree.query(sheet.reach))]
        if not near:
            return b""
        shown = [feature for feature in near if address.zoom >= _from_zoom(feature)]
        return sheet.draw(shown)


class _Sheet:
    """One tile while it is drawn."""

    def __init__(
        self, address: TileAddress, colours: Mapping[str, str], font: ImageFont.FreeTypeFont
    ) -> None:
        self._address = address
        self._colours = colours
        self._font = font
        self._side = TILE_PX * FINE
        self._picture = Image.new("RGB", (self._side, self._side), colours["ground"])
        self._pen = ImageDraw.Draw(self._picture)
        step, margin = 1 / (1 << address.zoom), LABEL_REACH_PX / TILE_PX
        self.reach = box(
            (address.x - margin) * step,
            (address.y - margin) * step,
            (address.x + 1 + margin) * step,
            (address.y + 1 + margin) * step,
        )

    def draw(self, features: list[Feature]) -> bytes:
        for kind in GROUND:
            for feature in features:
                if _kind(feature) == kind:
                    self._pen.polygon(self._pixels(feature.geometry), fill=self._colours[kind])
        roads = [f for rank in RANKS for f in features if _kind(f) == "road" and _rank(f) == rank]
        for feature in roads:
            self._road(feature, self._colours["casing"], extra_px=2 * FINE)
        for feature in roads:
            self._road(feature, self._colours[_rank(feature)], extra_px=0)
        self._picture = self._picture.resize((TILE_PX, TILE_PX), Image.Resampling.BOX)
        self._pen = ImageDraw.Draw(self._picture)
        landmarks = [feature for feature in features if _kind(feature) == "landmark"]
        for feature in roads:
            if feature.properties["name"]:
                self._road_names(feature, landmarks)
        for feature in landmarks:
            self._landmark(feature)
        content = BytesIO()
        self._picture.quantize(64, Image.Quantize.FASTOCTREE).save(content, "PNG")
        return content.getvalue()

    def _pixels(self, geometry: BaseGeometry) -> list[tuple[float, float]]:
        line = geometry if isinstance(geometry, LineString) else geometry.boundary
        side = (1 << self._address.zoom) * self._side
        left, top = self._address.x * self._side, self._address.y * self._side
        return [(x * side - left, y * side - top) for x, y in line.coords]

    def _road(self, feature: Feature, colour: str, extra_px: int) -> None:
        scale = (1 << self._address.zoom) * TILE_PX / feature.metres
        width = round(max(ROAD_M[_rank(feature)] * scale, LEAST_PX[_rank(feature)]) * FINE) + extra_px
        points = self._pixels(feature.geometry)
        self._pen.line(points, fill=colour, width=width, joint="curve")

    def _road_names(self, feature: Feature, landmarks: list[Feature]) -> None:
        """Names stand at fixed lengths of the road, so that those on the edge of two tiles meet.

        One that would lie on a landmark moves along the road.
        """
        side = (1 << self._address.zoom) * TILE_PX
        along = LABEL_APART_PX / 2
        while along < feature.geometry.length * side:
            spot = feature.geometry.interpolate(along / side)
            if any(spot.distance(landmark.geometry) * side < LANDMARK_ROOM_PX for landmark in landmarks):
                spot = feature.geometry.interpolate((along + LABEL_APART_PX / 3) / side)
            self._write(feature.properties["name"], spot.x * side, spot.y * side, self._colours["road_name"])
            along += LABEL_APART_PX

    def _landmark(self, feature: Feature) -> None:
        side = (1 << self._address.zoom) * TILE_PX
        spot = feature.geometry.centroid
        x, y = spot.x * side, spot.y * side
        left, top = x - self._address.x * TILE_PX, y - self._address.y * TILE_PX
        self._pen.ellipse((left - 3, top - 3, left + 3, top + 3), fill=self._colours["landmark"])
        self._write(feature.properties["name"], x, y + LABEL_PX, self._colours["landmark"])

    def _write(self, words: str, x: float, y: float, colour: str) -> None:
        """Write with the middle of the words at a pixel of the whole map."""
        at = (round(x) - self._address.x * TILE_PX, round(y) - self._address.y * TILE_PX)
        if not all(-LABEL_REACH_PX < place < TILE_PX + LABEL_REACH_PX for place in at):
            return
        self._pen.text(
            at,
            words,
            fill=colour,
            font=self._font,
            anchor="mm",
            stroke_width=2,
            stroke_fill=self._colours["halo"],
        )


def _kind(feature: Feature) -> str:
    return str(feature.properties["kind"])


def _rank(feature: Feature) -> str:
    return str(feature.properties.get("rank", ""))


def _from_zoom(feature: Feature) -> int:
    return FROM_ZOOM.get(_rank(feature) or _kind(feature), MIN_ZOOM)
