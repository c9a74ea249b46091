"""Pictures set aside over the wire: journaled once with who and why, kept as they are, counted no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from console.domain.discarding import DiscardReason
from console.domain.evidence import Slot
from console.domain.ids import new_id
from console.domain.verification import CheckItem
from tests.service.cases import Case, connected
from tests.service.harness import Desk, Phone, good, refusal
from tests.service.pictures import picture


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a connected call."""
    return connected(desk, phone())


def discard(case: Case, evidence_id: str, reason: str = "unclear") -> requests.Response:
    """Set a picture aside."""
    return case.desk.send("POST", f"{case.path}/evidence/{evidence_id}/discard", {"reason": reason})


def test_a_picture_set_aside_counts_no_more_and_is_still_there(case: Case) -> None:
    evidence_id = case.capture(Slot.PLATE_A)
    assert Slot.PLATE_A not in case.incident().missing_slots
    for _ in range(2):
        assert discard(case, evidence_id).status_code == 204
    told = case.incident()
    assert told.evidence == ()
    assert Slot.PLATE_A in told.missing_slots
    (gone,) = told.discarded
    assert (gone.evidence.id, gone.reason) == (evidence_id, DiscardReason.UNCLEAR)
    assert gone.by == case.desk.session["user"]["id"]
    back = good(case.desk.send("GET", f"{case.path}/evidence/{evidence_id}/content"))
    assert back.content == picture(seed=len(Slot.PLATE_A.value))


def test_bytes_sent_again_do_not_bring_it_back(case: Case) -> None:
    evidence_id, data = new_id(), picture()
    case.desk.put(f"{case.path}/evidence/{evidence_id}", case.announcement(data))
    first = good(case.upload(evidence_id, data)).json()
    discard(case, evidence_id)
    assert good(case.upload(evidence_id, data)).json() == first
    assert case.incident().evidence == ()


def test_only_what_is_there_for_a_reason_that_is_known(case: Case, phone: Callable[..., Phone]) -> None:
    evidence_id = case.capture(Slot.PLATE_A)
    assert refusal(discard(case, new_id())) == (404, "unknown-evidence")
    assert refusal(discard(case, evidence_id, "because")) == (422, "invalid-request")
    answer = phone().send("POST", f"{case.path}/evidence/{evidence_id}/discard", {"reason": "unclear"})
    assert refusal(answer)[0] == 401
    assert len(case.incident().evidence) == 1


def test_what_a_finding_or_a_ruling_rests_on_stays(case: Case) -> None:
    evidence_id = case.capture(Slot.PLATE_A)
    finding = {"note": "车牌与行驶证一致", "evidence_id": evidence_id}
    case.desk.put(f"{case.path}/parties/{case.party('甲')}/checks/{CheckItem.VEHICLE.value}", finding)
    assert refusal(discard(case, evidence_id)) == (409, "evidence-relied-on")
    other = case.capture(Slot.PLATE_B)
    case.join()
    case.deny_all_facts()
    case.hand_over()
    case.desk.put(f"{case.path}/ruling", case.ruling())
    assert refusal(discard(case, other)) == (409, "discard-too-late")
    assert len(case.incident().evidence) == 2
