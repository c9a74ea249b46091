"""The place: words, the phone's fix, the pin that somebody sets, and the map below them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from console.contract.desk_api import DescribePlace, MapAccess, PinPlace
from console.domain.geo import Coordinates, Datum, Position
from console.domain.ids import IncidentId
from console.domain.incident import Incident
from console.domain.tiles import tile_at
from console.presenters.desk import Desk
from console.presenters.place_view import PlaceView, datum_unknown
from console.presenters.words import tr
from console.store.changes import Changes, Lamp
from console.usecases.edits import PIN, PLACE
from console.usecases.facts import LinkState
from widgets import theme
from widgets.chip import ChipState
from widgets.map_view import Spot, TileServer
from widgets.place_panel import PlaceLine, PlacePanel, PlaceState

PROBED_ZOOM = 16
"""Whether the map has anything at a place is asked at this zoom, the one that is shown first."""


def empty_place() -> PlaceState:
    """Return the place panel before anything is known."""
    return PlaceState(
        road="",
        landmark="",
        accuracy=ChipState(tr("没有定位"), "unknown", "crosshair"),
        datum=ChipState(tr("坐标系未知"), "unknown", "layers"),
        lines=(PlaceLine(tr("手机还没有报位置"), icon="navigation"),),
        adopt_blocked=tr("手机还没有报位置"),
    )


class PlacePresenter:
    """Shows where it was, takes what is typed, adopted and moved. No fix replaces what a person set."""

    def __init__(self, desk: Desk, panel: PlacePanel, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._panel = panel
        self._say = say
        self._access: MapAccess | None = None
        self._asking = False
        self._drawn: dict[str, bool] = {}
        self._readings: dict[IncidentId, Datum] = {}
        self._moving = False
        self._shown: IncidentId | None = None
        panel.edited.connect(self._edited)
        panel.adopt_asked.connect(self.adopt)
        panel.move_asked.connect(self.toggle_move)
        panel.datum_asked.connect(self.switch_datum)
        panel.nudged.connect(self._nudge)
        panel.placed.connect(self._place)

    def refresh(self, changes: Changes) -> None:
        """Follow the incident, what was typed of it, and whether there is a map."""
        link = self._desk.store.service_link
        online = link is not None and link.state is LinkState.ONLINE
        if changes.session or (Lamp.SERVICE in changes.lamps and online and self._access is None):
            self._ask_for_map()
        if changes.incidents or changes.edits or changes.calls or changes.session:
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def adopt(self) -> None:
        """G: the phone's fix becomes the place, in the system it states or the one chosen here."""
        view = self._view()
        if view is None or view.fix is None:
            self._say(tr("手机还没有报位置"))
            return
        read = view.fix_as_read
        if read is None or (view.fix.datum is Datum.UNKNOWN and view.reading is None):
            self._say(datum_unknown())
            return
        chosen = read.datum is not view.fix.datum
        stated_by = "desk" if chosen else view.fix.stated_by
        self._pin(view, replace(view.fix, datum=read.datum, stated_by=stated_by), by_hand=False)
        self._moving = False
        self._show()

    def toggle_move(self) -> None:
        """P: begin or end moving the pin; where there is none it comes to the middle of the map."""
        view = self._view()
        if view is None:
            return
        self._moving = not self._moving
        if self._moving and view.place is None and view.server is not None:
            centre = view.server.centre
            self._place(centre.longitude, centre.latitude)
        self._show()

    def switch_datum(self) -> None:
        """D: read the fix in the next coordinate system; nothing is stored until it is adopted."""
        view = self._view()
        if view is None or view.fix is None:
            return
        self._readings[view.incident.id] = view.next_reading()
        self._show()

    def _nudge(self, east_m: float, north_m: float) -> None:
        view = self._view()
        place = None if view is None else view.place
        if view is None or place is None:
            return
        if view.doubtful:
            self._say(datum_unknown())
            return
        self._put(view, place.to(Datum.WGS84).moved(east_m=east_m, north_m=north_m))

    def _place(self, longitude: float, latitude: float) -> None:
        """A place on the map was tapped: only while the pin is being moved."""
        view = self._view()
        if view is None or not self._moving:
            return
        datum = Datum.WGS84 if self._access is None else self._access.datum
        self._put(view, Coordinates(longitude=longitude, latitude=latitude, datum=datum).to(Datum.WGS84))

    def _put(self, view: PlaceView, point: Coordinates) -> None:
        position = Position(
            longitude=round(point.longitude, 7),
            latitude=round(point.latitude, 7),
            datum=point.datum,
            accuracy_m=0.0,
            fixed_at=self._desk.service_now(),
            stated_by="desk",
        )
        self._pin(view, position, by_hand=True)

    def _pin(self, view: PlaceView, position: Position, *, by_hand: bool) -> None:
        work = self._desk.does.place.pin(view.incident.id, position, by_hand=by_hand)
        self._desk.bridge.run(work)

    def _edited(self, _field: str, _text: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            road, landmark = self._panel.road.text(), self._panel.landmark.text()
            self._desk.bridge.run(self._desk.does.place.describe(incident.id, road, landmark))

    def _show(self) -> None:
        incident = self._desk.own_incident()
        if incident is None:
            return
        if incident.id != self._shown:
            self._shown, self._moving = incident.id, False
        view = self._seen(incident)
        self._panel.set_state(view.state())
        self._probe(view)

    def _view(self) -> PlaceView | None:
        incident = self._desk.own_incident()
        return None if incident is None else self._seen(incident)

    def _seen(self, incident: Incident) -> PlaceView:
        road, landmark = incident.road_text, incident.landmark_text
        words = self._desk.store.edits.get((incident.id, PLACE))
        if words is not None and isinstance(words.value, DescribePlace):
            road, landmark = words.value.road, words.value.landmark
        pin = None if incident.pin is None else incident.pin.position
        by_hand = incident.pin is not None and incident.pin.by_hand
        set_here = self._desk.store.edits.get((incident.id, PIN))
        waiting = set_here is not None and isinstance(set_here.value, PinPlace)
        if set_here is not None and isinstance(set_here.value, PinPlace):
            pin, by_hand = set_here.value.position, set_here.value.by_hand
        view = PlaceView(
            incident=incident,
            road=road,
            landmark=landmark,
            pin=pin,
            by_hand=by_hand,
            waiting=waiting,
            reading=self._readings.get(incident.id),
            moving=self._moving,
            access=self._access,
            server=self._server(),
            drawn=None,
        )
        path = self._tile(view)
        return replace(view, drawn=False if path is None else self._drawn.get(path))

    def _server(self) -> TileServer | None:
        access = self._access
        if access is None:
            return None
        return TileServer(
            url=self._desk.service_url + access.tiles,
            cache=str(self._desk.map_cache / access.edition),
            attribution=access.attribution,
            min_zoom=access.min_zoom,
            max_zoom=access.max_zoom,
            centre=Spot((access.west + access.east) / 2, (access.south + access.north) / 2),
        )

    def _tile(self, view: PlaceView) -> str | None:
        """Return the path of the tile under the pin; ``None`` where the map does not reach."""
        access, place = self._access, view.place
        if access is None or place is None:
            return ""
        point = place.to(access.datum)
        inside = access.west <= point.longitude <= access.east
        if not inside or not access.south <= point.latitude <= access.north:
            return None
        zoom = max(access.min_zoom, min(access.max_zoom, PROBED_ZOOM))
        tile = tile_at(point, zoom)
        return f"{access.tiles}/{theme.current().mode}/{tile.zoom}/{tile.x}/{tile.y}.png"

    def _probe(self, view: PlaceView) -> None:
        """Ask whether there is a map at all, for the map widget itself does not tell."""
        path = self._tile(view)
        if not path or path in self._drawn:
            return
        self._drawn[path] = True

        def known(drawn: bool) -> None:
            self._drawn[path] = drawn
            self._show()

        def unknown(_error: Exception) -> None:
            del self._drawn[path]

        self._desk.bridge.run(self._desk.does.place.is_drawn(path), known, unknown)

    def _ask_for_map(self) -> None:
        if self._asking:
            return
        self._asking = True

        def found(access: MapAccess) -> None:
            self._asking = False
            self._access = access
            self._drawn.clear()
            self._panel.map.warm(self._server())
            self._show()

        def none(_error: Exception) -> None:
            self._asking = False  # no map, or no service: grid and coordinates stay

        self._desk.bridge.run(self._desk.does.place.map(), found, none)
