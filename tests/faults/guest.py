"""A party that the test itself plays, for what no simulated phone would ever send."""

from __future__ import annotations

import threading
from pathlib import Path

import requests
import sseclient

from console.contract import codec
from console.contract.desk_api import Link, Signal, SignalKind
from console.domain.call import CallState
from console.domain.ids import CallId
from console.launcher.demo import steps_call
from console.launcher.demo.observations import Observations, until
from console.launcher.demo.phone import Phone
from console.launcher.stage import RunningService
from console.launcher.towers import Towers
from console.training.scenario import Scenario
from tests.faults.house import LONG, House
from tests.faults.wire import Wire


class Unused(Observations):
    """The phone that the house asks for where a guest calls instead."""

    def look(self) -> None:
        """There is nothing to see."""

    def call(self) -> None:
        """Never rings."""


def nobody(_towers: Towers, _service: RunningService, _link: Link, _case: Scenario, _folder: Path) -> Phone:
    """Make no simulated party."""
    return Unused()


class Guest(Wire):
    """A browser with the caller's link; ``signals`` are those of the desk, in order."""

    def __init__(self, house: House) -> None:
        super().__init__(house.service)
        self._house = house
        self.call_id = CallId("")
        self.resume_token = ""
        self.signals: list[Signal] = []
        self._reader = threading.Thread(target=self._read, name="guest-signals")

    def call(self) -> None:
        """Open the link, join the queue, and be answered at the desk by key."""
        cast = self._house.cast
        cast.hands.key("F3")
        token = self._house.link.url.rpartition("/")[2]
        assert self.send("POST", "/v1/party/session", json={"token": token}).ok
        name = cast.scenario.party("A").person.name
        placed = self.send("POST", "/v1/party/calls", json={"hurt": False, "name": name}).json()
        self.call_id, self.resume_token = CallId(placed["call_id"]), placed["resume_token"]
        self._house.secrets |= {self.resume_token, *self.http.cookies.values()}
        cast.call_id = self.call_id
        steps_call.queue(cast)
        cast.hands.key("F2")
        until(lambda: cast.call().state is CallState.CONNECTED, LONG, "the desk has answered")
        self._reader.start()

    def offer(self, attempt: int, sdp: str) -> requests.Response:
        """Send an offer to the desk."""
        return self.send(
            "POST",
            f"/v1/party/calls/{self.call_id}/signals",
            json={"kind": "offer", "attempt": attempt, "sdp": sdp},
            headers={"Resume-Token": self.resume_token},
        )

    def wait(self, kind: SignalKind, attempt: int) -> Signal:
        """Return the desk's first signal of this kind with at least this number."""

        def found() -> list[Signal]:
            return [s for s in self.signals if s.kind is kind and s.attempt >= attempt]

        until(lambda: bool(found()), LONG, f"the desk sends {kind.value} {attempt}")
        return found()[0]

    def leave(self) -> None:
        """End the call, which ends the stream of signals."""
        assert self.send("POST", f"/v1/party/calls/{self.call_id}/leave").ok
        self._reader.join(LONG)

    def _read(self) -> None:
        with self.send("GET", f"/v1/party/calls/{self.call_id}/signals", stream=True) as answer:
            for event in sseclient.SSEClient(answer.iter_content(None)).events():
                self.signals.append(codec.decode(Signal, event.data))
