"""The scene: the same case always looks the same, what it shows can be read, and its mark arrives."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from console.assets import RESOURCES
from console.domain.evidence import AccidentForm, Slot
from console.media.marks import find_mark
from console.media.sound import SoundMeter
from console.media.tracks import SAMPLE_RATE
from console.simulator.scene import LIVE_SIZE, STILL_SIZE, SceneCamera
from console.simulator.scene_files import write_fake_camera, write_fake_microphone
from console.simulator.scene_layout import layout
from console.simulator.scene_mesh import Body, Seen, draw, sheet
from console.simulator.scene_space import Canvas, Lens
from console.simulator.scene_stage import Stage
from console.simulator.scene_text import plate_picture
from console.simulator.voice import tone
from console.training.library import load_named
from console.training.look import look_of
from console.training.portraits import portrait
from console.training.scenario import Scenario
from console.training.seeding import seeded

SMALL = (320, 180)
Picture = NDArray[np.uint8]


def case(name: str = "rear_end", seed: int = 1) -> Scenario:
    """A seeded case of a shipped scenario."""
    return seeded(load_named(RESOURCES / "scenarios", name), seed)


@pytest.fixture(scope="module")
def camera() -> SceneCamera:
    """A phone at a rear-end collision, filming at full size."""
    return SceneCamera(case())


def read(data: bytes) -> Picture:
    """A JPEG as BGR."""
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture, np.uint8)


def mark_of(frame: av.VideoFrame) -> int | None:
    """The counter in a decoded frame."""
    return find_mark(np.asarray(frame.to_ndarray(format="bgr24"), np.uint8))


def likeness(picture: Picture, plate: str) -> float:
    """How well the plate's drawing is found in the picture, -1 to 1, at its best size and turn."""
    grey = cv2.cvtColor(
        cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY
    )
    drawn = cv2.cvtColor(plate_picture(plate), cv2.COLOR_BGR2GRAY)[40:-40, 40:-40]
    best = -1.0
    for share in np.linspace(0.14, 0.22, 9):
        for turn in (-4, -2, 0, 2, 4):
            size = (round(drawn.shape[1] * share), round(drawn.shape[0] * share))
            way = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), turn, 1.0)
            scaled = cv2.resize(drawn, size, interpolation=cv2.INTER_AREA)
            turned = cv2.warpAffine(scaled, way, size, borderMode=cv2.BORDER_REPLICATE)
            best = max(best, float(cv2.matchTemplate(grey, turned, cv2.TM_CCOEFF_NORMED).max()))
    return best


def test_a_seed_gives_the_same_bytes_and_another_seed_another_scene() -> None:
    first, again, other = (SceneCamera(case(seed=seed), SMALL) for seed in (3, 3, 4))
    assert first.frame(5).tobytes() == again.frame(5).tobytes()
    assert float(np.abs(first.frame(5).astype(int) - other.frame(5)).mean()) > 5


def test_the_live_picture_has_its_size_its_mark_and_a_hand_that_shakes(camera: SceneCamera) -> None:
    camera.look_at(Slot.REAR_PANORAMA)
    pictures = {counter: camera.frame(counter) for counter in (0, 14, 40, 2**32 - 1)}
    for counter, picture in pictures.items():
        assert picture.shape == (LIVE_SIZE[1], LIVE_SIZE[0], 3)
        assert find_mark(picture) == counter
    assert float(np.abs(pictures[0].astype(int) - pictures[40]).mean()) > 1


def test_hazard_lamps_blink(camera: SceneCamera) -> None:
    camera.look_at(Slot.REAR_PANORAMA)
    amber = []
    for counter in (12, 13):
        blue, green, red = (camera.frame(counter)[20:, :, i].astype(int) for i in range(3))
        amber.append(int(((red > 235) & (green > 160) & (blue < 120)).sum()))
    assert amber[0] > amber[1] + 200


def test_the_mark_survives_a_phones_video_coding(camera: SceneCamera) -> None:
    camera.look_at(Slot.CONTACT_A)
    encoder = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height = LIVE_SIZE
    encoder.pix_fmt = "yuv420p"
    encoder.time_base = Fraction(1, 30)
    encoder.bit_rate = 1_000_000
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    decoder = av.CodecContext.create("vp8", "r")
    sent = [7, 8, 9, 0x5555_5555, 0xAAAA_AAAA, 2**31, *range(1000, 1012)]
    arrived: list[int | None] = []
    for number, counter in enumerate(sent):
        frame = av.VideoFrame.from_ndarray(camera.frame(counter), format="bgr24").reformat(format="yuv420p")
        frame.pts = number
        for packet in encoder.encode(frame):
            arrived += [mark_of(got) for got in decoder.decode(packet)]
    assert arrived == sent


