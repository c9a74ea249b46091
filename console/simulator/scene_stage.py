"""The whole scene of one case, and what a phone sees of it from each place it is sent to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image

from console.domain.evidence import Slot
from console.simulator.scene_car import car_mesh, outline
from console.simulator.scene_cards import driving_licence, held, vehicle_licence
from console.simulator.scene_damage import on_the_road, scratched
from console.simulator.scene_layout import CarPose, Stand, layout, stand
from console.simulator.scene_mesh import Body, Seen, draw, sheet
from console.simulator.scene_paint import CarPaint
from console.simulator.scene_people import FIGURE_HEIGHT, HEAD_PIXELS_PER_METRE, figure
from console.simulator.scene_road import Roadside, light_of, rain_on
from console.simulator.scene_space import Canvas, Lens, Picture, Points, lay_on, soft
from console.simulator.scene_text import sign_picture
from console.simulator.scene_things import LampPost, Sign, Thing, WarningTriangle, facing_back
from console.training.look import look_of
from console.training.portraits import PORTRAIT, portrait
from console.training.scenario import Scenario, Weather

FOCAL = 0.77
"""Focal length of the phone's main camera in widths of the picture: 66 degrees across."""
LICENCES = {
    Slot.DRIVING_LICENCE_A: ("A", driving_licence),
    Slot.DRIVING_LICENCE_B: ("B", driving_licence),
    Slot.VEHICLE_LICENCE_A: ("A", vehicle_licence),
    Slot.VEHICLE_LICENCE_B: ("B", vehicle_licence),
}
FACES = {Slot.DRIVER_A_FACE: "A", Slot.DRIVER_B_FACE: "B"}
SELFIE_HEIGHT = 1.02
FACE_HEIGHT = 1.12
"""Height of head and shoulders in heights of the picture."""
POLE_RADIUS = 0.085


@dataclass(frozen=True)
class Shot:
    """One view in two states that a live picture alternates: lamps dark and lit, or eyes open and closed."""

    rest: Picture
    other: Picture


