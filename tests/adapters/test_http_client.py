"""The HTTPS client: what every kind of trouble is called, and what is sent again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from console.adapters.http_client import Ask, HttpClient
from console.adapters.http_service import HttpService
from console.contract.codec import encode
from console.contract.desk_api import DispatchPolice, SeatState, SetSeatState, SignIn, WriteNotes
from console.contract.problems import PROBLEM_TYPE_PREFIX, Problem
from console.domain.errors import DomainError
from console.domain.ids import CallId, IncidentId, SeatId
from console.service.server import Service
from console.usecases.ports import ServiceUnavailable
from tests.adapters.bad_server import BadServer, Behaviour, Handler, misbehaving

pytestmark = pytest.mark.asyncio

ASK = Ask(method="GET", path="/v1/time", limit_s=0.3)
INCIDENT = IncidentId("incident")
Serve = Callable[[Behaviour], tuple[BadServer, HttpClient]]


@pytest_asyncio.fixture
async def serve() -> AsyncIterator[Serve]:
    """Return a function that starts a server and a client of it."""
    with ExitStack() as stack:
        clients: list[HttpClient] = []

        def start(behave: Behaviour) -> tuple[BadServer, HttpClient]:
            server = stack.enter_context(misbehaving(behave))
            clients.append(HttpClient(server.url, None))
            return server, clients[-1]

        yield start
        for client in clients:
            await asyncio.to_thread(client.close)


def problem(code: str, status: int, **params: str | int | float) -> bytes:
    return encode(Problem(type=PROBLEM_TYPE_PREFIX + code, title=code, status=status, params=params))


def one_after_another(*behaviours: Behaviour) -> Behaviour:
    """Behave differently for each request; the last one stays."""
    left: Iterator[Behaviour] = iter(behaviours[:-1])

    def behave(handler: Handler) -> None:
        next(left, behaviours[-1])(handler)

    return behave


async def reason(client: HttpClient, ask: Ask = ASK) -> str:
    with pytest.raises(ServiceUnavailable) as trouble:
        await client.send(ask)
    return trouble.value.reason


async def test_trouble_has_a_name(serve: Serve) -> None:
    for behave, name in (
        (Handler.hang, "timeout"),
        (Handler.cut, "unreachable"),
        (lambda handler: handler.reply(503), "busy"),
        (lambda handler: handler.reply(500, b"Traceback"), "fault"),
        (lambda handler: handler.reply(404, b"<html>"), "unreadable"),
        (lambda handler: handler.reply(302, Location="https://elsewhere.example/"), ""),
    ):
        _, client = serve(behave)
        if name:
            assert await reason(client) == name
        else:
            assert await client.send(ASK) == b""


async def test_nobody_listens() -> None:
    client = HttpClient("https://127.0.0.1:9", None)
    assert await reason(client) == "unreachable"
    await asyncio.to_thread(client.close)


async def test_a_service_with_a_strange_certificate_is_not_spoken_to(service: Service) -> None:
    client = HttpClient(service.url, None)
    assert await reason(client) == "certificate"
    await asyncio.to_thread(client.close)


async def test_a_refusal_brings_code_and_params(serve: Serve) -> None:
    body = problem("call-taken", 409, seat="11", user_name="示例平")
    server, client = serve(lambda handler: handler.reply(409, body))
    with pytest.raises(DomainError) as refused:
        await HttpService(client).answer(CallId("call"))
    assert (refused.value.code, refused.value.params) == ("call-taken", {"seat": "11", "user_name": "示例平"})
    assert len(server.requests) == 1


async def test_a_write_is_repeated_under_one_key(serve: Serve) -> None:
    server, client = serve(
        one_after_another(Handler.cut, lambda handler: handler.reply(503), lambda handler: handler.reply(204))
    )
    client.use_token("secret")
    await HttpService(client).dispatch(INCIDENT, DispatchPolice(reason="injury"))
    keys = {headers["Idempotency-Key"] for _, _, headers, _ in server.requests}
    assert (len(server.requests), len(keys)) == (3, 1)
    assert all(headers["Authorization"] == "Bearer secret" for _, _, headers, _ in server.requests)


async def test_a_sign_in_is_sent_once(serve: Serve) -> None:
    server, client = serve(Handler.cut)
    with pytest.raises(ServiceUnavailable):
        await HttpService(client).sign_in(SignIn(username="x", password="y", seat=SeatId("07")))
    assert len(server.requests) == 1


async def test_an_answer_that_drips_is_given_up(serve: Serve) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.close_connection = True
        handler.end_headers()
        while not handler.server.ended.wait(0.05):
            handler.wfile.write(b" ")

    _, client = serve(drip)
    assert await reason(client, Ask(method="GET", path="/v1/time", limit_s=0.3, repeat=False)) == "timeout"


async def test_an_unreadable_answer_is_trouble_and_no_bug(serve: Serve) -> None:
    _, client = serve(lambda handler: handler.reply(200, b'{"call_id": 7}'))
    with pytest.raises(ServiceUnavailable, match="unreadable"):
        await HttpService(client).answer(CallId("call"))


async def test_the_clock_is_measured_by_the_surest_answer(serve: Serve) -> None:
    _, client = serve(lambda handler: handler.reply(200, b"", Server_Time="2020-01-01T00:00:00+00:00"))
    assert client.clock() is None
    await client.send(ASK)
    measured = client.clock()
    assert measured is not None
    assert measured.offset_ms > 1000 * 3600 * 24 * 365
    assert 0 <= measured.uncertainty_ms < 300


async def test_the_real_service(signed_in: HttpService, client: HttpClient) -> None:
    await signed_in.set_seat(SetSeatState(state=SeatState.READY))
    measured = signed_in.clock()
    assert measured is not None
    assert abs(measured.offset_ms) <= measured.uncertainty_ms + 5
    with pytest.raises(DomainError, match="unknown-incident"):
        await signed_in.write_notes(INCIDENT, WriteNotes(text="x"))
    assert (await signed_in.tables()).faults
    await signed_in.sign_out()
    with pytest.raises(DomainError, match="not-signed-in"):
        await signed_in.set_seat(SetSeatState(state=SeatState.BREAK))


async def test_the_password_must_be_right(client: HttpClient, sign_in: SignIn) -> None:
    wrong = SignIn(username=sign_in.username, password="wrong", seat=sign_in.seat)
    with pytest.raises(DomainError, match="wrong-credentials"):
        await HttpService(client).sign_in(wrong)


async def test_a_proxy_of_the_environment_is_not_asked_for_loopback(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    _, client = serve(lambda handler: handler.reply(200, b"direct"))
    assert await client.send(ASK) == b"direct"