@pytest.mark.parametrize("role", ["A", "B"])
def test_plates_can_be_read_in_their_own_picture(camera: SceneCamera, role: str) -> None:
    camera.look_at(Slot(f"plate-{role.lower()}"))
    picture = camera.frame(1)
    own = case().party(role).vehicle.plate
    other = case().party("B" if role == "A" else "A").vehicle.plate
    assert likeness(picture, own) > 0.75
    assert likeness(picture, own) > likeness(picture, other) + 0.15


def test_a_still_is_a_larger_picture_and_not_a_live_one_blown_up(camera: SceneCamera) -> None:
    picture = read(camera.still(Slot.PLATE_B, 77))
    assert picture.shape == (STILL_SIZE[1], STILL_SIZE[0], 3)
    assert find_mark(picture) == 77
    camera.look_at(Slot.PLATE_B)
    live = camera.frame(77)[60:]
    blown_up = cv2.resize(live, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    fine = [float(cv2.Laplacian(p, cv2.CV_64F).var()) for p in (picture[300:1100], blown_up)]
    assert fine[0] > 1.3 * fine[1]
    assert camera.still(Slot.DRIVING_LICENCE_A, 3) == camera.still(Slot.DRIVING_LICENCE_A, 3)


def test_the_front_camera_shows_the_caller(camera: SceneCamera) -> None:
    camera.look_at(Slot.CONTACT_A)
    scene = camera.frame(20)
    camera.switch("user")
    face = camera.frame(20)
    camera.switch("environment")
    assert camera.frame(20).tobytes() == scene.tobytes()
    skin = np.array(look_of(case().party("A").person.id_number).skin[::-1])
    middle = face[300:420, 560:720].reshape(-1, 3).astype(int)
    assert float((np.abs(middle - skin * 0.93).max(axis=1) < 40).mean()) > 0.4


@pytest.mark.parametrize("name", ["rear_end", "lane_change", "hit_pole"])
def test_every_view_of_every_form_shows_something_of_its_own(name: str) -> None:
    scenario = case(name, 2)
    stage = Stage(scenario)
    pictures = [stage.still(slot, SMALL, 1.0) for slot in scenario.slots]
    for number, picture in enumerate(pictures):
        assert picture.shape == (SMALL[1], SMALL[0], 3)
        assert picture.std() > 15
        for other in pictures[:number]:
            assert float(np.abs(picture.astype(int) - other).mean()) > 3


def test_a_form_without_a_scene_is_refused() -> None:
    with pytest.raises(ValueError, match="junction"):
        layout(AccidentForm.JUNCTION, np.random.default_rng(1))


def test_the_nearer_body_hides_the_farther_one() -> None:
    lens = Lens(np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 1.0]), 64, 64, 40.0)
    canvas = Canvas(lens)

    def board(distance: float, shade: float) -> Body:
        grid = np.array([[(distance, 1, 2), (distance, -1, 2)], [(distance, 1, 0), (distance, -1, 0)]], float)

        def paint(seen: Seen) -> tuple[NDArray[np.floating], NDArray[np.bool_]]:
            return np.full((len(seen.place), 3), shade), np.zeros(len(seen.place), np.bool_)

        return Body(sheet(grid[::-1], np.zeros((1, 1), np.int64)), np.zeros(3), 0.0, paint)

    draw(canvas, [board(3.0, 200.0), board(5.0, 90.0)])
    assert canvas.picture[32, 32, 0] == 200
    assert canvas.picture[1, 1, 0] == 0


def test_people_look_like_themselves() -> None:
    looks = [look_of(case(seed=seed).party("A").person.id_number) for seed in range(30)]
    assert look_of(case(seed=0).party("A").person.id_number) == looks[0]
    assert len(set(looks)) > 25
    assert portrait(looks[0]).tobytes() != portrait(looks[0], talking=True).tobytes()


def test_the_voice_is_one_unbroken_tone() -> None:
    source = tone(620.0)
    meter = SoundMeter()
    whole = np.concatenate([source(960) for _ in range(50)])
    meter.add(whole)
    assert meter.reading().frequency_hz == 620.0
    assert int(np.abs(np.diff(whole.astype(int))).max()) < 10_000 * 2 * np.pi * 620 / SAMPLE_RATE + 2
    assert not tone(None)(960).any()


def test_films_and_sounds_for_a_browser(tmp_path: Path) -> None:
    film, sound = tmp_path / "film.mjpeg", tmp_path / "sound.wav"
    write_fake_camera(film, case(), 0.4, 30, (Slot.REAR_PANORAMA, Slot.PLATE_B))
    with av.open(str(film), format="mjpeg") as container:
        marks = [mark_of(frame) for frame in container.decode(video=0)]
    assert marks == list(range(12))
    write_fake_microphone(sound, 500.0, 1.0)
    with wave.open(str(sound)) as recorded:
        samples = np.frombuffer(recorded.readframes(SAMPLE_RATE), np.int16)
        assert recorded.getframerate() == SAMPLE_RATE
    meter = SoundMeter()
    meter.add(samples)
    assert meter.reading().frequency_hz == 500.0
