"""The party's page in a call with a real peer at the desk: pictures, control, stills, mending."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import expect

from console.contract.control import Draw, Guide, RequestStill, SetTorch, SetZoom, SlotFilled, SwitchCamera
from console.contract.desk_api import SignalKind
from console.domain.evidence import CaptureSource, Slot
from console.domain.ids import new_id
from console.media.marks import draw_mark, find_mark
from tests.e2e.party_page.conftest import FAKE_DEVICES, Opens, Phone
from tests.e2e.party_page.desk import CARD_MARK, TONE_HZ, Desk, Line, until
from tests.e2e.party_page.steps import end_call, newest_incident, to_call
from tests.media_party import scene

WIDTH, HEIGHT, FRAMES = 1280, 720, 40


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film for the phone's camera: a scene in which every frame carries its number."""
    path = tmp_path_factory.mktemp("film") / "camera.mjpeg"
    background = scene(WIDTH, HEIGHT)
    with path.open("wb") as file:
        for number in range(FRAMES):
            picture = background.copy()
            draw_mark(picture, number)
            file.write(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes())
    return path


@pytest.fixture
def phone(open_phone: Opens, film: Path) -> Phone:
    """A phone whose camera plays the film."""
    return open_phone(flags=(*FAKE_DEVICES, f"--use-file-for-fake-video-capture={film}"))


@pytest.fixture
def line(phone: Phone, link: str, officer: Desk) -> Iterator[Line]:
    """The phone in an answered call, its pictures arriving."""
    incident = to_call(phone, link, officer)
    with Line(officer, officer.call_of(incident.id).id) as line:
        until(line.picture_shown, "picture of the phone", 20)
        yield line


def mark_of(line: Line) -> int | None:
    """Return the number in the newest picture."""
    picture = line.picture()
    return None if picture is None else find_mark(picture)


def likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return the correlation of two gray pictures below the row of the mark.

    Not the difference of levels: Chromium's fake camera hands on a film's full range as video range.
    """
    small = [cv2.resize(picture, (160, 90), interpolation=cv2.INTER_AREA)[4:] for picture in (one, other)]
    return float(np.corrcoef(small[0].ravel(), small[1].ravel())[0, 1])


def test_picture_received_is_the_picture_filmed(phone: Phone, line: Line) -> None:
    seen = {until(lambda: (mark_of(line) or -1) + 1, "a mark") - 1 for _ in range(3)}
    assert seen <= set(range(FRAMES))
    until(lambda: mark_of(line) not in seen, "a later frame")
    picture = line.picture()
    assert picture is not None
    assert picture.shape == (HEIGHT, WIDTH)
    filmed = np.asarray(cv2.cvtColor(scene(WIDTH, HEIGHT), cv2.COLOR_BGR2GRAY), np.uint8)
    assert likeness(picture, filmed) > 0.98
    expect(phone.page.locator(".officer-card")).to_be_hidden()
    expect(phone.page.locator(".clock")).to_contain_text("通话")
    shown = phone.page.evaluate(
        """() => {
            const video = document.querySelector(".officer-picture");
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
            const pen = canvas.getContext("2d");
            pen.drawImage(video, 0, 0);
            const all = pen.getImageData(0, 0, canvas.width, canvas.height).data;
            return [canvas.width, canvas.height, Array.from(all.filter((_, i) => i % 4 === 1))];
        }"""
    )
    green = np.asarray(shown[2], np.uint8).reshape(shown[1], shown[0])
    assert find_mark(green) == CARD_MARK


def test_guidance_is_shown_and_acknowledged(phone: Phone, line: Line) -> None:
    guide = Guide(id=new_id(), text="再后退 3 步 <b>停</b>", slot=Slot.REAR_PANORAMA, done=10, required=14)
    line.control(guide)
    until(lambda: line.acknowledged(guide.id), "acknowledgement")
    expect(phone.page.locator(".guide strong")).to_have_text("再后退 3 步 <b>停</b>")
    expect(phone.page.locator(".guide .photos")).to_contain_text("10 / 14 张")
    expect(phone.page.locator(".outline-wide")).to_be_visible()
    line.control(SlotFilled(id=new_id(), slot=Slot.REAR_PANORAMA, done=11, required=14))
    expect(phone.page.locator(".guide .photos")).to_contain_text("11 / 14 张")
    status = next(one for one in line.controls if one["type"] == "phone-status")
    assert status["facing"] == "environment"
    assert status["visible"] is True


def test_camera_is_switched_on_command_and_said_so(phone: Phone, line: Line) -> None:
    switch = SwitchCamera(id=new_id(), facing="user")
    line.control(switch)
    answer = until(lambda: line.acknowledged(switch.id), "acknowledgement")
    assert answer["ok"] is True
    expect(phone.page.get_by_text("接警员已为您切到前镜头")).to_be_visible()
    until(lambda: [c for c in line.controls if c.get("facing") == "user"], "phone status")
    seen = mark_of(line)
    until(lambda: mark_of(line) not in (None, seen), "picture of the other camera")
    assert len(line.attempts) == 1


def test_a_camera_without_light_or_zoom_says_so(phone: Phone, line: Line) -> None:
    status = until(lambda: [c for c in line.controls if c["type"] == "phone-status"], "phone status")[-1]
    assert (status["torch"], status["zoom"], status["zoom_max"]) == (None, None, None)
    for wanted, why in (
        (SetTorch(id=new_id(), on=True), "no-torch"),
        (SetZoom(id=new_id(), factor=2.0), "no-zoom"),
    ):
        line.control(wanted)
        answer = until(partial(line.acknowledged, wanted.id), "acknowledgement")
        assert (answer["ok"], answer["detail"]) == (False, why)


def test_a_drawing_lies_over_the_own_picture_until_it_is_wiped(phone: Phone, line: Line) -> None:
    square = ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6), (0.4, 0.4))
    draw = Draw(id=new_id(), strokes=(square,), author="07", at=datetime.now(UTC))
    line.control(draw)
    until(lambda: line.acknowledged(draw.id), "acknowledgement")
    ink, own = phone.page.locator(".layer polyline.ink"), phone.page.locator(".own")
    expect(ink).to_have_count(1)
    expect(phone.page.get_by_text("接警员 07 席在画面上标了位置")).to_be_visible()
    drawn, picture = ink.bounding_box(), own.bounding_box()
    assert drawn is not None
    assert picture is not None
    assert drawn["x"] + drawn["width"] / 2 == pytest.approx(picture["x"] + picture["width"] / 2, abs=2)
    assert drawn["y"] + drawn["height"] / 2 == pytest.approx(picture["y"] + picture["height"] / 2, abs=2)
    line.control(Draw(id=new_id(), strokes=(((0.5, 1.2),),), author="07", at=datetime.now(UTC)))
    line.control(Draw(id=new_id(), strokes=(), author="07", at=datetime.now(UTC)))
    expect(ink).to_have_count(0)


def test_still_arrives_whole_even_during_a_switch(phone: Phone, line: Line, officer: Desk) -> None:
    request = RequestStill(id=new_id(), slot=Slot.PLATE_A)
    line.control(SwitchCamera(id=new_id(), facing="user"))
    line.control(request)
    answer = until(lambda: line.acknowledged(request.id), "acknowledgement")
    assert answer == {"type": "acknowledge", "id": request.id, "ok": True, "detail": ""}
    expect(phone.page.get_by_text("照片已送到,已核对")).to_be_visible()
    incident = newest_incident(officer)
    (evidence,) = incident.evidence
    assert (evidence.id, evidence.capture.slot) == (request.id, Slot.PLATE_A)
    assert evidence.capture.source is CaptureSource.PHONE_STILL
    assert (evidence.capture.width, evidence.capture.height) == (WIDTH, HEIGHT)
    stored = officer.send("GET", f"/v1/incidents/{incident.id}/evidence/{evidence.id}/content")
    assert hashlib.sha256(stored).hexdigest() == evidence.digests.sha256
    picture = cv2.imdecode(np.frombuffer(stored, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert find_mark(np.asarray(picture, np.uint8)) in range(FRAMES)


def test_broken_connection_is_mended_by_a_new_attempt(phone: Phone, line: Line) -> None:
    first = line.peer
    line.signal(SignalKind.REOFFER)
    until(lambda: line.peer is not first and mark_of(line) is not None, "picture of the new attempt")
    assert line.attempts == [1, 2]
    phone.page.reload()
    until(lambda: len(line.attempts) > 2, "attempt after the reload")
    until(lambda: line.peer is not None and line.peer.video.count > 0, "picture after the reload")
    assert line.attempts == sorted(set(line.attempts))


def test_lost_peer_is_noticed_without_a_word_from_the_desk(phone: Phone, line: Line) -> None:
    line.drop()
    expect(phone.page.locator(".clock")).to_contain_text("正在重连", timeout=15_000)
    until(lambda: len(line.attempts) > 1 and line.picture_shown(), "picture of the new attempt", 20)
    expect(phone.page.locator(".clock")).to_contain_text("通话 ")


def test_network_that_comes_back_brings_a_new_attempt(phone: Phone, line: Line) -> None:
    phone.context.set_offline(True)
    expect(phone.page.get_by_text("网络断了,正在重连")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.page.get_by_text("网络断了,正在重连")).to_be_hidden()
    until(lambda: len(line.attempts) > 1 and line.picture_shown(), "picture of the new attempt", 20)


def test_newer_tab_takes_the_call_over(phone: Phone, line: Line, link: str) -> None:
    tab = phone.context.new_page()
    tab.goto(link)
    expect(phone.page.locator(".clock")).to_contain_text("通话已转到另一个页面")
    expect(tab.locator(".clock")).to_contain_text("通话 ")
    tab.close()


def test_voices_go_both_ways_until_muted(phone: Phone, line: Line) -> None:
    until(lambda: line.heard.reading().level_dbfs > -50, "the phone's beep")
    tone = phone.page.evaluate(
        """async () => {
            const context = new AudioContext();
            const analyser = new AnalyserNode(context, { fftSize: 8192 });
            const stream = document.querySelector(".officer-picture").srcObject;
            context.createMediaStreamSource(stream).connect(analyser);
            const levels = new Float32Array(analyser.frequencyBinCount);
            for (let tries = 0; tries < 100; tries += 1) {
                await new Promise((resolve) => setTimeout(resolve, 100));
                analyser.getFloatFrequencyData(levels);
                if (Math.max(...levels) > -40) break;
            }
            const bin = levels.indexOf(Math.max(...levels));
            await context.close();
            return (bin * context.sampleRate) / analyser.fftSize;
        }"""
    )
    assert tone == pytest.approx(TONE_HZ, abs=12)
    phone.act("mute")
    expect(phone.page.locator("[data-act=mute]")).to_have_attribute("aria-pressed", "true")
    until(lambda: line.heard.reading().level_dbfs < -80, "silence of the muted phone")


def test_ending_takes_two_presses_and_ends_the_call(phone: Phone, line: Line, officer: Desk) -> None:
    phone.act("end")
    expect(phone.page.locator("[data-act=end]")).to_contain_text("再按一次确认")
    assert officer.call_of(newest_incident(officer).id).state == "connected"
    end_call(phone)
    until(lambda: officer.call_of(newest_incident(officer).id).state == "wrap-up", "end of the call")


def test_start_bit_rate_goes_beside_the_vp8_line(phone: Phone, link: str) -> None:
    phone.page.goto(link)
    plain, written = phone.page.evaluate(
        """async () => {
            const { withStartBitrate } = await import("/party/link.js");
            const video = "v=0\\r\\nm=video 9 X 97\\r\\na=rtpmap:97 VP8/90000\\r\\n";
            return [withStartBitrate(video), withStartBitrate(video + "a=fmtp:97 max-fr=30\\r\\n")];
        }"""
    )
    assert plain.endswith("a=rtpmap:97 VP8/90000\r\na=fmtp:97 x-google-start-bitrate=2000\r\n")
    assert written.endswith("a=fmtp:97 max-fr=30;x-google-start-bitrate=2000\r\n")
