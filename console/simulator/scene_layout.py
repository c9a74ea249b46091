"""Where the cars came to rest, where they touched, and where the phone stands for each picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from console.domain.evidence import AccidentForm, Slot
from console.simulator.scene_car import HALF_LENGTH, Dent
from console.simulator.scene_space import Points
from console.simulator.scene_things import KERB_Y

EYE_M = 1.6
"""Height at which a standing person holds the phone."""


@dataclass(frozen=True)
class CarPose:
    """A car at rest: position (3,), yaw in radians, its dent; the `plate_end` to see (1 front, -1 rear)."""

    role: str
    position: Points
    yaw: float
    dent: Dent
    plate_end: int

    def world(self, x: float, y: float, z: float) -> Points:
        """A point of the car in the world (3,)."""
        c, s = np.cos(self.yaw), np.sin(self.yaw)
        return np.asarray(self.position + np.array([c * x - s * y, s * x + c * y, z]))


@dataclass(frozen=True)
class Stand:
    """Where the phone is (`eye`), what it points at, and how far it is zoomed in (1 = wide)."""

    eye: Points
    target: Points
    zoom: float = 1.0


@dataclass(frozen=True)
class Layout:
    """The scene seen from above; `contact` (3,) is where the bodies touched, `pole` the one that was hit."""

    form: AccidentForm
    cars: tuple[CarPose, ...]
    contact: Points
    pole: tuple[float, float] | None

    @property
    def rear_x(self) -> float:
        """Where the row of cars ends."""
        return min(float(car.position[0]) for car in self.cars) - HALF_LENGTH

    @property
    def front_x(self) -> float:
        """Where the row of cars begins."""
        return max(float(car.position[0]) for car in self.cars) + HALF_LENGTH

    @property
    def middle_y(self) -> float:
        """The middle of the cars across the road."""
        return float(np.mean([car.position[1] for car in self.cars]))

    @property
    def offset(self) -> int:
        """On which side the foremost car stands out, seen from behind: 1 left, -1 right."""
        first = max(self.cars, key=lambda car: float(car.position[0]))
        return 1 if first.position[1] >= self.middle_y else -1

    @property
    def triangle(self) -> tuple[float, float]:
        """Where the warning triangle stands: behind the last car in its lane."""
        return self.rear_x - 7.5, self.middle_y - 0.25

    @property
    def sign(self) -> tuple[float, float]:
        """Foot of the sign on the pavement."""
        return float(self.contact[0]) + 3.5, -KERB_Y - 1.7

    @property
    def lamp(self) -> tuple[float, float]:
        """Foot of the lamp post whose number the caller reads out."""
        return float(self.contact[0]) + 5.5, -KERB_Y - 0.45

    @property
    def people(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where the two drivers stand, safe on the pavement."""
        x = float(self.contact[0]) - 2.6
        return (x, -KERB_Y - 1.75), (x + 0.1, -KERB_Y - 0.95)

    def car(self, role: str) -> CarPose:
        """The car of party `role`; KeyError where there is none."""
        for car in self.cars:
            if car.role == role:
                return car
        raise KeyError(role)


def layout(form: AccidentForm, rng: np.random.Generator) -> Layout:
    """How the cars of `form` stand; small distances come from `rng`. ValueError for a form never drawn."""
    match form:
        case AccidentForm.REAR_END:
            return _rear_end(rng)
        case AccidentForm.LANE_CHANGE:
            return _lane_change(rng)
        case AccidentForm.SINGLE_VEHICLE:
            return _single_vehicle(rng)
    raise ValueError(f"no scene for the form {form}")


def _push(x: float, y: float) -> Points:
    return np.array([x, y, 0.0])


def _rear_end(rng: np.random.Generator) -> Layout:
    aside = float(rng.uniform(0.35, 0.65)) * float(rng.choice([-1, 1]))
    hit = aside / 2
    a = CarPose(
        "A", np.array([0.0, -1.75, 0.0]), 0.0, Dent(np.array([-2.33, hit, 0.60]), _push(0.17, 0.0), 0.72), 1
    )
    b = CarPose(
        "B",
        np.array([-4.60, -1.75 + aside, 0.0]),
        float(rng.uniform(-0.04, 0.04)),
        Dent(np.array([2.30, -hit, 0.62]), _push(-0.20, 0.0), 0.80),
        -1,
    )
    return Layout(AccidentForm.REAR_END, (a, b), a.world(-2.3, hit, 0.6), None)


def _lane_change(rng: np.random.Generator) -> Layout:
    a = CarPose(
        "A",
        np.array([0.0, -5.25, 0.0]),
        0.0,
        Dent(np.array([2.15, 0.80, 0.60]), _push(-0.08, -0.11), 0.55),
        -1,
    )
    b = CarPose(
        "B",
        np.array([1.2, -3.30 + float(rng.uniform(-0.03, 0.03)), 0.0]),
        -float(rng.uniform(0.13, 0.17)),
        Dent(np.array([1.0, -0.90, 0.58]), _push(0.0, 0.10), 0.75),
        -1,
    )
    return Layout(AccidentForm.LANE_CHANGE, (a, b), a.world(2.15, 0.85, 0.6), None)


