"""Strangers' input against a live service and a live desk: refused in clear words, and nothing is harmed."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

from console.contract import codec
from console.contract.desk_api import AnnounceEvidence, SignalKind
from console.contract.observation import FramePainted
from console.domain.evidence import Capture, CaptureSource, Slot
from console.domain.ids import new_id
from console.launcher import stage
from console.launcher.demo import steps_call
from console.launcher.demo.observations import until
from tests.faults.guest import Guest, nobody
from tests.faults.house import LONG, House, furnished
from tests.faults.wire import Wire
from tests.media_party import Party
from tests.service.pictures import bomb, content_digest, digests, picture
from tests.unit.domain.builders import T0

pytestmark = pytest.mark.timeout(400)

PROBLEM = "urn:kuaichu:problem:"
INSIDE = ("Traceback", "File ", ".py", "sqlalchemy", "site-packages")
"""Words of a stack trace."""
STRANGE_OFFERS = (
    "rather a letter than a session description",
    "v=0\r\no=-\r\ns=\r\nt=x\r\nm=video x y z\r\na=rtpmap:VP8\r\na=fingerprint:\r\n",
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 999999\r\na=mid:\r\na=setup:nobody\r\n",
)

EXPECTED = {
    "wrong token": (401, "not-signed-in"),
    "wrong cookie": (401, "no-party-session"),
    "wrong resume token": (403, "wrong-resume-token"),
    "unknown call": (404, "unknown-call"),
    "call of another": (409, "call-taken"),
    "bound link": (403, "link-bound"),
    "expired link": (410, "link-expired"),
    "too large offer": (422, "text-too-long"),
    "not JSON": (422, "invalid-request"),
    "deep JSON": (422, "invalid-request"),
    "still: oversize": (413, "body-too-large"),
    "still: broken": (422, "not-a-picture"),
    "still: no picture": (422, "not-a-picture"),
    "still: bomb": (422, "not-a-picture"),
    "still: wrong digest": (422, "digest-mismatch"),
    "still: no digest": (400, "digest-missing"),
    "upload: not announced": (409, "evidence-not-announced"),
    "upload: path name": (404, "not-found"),
    "upload: wrong digest": (422, "digest-mismatch"),
    "upload: broken": (422, "not-a-picture"),
}
"""Status and code of every refusal tried."""


@pytest.fixture
def called(tmp_path: Path) -> Iterator[tuple[House, Guest]]:
    """A guest in a call at the desk."""
    with furnished(tmp_path / "house", nobody) as house, Guest(house) as guest:
        guest.call()
        yield house, guest
        guest.leave()


def refusal(answer: requests.Response) -> tuple[int, str]:
    """Return status and code of an answer that must be a problem and tell nothing of the inside."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert set(problem) <= {"type", "title", "status", "params", "detail", "instance"}
    assert [word for word in INSIDE if word in answer.text] == []
    assert problem["type"].startswith(PROBLEM)
    return answer.status_code, problem["type"].removeprefix(PROBLEM)


def test_what_is_refused_changes_nothing(called: tuple[House, Guest]) -> None:
    house, guest = called
    cast = house.cast
    steps_call.triage(cast)
    incident, call = cast.incident(), cast.call()
    with Wire(house.service, stage.OFFICER, "08") as officer, Wire(house.service) as stranger:
        house.secrets.add(officer.token)
        refused = {
            "wrong token": stranger.send(
                "GET", "/v1/desk/snapshot", headers={"Authorization": f"Bearer {officer.token[:-1]}"}
            ),
            "wrong cookie": stranger.send("GET", "/v1/party/state", cookies={"__Host-party": "x" * 43}),
            "wrong resume token": guest.send(
                "POST",
                f"/v1/party/calls/{call.id}/signals",
                json={"kind": "offer", "attempt": 1, "sdp": "v=0"},
                headers={"Resume-Token": "no"},
            ),
            "unknown call": officer.send("POST", f"/v1/calls/{new_id()}/answer", json={}),
            "call of another": officer.send("POST", f"/v1/calls/{call.id}/answer", json={}),
            "bound link": stranger.send(
                "POST", "/v1/party/session", json={"token": house.link.url.rpartition("/")[2]}
            ),
            "expired link": stranger.send("POST", "/v1/party/session", json={"token": expired_link(house)}),
            "too large offer": guest.offer(1, "v=0\r\n" + "a=x\r\n" * 20_000),
            "not JSON": guest.send("POST", "/v1/party/calls", data=b'{"hurt": fal'),
            "deep JSON": guest.send("POST", "/v1/party/position", data=b"[" * 30_000),
        }
        refused |= {f"still: {name}": send_still(guest, *what) for name, what in stills().items()}
        refused |= bad_uploads(house, officer)
        told = {name: refusal(answer) for name, answer in refused.items()}
        assert told == EXPECTED
        assert cast.incident() == incident
        assert cast.call() == call

        evidence_id, data = new_id(), picture(7)
        announce(house, officer, evidence_id, data)
        assert refusal(upload(house, officer, evidence_id, picture(8), content_digest(data)))[0] == 422
        assert upload(house, officer, evidence_id, data, content_digest(data)).ok
    good = picture(9)
    assert send_still(guest, good, content_digest(good)).ok
    until(lambda: len(cast.incident().evidence) == 2, LONG, "what is right is taken")
    house.write_notes("still at work")
    until(lambda: cast.incident().notes.endswith("still at work"), LONG, "the desk works on")