class Stage:
    """The scene of `scenario`; everything in it follows from the scenario, so a case always looks the same.

    A view takes 0.5 to 3 s to draw: call from a worker thread.
    """

    def __init__(self, scenario: Scenario) -> None:
        rng = np.random.default_rng([ord(letter) for letter in f"{scenario.name}/{scenario.seed}"])
        self._scenario = scenario
        self._roles = {party.role for party in scenario.parties}
        self._seed = int(rng.integers(1 << 31))
        self._road = Roadside(scenario.weather, rng)
        self._layout = layout(scenario.form, rng)
        self._behind = lru_cache(2)(self._panorama)
        self._bodies = [self._car(car, rng) for car in self._layout.cars]
        if self._layout.pole is not None:
            self._bodies.append(_leaning_pole(self._layout.pole, self._road.tint.brightness))

    def still(self, slot: Slot, size: tuple[int, int], oversampling: float) -> Picture:
        """What the main camera sees where guidance for `slot` sends it; `size` is (width, height) in pixels.

        `oversampling` is how many times larger it is drawn before it is reduced. A slot that this accident
        does not have shows the front panorama.
        """
        if slot in FACES and FACES[slot] in self._roles:
            return self._portrayed(FACES[slot], size, FACE_HEIGHT).rest
        card = self._card(slot, size)
        return _reduced(self._view(slot, size, oversampling).picture, size) if card is None else card

    def shot(self, slot: Slot, size: tuple[int, int], oversampling: float) -> Shot:
        """The same for a live picture, with the hazard lamps dark and lit."""
        if slot in FACES and FACES[slot] in self._roles:
            return self._portrayed(FACES[slot], size, FACE_HEIGHT)
        card = self._card(slot, size)
        if card is not None:
            return Shot(card, card)
        canvas = self._view(slot, size, oversampling)
        rest = _reduced(canvas.picture, size)
        return Shot(rest, _blinking(rest, _reduced(canvas.lamps, size)))

    def _card(self, slot: Slot, size: tuple[int, int]) -> Picture | None:
        """The licence for `slot` held before the scene, or None where `slot` is no licence of this case."""
        role, printed = LICENCES.get(slot, ("", driving_licence))
        if role not in self._roles:
            return None
        party = self._scenario.party(role)
        rng = np.random.default_rng([self._seed, list(Slot).index(slot)])
        return held(printed(party), self._behind(size), look_of(party.face).skin, rng)

    def _panorama(self, size: tuple[int, int]) -> Picture:
        """What is behind every licence; kept, as they are shown one after another."""
        return self._rendered(stand(self._layout, Slot.FRONT_PANORAMA), size, 1.0, ()).picture

    def _view(self, slot: Slot, size: tuple[int, int], oversampling: float) -> Canvas:
        people = slot is Slot.BOTH_IN_FRAME and len(self._scenario.parties) > 1
        where = stand(self._layout, self._existing(slot))
        return self._rendered(where, size, oversampling, self._people() if people else ())

    def selfie(self, size: tuple[int, int]) -> Shot:
        """What the front camera sees: the caller's face, speaking now and then."""
        return self._portrayed("A", size, SELFIE_HEIGHT)

    def _portrayed(self, role: str, size: tuple[int, int], share: float) -> Shot:
        """A driver's head and shoulders, `share` of the picture high, silent and speaking."""
        scene = self._layout
        where = Stand(np.array([scene.front_x + 3.0, -8.2, 1.5]), np.array([scene.front_x - 6.0, -5.0, 1.5]))
        behind = soft(self._rendered(where, size, 1.0, ()).picture, size[1] / 90)
        look = look_of(self._scenario.party(role).face)
        faces = (portrait(look), portrait(look, talking=True))
        height = size[1] * share
        width = height * PORTRAIT[0] / PORTRAIT[1]
        left, top = size[0] * 0.5 - width / 2, size[1] * 1.08 - height
        corners = np.array(
            [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
        )
        shots = [behind.copy(), behind]
        for picture, face in zip(shots, faces, strict=True):
            lay_on(picture, corners, *_parts(face))
        return Shot(*shots)

    def _existing(self, slot: Slot) -> Slot:
        alone = len(self._layout.cars) == 1
        return (
            Slot.FRONT_PANORAMA
            if alone and slot in (Slot.CONTACT_B, Slot.PLATE_B, Slot.BOTH_IN_FRAME)
            else slot
        )

    def _car(self, car: CarPose, rng: np.random.Generator) -> Body:
        vehicle = self._scenario.party(car.role).vehicle
        paint = CarPaint(vehicle.colour, vehicle.plate, light_of(self._scenario.weather), car.yaw)
        scratched(paint, car, rng)
        return Body(car_mesh(car.dent, rng), car.position, car.yaw, paint)

    def _rendered(
        self,
        where: Stand,
        size: tuple[int, int],
        oversampling: float,
        people: tuple[tuple[Points, Image.Image], ...],
    ) -> Canvas:
        width, height = (round(side * oversampling) for side in size)
        lens = Lens(where.eye, where.target, width, height, FOCAL * width * where.zoom)
        canvas = Canvas(lens)
        tint = self._road.tint
        triangle = WarningTriangle(self._layout.triangle, tint)
        nearest = min(float(np.linalg.norm(car.position - where.eye)) for car in self._layout.cars)
        before_cars = triangle.distance(where.eye) < nearest
        behind: list[Thing] = [self._sign(), self._lamp()]
        self._road.paint(canvas, behind if before_cars else [*behind, triangle])
        on_the_road(canvas, self._layout, tint.brightness, self._seed)
        shadows = [outline(car.position, car.yaw, 0.10) for car in self._layout.cars]
        for shadow in shadows:
            canvas.shade([shadow], 0.62, 0.12)
        draw(canvas, self._bodies)
        if before_cars:
            triangle.paint(canvas)
        for corners, picture in people:
            canvas.picture_on(corners, *_parts(picture))
        if self._scenario.weather is Weather.RAIN:
            rain_on(canvas.picture, np.random.default_rng(self._seed))
        return canvas

    def _sign(self) -> Sign:
        place = self._scenario.place
        board = sign_picture(
            (place.road, f"前方 {place.landmark}", place.direction), (22, 96, 62), (880, 560)
        )
        return Sign(self._layout.sign, (2.2, 1.4), board, self._road.tint)

    def _lamp(self) -> LampPost:
        number = sign_picture((self._scenario.place.pole,), (34, 72, 140), (520, 240))
        return LampPost(self._layout.lamp, self._road.tint, number)

    def _people(self) -> tuple[tuple[Points, Image.Image], ...]:
        """The drivers' pictures on upright rectangles, the farther one first."""
        width, height = PORTRAIT[0] / HEAD_PIXELS_PER_METRE, FIGURE_HEIGHT / HEAD_PIXELS_PER_METRE
        placed = []
        for (x, y), party in zip(self._layout.people, self._scenario.parties, strict=True):
            corners = facing_back((x, y), width, (0.14, height + 0.14))
            placed.append((corners, figure(look_of(party.face))))
        return tuple(sorted(placed, key=lambda one: -float(one[0][0, 0])))


def _parts(image: Image.Image) -> tuple[Picture, Picture]:
    """Colours (BGR) and cover of an RGBA image."""
    pixels = np.asarray(image, np.uint8)
    return np.ascontiguousarray(pixels[:, :, 2::-1]), np.ascontiguousarray(pixels[:, :, 3])


def _reduced(picture: Picture, size: tuple[int, int]) -> Picture:
    reduced = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(reduced, np.uint8)


def _blinking(picture: Picture, lamps: Picture) -> Picture:
    """The picture with its hazard lamps (255 in `lamps`) lit and their glow around them."""
    spread = picture.shape[0] / 70
    near, wide = (soft(lamps, sigma).astype(np.float32)[:, :, None] / 255 for sigma in (spread, spread * 3))
    core = lamps.astype(np.float32)[:, :, None] / 255
    amber, heart = np.array([30, 120, 210], np.float32), np.array([60, 90, 60], np.float32)
    return np.clip(picture + (near * 0.9 + wide * 0.5) * amber + core * heart, 0, 255).astype(np.uint8)


def _leaning_pole(foot: tuple[float, float], brightness: float) -> Body:
    """The lamp post that was hit: a grey cylinder, bent a little away from the road."""
    turn = np.linspace(0, 2 * np.pi, 25)
    rings = []
    for height in (0.0, 0.35, 0.7, 2.5, 7.5):
        lean = 0.045 * max(0.0, height - 0.35)
        ring = np.stack(
            [np.cos(turn) * POLE_RADIUS + lean, np.sin(turn) * POLE_RADIUS - lean, np.full(25, height)], -1
        )
        rings.append(ring)
    grid = np.stack(rings)[:, ::-1]
    grey = np.array([134.0, 130.0, 126.0]) * brightness

    def paint(seen: Seen) -> tuple[Points, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
        shine = 0.62 + 0.45 * np.clip(seen.normal @ np.array([-0.7, 0.7, 0.0]), 0, 1)
        return shine[:, None] * grey, np.zeros(len(shine), np.bool_)

    return Body(sheet(grid, np.zeros((4, 24), np.int64)), np.array([*foot, 0.0]), 0.0, paint)
