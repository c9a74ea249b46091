"""Secrets over keyring backends: one that works, one that is locked, one that never answers, none."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from console.adapters.secrets import Secrets
from console.usecases.facts import KeyPlace

pytestmark = pytest.mark.asyncio


class Ring(KeyringBackend):
    """A keyring in memory; ``trouble`` is raised by everything, ``gate`` must be open to get an answer."""

    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def _pass(self) -> None:
        self.gate.wait(10)
        if self.trouble is not None:
            raise self.trouble

    def get_password(self, service: str, username: str) -> str | None:
        self._pass()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._pass()
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        self._pass()
        del self.kept[(service, username)]


@pytest.fixture
def ring() -> Iterator[Ring]:
    """A keyring that works."""
    made = Ring()
    yield made
    made.gate.set()


async def test_a_keyring_keeps_and_forgets(ring: Ring) -> None:
    secrets = Secrets("desk", lambda: ring)
    assert await secrets.save("session", "token") is KeyPlace.KEYRING
    assert ring.kept == {("desk", "session"): "token"}
    assert await Secrets("desk", lambda: ring).load("session") == "token"
    assert await Secrets("another", lambda: ring).load("session") is None
    await secrets.delete("session")
    await secrets.delete("session")
    assert (ring.kept, secrets.reason()) == ({}, "")


async def test_without_a_keyring_it_is_memory_and_says_so() -> None:
    secrets = Secrets("desk", NoKeyring)
    assert await secrets.save("session", "token") is KeyPlace.MEMORY
    assert secrets.reason() == "no-keyring"
    assert await secrets.load("session") == "token"
    assert await Secrets("desk", NoKeyring).load("session") is None
    await secrets.delete("session")
    assert await secrets.load("session") is None


async def test_a_locked_keyring(ring: Ring) -> None:
    ring.trouble = KeyringLocked()
    secrets = Secrets("desk", lambda: ring)
    assert await secrets.save("session", "token") is KeyPlace.MEMORY
    assert secrets.reason() == "keyring-locked"
    ring.trouble = None
    assert await secrets.save("session", "token") is KeyPlace.KEYRING
    assert secrets.reason() == ""


async def test_a_keyring_that_never_answers_holds_nothing_up(ring: Ring) -> None:
    ring.gate.clear()
    secrets = Secrets("desk", lambda: ring, wait_s=0.05)
    assert await secrets.save("session", "token") is KeyPlace.MEMORY
    assert secrets.reason() == "keyring-timeout"
