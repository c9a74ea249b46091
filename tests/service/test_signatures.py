"""Signatures over the wire: read, signed or refused, noted, invalidated, printed; and what goes with them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from console.contract.codec import decode
from console.contract.desk_api import RulingReview
from console.contract.party_api import PartyState
from console.domain.clock import local_date
from console.domain.determination import ServiceWay
from console.domain.incident import IncidentState
from console.domain.party import ConsentItem, ConsentWay
from console.domain.signature import SignatureState, text_digest
from console.service.server import Service
from tests.service.cases import Case, connected
from tests.service.harness import Desk, Phone, good, refusal
from tests.waiting import wait_until

STROKES = [[{"x": 100 + 10 * n, "y": 200 - (n % 7) * 10, "ms": 20 * n} for n in range(60)]]
NOTICE = {"item": ConsentItem.RECORDING_NOTICE.value, "given": True, "wording": "v1"}


pytestmark = pytest.mark.usefixtures("any_year")


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a recorded call of 甲, with 乙 taken down; the ruling is drafted."""
    case = connected(desk, phone())
    case.join()
    case.desk.put(
        f"{case.path}/parties/{case.party('甲')}",
        {"details": {"name": "示例安", "phone": "10012345678", "id_number": "000123199003070015"}},
    )
    case.deny_all_facts()
    case.phone.post("/v1/party/consents", NOTICE)
    good(case.record())
    case.hand_over()
    assert case.draft() == []
    return case


def sign(phone: Phone, **changes: Any) -> Any:
    """Sign what is on the page."""
    signing = phone.state().signing
    assert signing is not None
    body = {"text_sha256": signing.sha256, "strokes": STROKES, "typed_name": "", **changes}
    if "code" not in changes:
        body["code"] = phone.code("sign")
    return phone.send("POST", "/v1/party/signature", body)


def state_of(case: Case, label: str) -> SignatureState | None:
    """Return what stands of a signature."""
    known = case.incident().signature(case.party(label))
    return None if known is None else known.state


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF without any white space."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=30
    )
    return "".join(read.stdout.decode().split())


def test_a_recorded_signature_and_a_noted_absence_issue_the_document(case: Case) -> None:
    assert refusal(case.issue()) == (409, "signatures-open")
    good(case.ask_to_sign())
    shown = case.phone.state().signing
    assert shown is not None
    assert (shown.recorded, shown.state, text_digest(shown.text)) == (True, None, shown.sha256)
    assert "当事人乙：全部责任" in shown.text
    assert "000***********0015" in shown.text
    assert "000123199003070015" not in shown.text
    good(sign(case.phone))
    signed = case.incident().signature(case.party("甲"))
    assert signed is not None
    assert signed.text_sha256 == shown.sha256
    assert signed.recorded_s is not None
    assert signed.unrecorded_reason == ""
    answer = case.issue()
    assert refusal(answer) == (409, "signatures-open")
    assert answer.json()["params"] == {"parties": "乙"}
    good(case.note(case.party("乙"), "absent", "乙方未用手机接入，已离开去挪车"))
    number = good(case.issue()).json()["number"]
    text = text_of(good(case.desk.send("GET", f"{case.path}/determination.pdf")).content)
    assert number.replace(" ", "") in text
    assert "同步录音录像（第0分" in text
    assert "未到场签名。原因：乙方未用手机接入，已离开去挪车" in text
    assert case.phone.state().signing is None


def test_a_changed_draft_needs_another_signature(case: Case) -> None:
    good(case.ask_to_sign())
    good(sign(case.phone))
    old = case.incident().signing
    assert old is not None
    case.draft()
    assert state_of(case, "甲") is SignatureState.SIGNED, "the same draft saved again is the same text"
    case.draft(facts="乙车追尾甲车，甲车无责任。")
    assert case.incident().signing is None
    assert state_of(case, "甲") is None
    body = {"text_sha256": old.sha256, "strokes": STROKES, "typed_name": ""}
    assert refusal(case.phone.send("POST", "/v1/party/signature", body)) == (409, "text-changed")
    good(case.ask_to_sign())
    good(sign(case.phone))
    case.desk.put(f"{case.path}/place", {"road": "样例大道", "landmark": "K12"})
    assert state_of(case, "甲") is None
    assert refusal(case.issue()) == (409, "signatures-open")


