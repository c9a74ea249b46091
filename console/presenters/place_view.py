"""What the place panel says: where the position comes from, whose it is, what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from console.contract.desk_api import MapAccess
from console.domain.geo import POSSIBLE, Coordinates, Datum, Position, distance_m
from console.domain.incident import Incident
from console.domain.place import Whereabouts
from console.presenters.desk import clock_words
from console.presenters.words import DATUM, tr
from widgets.chip import ChipState
from widgets.keycap import cap_text
from widgets.map_view import MapState, Spot, TileServer
from widgets.place_panel import PlaceLine, PlaceState

APART_M = 1.0
"""Closer than this two places are the same."""
_TOWARDS: Mapping[str, float] = {"北": 0.0, "东": 90.0, "南": 180.0, "西": 270.0}
_DIRECTION = re.compile(r"由([东南西北])[向往]([东南西北])")


@dataclass(frozen=True, kw_only=True)
class PlaceView:
    """Everything the panel is made of.

    ``pin`` is what the desk set, typed or stored, ``waiting`` whether the service has yet to say what lies
    there. ``reading`` is the system that the person chose for the phone's fix. ``drawn`` tells whether the
    map has tiles there; ``None`` while nobody knows.
    """

    incident: Incident
    road: str
    landmark: str
    pin: Position | None
    by_hand: bool
    waiting: bool
    reading: Datum | None
    moving: bool
    access: MapAccess | None
    server: TileServer | None
    drawn: bool | None

    @property
    def fix(self) -> Position | None:
        """The phone's newest fix."""
        return self.incident.fix

    @property
    def doubtful(self) -> bool:
        """Whether the place rests on a fix of which nobody has said how it is meant."""
        fix = self.fix
        return self.pin is None and fix is not None and fix.datum is Datum.UNKNOWN and self.reading is None

    @property
    def place(self) -> Coordinates | None:
        """Where the pin stands: as set, else the fix as it is read."""
        return self.pin.coordinates if self.pin is not None else self.fix_as_read

    @property
    def fix_as_read(self) -> Coordinates | None:
        """The fix in the chosen system, else as stated, else in the likelier of the possible ones."""
        if self.fix is None:
            return None
        stated = self.fix.readings[0]
        chosen = self.reading or stated.datum
        return Coordinates(longitude=stated.longitude, latitude=stated.latitude, datum=chosen)

    @property
    def other(self) -> Coordinates | None:
        """A second place that may be meant: the fix in another system, or a fix away from the pin."""
        place, fix = self.place, self.fix
        if place is None or fix is None:
            return None
        if self.pin is not None:
            candidates = fix.readings if self.reading is None else (self.fix_as_read,)
        else:
            candidates = fix.readings
        apart = (c for c in candidates if c is not None and distance_m(place, c) > APART_M)
        return next(apart, None)

    def state(self) -> PlaceState:
        """Return the panel's state."""
        fix = self.fix
        return PlaceState(
            road=self.road,
            landmark=self.landmark,
            accuracy=self._accuracy(),
            datum=self._datum(),
            lines=tuple(line for line in (self._origin(), self._unit(), self._warning()) if line.words),
            map=self._map(),
            adopt_blocked="" if fix is not None else tr("手机还没有报位置"),
            moving=self.moving,
            datum_key=self.reading is not None or self.doubtful,
        )

    def next_reading(self) -> Datum:
        """Return the system in which the fix is read after one more press of the key."""
        systems = (*POSSIBLE, Datum.BD09)
        read = self.fix_as_read
        if self.reading is None and self.fix is not None and self.fix.datum is Datum.UNKNOWN:
            return systems[0]
        at = systems.index(read.datum) if read is not None and read.datum in systems else 0
        return systems[(at + 1) % len(systems)]

    def _accuracy(self) -> ChipState:
        if self.pin is not None and self.by_hand:
            return ChipState(tr("人工图钉"), "none", "move")
        position = self.pin or self.fix
        if position is None:
            return ChipState(tr("没有定位"), "unknown", "crosshair")
        return ChipState(f"{tr('精度')} {position.accuracy_m:.0f} m", "none", "crosshair")

    def _datum(self) -> ChipState:
        if self.pin is not None:
            who = tr("对端声明") if self.pin.stated_by == "party" else tr("本席选定")
            return ChipState(f"{tr(DATUM[self.pin.datum])} · {who}", "info", "layers")
        fix = self.fix
        if fix is None or self.doubtful:
            return ChipState(tr("坐标系未知"), "unknown" if fix is None else "warn", "layers")
        if self.reading is not None and self.reading is not fix.datum:
            return ChipState(f"{tr(DATUM[self.reading])} · {tr('本席选定')}", "warn", "layers")
        return ChipState(f"{tr(DATUM[fix.datum])} · {tr('对端声明')}", "info", "layers")

    def _origin(self) -> PlaceLine:
        if self.pin is not None:
            at = clock_words(self.pin.fixed_at)
            if self.by_hand:
                return PlaceLine(f"{tr('人工移图钉')} {at}", icon="move")
            return PlaceLine(f"{tr('手机定位')} {at} · {tr('已采用')}", icon="navigation")
        if self.fix is None:
            return PlaceLine(tr("手机还没有报位置"), icon="navigation")
        return PlaceLine(
            f"{tr('手机定位')} {clock_words(self.fix.fixed_at)} · {tr('未采用')}", icon="navigation"
        )

    def _found(self) -> Whereabouts | None:
        """What the service found for the place as it is read here."""
        place = self.place
        if place is None or self.waiting:
            return None
        return next((w for w in self.incident.whereabouts if w.datum is place.datum), None)

    def _unit(self) -> PlaceLine:
        if self.place is None:
            return PlaceLine("")
        found = self._found()
        if found is None:
            words = (
                tr("管辖:等服务确认") if self.waiting or self.incident.whereabouts else tr("管辖:没有辖区图")
            )
            return PlaceLine(words, icon="shield-check")
        if not found.unit:
            return PlaceLine(tr("管辖:不在任何辖区内"), "warn")
        if not found.served:
            return PlaceLine(tr("管辖:{unit},不归本中心").format(unit=found.unit), "warn")
        words = tr("管辖:{unit}").format(unit=found.unit)
        if self.doubtful:
            words += " " + tr("(按 {datum})").format(datum=tr(DATUM[found.datum]))
        return PlaceLine(words, icon="shield-check")

    def _warning(self) -> PlaceLine:
        if self.doubtful:
            return PlaceLine(datum_unknown(), "warn")
        found = self._found()
        position = self.pin or self.fix
        if found is None or position is None or not found.off_road(position.accuracy_m):
            return PlaceLine("")
        if not found.road:
            return PlaceLine(tr("不在路上:附近没有路"), "warn")
        words = tr("不在路上:离{road} {metres} m")
        return PlaceLine(words.format(road=found.road, metres=f"{found.road_m:.0f}"), "warn")

    def _other_words(self) -> str:
        place, other = self.place, self.other
        if place is None or other is None:
            return ""
        apart = f"{distance_m(place, other):.0f} m"
        if self.pin is not None:
            return tr("手机定位离图钉 {apart}").format(apart=apart)
        words = tr("{datum} 相差 {apart}").format(datum=tr(DATUM[other.datum]), apart=apart)
        if len({found.unit for found in self.incident.whereabouts}) > 1:
            words += "," + tr("跨大队")
        return words

    def _map(self) -> MapState:
        place, position = self.place, self.pin or self.fix
        coordinates = "" if place is None else f"{place.longitude:.6f}, {place.latitude:.6f}"
        missing = ""
        if self.server is None:
            missing = tr("没有地图")
        elif self.drawn is False:
            missing = tr("离线地图无此处")
        return MapState(
            subject=self.incident.id,
            server=self.server,
            pin=self._spot(place),
            settled=self.pin is not None,
            accuracy_m=0.0 if position is None else position.accuracy_m,
            heading=heading(self.road),
            other=self._spot(self.other),
            other_words=self._other_words(),
            missing=f"{missing} · {coordinates}" if missing and coordinates else missing,
            moving=tr("方向键移 5 米,点图放到该处,{key} 结束").format(key=cap_text("P", "place"))
            if self.moving
            else "",
            name=tr("地图, 图钉在 {coordinates}").format(coordinates=coordinates or tr("无")),
        )

    def _spot(self, point: Coordinates | None) -> Spot | None:
        if point is None:
            return None
        shown = point.to(Datum.WGS84 if self.access is None else self.access.datum)
        return Spot(shown.longitude, shown.latitude)


def heading(road: str) -> float | None:
    """Return the direction of travel (degrees from north) that the words say, such as 由东向西."""
    said = _DIRECTION.search(road)
    return None if said is None else _TOWARDS[said[2]]


def datum_unknown() -> str:
    """Return what is to be done first where nobody knows in which system a fix is meant."""
    return tr("坐标系未知:按 {key} 选定,再采用或移图钉").format(key=cap_text("D", "place"))
