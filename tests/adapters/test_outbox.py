"""The outbox: verified only on the service's own equal digest, once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from console.adapters.http_client import HttpClient
from console.adapters.http_service import HttpService
from console.contract.codec import encode
from console.contract.desk_api import CreateLink, EvidenceReceipt
from console.contract.problems import PROBLEM_TYPE_PREFIX, Problem
from console.domain.errors import DomainError
from console.domain.evidence import Custody
from console.domain.ids import EvidenceId, IncidentId
from console.service.server import Service
from console.usecases.ports import ServiceUnavailable
from tests.adapters.bad_server import BadServer, Behaviour, Handler, misbehaving
from tests.adapters.vaults import PICTURE, opened
from tests.fake_service import FakeService
from tests.fakes import NOW
from tests.service.harness import PHONE, Phone

pytestmark = pytest.mark.asyncio

GOOD_WAY = [
    Custody.QUEUED,
    Custody.UPLOADING,
    Custody.RECEIVED,
    Custody.VERIFIED,
]
Serve = Callable[[Behaviour], tuple[BadServer, HttpService]]


@pytest_asyncio.fixture
async def serve() -> AsyncIterator[Serve]:
    """Return a function that starts a server which takes announcements and treats uploads as told."""
    with ExitStack() as stack:
        clients: list[HttpClient] = []

        def start(upload: Behaviour) -> tuple[BadServer, HttpService]:
            def behave(handler: Handler) -> None:
                if handler.path.endswith("/content"):
                    upload(handler)
                else:
                    handler.reply(204)

            server = stack.enter_context(misbehaving(behave))
            clients.append(HttpClient(server.url, None))
            return server, HttpService(clients[-1])

        yield start
        for client in clients:
            await asyncio.to_thread(client.close)


def receipt(handler: Handler, sha256: str | None = None, size: int | None = None) -> None:
    """Answer an upload honestly, or with another digest or size."""
    evidence_id = EvidenceId(handler.path.split("/")[-2])
    made = EvidenceReceipt(
        evidence_id=evidence_id,
        sha256=hashlib.sha256(handler.body).hexdigest() if sha256 is None else sha256,
        size=len(handler.body) if size is None else size,
        received_at=NOW,
    )
    handler.reply(200, encode(made))


def refuse(code: str, status: int) -> Behaviour:
    body = encode(Problem(type=PROBLEM_TYPE_PREFIX + code, title=code, status=status))
    return lambda handler: handler.reply(status, body)


def first(*odd: Behaviour) -> Behaviour:
    """Misbehave for the first uploads, then be honest."""
    left = list(odd)

    def behave(handler: Handler) -> None:
        if left:
            left.pop(0)(handler)
        else:
            receipt(handler)

    return behave


async def test_an_item_is_verified_by_the_services_equal_digest(tmp_path: Path, serve: Serve) -> None:
    server, service = serve(receipt)
    async with opened(tmp_path, service) as desk:
        evidence_id = await desk.capture()
        await desk.until(evidence_id, Custody.VERIFIED)
        assert desk.way(evidence_id) == GOOD_WAY
    (announced, sent) = server.requests
    assert announced[:2] == ("PUT", f"/v1/incidents/incident/evidence/{evidence_id}")
    assert sent[3] == PICTURE
    assert sent[2]["Content-Digest"].startswith("sha-256=:")


@pytest.mark.allows_log("digest of item .* differs")
@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"size": 7}])
async def test_another_digest_or_size_is_an_alarm_and_never_verified(
    tmp_path: Path, serve: Serve, change: dict[str, str | int]
) -> None:
    def lie(handler: Handler) -> None:
        sha256, size = change.get("sha256"), change.get("size")
        receipt(handler, str(sha256) if sha256 else None, int(size) if size else None)

    _, service = serve(lie)
    async with opened(tmp_path, service) as desk:
        evidence_id = await desk.capture()
        corrupt = await desk.until(evidence_id, Custody.CORRUPT)
        assert corrupt.reason == "digest-differs"
        assert Custody.VERIFIED not in desk.way(evidence_id)
        assert await desk.vault.read(evidence_id) == PICTURE


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (lambda handler: receipt(handler, sha256=""), "digest-missing"),
        (lambda handler: handler.reply(200, b'{"size": 3}'), "unreadable"),
        (lambda handler: handler.reply(200), "unreadable"),
        (lambda handler: handler.reply(500), "fault"),
        (lambda handler: handler.reply(503), "busy"),
        (Handler.cut, "unreachable"),
        (refuse("not-signed-in", 401), "not-signed-in"),
        (refuse("too-many-requests", 429), "too-many-requests"),
    ],
)
async def test_trouble_is_tried_again_and_proves_nothing(
    tmp_path: Path, serve: Serve, odd: Behaviour, reason: str
) -> None:
    _, service = serve(first(odd, odd))
    async with opened(tmp_path, service) as desk:
        evidence_id = await desk.capture()
        later = await desk.until(evidence_id, Custody.RETRY_LATER)
        assert (later.reason, later.attempts) == (reason, 1)
        assert later.next_try_at is not None
        await desk.until(evidence_id, Custody.VERIFIED)
        assert desk.way(evidence_id).count(Custody.UPLOADING) == 3
        assert (await desk.custody(evidence_id)).attempts == 3


async def test_a_line_cut_in_the_middle_of_an_upload(tmp_path: Path, serve: Serve) -> None:
    server, service = serve(first(Handler.cut))
    server.deaf = True
    content = PICTURE * 200
    async with opened(tmp_path, service) as desk:
        evidence_id = await desk.capture(content)
        await desk.until(evidence_id, Custody.RETRY_LATER)
        server.deaf = False
        await desk.until(evidence_id, Custody.VERIFIED)
    assert server.requests[-1][3] == content


async def test_a_refused_item_waits_for_a_person_and_stops_nothing(tmp_path: Path, serve: Serve) -> None:
    _, service = serve(first(refuse("not-a-picture", 422)))
    async with opened(tmp_path, service) as desk:
        bad = await desk.capture()
        rejected = await desk.until(bad, Custody.REJECTED)
        assert rejected.reason == "not-a-picture"
        good = await desk.capture()
        await desk.until(good, Custody.VERIFIED)
        await desk.outbox.retry(bad)
        await desk.until(bad, Custody.VERIFIED)
        with pytest.raises(DomainError, match="custody-state"):
            await desk.outbox.retry(good)


async def test_a_bad_item_goes_behind_the_fresh_ones(tmp_path: Path) -> None:
    service = FakeService()
    async with opened(tmp_path, service, running=False) as desk:
        items = [await desk.capture(bytes([number]) * 50) for number in range(3)]
    service.trouble["upload_evidence"].append(ServiceUnavailable("timeout"))
    async with opened(tmp_path, service) as desk:
        for evidence_id in items:
            await desk.until(evidence_id, Custody.VERIFIED)
    uploads = [request for name, request in service.asked if name == "upload_evidence"]
    assert uploads == [*items, items[0]]


async def test_a_damaged_item_is_never_sent(tmp_path: Path) -> None:
    service = FakeService()
    async with opened(tmp_path, service, running=False) as desk:
        evidence_id = await desk.capture()
    next((tmp_path / "items").iterdir()).write_bytes(b"something else")
    async with opened(tmp_path, service) as desk:
        corrupt = await desk.until(evidence_id, Custody.CORRUPT)
        assert corrupt.reason == "evidence-corrupt"
    assert service.evidence == {}


async def test_the_time_of_the_next_try_outlives_the_desk_and_yields_to_a_wake_up(tmp_path: Path) -> None:
    service = FakeService()
    service.trouble["upload_evidence"].append(ServiceUnavailable("timeout"))
    async with opened(tmp_path, service, pause_s=60.0) as desk:
        evidence_id = await desk.capture()
        later = await desk.until(evidence_id, Custody.RETRY_LATER)
    async with opened(tmp_path, service, pause_s=60.0) as desk:
        assert await desk.custody(evidence_id) == later
        assert desk.way(evidence_id) == []
        desk.outbox.wake()
        await desk.until(evidence_id, Custody.VERIFIED)


async def test_the_real_service_holds_every_item_once(
    tmp_path: Path, signed_in: HttpService, service: Service, stack: ExitStack
) -> None:
    link = await signed_in.create_link(CreateLink(phone=PHONE))
    phone = stack.enter_context(Phone(service, link.url.rpartition("/")[2]))
    await asyncio.to_thread(phone.place)
    with service.core.database.read() as connection:
        incident_id = IncidentId(connection.exec_driver_sql("SELECT id FROM incidents").scalar_one())
    folder = tmp_path / "vault"
    async with opened(folder, signed_in) as desk:
        evidence_id = await desk.capture(PICTURE, incident_id)
        await desk.until(evidence_id, Custody.VERIFIED)
    assert await signed_in.read_evidence(incident_id, evidence_id) == PICTURE
