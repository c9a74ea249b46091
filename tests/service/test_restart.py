"""Calls outlive the service: it is killed with calls in every state, starts again, and all go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.contract.codec import decode
from console.contract.lost_api import LostCallPage
from console.contract.party_api import PartyStage
from console.domain.call import CallState
from console.service import tls
from console.service.core import Core
from console.service.database import Database
from tests.service.harness import Desk, Phone, database_url, good, settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Reached:
    """A service in a process of its own, as desks and phones know it; ``core`` is on its database."""

    url: str
    files: tls.TlsFiles
    core: Core


@contextmanager
def process(data: Path) -> Iterator[str]:
    """Run a service process that is killed at the end of the block; yields its URL."""
    words = [sys.executable, "-m", "console", "service", "--data", str(data)]
    environment = {**os.environ, "KUAICHU_DATABASE_URL": database_url(data)}
    started = subprocess.Popen(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert started.stdout is not None
        url: str = json.loads(started.stdout.readline())["url"]
        yield url
    finally:
        started.kill()
        started.wait()
        if started.stdout is not None:
            started.stdout.close()


def test_calls_in_every_state_go_on_after_the_service_was_killed(data: Path, stack: ExitStack) -> None:
    core = Core(settings(data), Database(settings(data).database))
    stack.callback(core.database.close)
    stack.callback(core.press.close)
    files = tls.prepare(data, lan=False)
    with process(data) as url:
        reached = Reached(url, files, core)
        desk = stack.enter_context(Desk(reached, "900010", "07"))
        phones = [stack.enter_context(Phone(reached, desk.link())) for _ in range(3)]
        placed = [phone.place() for phone in phones]
        talking, waiting, gone = (call_id for call_id, _token in placed)
        good(desk.answer(talking))
        phones[2].post(f"/v1/party/calls/{gone}/leave")
        before = {call_id: desk.call(call_id) for call_id, _token in placed}
        assert [call.state for call in before.values()] == [
            CallState.CONNECTED,
            CallState.WAITING,
            CallState.ABANDONED,
        ]
    with process(data) as url:
        for client in (desk, *phones):
            client.url = url
        assert {call_id: desk.call(call_id) for call_id in before} == before
        states = [phone.state() for phone in phones]
        assert [state.stage for state in states] == [
            PartyStage.IN_CALL,
            PartyStage.WAITING,
            PartyStage.NEW,
        ]
        assert [state.resume_token for state in states] == [token for _call, token in placed]
        (lost,) = decode(LostCallPage, good(desk.send("GET", "/v1/calls/abandoned")).content).items
        assert (lost.call_id, lost.lost_at) == (gone, before[gone].lost_at)
        back, _token = phones[2].place()
        assert back != gone
        assert desk.call(back).incident_id == before[gone].incident_id, "the party resumes its own case"
        assert good(desk.send("GET", "/v1/calls/abandoned")).json()["items"] == []
        desk.post(f"/v1/calls/{talking}/hang-up")
        good(desk.answer(waiting))
        assert desk.call(waiting).seat == "07"
        assert phones[1].state().stage is PartyStage.IN_CALL