def stills() -> dict[str, tuple[bytes, str]]:
    """Return what a phone may send and must not: bytes and ``Content-Digest``."""
    whole = picture(3)
    broken = whole[: len(whole) // 2]
    large = whole + bytes(21 << 20)
    return {
        "oversize": (large, content_digest(large)),
        "broken": (broken, content_digest(broken)),
        "no picture": (b"GIF89a" * 99, content_digest(b"GIF89a" * 99)),
        "bomb": (bomb(), content_digest(bomb())),
        "wrong digest": (whole, content_digest(broken)),
        "no digest": (whole, ""),
    }


def send_still(guest: Guest, data: bytes, digest: str) -> requests.Response:
    """Send a full-size picture as the phone does."""
    path = f"/v1/party/stills?request_id={new_id()}&slot={Slot.PLATE_B.value}"
    return guest.send("POST", path, data=data, headers=picture_headers(digest))


def picture_headers(digest: str) -> dict[str, str]:
    """Return the headers of a picture's bytes."""
    return {"Content-Type": "image/jpeg"} | ({"Content-Digest": digest} if digest else {})


def bad_uploads(house: House, officer: Wire) -> dict[str, requests.Response]:
    """Send what a desk may send and must not."""
    data = picture(4)
    broken = data[:-1000]
    wrong, cut = new_id(), new_id()
    announce(house, officer, wrong, data)
    announce(house, officer, cut, broken)
    return {
        "upload: not announced": upload(house, officer, new_id(), data, content_digest(data)),
        "upload: path name": upload(house, officer, "..%2F..%2Fx", data, content_digest(data)),
        "upload: wrong digest": upload(house, officer, wrong, picture(5), content_digest(picture(5))),
        "upload: broken": upload(house, officer, cut, broken, content_digest(broken)),
    }


def announce(house: House, officer: Wire, evidence_id: str, data: bytes) -> None:
    """Announce a live frame of 320 x 180 pixels."""
    call = house.cast.call()
    capture = Capture(
        slot=Slot.PLATE_A,
        source=CaptureSource.LIVE_FRAME,
        call_id=call.id,
        party_id=None,
        captured_by="test",
        captured_at=T0,
        clock_offset_ms=0,
        width=320,
        height=180,
        media_type="image/jpeg",
    )
    body: Any = json.loads(codec.encode(AnnounceEvidence(capture=capture, digests=digests(data))))
    path = f"/v1/incidents/{call.incident_id}/evidence/{evidence_id}"
    answer = officer.send("PUT", path, json=body)
    assert answer.ok, answer.text


def upload(house: House, officer: Wire, evidence_id: str, data: bytes, digest: str) -> requests.Response:
    """Send the bytes of an item."""
    path = f"/v1/incidents/{house.cast.call().incident_id}/evidence/{evidence_id}/content"
    return officer.send("PUT", path, data=data, headers=picture_headers(digest))


def expired_link(house: House) -> str:
    """Return the token of a fresh link that the clock has run out on."""
    with Wire(house.service, stage.TRAINER, "W32") as trainer:
        url: str = trainer.send("POST", "/v1/links", json={"phone": "10012345678"}).json()["url"]
    with closing(sqlite3.connect(house.service.data / "service.sqlite3", timeout=LONG)) as database, database:
        database.execute("UPDATE links SET expires_at = '2020-01-01 00:00:00' WHERE phone = '10012345678'")
    token = url.rpartition("/")[2]
    house.secrets.add(token)
    return token


@pytest.mark.asyncio
async def test_a_strange_offer_does_not_keep_a_good_one_out(called: tuple[House, Guest]) -> None:
    house, guest = called
    media = house.media()
    attempt = 1
    for offer in STRANGE_OFFERS:
        sent = await asyncio.to_thread(guest.offer, attempt, offer)
        assert sent.status_code == 204, sent.text
        wanted = await asyncio.to_thread(guest.wait, SignalKind.REOFFER, attempt + 1)
        attempt = wanted.attempt
    began = time.monotonic_ns()
    async with Party() as party:
        sent = await asyncio.to_thread(guest.offer, attempt, await party.peer.offer())
        assert sent.status_code == 204
        answer = await asyncio.to_thread(guest.wait, SignalKind.ANSWER, attempt)
        await party.peer.accept_answer(answer.sdp)

        def painted() -> set[int]:
            shown = house.cast.desk.all(FramePainted, began)
            return {frame.mark for frame in shown if frame.mark is not None}

        await asyncio.to_thread(until, lambda: len(painted()) > 3, LONG, "the good picture is painted")
        assert painted() <= party.drawn_at.keys()
    assert house.media().pid == media.pid
