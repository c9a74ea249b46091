"""Evidence over the wire: nothing lost, nothing doubled, nothing wrong kept."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from console.domain.evidence import CaptureSource, Slot
from console.domain.ids import EvidenceId, new_id
from console.service.evidence_store import MAX_BYTES
from console.service.routes import evidence as evidence_route
from console.service.server import Service
from tests.service.cases import Case, connected, send_bytes
from tests.service.harness import Desk, Phone, good, refusal
from tests.service.pictures import bomb, content_digest, digests, picture


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a connected call."""
    return connected(desk, phone())


def stored(service: Service) -> list[Path]:
    """Return every file of the evidence folder."""
    return [path for path in (service.core.settings.data / "evidence").rglob("*") if path.is_file()]


def test_a_picture_arrives_is_journaled_once_and_comes_back(case: Case, service: Service) -> None:
    evidence_id, data = new_id(), picture()
    case.desk.put(f"{case.path}/evidence/{evidence_id}", case.announcement(data))
    assert case.incident().evidence == ()
    receipt = good(case.upload(evidence_id, data)).json()
    assert (receipt["evidence_id"], receipt["sha256"], receipt["size"]) == (
        evidence_id,
        hashlib.sha256(data).hexdigest(),
        len(data),
    )
    (item,) = case.incident().evidence
    assert item.digests == digests(data)
    assert (item.capture.frame_number, item.capture.media_session) == (42, "session-1")
    back = good(case.desk.send("GET", f"{case.path}/evidence/{evidence_id}/content"))
    assert back.content == data
    assert back.headers["Content-Digest"] == content_digest(data)
    assert back.headers["Content-Type"] == "image/jpeg"
    assert len(stored(service)) == 1


def test_everything_may_be_sent_again(case: Case, service: Service) -> None:
    evidence_id, data, key = new_id(), picture(), new_id()
    for _ in range(2):
        case.desk.put(f"{case.path}/evidence/{evidence_id}", case.announcement(data))
    first = good(case.upload(evidence_id, data, Idempotency_Key=key)).json()
    assert good(case.upload(evidence_id, data, Idempotency_Key=key)).json() == first
    assert good(case.upload(evidence_id, data)).json() == first
    assert len(case.incident().evidence) == 1
    assert len(stored(service)) == 1


def test_another_picture_under_the_same_id_is_refused(case: Case) -> None:
    evidence_id = case.capture(Slot.PLATE_A)
    other = case.announcement(picture(99))
    answer = case.desk.send("PUT", f"{case.path}/evidence/{evidence_id}", other)
    assert refusal(answer) == (409, "evidence-exists")
    assert refusal(case.upload(evidence_id, picture(99))) == (422, "digest-mismatch")
    assert len(case.incident().evidence) == 1


@pytest.mark.parametrize(
    ("announced", "sent", "headers", "expected"),
    [
        pytest.param(picture(1), picture(2), {}, (422, "digest-mismatch"), id="other bytes than announced"),
        pytest.param(
            picture(1),
            picture(1),
            {"Content_Digest": content_digest(picture(2))},
            (422, "digest-mismatch"),
            id="other bytes than the header says",
        ),
        pytest.param(picture(1), picture(1), {"Content_Digest": ""}, (400, "digest-missing"), id="no digest"),
        pytest.param(
            picture(1),
            picture(1),
            {"Content_Digest": "md5=:AAAA:"},
            (400, "digest-missing"),
            id="weak digest",
        ),
        pytest.param(picture()[:-3000], picture()[:-3000], {}, (422, "not-a-picture"), id="cut short"),
        pytest.param(bomb(), bomb(), {}, (422, "not-a-picture"), id="bomb"),
        pytest.param(b"MZ" + bytes(500), b"MZ" + bytes(500), {}, (422, "not-a-picture"), id="program"),
        pytest.param(
            picture(width=64, height=64),
            picture(width=64, height=64),
            {},
            (422, "picture-mismatch"),
            id="other size than announced",
        ),
        pytest.param(
            picture(kind="PNG"), picture(kind="PNG"), {}, (422, "picture-mismatch"), id="other type"
        ),
        pytest.param(
            picture(), picture(), {"Idempotency_Key": ""}, (400, "idempotency-key-missing"), id="key"
        ),
    ],
)
def test_bad_input_is_refused_and_nothing_is_kept(
    case: Case,
    service: Service,
    announced: bytes,
    sent: bytes,
    headers: dict[str, str],
    expected: tuple[int, str],
) -> None:
    evidence_id = new_id()
    case.desk.put(f"{case.path}/evidence/{evidence_id}", case.announcement(announced))
    assert refusal(case.upload(evidence_id, sent, **headers)) == expected
    assert case.incident().evidence == ()
    assert stored(service) == []


