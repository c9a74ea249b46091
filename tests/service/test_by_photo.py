"""Photos and words instead of the picture: asked for over the service, seen on the page, kept in the call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.contract.codec import decode
from console.contract.party_api import PartyState
from console.domain.evidence import Slot
from console.domain.ids import new_id
from console.service.routes import by_photo
from tests.service.cases import Case, connected, send_bytes
from tests.service.harness import Desk, Phone, good, refusal
from tests.service.pictures import picture

PLATE = "请拍清甲车号牌。"


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a connected call."""
    return connected(desk, phone())


def asked(slot: Slot = Slot.PLATE_A, text: str = PLATE) -> dict[str, str]:
    """Return a fresh request."""
    return {"request_id": new_id(), "slot": slot.value, "text": text}


def seen(case: Case) -> PartyState:
    """Return what the page shows."""
    state: PartyState = decode(PartyState, good(case.phone.send("GET", "/v1/party/state")).content)
    return state


def lines(case: Case) -> list[tuple[str, bool]]:
    """Return what was written in the call."""
    call = case.desk.call(case.call_id)
    return [(line.text, line.by_party) for line in call.by_photo.lines]


def test_a_photo_is_asked_for_and_becomes_the_item_of_its_request(case: Case) -> None:
    request = asked()
    case.desk.post(f"/v1/calls/{case.call_id}/photos", request)
    photo = seen(case).photo
    assert photo is not None
    assert (photo.slot, photo.text, photo.arrived) == (Slot.PLATE_A, PLATE, False)
    path = f"/v1/party/stills?request_id={photo.request_id}&slot={photo.slot.value}"
    good(send_bytes(case.phone, "POST", path, picture(), Content_Type="image/jpeg"))
    (item,) = case.incident().evidence
    assert (item.id, item.capture.slot) == (request["request_id"], Slot.PLATE_A)
    after = seen(case).photo
    assert after is not None
    assert after.arrived
    case.desk.post(f"/v1/calls/{case.call_id}/photos/end")
    assert seen(case).photo is None


def test_both_sides_write_and_it_is_kept_in_order(case: Case) -> None:
    case.desk.post(f"/v1/calls/{case.call_id}/photos", asked())
    case.phone.post("/v1/party/words", {"text": "  车动不了 <b>真的</b> "})
    assert lines(case) == [(PLATE, False), ("车动不了 <b>真的</b>", True)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (asked() | {"request_id": "../../x"}, "invalid-request"),
        (asked(text="长" * 201), "text-too-long"),
        (asked() | {"slot": "nowhere"}, "invalid-request"),
    ],
)
def test_a_request_out_of_bounds_is_refused(case: Case, body: dict[str, str], code: str) -> None:
    assert refusal(case.desk.send("POST", f"/v1/calls/{case.call_id}/photos", body)) == (422, code)
    assert lines(case) == []


@pytest.mark.parametrize(("text", "code"), [(" ", "invalid-request"), ("a\0b", "invalid-request")])
def test_words_that_say_nothing_are_refused(case: Case, text: str, code: str) -> None:
    assert refusal(case.phone.send("POST", "/v1/party/words", {"text": text})) == (422, code)


def test_only_who_answered_asks_and_only_while_the_call_lasts(
    case: Case, sign_in: Callable[[str, str], Desk], phone: Callable[..., Phone]
) -> None:
    path = f"/v1/calls/{case.call_id}/photos"
    assert refusal(sign_in("900011", "11").send("POST", path, asked())) == (403, "not-your-call")
    waiting = phone()
    waiting.place()
    assert refusal(waiting.send("POST", "/v1/party/words", {"text": "在吗"})) == (409, "no-call")
    case.desk.post(path, asked())
    case.desk.post(f"/v1/calls/{case.call_id}/hang-up")
    assert refusal(case.desk.send("POST", path, asked())) == (409, "call-state")
    case.desk.post(f"{path}/end")
    assert seen(case).photo is None
    assert refusal(case.phone.send("POST", "/v1/party/words", {"text": "在吗"})) == (409, "no-call")


def test_a_call_holds_so_many_lines_and_no_more(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_photo, "MOST_LINES", 1)
    case.phone.post("/v1/party/words", {"text": "一"})
    assert refusal(case.phone.send("POST", "/v1/party/words", {"text": "二"})) == (429, "too-many-words")
    path = f"/v1/calls/{case.call_id}/photos"
    assert refusal(case.desk.send("POST", path, asked())) == (429, "too-many-words")
