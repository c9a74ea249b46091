"""A real service as a process, a real Chromium as the phone, and desks over the wire."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Geolocation, Page, Playwright, sync_playwright

from console.launcher.towers import Towers
from tests.e2e.party_page.desk import Desk

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FAKE_DEVICES = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
READY_SECONDS = 60.0
SEATS = itertools.count(11)
OFFICER = "900010"
TRAINER = "900030"
PLACE: Geolocation = {"latitude": 39.00787, "longitude": 83.00994, "accuracy": 12}  # inside the training town


@dataclass(frozen=True)
class Service:
    """A running service and the passwords of its training accounts."""

    url: str
    ca: Path
    passwords: dict[str, str]

    def desk(self, account: str, seat: str) -> Desk:
        """Sign in."""
        return Desk(self.url, self.ca, account, self.passwords[account], seat)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Start a service of its own for the module."""
    folder = tmp_path_factory.mktemp("service")
    with Towers(folder / "logs") as towers:
        tower = towers.start("service", "--data", str(folder))
        ready = tower.wait_for(lambda line: line.get("ready") == "service", READY_SECONDS)
        people = json.loads((folder / "training-accounts.json").read_text("utf-8"))["accounts"]
        passwords = {str(one["username"]): str(one["password"]) for one in people}
        yield Service(str(ready["url"]), Path(str(ready["ca"])), passwords)


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    """Start the driver once for the module."""
    with sync_playwright() as playwright:
        yield playwright


@dataclass(frozen=True)
class Phone:
    """A phone with the party's page: ``complaints`` are console errors and scripts that broke."""

    context: BrowserContext
    page: Page
    complaints: list[str]

    def act(self, name: str) -> None:
        """Press the button with this meaning."""
        self.page.locator(f"[data-act={name}]").click()


Opens = Callable[..., Phone]


@pytest.fixture
def open_phone(driver: Playwright) -> Iterator[Opens]:
    """Return a function that gives a fresh phone: its permissions, more flags, a script to run first."""
    with ExitStack() as stack:
        phones: list[Phone] = []

        def fresh(
            permissions: tuple[str, ...] = ("geolocation", "camera", "microphone"),
            flags: tuple[str, ...] = FAKE_DEVICES,
            script: str = "",
        ) -> Phone:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
            stack.callback(browser.close)
            context = browser.new_context(
                viewport={"width": 390, "height": 844},
                has_touch=True,
                is_mobile=True,
                locale="zh-CN",
                ignore_https_errors=True,
                permissions=list(permissions),
                geolocation=PLACE,
            )
            if script:
                context.add_init_script(script)
            page = context.new_page()
            complaints: list[str] = []
            page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
            page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
            phones.append(Phone(context, page, complaints))
            return phones[-1]

        yield fresh
        broken = [line for phone in phones for line in phone.complaints]
    assert broken == []


@pytest.fixture
def officer(service: Service) -> Iterator[Desk]:
    """The training officer who holds both posts, at a seat that no earlier test left in a call."""
    desk = service.desk(OFFICER, f"{next(SEATS):02}")
    yield desk
    desk.close()


@pytest.fixture
def link(service: Service) -> str:
    """The address of a fresh link, made by the trainer."""
    desk = service.desk(TRAINER, "09")
    address = desk.link()
    desk.close()
    return address
