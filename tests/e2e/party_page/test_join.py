"""A second party comes in without any link: by the digits that the call-taker reads out."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from console.contract import codec
from console.contract.desk_api import JoinedParty, JoinParty
from console.contract.join_api import CreateJoinCode, JoinCode
from console.domain.party import PartyDetails
from tests.e2e.party_page.conftest import Opens, Phone
from tests.e2e.party_page.desk import Desk
from tests.e2e.party_page.steps import newest_incident, to_call


def test_the_second_party_joins_by_telephone(
    open_phone: Opens, link: str, officer: Desk, tmp_path: Path
) -> None:
    first: Phone = open_phone()
    incident = to_call(first, link, officer)
    path = f"/v1/incidents/{incident.id}"
    details = PartyDetails(name="测试乙", phone="10087654321")
    joined = codec.decode(JoinedParty, officer.send("POST", f"{path}/parties", JoinParty(details=details)))
    wanted = CreateJoinCode(party_id=joined.party_id)
    told: JoinCode = codec.decode(JoinCode, officer.send("POST", f"{path}/join-codes", wanted))

    phone: Phone = open_phone()
    page = phone.page
    page.goto(told.address)
    expect(page.get_by_role("heading", name="用接入码进入")).to_be_visible()
    page.fill("#join-code", "1234")
    expect(page.locator("[data-act=join-code]")).to_be_disabled()
    page.fill("#join-code", f"{(int(told.code) + 1) % 10**8:08d}")
    phone.act("join-code")
    expect(page.get_by_text("接入码不对、已用过或已过期")).to_be_visible()
    (tmp_path / "join.png").write_bytes(page.screenshot(animations="disabled"))
    page.fill("#join-code", f"{told.code[:4]} {told.code[4:]}")
    phone.act("join-code")
    expect(page.get_by_role("heading", name="有没有人受伤?")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="有没有人受伤?")).to_be_visible()
    page.get_by_role("button", name="没有人受伤").click()
    phone.act("notice")
    expect(page.locator(".receipt .chip.ok")).to_be_visible()
    page.check("#consent-video-handling")
    phone.act("next")
    phone.act("start")
    expect(page.locator(".figure h1")).to_be_visible()
    assert [party.label for party in newest_incident(officer).parties] == ["甲", "乙"]
    calls = [call for call in officer.snapshot().calls if call.incident_id == incident.id]
    assert {call.party_id for call in calls} == {party.id for party in newest_incident(officer).parties}

    third: Phone = open_phone()
    third.page.goto(told.address)
    third.page.fill("#join-code", told.code)
    third.act("join-code")
    expect(third.page.get_by_text("接入码不对、已用过或已过期")).to_be_visible()
