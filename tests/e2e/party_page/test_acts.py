"""What a party does on its page after the result: reads, applies for review, starts its claim, challenges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from console.contract import codec
from console.contract.application_api import ApplicationPage, ApplicationStep, DecideRecusal, DecideReview
from console.contract.desk_api import StatePartyDetails
from console.contract.signing_api import NoteSignature, ServeByHand
from console.domain.delivery import DeliveryState
from console.domain.determination import ServiceWay
from console.domain.incident import Incident
from console.domain.party import PartyDetails
from console.domain.review import ReviewOutcome
from console.domain.signature import SignatureState
from tests.e2e.browser_phone import draw_signature, type_code
from tests.e2e.party_page.conftest import Opens, Phone, Service
from tests.e2e.party_page.desk import Desk, until
from tests.e2e.party_page.steps import end_call, newest_incident, to_call
from tests.e2e.party_page.test_case import issue, rule

SUPERVISOR, OTHER_OFFICER = "900020", "900011"


def applications(desk: Desk) -> ApplicationPage:
    """Return the desk's list."""
    found: ApplicationPage = codec.decode(ApplicationPage, desk.send("GET", "/v1/applications"))
    return found


def after_call(phone: Phone, link: str, officer: Desk) -> Incident:
    """Bring a case to the progress screen; its party is insured."""
    incident = to_call(phone, link, officer)
    party = newest_incident(officer).parties[0]
    known = PartyDetails(name="测试甲", phone=party.details.phone, plate="测A12345", insurer="样例财险")
    path = f"/v1/incidents/{incident.id}/parties/{party.id}"
    officer.send("PUT", path, StatePartyDetails(details=known))
    end_call(phone)
    return incident


def write(page: Page, **fields: str) -> None:
    """Fill the fields of a card."""
    for key, words in fields.items():
        page.fill(f"#{key.replace('_', '-')}", words)


def test_review_and_claim_need_the_phone_and_are_followed_on_the_page(
    open_phone: Opens, service: Service, link: str, officer: Desk, tmp_path: Path
) -> None:
    phone: Phone = open_phone()
    page = phone.page
    incident = after_call(phone, link, officer)
    rule(officer, incident)
    draw_signature(page)
    type_code(page, "sign")
    phone.act("sign")
    expect(page.get_by_text("您已签名")).to_be_visible()
    issue(officer, incident)
    own = newest_incident(officer).parties[0]
    paper = ServeByHand(way=ServiceWay.PAPER, note="窗口领取")
    officer.send("POST", f"/v1/incidents/{incident.id}/parties/{own.id}/service", paper)
    expect(page.locator("[data-card=review]", has_text="截止")).to_be_visible(timeout=15_000)
    shot = picture(page, tmp_path)

    page.locator("[data-card=claim] summary").click()
    expect(page.locator("[data-act=claim]")).to_be_disabled()
    type_code(page, "claim")
    shot("claim")
    phone.act("claim")
    expect(page.locator("[data-card=claim]", has_text="保险公司已受理")).to_be_visible(timeout=15_000)
    assert any(one.state is DeliveryState.DONE for one in newest_incident(officer).deliveries)

    page.locator("[data-card=review] summary").click()
    write(page, review_claims="请求撤销", review_reasons="对方先变道")
    page.locator("[data-act=language]").click()
    expect(page.locator("#review-reasons")).to_have_value("对方先变道")
    page.locator("[data-act=language]").click()
    page.locator("[data-card=review] summary").click()
    type_code(page, "review")
    expect(page.locator("[data-act=review]")).to_be_disabled()
    write(page, review_evidence="行车记录仪")
    shot("review")
    phone.act("review")
    expect(page.locator("[data-card=review]", has_text="前移送上一级交警部门")).to_be_visible()
    expect(page.locator("[data-act=review]")).to_have_count(0)
    shot("applied")

    supervisor = service.desk(SUPERVISOR, "91")
    (task,) = applications(supervisor).items
    assert task.step is ApplicationStep.FORWARD_REVIEW
    path = f"/v1/incidents/{incident.id}/review"
    supervisor.send("POST", f"{path}/forwarding")
    expect(page.locator("[data-card=review]", has_text="前作出复核结论")).to_be_visible()
    ordered = DecideReview(outcome=ReviewOutcome.REINVESTIGATE, note="第1号")
    supervisor.send("POST", f"{path}/decision", ordered)
    supervisor.close()
    followed_anew(page, officer, incident, shot)


def followed_anew(page: Page, officer: Desk, incident: Incident, shot: Callable[[str], None]) -> None:
    """The case is ruled again; the page says until when, and what the new document cancels."""
    review = page.locator("[data-card=review]")
    expect(review).to_contain_text("复核结论:责令重新调查、认定")
    expect(review).to_contain_text("前重新作出认定,届时原文书撤销")
    shot("ordered-anew")
    first = newest_incident(officer).determination
    assert first is not None
    absent = NoteSignature(state=SignatureState.ABSENT, reason="没有到场")
    for party in newest_incident(officer).parties:
        officer.send("PUT", f"/v1/incidents/{incident.id}/parties/{party.id}/signature", absent)
    issue(officer, incident)
    expect(page.get_by_text(f"本文书撤销原文书 {first.number}")).to_be_visible()
    expect(review).not_to_contain_text("届时原文书撤销")
    shot("made-anew")


def test_a_party_asks_that_the_officer_stand_back(
    open_phone: Opens, service: Service, link: str, officer: Desk, tmp_path: Path
) -> None:
    phone: Phone = open_phone()
    page = phone.page
    incident = after_call(phone, link, officer)
    page.locator("[data-card=recusal] summary").click()
    expect(page.locator("[data-card=recusal]")).to_contain_text("承办民警:钱演示")
    expect(page.locator("[data-act=recusal]")).to_be_disabled()
    write(page, recusal_reason="民警是对方的亲属 <b>")
    picture(page, tmp_path)("recusal")
    phone.act("recusal")
    expect(page.locator("[data-card=recusal]", has_text="已收到您的回避申请")).to_be_visible()
    expect(page.locator("[data-act=recusal]")).to_have_count(0)
    supervisor = service.desk(SUPERVISOR, "92")
    task = until(lambda: next(iter(applications(supervisor).items), None), "the request")
    path = f"/v1/incidents/{incident.id}/recusal-requests/{task.request_id}/decision"
    supervisor.send("POST", path, DecideRecusal(granted=True))
    expect(page.locator("[data-card=recusal]", has_text="准予回避")).to_be_visible()
    assert newest_incident(officer).posts.recusals[0].reason == "民警是对方的亲属 <b>"
    supervisor.close()


def picture(page: Page, folder: Path) -> Callable[[str], None]:
    """Return a function that keeps a picture of the whole page."""

    def keep(name: str) -> None:
        (folder / f"{name}.png").write_bytes(page.screenshot(animations="disabled", full_page=True))

    return keep
