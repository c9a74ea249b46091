"""Documents over the wire: asked for, read by the real reader, confirmed by a person."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import cv2
import pytest

from console.assets import RESOURCES
from console.domain.evidence import Slot
from console.domain.ids import new_id
from console.domain.incident import Incident
from console.domain.recognition import DocumentKind, FieldName, ReadDocument, ReadingProblem
from console.service import readings
from console.simulator import scene_cards
from console.training.library import load_named
from console.training.scenario import Scenario
from console.training.seeding import seeded
from tests.service.cases import Case, connected
from tests.service.harness import Desk, Phone, good, refusal, running, settings
from tests.service.pictures import picture
from tests.waiting import wait_until

READING_S = 60.0


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Whose licence is held into the camera."""
    return seeded(load_named(RESOURCES / "scenarios", "rear_end"), 3)


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a connected call."""
    return connected(desk, phone())


def taken(case: Case, data: bytes, width: int, height: int) -> str:
    """Put a picture of a driving licence into the evidence and return its id."""
    evidence_id = new_id()
    said = case.announcement(data, Slot.DRIVING_LICENCE_A, width=width, height=height)
    case.desk.put(f"{case.path}/evidence/{evidence_id}", said)
    good(case.upload(evidence_id, data))
    return evidence_id


def read(case: Case, evidence_id: str) -> ReadDocument:
    """Ask for a reading and return the document once it is there."""
    answer = case.desk.send("POST", f"{case.path}/evidence/{evidence_id}/reading")
    assert answer.status_code == 202
    found = wait_until(lambda: document(case.incident(), evidence_id), READING_S, "the reading")
    assert found is not None
    return found


def document(incident: Incident, evidence_id: str) -> ReadDocument | None:
    """Return what was read on a picture."""
    return next((d for d in incident.documents if d.evidence_id == evidence_id), None)


def test_a_licence_is_read_and_taken_on_field_by_field(case: Case, scenario: Scenario) -> None:
    card = scene_cards.driving_licence(scenario.party("A"))
    height, width = card.shape[:2]
    data = cv2.imencode(".jpg", card)[1].tobytes()
    found = read(case, taken(case, data, width, height))
    person = scenario.party("A").person
    assert found.reading.kind is DocumentKind.DRIVING_LICENCE
    assert found.party_id == case.party("甲")
    proposed = {field.name: field.value for field in found.reading.fields}
    assert proposed[FieldName.LICENCE_NUMBER] == person.id_number
    assert proposed[FieldName.NAME] == person.name
    assert all(
        0 <= field.box.left < field.box.right <= width and 0 <= field.box.top < field.box.bottom <= height
        for field in found.reading.fields
    )
    path = f"{case.path}/evidence/{found.evidence_id}/fields"
    case.desk.put(f"{path}/name", {"value": person.name})
    case.desk.put(f"{path}/name", {"value": person.name})
    case.desk.put(f"{path}/birth_date", {"value": "1970-01-31"})
    confirmed = {field.name: field for field in case.incident().documents[0].confirmed}
    assert not confirmed[FieldName.NAME].corrected
    assert confirmed[FieldName.BIRTH_DATE].corrected
    assert confirmed[FieldName.BIRTH_DATE].read == found.reading.field(FieldName.BIRTH_DATE)
    assert confirmed[FieldName.BIRTH_DATE].by == case.desk.session["user"]["id"]
    for field, value, expected in (
        ("birth_date", "1970-02-31", (422, "field-form")),
        ("vin", "0", (422, "unknown-field")),
        ("name", "x" * 201, (422, "text-too-long")),
        ("shoe_size", "43", (422, "invalid-request")),
    ):
        assert refusal(case.desk.send("PUT", f"{path}/{field}", {"value": value})) == expected


def test_a_picture_of_nothing_is_told_as_such(case: Case) -> None:
    found = read(case, taken(case, picture(5), 320, 180))
    assert found.reading.kind is DocumentKind.UNKNOWN
    assert set(found.reading.problems) <= {ReadingProblem.NO_TEXT, ReadingProblem.UNKNOWN_DOCUMENT}
    assert found.reading.problems


def test_what_cannot_be_read_is_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"{case.path}/evidence/{new_id()}"
    assert refusal(case.desk.send("POST", f"{path}/reading")) == (404, "unknown-evidence")
    assert refusal(case.desk.send("PUT", f"{path}/fields/name", {"value": "示例安"})) == (409, "not-read")
    monkeypatch.setattr(readings, "MOST_OPEN", 0)
    known = taken(case, picture(6), 320, 180)
    answer = case.desk.send("POST", f"{case.path}/evidence/{known}/reading")
    assert refusal(answer) == (429, "too-many-readings")
    keyless = case.desk.send("POST", f"{path}/reading", headers={"Idempotency-Key": ""})
    assert refusal(keyless) == (400, "idempotency-key-missing")


def test_what_was_asked_for_is_read_after_the_service_starts_again(data: Path, stack: ExitStack) -> None:
    with (
        running(settings(data)) as service,
        Desk(service, "900010", "07") as desk,
        Phone(service, desk.link()) as phone,
    ):
        case = connected(desk, phone)
        evidence_id = taken(case, picture(7), 320, 180)
        service.core.readers.close()
        good(desk.send("POST", f"{case.path}/evidence/{evidence_id}/reading"))
    service = stack.enter_context(running(settings(data)))
    desk = stack.enter_context(Desk(service, "900010", "07"))
    wait_until(lambda: document(desk.snapshot().incidents[0], evidence_id), READING_S, "the reading")