def test_too_much_is_refused(case: Case, service: Service) -> None:
    evidence_id = new_id()
    case.desk.put(f"{case.path}/evidence/{evidence_id}", case.announcement(picture()))
    assert refusal(case.upload(evidence_id, bytes(MAX_BYTES + 1))) == (413, "body-too-large")
    assert stored(service) == []


def test_a_line_that_breaks_leaves_nothing(
    case: Case, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_route, "UPLOAD_SECONDS", 0.0)
    evidence_id, data = new_id(), picture()
    case.desk.put(f"{case.path}/evidence/{evidence_id}", case.announcement(data))
    assert refusal(case.upload(evidence_id, data)) == (408, "upload-broken")
    assert stored(service) == []
    monkeypatch.undo()
    good(case.upload(evidence_id, data))


def test_unknown_things_are_unknown(case: Case) -> None:
    data = picture()
    assert refusal(case.upload(new_id(), data)) == (409, "evidence-not-announced")
    assert refusal(case.upload("..%2f..%2fetc", data))[0] == 404
    bad_id = case.desk.send("PUT", f"{case.path}/evidence/{'A' * 32}", case.announcement(data))
    assert refusal(bad_id) == (404, "unknown-evidence")
    other = case.desk.send("PUT", f"/v1/incidents/{new_id()}/evidence/{new_id()}", case.announcement(data))
    assert refusal(other) == (404, "unknown-incident")
    missing = case.desk.send("GET", f"{case.path}/evidence/{new_id()}/content")
    assert refusal(missing) == (404, "unknown-evidence")
    foreign = case.announcement(data, call_id=new_id())
    answer = case.desk.send("PUT", f"{case.path}/evidence/{new_id()}", foreign)
    assert refusal(answer) == (404, "unknown-call")
    stranger = case.announcement(data, party_id=new_id())
    answer = case.desk.send("PUT", f"{case.path}/evidence/{new_id()}", stranger)
    assert refusal(answer) == (404, "unknown-party")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("sha256", "X" * 64, "invalid-request"), ("sm3", "", "invalid-request"), ("size", 0, "body-too-large")],
)
def test_impossible_announcements_are_refused(case: Case, field: str, value: object, code: str) -> None:
    body = case.announcement(picture())
    body["digests"][field] = value
    answer = case.desk.send("PUT", f"{case.path}/evidence/{new_id()}", body)
    assert refusal(answer)[1] == code


def test_only_people_at_desks_read_evidence(case: Case, phone: Callable[..., Phone]) -> None:
    evidence_id = case.capture(Slot.CONTACT_A)
    path = f"{case.path}/evidence/{evidence_id}/content"
    assert refusal(case.phone.send("GET", path)) == (401, "not-signed-in")
    assert refusal(phone().send("GET", path)) == (401, "not-signed-in")


def still_path(request_id: str, slot: Slot = Slot.PLATE_B) -> str:
    """Return where a phone sends a still."""
    return f"/v1/party/stills?request_id={request_id}&slot={slot.value}"


def test_a_phone_still_becomes_evidence_once(case: Case) -> None:
    request_id, data = new_id(), picture(width=640, height=480, kind="PNG")
    receipts = [
        good(send_bytes(case.phone, "POST", still_path(request_id), data, Content_Type="image/png")).json()
        for _ in range(2)
    ]
    assert receipts[0] == receipts[1]
    assert receipts[0] == {
        "evidence_id": request_id,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
    }
    (item,) = case.incident().evidence
    assert item.capture.source is CaptureSource.PHONE_STILL
    assert (item.capture.slot, item.capture.party_id) == (Slot.PLATE_B, case.party("甲"))
    assert (item.capture.width, item.capture.height, item.capture.media_type) == (640, 480, "image/png")
    back = good(case.desk.send("GET", f"{case.path}/evidence/{request_id}/content"))
    assert back.content == data


