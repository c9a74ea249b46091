"""The roadside: sky, street, houses, trees, lamp posts and signs of the training town.

The road runs along x and is 14 m wide with two lanes each way; traffic keeps right, so the travellers to +x
have y below 0. Beyond the kerbs at y = -7 and y = 7 lie pavements, grass and houses.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from console.simulator.scene_paint import Light
from console.simulator.scene_space import Canvas, Colour, Picture, fixed_point
from console.simulator.scene_things import KERB_Y, TINTS, House, LampPost, Thing, Tree, dim, rectangle
from console.training.scenario import Weather

LANE_M = 3.5
DASH_M, GAP_M = 4.0, 6.0
FAR_M = 260.0
PAVEMENT_M = 3.2


def light_of(weather: Weather) -> Light:
    """The daylight of a weather; the sun stands to the left behind who looks along the road."""
    tint = TINTS[weather]
    sun = np.array([-0.45, 0.45, 0.42 if weather is Weather.DUSK else 0.77])
    return Light(
        sun=sun / np.linalg.norm(sun),
        sun_strength=tint.sun_strength,
        sky_strength=tint.sky_strength,
        zenith=np.array(tint.zenith) / 255,
        horizon=np.array(tint.horizon) / 255,
        ground=np.array(tint.asphalt) / 255 * 0.8,
    )


class Roadside:
    """Sky, street and all that stands beside it; what stands where comes from the seed."""

    def __init__(self, weather: Weather, rng: np.random.Generator) -> None:
        self.tint = TINTS[weather]
        self._weather = weather
        self._seed = int(rng.integers(1 << 31))
        self._things: list[Thing] = []
        for side in (-1, 1):
            self._things += [House.seeded(rng, x, side, self.tint) for x in np.arange(-150.0, 160.0, 24.0)]
            for x in np.arange(-90.0, 120.0, 13.0):
                place = (float(x + rng.uniform(-2, 2)), side * (KERB_Y + 4.4))
                self._things.append(Tree.seeded(rng, place, self.tint))
            for x in np.arange(-75.0, 120.0, 29.0):
                self._things.append(LampPost((float(x), side * (KERB_Y + 0.5)), self.tint))
        noise = rng.normal(0, 1, (512, 512)).astype(np.float32)
        fine, coarse = cv2.GaussianBlur(noise, (0, 0), 0.8), cv2.GaussianBlur(noise, (0, 0), 9)
        self._grain = np.asarray(fine / fine.std() * 4 + coarse / coarse.std() * 1.6, np.float32)

    def paint(self, canvas: Canvas, extra: Sequence[Thing] = ()) -> None:
        """Paint sky, ground, and what stands at the roadside, the farthest first; `extra` joins the row."""
        self._sky(canvas)
        self._ground(canvas)
        for thing in sorted([*extra, *self._things], key=lambda thing: -thing.distance(canvas.lens.eye)):
            thing.paint(canvas)

    def _sky(self, canvas: Canvas) -> None:
        """A sky paler towards the horizon, with clouds; it is soft, so a quarter of the size is enough."""
        full_height, full_width = canvas.picture.shape[:2]
        height, width = -(-full_height // 4), -(-full_width // 4)
        share = np.clip(np.arange(height) * 4 / max(1.0, canvas.lens.horizon), 0, 1)[:, None, None] ** 1.4
        sky = np.array(self.tint.zenith) * (1 - share) + np.array(self.tint.horizon) * share
        rng = np.random.default_rng(self._seed)
        rough = max(3, round(10 * height / width))
        clouds = np.zeros((height, width), np.float32)
        for octave in range(4):
            noise = rng.standard_normal((rough << octave, 10 << octave)).astype(np.float32)
            clouds += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC) / (1 << octave)
        cover = 0.2 if self._weather is Weather.SUNNY else 0.0
        veil = np.clip((clouds - cover) * 0.35, 0, 0.55)[:, :, None] * (1 - share * 0.7)
        white = np.array([250.0, 249.0, 247.0]) * self.tint.brightness
        small = np.clip(sky * (1 - veil) + white * veil, 0, 255).astype(np.uint8)
        cv2.resize(small, (full_width, full_height), dst=canvas.picture, interpolation=cv2.INTER_LINEAR)

    def _ground(self, canvas: Canvas) -> None:
        tint = self.tint
        reach = (-FAR_M, FAR_M)
        canvas.polygon(rectangle(reach, (-FAR_M, FAR_M)), tint.grass)
        for side in (-1, 1):
            edge, inner = side * (KERB_Y + PAVEMENT_M), side * (KERB_Y + 0.18)
            paving = dim((172, 174, 176), tint.brightness * 0.92)
            canvas.polygon(rectangle(reach, (inner, edge)), paving)
            for y in np.linspace(inner, edge, 6)[1:-1]:
                canvas.polygon(rectangle((-60, 60), (y - 0.012, y + 0.012)), dim(paving, 0.88))
            for x in np.arange(-30, 30, 0.8):
                canvas.polygon(rectangle((x, x + 0.02), (inner, edge)), dim(paving, 0.90))
        canvas.polygon(rectangle(reach, (-KERB_Y, KERB_Y)), tint.asphalt)
        self._grain_on_road(canvas)
        white = dim((226, 230, 232), tint.brightness)
        yellow = dim((62, 186, 236), tint.brightness)
        for y in (-0.16, 0.16):
            canvas.polygon(rectangle(reach, (y - 0.07, y + 0.07)), yellow)
        for side in (-1, 1):
            for x in np.arange(-120.0, 180.0, DASH_M + GAP_M):
                canvas.polygon(
                    rectangle((x, x + DASH_M), (side * LANE_M - 0.075, side * LANE_M + 0.075)), white
                )
            edge = side * (KERB_Y - 0.35)
            canvas.polygon(rectangle(reach, (edge - 0.075, edge + 0.075)), white)
            kerb = side * KERB_Y
            face = np.array([(-FAR_M, kerb, 0), (FAR_M, kerb, 0), (FAR_M, kerb, 0.14), (-FAR_M, kerb, 0.14)])
            canvas.polygon(face, dim((148, 150, 152), tint.brightness))
            canvas.polygon(
                rectangle(reach, (kerb, kerb + side * 0.18), 0.14), dim((192, 194, 196), tint.brightness)
            )
        self._arrow(canvas, 9.0, -LANE_M / 2, white)
        self._arrow(canvas, 9.0, -LANE_M * 1.5, white)

    @staticmethod
    def _arrow(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
        """A straight-on arrow on the lane, six metres long."""
        canvas.polygon(rectangle((x, x + 3.8), (y - 0.08, y + 0.08)), colour)
        canvas.polygon(np.array([(x + 3.6, y - 0.32, 0), (x + 6.0, y, 0), (x + 3.6, y + 0.32, 0)]), colour)

    def _grain_on_road(self, canvas: Canvas) -> None:
        """Lay stones and old patches over the ground; both fade with the distance."""
        lens = canvas.lens
        height, width = canvas.picture.shape[:2]
        top = int(np.clip(lens.horizon + 2, 0, height))
        if top >= height:
            return
        step = 8.0 / 512
        to_picture = (
            np.array([[lens.focal, 0, width / 2], [0, lens.focal, height / 2], [0, 0, 1]]) @ lens.axes
        )
        ground = np.array([[step, 0, -lens.eye[0]], [0, step, -lens.eye[1]], [0, 0, -lens.eye[2]]])
        way = to_picture @ ground
        way[1] -= top * way[2]
        grain = cv2.warpPerspective(self._grain, way, (width, height - top), borderMode=cv2.BORDER_WRAP)
        rows = np.arange(top, height) + 0.5
        down = lens.rays(np.full_like(rows, width / 2), rows)
        distance = lens.eye[2] / np.maximum(-down[:, 2], 1e-4)
        fade = np.clip(9.0 / distance, 0, 1).astype(np.float32)[:, None]
        wet = np.zeros_like(fade)
        if self._weather is Weather.RAIN:
            wet = (26 * np.clip(distance / 40, 0, 1)).astype(np.float32)[:, None]
        part = canvas.picture[top:]
        part[:] = np.clip(part + (grain * fade + wet)[:, :, None], 0, 255).astype(np.uint8)


def rain_on(picture: Picture, rng: np.random.Generator) -> None:
    """Draw streaks of falling rain over the whole picture."""
    height, width = picture.shape[:2]
    streaks = np.zeros((height, width), np.uint8)
    for _ in range(420):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        length = rng.uniform(0.015, 0.05) * height
        start, end = np.array([x, y]), np.array([x - 0.12 * length, y + length])
        cv2.line(
            streaks,
            fixed_point(start),
            fixed_point(end),
            int(rng.uniform(40, 95)),
            max(1, height // 900),
            cv2.LINE_AA,
            4,
        )
    wet = streaks > 0
    veil = streaks[wet].astype(np.float32)[:, None] / 255 * 0.7
    picture[wet] = (picture[wet] * (1 - veil) + np.array([228, 226, 222]) * veil).astype(np.uint8)
