"""The real service on loopback, and the desk's adapters that talk to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from console.adapters.http_client import HttpClient
from console.adapters.http_service import HttpService
from console.contract.desk_api import SignIn
from console.domain.ids import SeatId
from console.launcher.sound import VirtualSound
from console.service.server import Service
from tests.service.conftest import data, fresh_data, stack
from tests.service.harness import password, running, settings

OFFICER = "900010"


__all__ = ["data", "fresh_data", "stack"]


@pytest.fixture
def service(data: Path, stack: ExitStack) -> Service:
    """A running training service."""
    return stack.enter_context(running(settings(data, heartbeat_seconds=8.0)))


@pytest_asyncio.fixture
async def client(service: Service) -> AsyncIterator[HttpClient]:
    """A client that trusts the service's own authority."""
    made = HttpClient(service.url, service.files.ca)
    yield made
    await asyncio.to_thread(made.close)


@pytest.fixture
def streams() -> Iterator[ThreadPoolExecutor]:
    """The threads that read streams."""
    with ThreadPoolExecutor(max_workers=3, thread_name_prefix="streams") as workers:
        yield workers


@pytest.fixture
def sign_in(service: Service) -> SignIn:
    """The sign-in of the training officer who holds both posts."""
    return SignIn(username=OFFICER, password=password(service, OFFICER), seat=SeatId("07"))


@pytest_asyncio.fixture
async def signed_in(client: HttpClient, sign_in: SignIn) -> HttpService:
    """The service as the desk has it, signed in."""
    http = HttpService(client)
    session = await http.sign_in(sign_in)
    http.use_token(session.token)
    return http


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSound]:
    """Virtual sound devices, found by every process the test starts."""
    with VirtualSound() as virtual:
        for name, value in virtual.env.items():
            monkeypatch.setenv(name, value)
        yield virtual


@pytest.fixture
def no_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without sound devices."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