def test_without_recording_the_reason_is_asked_and_printed(case: Case) -> None:
    good(case.record(running=False))
    assert refusal(case.ask_to_sign()) == (409, "recording-not-running")
    good(case.ask_to_sign("通话已结束，当事人回到原链接补签"))
    shown = case.phone.state().signing
    assert shown is not None
    assert not shown.recorded
    assert shown.unrecorded_reason == "通话已结束，当事人回到原链接补签"
    good(sign(case.phone))
    good(case.note(case.party("乙"), "absent", "无法联系"))
    good(case.issue())
    text = text_of(good(case.desk.send("GET", f"{case.path}/determination.pdf")).content)
    assert "未同步录音录像，原因：通话已结束，当事人回到原链接补签" in text


def test_a_recording_that_breaks_before_the_signature_stops_it(case: Case) -> None:
    good(case.ask_to_sign())
    good(case.record(running=False))
    assert refusal(sign(case.phone)) == (409, "recording-not-running")
    good(case.record())
    good(sign(case.phone))


def test_a_refusal_is_noted_by_the_officer(case: Case) -> None:
    assert refusal(case.note(case.party("甲"), "refused", "口头表示不服")) == (409, "not-asked-to-sign")
    good(case.ask_to_sign())
    shown = case.phone.state().signing
    assert shown is not None
    decline = {"text_sha256": shown.sha256, "reason": "我没有错"}
    good(case.phone.send("POST", "/v1/party/signature/decline", decline))
    assert state_of(case, "甲") is SignatureState.DECLINED
    good(case.note(case.party("乙"), "absent", "无法联系"))
    assert refusal(case.issue()) == (409, "signatures-open")
    assert refusal(case.note(case.party("甲"), "refused", " ")) == (409, "reason-missing")
    good(case.note(case.party("甲"), "refused", "当事人称没有过错，拒绝签名"))
    good(case.issue())
    text = text_of(good(case.desk.send("GET", f"{case.path}/determination.pdf")).content)
    assert "拒绝签名。民警注明：当事人称没有过错，拒绝签名" in text


def test_a_name_may_be_typed_where_a_hand_cannot_draw(case: Case) -> None:
    good(case.ask_to_sign())
    assert refusal(sign(case.phone, strokes=[], typed_name="别人")) == (422, "name-differs")
    good(sign(case.phone, strokes=[], typed_name=" 示例安 "))
    signed = case.incident().signature(case.party("甲"))
    assert signed is not None
    assert (signed.typed_name, signed.strokes_sha256) == ("示例安", "")


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [[]],
        [[{"x": 1, "y": 1, "ms": 0}]],
        [[{"x": 500, "y": 100, "ms": 0}, {"x": 501, "y": 100, "ms": 5}]],
        [[{"x": -1, "y": 1, "ms": 0}, {"x": 900, "y": 1, "ms": 5}]],
        [[{"x": 1, "y": 401, "ms": 0}, {"x": 900, "y": 1, "ms": 5}]],
        [[{"x": 1, "y": 1, "ms": 5}, {"x": 900, "y": 1, "ms": 0}]],
        [[{"x": 1, "y": 1, "ms": 0}, {"x": 900, "y": 1, "ms": 10**9}]],
        [[{"x": n % 1000, "y": 1, "ms": n} for n in range(3001)]],
        [[{"x": 9 * n, "y": 1, "ms": n}] for n in range(61)],
    ],
)
def test_strokes_that_are_no_signature_are_refused(case: Case, strokes: list[Any]) -> None:
    good(case.ask_to_sign())
    assert refusal(sign(case.phone, strokes=strokes)) == (422, "signature-malformed")
    assert state_of(case, "甲") is None