def test_a_phone_is_trusted_with_nothing(case: Case, service: Service, phone: Callable[..., Phone]) -> None:
    data, request_id = picture(), new_id()
    path = still_path(request_id)
    assert refusal(send_bytes(case.phone, "POST", still_path("../../x"), data)) == (422, "invalid-request")
    unknown_slot = path.replace("plate-b", "glovebox")
    assert refusal(send_bytes(case.phone, "POST", unknown_slot, data)) == (422, "invalid-request")
    wrong = send_bytes(case.phone, "POST", path, data, Content_Digest=content_digest(picture(2)))
    assert refusal(wrong) == (422, "digest-mismatch")
    assert refusal(send_bytes(case.phone, "POST", path, b"no picture")) == (422, "not-a-picture")
    assert refusal(send_bytes(phone(), "POST", path, data)) == (401, "no-party-session")
    assert stored(service) == []
    good(send_bytes(case.phone, "POST", path, data))
    assert refusal(send_bytes(case.phone, "POST", path, picture(2))) == (409, "evidence-exists")
    assert len(case.incident().evidence) == 1


def test_stills_come_only_during_a_call_and_not_without_end(
    case: Case, phone: Callable[..., Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_route, "MAX_STILLS", 1)
    good(send_bytes(case.phone, "POST", still_path(new_id()), picture()))
    second = send_bytes(case.phone, "POST", still_path(new_id()), picture(2))
    assert refusal(second) == (429, "too-many-stills")
    waiting = phone()
    waiting.place()
    assert refusal(send_bytes(waiting, "POST", still_path(new_id()), picture())) == (409, "no-call")


def test_a_still_that_is_refused_leaves_nothing_on_the_disk(
    case: Case, phone: Callable[..., Phone], service: Service
) -> None:
    kept, lost, data = new_id(), new_id(), picture()
    good(send_bytes(case.phone, "POST", still_path(kept), data, Idempotency_Key="first-of-all"))
    case.desk.post(f"/v1/calls/{case.call_id}/hang-up")
    assert refusal(send_bytes(case.phone, "POST", still_path(lost), data)) == (409, "no-call")
    stranger = phone()
    good(stranger.open())
    assert refusal(send_bytes(stranger, "POST", still_path(lost), data)) == (409, "no-case")
    assert not service.core.evidence.path(EvidenceId(lost)).exists()
    good(send_bytes(case.phone, "POST", still_path(kept), data, Idempotency_Key="first-of-all"))


def test_the_log_holds_nothing_of_what_was_sent(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="console")
    evidence_id = case.capture(Slot.DRIVING_LICENCE_A)
    case.upload(evidence_id, b"000123199003070015")
    text = "\n".join(record.getMessage() + repr(record.__dict__) for record in caplog.records)
    assert evidence_id not in text
    assert "000123199003070015" not in text


def film() -> bytes:
    """Return a short WebM."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for _ in range(5):
            container.mux(stream.encode(av.VideoFrame(320, 180, "yuv420p")))
        container.mux(stream.encode(None))
    return file.getvalue()


def test_a_segment_of_the_recording_lies_beside_the_pictures(case: Case) -> None:
    evidence_id, data = new_id(), film()
    path = f"{case.path}/evidence/{evidence_id}"
    said = case.announcement(data, source="recording", media_type="video/webm", duration_ms=500)
    case.desk.put(path, said)
    good(case.upload(evidence_id, data, Content_Type="video/webm"))
    incident = case.incident()
    assert incident.evidence == ()
    (item,) = incident.recordings
    assert (item.capture.source, item.capture.duration_ms) == (CaptureSource.RECORDING, 500)
    back = good(case.desk.send("GET", f"{path}/content"))
    assert (back.content, back.headers["Content-Type"]) == (data, "video/webm")
    other = new_id()
    case.desk.put(f"{case.path}/evidence/{other}", case.announcement(picture(), media_type="video/webm"))
    assert refusal(case.upload(other, picture())) == (422, "not-a-recording")
