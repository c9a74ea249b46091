"""What an impact leaves on paint and road: scratches, cracks, bare metal, splinters and brake marks."""

from __future__ import annotations

import numpy as np

from console.simulator.scene_car import HALF_LENGTH
from console.simulator.scene_layout import CarPose, Layout
from console.simulator.scene_paint import CarPaint, Drawing, Matter, tone
from console.simulator.scene_space import Canvas
from console.simulator.scene_things import dim

SPLINTERS = 70


def scratched(paint: CarPaint, car: CarPose, rng: np.random.Generator) -> None:
    """Draw the damage of `car` on the drawings that meet at its dent."""
    x, y, z = (float(value) for value in car.dent.place)
    size = car.dent.radius
    if x > HALF_LENGTH - 0.3:
        _impact(paint.front, y, z, size, rng)
    elif x < -HALF_LENGTH + 0.3:
        _impact(paint.rear, -y, z, size, rng)
    if abs(y) > 0.6:
        _scrape(paint.left if y > 0 else paint.right, x, z, size, rng)


def _impact(drawing: Drawing, u: float, v: float, size: float, rng: np.random.Generator) -> None:
    """A blow from straight on: folds, cracks that run outwards, flaked paint."""
    for _ in range(7):
        spot = rng.normal((u, v), size * 0.28)
        drawing.shape(_flake(spot, float(rng.uniform(0.02, 0.06)), rng), tone(drawing.rgb, 0.45), Matter.MATT)
    for _ in range(10):
        turn, points = float(rng.uniform(0, 2 * np.pi)), [rng.normal((u, v), size * 0.12)]
        for _ in range(4):
            turn += float(rng.normal(0, 0.5))
            points.append(points[-1] + np.array([np.cos(turn), np.sin(turn) * 0.7]) * size * 0.16)
        line = [(float(p), float(q)) for p, q in points]
        drawing.line(line, (26, 27, 30), float(rng.uniform(0.006, 0.014)))
        drawing.line([(p + 0.008, q - 0.008) for p, q in line], tone(drawing.rgb, 1.35), 0.005)
    for _ in range(5):
        spot = rng.normal((u, v), size * 0.22)
        drawing.shape(_flake(spot, float(rng.uniform(0.015, 0.035)), rng), (176, 178, 180), Matter.LAMP)


def _scrape(drawing: Drawing, u: float, v: float, size: float, rng: np.random.Generator) -> None:
    """A scrape along the side: many nearly level scratches, some down to the metal."""
    for _ in range(34):
        start = rng.normal((u, v), (size * 0.30, size * 0.20))
        length, fall = float(rng.uniform(0.10, 0.55)) * size, float(rng.normal(0.02, 0.03))
        shade = (196, 198, 200) if rng.random() < 0.45 else tone(drawing.rgb, 0.5)
        ends = [(start[0] - length / 2, start[1] - fall), (start[0] + length / 2, start[1] + fall)]
        drawing.line(ends, shade, float(rng.uniform(0.003, 0.010)))
    for _ in range(5):
        spot = rng.normal((u, v), (size * 0.25, size * 0.14))
        drawing.shape(_flake(spot, float(rng.uniform(0.015, 0.04)), rng), (150, 152, 154), Matter.LAMP)


def _flake(
    spot: np.ndarray[tuple[int, ...], np.dtype[np.float64]], radius: float, rng: np.random.Generator
) -> list[tuple[float, float]]:
    turns = np.sort(rng.uniform(0, 2 * np.pi, 7))
    reach = radius * rng.uniform(0.5, 1.4, 7)
    return [
        (float(spot[0] + r * np.cos(t) * 1.5), float(spot[1] + r * np.sin(t)))
        for t, r in zip(turns, reach, strict=True)
    ]


def on_the_road(canvas: Canvas, scene: Layout, brightness: float, seed: int) -> None:
    """Paint brake marks behind the car that braked and the splinters under the point of contact."""
    rng = np.random.default_rng(seed)
    rear = min(scene.cars, key=lambda car: float(car.position[0]))
    for y in (-0.78, 0.78):
        near, far = rear.world(-1.1, y, 0.0), rear.world(-6.6, y, 0.0)
        across = rear.world(0, 0.075, 0) - rear.position
        canvas.shade([np.stack([near - across, near + across, far + across, far - across])], 0.32, 0.03)
    for _ in range(SPLINTERS):
        place = scene.contact * (1, 1, 0) + np.append(rng.normal(0, (0.7, 0.6)), 0.005)
        reach = rng.uniform(0.008, 0.035)
        corners = [(reach * np.cos(t), reach * np.sin(t), 0) for t in np.sort(rng.uniform(0, 6.28, 3))]
        colours = ((222, 226, 228), (60, 62, 66), (60, 150, 226), (40, 36, 168))
        canvas.polygon(place + np.array(corners), dim(colours[int(rng.integers(4))], brightness))