def _single_vehicle(rng: np.random.Generator) -> Layout:
    side = float(rng.uniform(0.05, 0.35))
    a = CarPose(
        "A",
        np.array([0.0, -6.15, 0.0]),
        -float(rng.uniform(0.22, 0.30)),
        Dent(np.array([2.33, side, 0.58]), _push(-0.26, 0.0), 0.60),
        -1,
    )
    pole = a.world(2.24, side, 0.0)
    return Layout(
        AccidentForm.SINGLE_VEHICLE, (a,), a.world(2.3, side, 0.6), (float(pole[0]), float(pole[1]))
    )


def stand(scene: Layout, slot: Slot) -> Stand:
    """Where the caller goes to take the picture of `slot`; licences are held before the front panorama."""
    x, y, z = (float(value) for value in scene.contact)
    back, front, middle = scene.rear_x, scene.front_x, scene.middle_y
    match slot:
        case Slot.SAFETY:
            tx, ty = scene.triangle
            return _stand((tx - 2.9, ty - 0.75, 1.5), (back - 2.5, ty + 0.3, 0.25))
        case Slot.LOCATION_LANDMARK:
            way = -5.1 if scene.form is AccidentForm.REAR_END else -KERB_Y - 0.75
            return _stand((back + 0.4, way, EYE_M), (scene.sign[0], -6.9, 2.0))
        case Slot.REAR_PANORAMA:
            aside = scene.offset * 1.7
            return _stand(
                (back - 4.2, middle + aside, EYE_M + 0.15), (back + 3.2, middle - aside * 0.1, 0.66)
            )
        case Slot.CONTACT_A | Slot.CONTACT_B:
            return _contact(scene, slot is Slot.CONTACT_A, x, y, z)
        case Slot.PLATE_A | Slot.PLATE_B:
            car = scene.car("A" if slot is Slot.PLATE_A else "B")
            height = 0.455 if car.plate_end > 0 else 0.64
            reach = car.plate_end * HALF_LENGTH
            eye = car.world(reach + car.plate_end * 1.25, 0.22, height + 0.42)
            return Stand(eye, car.world(reach, 0.0, height + 0.04))
        case Slot.MARKINGS:
            return _markings(scene.form, back, front)
        case Slot.GROUND_MARKS:
            rear = min(scene.cars, key=lambda car: float(car.position[0]))
            bx, by = float(rear.position[0]) - HALF_LENGTH, float(rear.position[1])
            return _stand((bx - 6.2, by + 1.1, EYE_M), (bx - 0.8, by, 0.1))
        case Slot.BOTH_IN_FRAME:
            (px, py), (qx, qy) = scene.people
            return _stand((px - 1.75, (py + qy) / 2 - 0.1, 1.5), ((px + qx) / 2, (py + qy) / 2 + 0.12, 1.28))
    aside = -scene.offset * 1.7
    return _stand((front + 4.2, middle + aside, EYE_M + 0.15), (front - 3.2, middle - aside * 0.1, 0.66))


def _markings(form: AccidentForm, back: float, front: float) -> Stand:
    match form:
        case AccidentForm.REAR_END:
            return _stand((back - 1.2, -5.5, 2.0), (back + 3.0, -3.3, 0.0))
        case AccidentForm.LANE_CHANGE:
            return _stand((front + 2.6, -1.7, 2.0), (front - 2.6, -3.7, 0.0))
        case _:
            return _stand((back - 1.6, -2.9, 2.0), (back + 3.2, -5.6, 0.0))


def _contact(scene: Layout, of_a: bool, x: float, y: float, z: float) -> Stand:
    match scene.form:
        case AccidentForm.REAR_END if of_a:
            return _stand((x - 1.0, y - 2.15, 1.35), (x + 0.30, y - 0.35, z))
        case AccidentForm.REAR_END:  # beside the gap, phone held high: elsewhere the other car hides the nose
            return _stand((x - 0.3, y + scene.offset * 1.7, 2.1), (x - 0.25, y, z))
        case AccidentForm.LANE_CHANGE if of_a:
            return _stand((x + 2.0, y - 1.9, 1.35), (x - 0.15, y - 0.30, z))
        case AccidentForm.LANE_CHANGE:
            return _stand((x + 1.8, y - 1.5, 1.30), (x + 0.25, y + 0.20, z))
        case _:
            return _stand((x + 0.9, y + 2.2, 1.40), (x - 0.35, y + 0.15, z + 0.05))


def _stand(eye: tuple[float, float, float], target: tuple[float, float, float]) -> Stand:
    return Stand(np.array(eye), np.array(target))
