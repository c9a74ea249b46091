"""Secrets of this user: the system's keyring, and an honest word when there is none."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError

from console.usecases.facts import KeyPlace

T = TypeVar("T")

WAIT_S = 5.0
"""A keyring that asks its user for a password must not hold up a call."""


class Secrets:
    """``SecretsPort`` over keyring. What the keyring does not take stays in memory until the desk ends.

    ``owner`` names whose secrets these are, one for each data folder; ``choose`` finds the keyring.
    """

    def __init__(
        self, owner: str, choose: Callable[[], KeyringBackend] = keyring.get_keyring, wait_s: float = WAIT_S
    ) -> None:
        self._owner = owner
        self._choose = choose
        self._wait_s = wait_s
        self._memory: dict[str, str] = {}
        self._reason = ""

    def reason(self) -> str:
        """Return why the keyring was not used last time (``no-keyring``, ``keyring-locked``,
        ``keyring-timeout``, ``keyring-failed``); empty while it is.
        """
        return self._reason

    async def load(self, name: str) -> str | None:
        """Return a secret, or ``None`` when there is none that can be read."""
        if name in self._memory:
            return self._memory[name]
        _, value = await self._ask(lambda ring: ring.get_password(self._owner, name))
        return value

    async def save(self, name: str, value: str) -> KeyPlace:
        """Keep a secret; return where."""
        kept, _ = await self._ask(lambda ring: ring.set_password(self._owner, name, value))
        if kept:
            self._memory.pop(name, None)
            return KeyPlace.KEYRING
        self._memory[name] = value
        return KeyPlace.MEMORY

    async def delete(self, name: str) -> None:
        """Forget a secret everywhere."""
        self._memory.pop(name, None)

        def remove(ring: KeyringBackend) -> None:
            if ring.get_password(self._owner, name) is not None:
                ring.delete_password(self._owner, name)

        await self._ask(remove)

    async def _ask(self, work: Callable[[KeyringBackend], T]) -> tuple[bool, T | None]:
        """Run ``work`` and tell whether it worked.

        It runs in a daemon thread and not in a pool, for a keyring that never answers must not keep the desk
        from ending.
        """
        outcome: Future[T] = Future()

        def run() -> None:
            try:
                value = work(self._choose())
            except Exception as error:
                outcome.set_exception(error)
            else:
                outcome.set_result(value)

        threading.Thread(target=run, name="keyring", daemon=True).start()
        try:
            async with asyncio.timeout(self._wait_s):
                value = await asyncio.shield(asyncio.wrap_future(outcome))
        except TimeoutError:
            self._reason = "keyring-timeout"
        except NoKeyringError:
            self._reason = "no-keyring"
        except KeyringLocked:
            self._reason = "keyring-locked"
        except KeyringError:
            self._reason = "keyring-failed"
        else:
            self._reason = ""
            return True, value
        return False, None
