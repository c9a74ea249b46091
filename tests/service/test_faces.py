"""Faces: the same person is told from another, and nobody is compared who did not agree."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import requests
from PIL import Image

from console.contract.codec import decode
from console.domain.evidence import Slot
from console.domain.faces import FaceBand, FaceCheck, FaceMethod, FaceProblem
from console.domain.ids import new_id
from console.domain.party import ConsentItem
from console.domain.verification import CheckItem, CheckResult
from console.training.portraits import photo
from tests.service.cases import Case, connected
from tests.service.harness import Desk, Phone, good, refusal

ANNA, OTTO = "000138198403125838", "000979198607258828"


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """A call whose party is Anna by her own word."""
    caller = phone()
    good(caller.open())
    case = connected(desk, caller)
    details = {"name": "示例一", "phone": "10000000001", "id_number": ANNA}
    desk.put(f"{case.path}/parties/{case.party('甲')}", {"details": details})
    return case


def agree(case: Case, *, given: bool = True) -> None:
    """Answer the question on the party's page."""
    body = {"item": ConsentItem.FACE_COMPARISON.value, "given": given, "wording": "2026-11"}
    case.phone.post("/v1/party/consents", body)


def seen(case: Case, id_number: str, slot: Slot, *, small: bool = False) -> str:
    """A picture of a person before a grey wall, on the service; returns its id."""
    face = Image.open(io.BytesIO(photo(id_number)))
    wall = Image.new("RGB", (640, 480), (120, 124, 128))
    wall.paste(face.resize((48, 60)) if small else face.resize((320, 400)), (160, 60))
    encoded = io.BytesIO()
    wall.save(encoded, "JPEG", quality=88)
    evidence_id, data = new_id(), encoded.getvalue()
    announced = case.announcement(data, slot, width=640, height=480)
    case.desk.put(f"{case.path}/evidence/{evidence_id}", announced)
    good(case.upload(evidence_id, data))
    return evidence_id


def compare(case: Case, live: str, licence: str | None = None) -> requests.Response:
    """Ask for a comparison with a licence, or with the registry."""
    body = {"live": live, "reference": "licence" if licence else "registry", "licence": licence}
    path = f"{case.desk.url}{case.path}/parties/{case.party('甲')}/face-checks"
    return case.desk.http.post(path, json=body, headers={"Idempotency-Key": new_id()}, timeout=100)


def check_of(answer: requests.Response) -> FaceCheck:
    """The check that was answered."""
    check: FaceCheck = decode(FaceCheck, good(answer).content)
    return check


def test_the_same_face_is_told_from_another_and_only_with_consent(case: Case) -> None:
    live = seen(case, ANNA, Slot.DRIVER_A_FACE)
    own, foreign = (seen(case, who, Slot.DRIVING_LICENCE_A) for who in (ANNA, OTTO))
    assert refusal(compare(case, live, own)) == (403, "face-consent-missing")
    agree(case)
    same, other = check_of(compare(case, live, own)), check_of(compare(case, live, foreign))
    assert (same.band, other.band) == (FaceBand.LIKELY_SAME, FaceBand.LIKELY_DIFFERENT)
    assert same.score is not None
    assert other.score is not None
    assert same.score > 80
    assert other.score < 30
    assert check_of(compare(case, live)).band is FaceBand.LIKELY_SAME
    assert check_of(compare(case, seen(case, OTTO, Slot.DRIVER_A_FACE))).band is FaceBand.LIKELY_DIFFERENT
    incident = case.incident()
    assert [c.band for c in incident.face_checks[:2]] == [same.band, other.band]
    hint = incident.verification(case.party("甲")).check(CheckItem.FACE)
    assert hint.result is CheckResult.HINT
    agree(case, given=False)
    assert refusal(compare(case, live, own)) == (403, "face-consent-missing")


def test_a_bad_picture_gives_reasons_and_no_band(case: Case) -> None:
    agree(case)
    check = check_of(compare(case, seen(case, ANNA, Slot.DRIVER_A_FACE, small=True)))
    assert check.band is None
    assert check.score is None
    assert check.live_problems[0] in (FaceProblem.TOO_SMALL, FaceProblem.NO_FACE)
    assert check.reference_problems == ()


def test_a_person_may_always_look_and_say(case: Case) -> None:
    live = seen(case, ANNA, Slot.DRIVER_A_FACE)
    path = f"{case.path}/parties/{case.party('甲')}"
    beside = good(case.desk.send("GET", f"{path}/registry-photo"))
    assert beside.content == photo(ANNA)
    body = {"live": live, "reference": "registry", "licence": None, "band": "likely-different", "note": ""}
    assert refusal(case.desk.send("POST", f"{path}/face-judgements", body))[1] == "reason-missing"
    said = check_of(case.desk.send("POST", f"{path}/face-judgements", {**body, "note": "耳朵和脸型都不同"}))
    assert (said.method, said.band) == (FaceMethod.PERSON, FaceBand.LIKELY_DIFFERENT)
    found = case.incident().verification(case.party("甲")).check(CheckItem.FACE)
    assert (found.result, found.note) == (CheckResult.MANUAL, "耳朵和脸型都不同")


def test_pictures_of_other_cases_and_persons_without_a_photograph_are_refused(case: Case) -> None:
    path = f"{case.path}/parties/{case.party('甲')}"
    body = {"live": new_id(), "reference": "registry", "licence": None, "band": "likely-same", "note": ""}
    assert refusal(case.desk.send("POST", f"{path}/face-judgements", body))[1] == "unknown-evidence"
    case.desk.put(path, {"details": {"name": "示例一", "id_number": ""}})
    assert refusal(case.desk.send("GET", f"{path}/registry-photo")) == (404, "photo-missing")
