"""The party's way through the page, as often as the tests need it."""

from __future__ import annotations

from playwright.sync_api import expect

from console.domain.incident import Incident
from tests.e2e.party_page.conftest import Phone
from tests.e2e.party_page.desk import Desk, until


def to_consents(phone: Phone, link: str, *, hurt: bool = False) -> None:
    """Open the link and answer whether anybody is hurt."""
    phone.page.goto(link)
    phone.page.get_by_role("button", name="有人受伤,优先接通" if hurt else "没有人受伤").click()
    expect(phone.page.locator("#consent-video-handling")).to_be_visible()


def to_permissions(phone: Phone, link: str, *, hurt: bool = False) -> None:
    """Go on to the permissions with what is needed and the position agreed to."""
    to_consents(phone, link, hurt=hurt)
    phone.act("notice")
    expect(phone.page.locator(".receipt .chip.ok")).to_be_visible()
    phone.page.check("#consent-video-handling")
    phone.page.check("#consent-location")
    phone.act("next")
    expect(phone.page.locator("[data-act=start]")).to_be_visible()


def to_queue(phone: Phone, link: str, *, hurt: bool = False) -> None:
    """Go on to the queue."""
    to_permissions(phone, link, hurt=hurt)
    phone.act("start")
    expect(phone.page.locator(".figure h1")).to_be_visible()


def newest_incident(desk: Desk) -> Incident:
    """Return the incident opened last, as the desk sees it."""

    def look() -> Incident | None:
        return max(desk.snapshot().incidents, key=lambda one: one.opened_at, default=None)

    return until(look, "incident")


def to_call(phone: Phone, link: str, desk: Desk) -> Incident:
    """Go on until the desk has answered and the call is on the screen."""
    to_queue(phone, link)
    incident = newest_incident(desk)
    desk.answer(desk.call_of(incident.id).id)
    expect(phone.page.locator(".call")).to_be_visible()
    return incident


def end_call(phone: Phone) -> None:
    """Press the end button, twice as it asks for."""
    end = phone.page.locator("[data-act=end]")
    if "再按" not in end.inner_text():
        end.click()
    end.click()
    expect(phone.page.locator("body[data-screen=progress]")).to_be_visible()