def test_signing_again_changes_nothing_and_nobody_declines_afterwards(case: Case) -> None:
    good(case.ask_to_sign())
    good(sign(case.phone))
    first = case.incident().signature(case.party("甲"))
    good(sign(case.phone, strokes=[], typed_name="示例安"))
    assert case.incident().signature(case.party("甲")) == first
    assert first is not None
    answer = case.phone.send("POST", "/v1/party/signature/decline", {"text_sha256": first.text_sha256})
    assert refusal(answer) == (409, "signed-already")


def test_recording_begins_after_the_notice_and_only_at_the_own_call(
    desk: Desk, phone: Callable[..., Phone], sign_in: Callable[[str, str], Desk]
) -> None:
    case = connected(desk, phone())
    assert refusal(case.record()) == (409, "recording-not-announced")
    case.phone.post("/v1/party/consents", NOTICE)
    stranger = sign_in("900011", "09")
    path = f"/v1/calls/{case.call_id}/recording"
    assert refusal(stranger.send("PUT", path, {"running": True})) == (403, "not-your-call")
    good(case.record())
    events = case.phone.stream("/v1/party/events")
    assert events.until(lambda state: state.recording_since is not None, PartyState)
    good(case.record(running=False))
    assert case.incident().recording is None
    desk.post(f"/v1/calls/{case.call_id}/hang-up")
    assert refusal(case.record()) == (409, "no-call")


def test_a_spoken_consent_lies_in_the_recording(case: Case) -> None:
    path = f"{case.path}/parties/{case.party('乙')}/consents"
    asked = {"item": "e-service", "given": True, "wording": "voice-1"}
    case.desk.post(path, asked)
    consent = next(p for p in case.incident().parties if p.label == "乙").consent(ConsentItem.E_SERVICE)
    assert consent is not None
    assert (consent.way, consent.given) == (ConsentWay.VOICE, True)
    assert consent.recorded_s is not None
    good(case.record(running=False))
    assert refusal(case.desk.send("POST", path, asked)) == (409, "recording-not-running")


def test_paper_serves_who_did_not_agree(case: Case) -> None:
    case.agree(case.phone)
    case.note_absences()
    path = f"{case.path}/parties/{case.party('乙')}/service"
    body = {"way": "paper", "note": "本人在快处中心签收"}
    assert refusal(case.desk.send("POST", path, body)) == (409, "not-issued")
    good(case.issue())
    assert refusal(case.desk.send("POST", path, {**body, "way": "sms"})) == (422, "invalid-request")
    case.desk.post(path, body)
    case.desk.post(path, {**body, "note": "又一次"})
    wait_until(lambda: case.incident().state is IncidentState.SERVED, 10, "service on both parties")
    issued = case.incident().determination
    assert issued is not None
    (paper,) = [one for one in issued.served if one.party_id == case.party("乙")]
    assert (paper.way, paper.note) == (ServiceWay.PAPER, "本人在快处中心签收")


def test_segments_of_the_recording_do_not_make_a_reading_stale(case: Case) -> None:
    case.note_absences()
    read = case.incident().version
    good(case.record(running=False))
    answer = case.desk.send("POST", f"{case.path}/determination", {"version": read})
    assert good(answer).json()["number"] == "训练样张第0001号"


def test_the_review_names_the_last_days(case: Case, service: Service) -> None:
    answer = good(case.desk.send("PUT", f"{case.path}/ruling", case.ruling()))
    until = decode(RulingReview, answer.content).deadlines
    today = local_date(datetime.now(UTC))
    assert until.review == service.core.rules.calendar.last_day(today, 3)
    assert until.document is not None
    assert until.calendar_year == today.year
