"""One whole call on real parts: Chromium as the phone, the desk's window played by keys, the service between.

The steps are those of the demo, each proved by reading back from the other side; here the other side is a
browser that opened the party's page from its link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import psutil
import pytest
from playwright.sync_api import sync_playwright

from console.contract.desk_api import Link
from console.contract.observation import FramePainted, StillSent
from console.domain.evidence import FACE_SLOTS, CaptureSource
from console.launcher import stage
from console.launcher.demo.cast import Cast, Evidence
from console.launcher.demo.observations import until
from console.launcher.demo.play import STEPS, on_stage
from console.launcher.demo.report import Report
from console.launcher.stage import RunningService
from console.launcher.towers import Towers
from console.simulator.scene_files import write_fake_microphone
from console.training.library import load_named
from console.training.seeding import seeded
from tests.e2e.browser_phone import BrowserPhone
from tests.e2e.film import Film, Picture, likeness_db
from tests.faults.xwindow import close_window

SEED = 3
PARTY_HZ = 660.0
LIVE_SIZE = (720, 1280)
FRAMES_NEEDED = 60
SAME_PICTURE_DB = 26.0
"""VP8 at the call's bit rate leaves 28 to 36 dB of what was sent; of another view it leaves 4 to 12."""
SAME_FILE_DB = 40.0
"""A still comes as a file: nothing is lost but the rounding of colours (45 dB)."""
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Played:
    """A call that was played to its end: what each step proved, and what is left on both sides."""

    cast: Cast
    phone: BrowserPhone
    film: Film
    steps: dict[str, dict[str, Any]]

    def proof(self, step: str) -> Evidence:
        """What a step read back; fails the test when the step failed."""
        evidence: Evidence = self.steps[step]["evidence"]
        assert self.steps[step]["ok"], evidence
        return evidence


def film_on_screen(cast: Cast) -> Evidence:
    """Step `video` for a film: many of its pictures are painted (its clock is not ours: no latency)."""

    def painted() -> set[int]:
        return {frame.mark for frame in cast.desk.all(FramePainted) if frame.mark is not None}

    until(lambda: len(painted()) >= FRAMES_NEEDED, 90, f"{FRAMES_NEEDED} different pictures are painted")
    return {"painted": len(painted())}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Play the whole call once; the tests look at what came of it, the window still open."""
    folder = tmp_path_factory.mktemp("call")
    case = seeded(load_named(stage.SCENARIOS, "rear_end"), SEED)
    film = Film.shoot(folder / "camera.mjpeg", case)
    voice = folder / "voice.wav"
    write_fake_microphone(voice, PARTY_HZ, 10)
    steps = tuple((name, film_on_screen if name == "video" else step) for name, step in STEPS)
    phones: list[BrowserPhone] = []
    with sync_playwright() as driver:

        def browser(_towers: Towers, service: RunningService, link: Link) -> BrowserPhone:
            phones.append(BrowserPhone(driver, link.url, service.ca, case, film, voice, PARTY_HZ))
            return phones[-1]

        out = folder / "out"
        try:
            with on_stage(out, folder / "data", case, browser) as cast:
                report = Report(SEED)
                report.play(cast, steps, print)
                yield Played(cast, phones[0], film, {step["name"]: step for step in report.steps})
        finally:
            for phone in phones:
                phone.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("step", [name for name, _ in STEPS])
def test_every_step_is_proved_by_the_other_side(played: Played, step: str) -> None:
    assert played.proof(step)


def test_every_picture_painted_is_one_of_the_film(played: Played) -> None:
    painted = played.cast.desk.all(FramePainted)
    assert {frame.mark for frame in painted} <= set(range(len(played.film.frames)))
    assert (painted[-1].height, painted[-1].width) == LIVE_SIZE


def decoded(content: bytes) -> Picture:
    """The pixels of a picture as kept, ``(height, width, 3)`` BGR."""
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture, np.uint8)


def test_every_picture_kept_is_the_picture_sent(played: Played) -> None:
    film, items = played.film, played.proof("upload")["items"]
    assert {item["slot"] for item in items} == {slot.value for slot in film.views if slot not in FACE_SLOTS}
    for item in items:
        kept, counter = decoded((played.cast.out / item["file"]).read_bytes()), item["counter"]
        assert kept.shape[:2] == LIVE_SIZE
        likeness = likeness_db(kept, film.picture(counter))
        sent_as_file = item["source"] == CaptureSource.PHONE_STILL.value
        assert likeness > (SAME_FILE_DB if sent_as_file else SAME_PICTURE_DB), (
            f"{item['slot']}: {likeness} dB"
        )
        for other in (counter - 5, counter + 5, counter + len(film.frames) // 2):
            assert likeness_db(kept, film.picture(other % len(film.frames))) < likeness


def test_the_still_is_the_same_bytes_on_the_phone_and_on_the_service(played: Played) -> None:
    (still,) = played.phone.all(StillSent)
    (item,) = (i for i in played.proof("upload")["items"] if i["source"] == CaptureSource.PHONE_STILL.value)
    assert (item["evidence_id"], item["sha256"]) == (still.evidence_id, still.sha256)
    assert (played.cast.out / item["file"]).read_bytes() == played.phone.stills[still.sha256]


def test_the_page_showed_a_sentence_and_an_outline_for_every_slot(played: Played) -> None:
    assert set(played.phone.sentences) == {slot.value for slot in played.film.views}
    for sentence, outline in played.phone.sentences.values():
        assert sentence
        assert "outline-" in outline


def test_the_party_reads_its_result(played: Played) -> None:
    issued = played.cast.incident().determination
    assert issued is not None
    words = "\n".join(played.phone.words())
    assert f"编号 {issued.number}" in words
    assert "您(甲): 无责任" in words
    assert "对方(乙): 全部责任" in words
    last = issued.served[0].review_until
    assert last is not None
    assert f"截止 {last.year} 年 {last.month} 月 {last.day} 日 周{WEEKDAYS[last.weekday()]}" in words
    for text in played.proof("sms")["sent"]:
        assert text in words
    assert played.phone.complaints == []


def test_closing_the_window_leaves_no_process(played: Played) -> None:
    """The last test: it ends the desk."""
    desk = played.cast.desk_process.process
    family = [psutil.Process(desk.pid), *psutil.Process(desk.pid).children(recursive=True)]
    assert len(family) > 1
    close_window("快处台", 30)
    assert desk.wait(30) == 0
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
