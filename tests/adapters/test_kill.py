"""A desk killed without warning: after the next start every item is on the service exactly once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from console.adapters.http_client import HttpClient
from console.adapters.http_service import HttpService
from console.contract.desk_api import CreateLink, SignIn
from console.domain.evidence import Custody
from console.domain.ids import EvidenceId, IncidentId
from console.service.server import Service
from tests.adapters.bad_server import Handler, misbehaving
from tests.adapters.vaults import PICTURE, opened
from tests.fake_service import FakeService
from tests.service.harness import PHONE, Phone

pytestmark = pytest.mark.asyncio

ROOT = Path(__file__).resolve().parents[2]


class Victim:
    """A desk process; what it said so far."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.adapters.desk_to_kill", str(folder), *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def until(self, word: str) -> EvidenceId:
        """Return the item that has got as far as ``word``."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said, evidence_id = line.split()
            if said == word:
                return EvidenceId(evidence_id)
        raise AssertionError(f"the desk ended before it said {word}")

    def kill(self) -> None:
        """Kill it without a chance to clean up."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def a_desk(folder: Path, *arguments: str) -> Iterator[Victim]:
    """Start a desk process and kill it at the end of the block."""
    victim = Victim(folder, *arguments)
    try:
        yield victim
    finally:
        victim.kill()


async def an_incident(http: HttpService, service: Service, stack: ExitStack) -> IncidentId:
    """Let a party call and return its incident."""
    link = await http.create_link(CreateLink(phone=PHONE))
    phone = stack.enter_context(Phone(service, link.url.rpartition("/")[2]))
    await asyncio.to_thread(phone.place)
    with service.core.database.read() as connection:
        return IncidentId(connection.exec_driver_sql("SELECT id FROM incidents").scalar_one())


def received(service: Service) -> list[str]:
    """Return the ids of all evidence the journal tells of, with every repetition."""
    with service.core.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT event FROM journal WHERE event LIKE '%evidence-received%'")
        return list(rows.scalars())


async def test_killed_between_snapshot_and_upload(
    tmp_path: Path, signed_in: HttpService, service: Service, stack: ExitStack
) -> None:
    incident_id = await an_incident(signed_in, service, stack)
    folder = tmp_path / "vault"
    with a_desk(folder, "-", "-", "-", incident_id) as victim:
        evidence_id = await asyncio.to_thread(victim.until, "captured")
    assert received(service) == []
    for _ in range(2):
        async with opened(folder, signed_in) as desk:
            if (await desk.custody(evidence_id)).custody is not Custody.VERIFIED:
                assert desk.recovered.waiting == 1
                await desk.until(evidence_id, Custody.VERIFIED)
    assert len(received(service)) == 1
    assert await signed_in.read_evidence(incident_id, evidence_id) == PICTURE


async def test_killed_after_the_upload_before_it_was_written_down(
    tmp_path: Path, client: HttpClient, sign_in: SignIn, service: Service, stack: ExitStack
) -> None:
    """The service has the bytes, the desk does not know: sent again, it is still one item."""
    http = HttpService(client)
    session = await http.sign_in(sign_in)
    http.use_token(session.token)
    incident_id = await an_incident(http, service, stack)
    folder = tmp_path / "vault"
    arguments = (service.url, str(service.files.ca), session.token, incident_id)
    with a_desk(folder, *arguments) as victim:
        evidence_id = await asyncio.to_thread(victim.until, "verified")
    assert len(received(service)) == 1
    async with opened(folder, FakeService(), running=False) as desk:
        await desk.forget_verification(evidence_id)
    async with opened(folder, http) as desk:
        assert desk.recovered.waiting == 1
        await desk.until(evidence_id, Custody.VERIFIED)
    assert len(received(service)) == 1


async def test_killed_in_the_middle_of_an_upload(tmp_path: Path) -> None:
    def behave(handler: Handler) -> None:
        if handler.path.endswith("/content"):
            handler.hang()
        else:
            handler.reply(204)

    with misbehaving(behave) as server:
        with a_desk(tmp_path, server.url, "-", "-", "incident") as victim:
            evidence_id = await asyncio.to_thread(victim.until, "uploading")
        server.ended.set()
    service = FakeService()
    async with opened(tmp_path, service) as desk:
        await desk.until(evidence_id, Custody.VERIFIED)
        assert desk.way(evidence_id)[0] is Custody.UPLOADING
    assert service.evidence == {evidence_id: PICTURE}
