"""One whole case on the party's page, with a picture of each screen for the eye."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from console.contract import codec
from console.contract.control import Guide, SwitchCamera
from console.contract.desk_api import (
    HandOver,
    IssueDetermination,
    JoinParty,
    RulingReview,
    SendEvacuationNotice,
)
from console.contract.signing_api import NoteSignature, RequestSignatures
from console.domain.determination import Determination
from console.domain.evidence import Slot
from console.domain.ids import new_id
from console.domain.incident import Incident
from console.domain.party import PartyDetails
from console.domain.ruling import Citation, Fault, Liability, MediationOutcome, Outcome, PartyRuling, Ruling
from console.domain.signature import SignatureState
from console.domain.triage import Answer, TriageFact
from tests.e2e.browser_phone import draw_signature, type_code
from tests.e2e.party_page.conftest import Opens, Phone
from tests.e2e.party_page.desk import Desk, Line, until
from tests.e2e.party_page.steps import end_call, newest_incident, to_call

WEEKDAYS = "一二三四五六日"
REAR_END = Fault(
    code="1094",
    name="追尾：同车道未与前车保持必要安全距离",
    citation=Citation(law="道路交通安全法", article=43),
)


def rule(desk: Desk, incident: Incident) -> None:
    """Let the officer rule that the second party is fully liable, and ask for signatures after the call."""
    path = f"/v1/incidents/{incident.id}"
    for fact in TriageFact:
        desk.state_fact(incident.id, fact, Answer.NO)
    desk.send("POST", f"{path}/parties", JoinParty(details=PartyDetails(name="测试乙")))
    desk.send("POST", f"{path}/hand-over", HandOver(gaps_reason="演示"))
    first, second = newest_incident(desk).parties
    ruling = Ruling(
        outcome=Outcome.RULING,
        parties=(
            PartyRuling(party_id=first.id, liability=Liability.NONE),
            PartyRuling(party_id=second.id, faults=(REAR_END,), liability=Liability.FULL),
        ),
        facts="乙车追尾甲车。",
        mediation_outcome=MediationOutcome.NOT_ASKED,
    )
    reviewed: RulingReview = codec.decode(RulingReview, desk.send("PUT", f"{path}/ruling", ruling))
    assert reviewed.problems == ()
    absent = NoteSignature(state=SignatureState.ABSENT, reason="没有用手机接入")
    desk.send("PUT", f"{path}/parties/{second.id}/signature", absent)
    desk.send("POST", f"{path}/signature-requests", RequestSignatures(unrecorded_reason="通话已经结束"))


def issue(desk: Desk, incident: Incident) -> Determination:
    """Let the officer issue what stands."""
    path = f"/v1/incidents/{incident.id}"
    issue = IssueDetermination(version=newest_incident(desk).version)
    issued: Determination = codec.decode(Determination, desk.send("POST", f"{path}/determination", issue))
    return issued


def read_and_sign(phone: Phone, desk: Desk, picture: Callable[[str], None]) -> None:
    """Read what was decided, draw twice, look at it in English, and sign."""
    page = phone.page
    expect(page.get_by_role("heading", name="请阅读认定内容并签名")).to_be_visible()
    expect(page.locator(".document")).to_contain_text("当事人乙：全部责任")
    expect(page.get_by_text("没有录音录像。民警写明的原因:通话已经结束")).to_be_visible()
    expect(page.locator("[data-act=sign]")).to_be_disabled()
    draw_signature(page)
    picture("6-sign")
    page.locator("[data-act=wipe]").click()
    expect(page.locator("[data-act=sign]")).to_be_disabled()
    draw_signature(page)
    page.locator("[data-act=language]").click()
    expect(page.get_by_role("heading", name="Read and sign")).to_be_visible()
    picture("6-sign-english")
    page.locator("[data-act=language]").click()
    draw_signature(page)
    expect(page.locator("[data-act=sign]")).to_be_disabled()
    type_code(page, "sign")
    picture("6-sign-code")
    phone.act("sign")
    expect(page.locator("body[data-screen=progress]")).to_be_visible()
    expect(page.get_by_text("您已签名")).to_be_visible()
    signed = newest_incident(desk).signature(newest_incident(desk).parties[0].id)
    assert signed is not None
    assert (signed.state, bool(signed.strokes_sha256)) == (SignatureState.SIGNED, True)


def served_until(incident: Incident) -> date | None:
    """Return the last day for a review once the document was served on anybody."""
    served = () if incident.determination is None else incident.determination.served
    return served[0].review_until if served else None


def read_result(page: Page, desk: Desk, issued: Determination) -> None:
    """Read what was issued: the shares, the last day for a review, and the SMS."""
    expect(page.get_by_role("heading", name="事故认定书")).to_be_visible()
    expect(page.get_by_text("您(甲): 无责任")).to_be_visible()
    expect(page.get_by_text("对方(乙): 全部责任 · 追尾：同车道未与前车保持必要安全距离")).to_be_visible()
    expect(page.get_by_text(issued.number)).to_be_visible()
    last = until(lambda: served_until(newest_incident(desk)), "service")
    weekday = f"周{WEEKDAYS[last.weekday()]}"
    expect(page.get_by_text(f"截止 {last.year} 年 {last.month} 月 {last.day} 日 {weekday}")).to_be_visible()
    expect(page.get_by_role("heading", name="短信(训练网关)")).to_be_visible()
    expect(page.locator("blockquote", has_text="您无责任")).to_be_visible()


def read_document(phone: Phone, issued: Determination) -> None:
    """Open the document itself with the code that it needs."""
    phone.page.locator("summary", has_text="查看认定书").click()
    type_code(phone.page, "read")
    with phone.page.expect_download() as saved:
        phone.act("read")
    assert hashlib.sha256(saved.value.path().read_bytes()).hexdigest() == issued.pdf_sha256


def test_a_case_from_the_first_screen_to_the_result(
    open_phone: Opens, link: str, officer: Desk, tmp_path: Path
) -> None:
    phone: Phone = open_phone()
    page = phone.page

    def picture(name: str) -> None:
        (tmp_path / f"{name}.png").write_bytes(page.screenshot(animations="disabled"))

    page.goto(link)
    expect(page.get_by_role("heading", name="有没有人受伤?")).to_be_visible()
    picture("1-safety")
    page.get_by_role("button", name="没有人受伤").click()
    phone.act("notice")
    expect(page.locator(".receipt .chip.ok")).to_be_visible()
    for item in ("video-handling", "location", "e-service"):
        page.check(f"#consent-{item}")
    picture("2-consent")
    phone.act("next")
    expect(page.locator("[data-act=start]")).to_be_visible()
    picture("2-permissions")
    phone.act("start")
    expect(page.locator(".figure h1")).to_have_text("下一位就是您")
    expect(page.get_by_text("误差约 12 米")).to_be_visible()
    picture("3-queue")
    incident = newest_incident(officer)
    call = officer.call_of(incident.id)
    officer.answer(call.id)
    with Line(officer, call.id) as line:
        until(line.picture_shown, "picture of the phone", 20)
        expect(page.locator(".officer-card")).to_be_hidden()
        line.control(SwitchCamera(id=new_id(), facing="environment"))
        line.control(Guide(id=new_id(), text="再后退 3 步", slot=Slot.REAR_PANORAMA, done=10, required=14))
        expect(page.locator(".guide strong")).to_have_text("再后退 3 步")
        expect(page.get_by_text("接警员已为您切到后镜头")).to_be_visible()
        picture("4-call")
        notice = SendEvacuationNotice(
            text="证据已固定，请驶离。", destination="测试路东侧停车带（前方 180 米）"
        )
        officer.send("POST", f"/v1/incidents/{incident.id}/evacuation", notice)
        expect(page.get_by_role("heading", name="可以撤离现场了")).to_be_visible()
        picture("5-evacuation")
        phone.act("cleared")
        end_call(phone)
    rule(officer, incident)
    read_and_sign(phone, officer, picture)
    issued = issue(officer, incident)
    read_result(page, officer, issued)
    picture("7-progress")
    read_document(phone, issued)
    picture("7-document")
    assert len(list(tmp_path.glob("*.png"))) == 11


WITHIN_S = 1.0
"""The phone follows the script this fast (interface.md 8)."""


def test_the_phone_follows_a_changed_script_within_a_second_both_ways(
    open_phone: Opens, link: str, officer: Desk
) -> None:
    """Each way is tried often enough that one slow paint of a busy machine does not speak for all."""
    phone: Phone = open_phone()
    incident = to_call(phone, link, officer)
    stay = phone.page.get_by_text("不要移动车辆").first
    for fact in (TriageFact.INJURY, TriageFact.INTENT):
        took = {Answer.YES: 9.0, Answer.NO: 9.0}
        for answer in (Answer.YES, Answer.NO) * 3:
            officer.state_fact(incident.id, fact, answer)
            since = time.monotonic()
            if answer is Answer.YES:
                expect(stay).to_be_visible()
            else:
                expect(stay).to_be_hidden()
            took[answer] = min(took[answer], time.monotonic() - since)
        assert max(took.values()) < WITHIN_S, took
    end_call(phone)
