"""The event feed against a service that falls silent, drops the line, and talks nonsense."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, contextmanager

import pytest

from console.adapters.event_feed import EventFeed
from console.adapters.http_client import HttpClient
from console.contract.codec import encode
from console.contract.journal import DeskSnapshot, Entry
from console.domain.events import NotesWritten
from console.domain.ids import IncidentId
from console.usecases.ports import FeedItem, StreamLost, StreamOpened
from tests.adapters.bad_server import BadServer, Handler, misbehaving
from tests.fakes import NOW

pytestmark = pytest.mark.asyncio


def entry(sequence: int) -> Entry:
    return Entry(
        sequence=sequence,
        at=NOW,
        actor="officer",
        incident_id=IncidentId("incident"),
        call_id=None,
        event=NotesWritten(text="x"),
    )


def event(value: Entry) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (value.sequence, encode(value))


@contextmanager
def streaming(*streams: list[bytes], hang: bool = False) -> Iterator[BadServer]:
    """Serve snapshots, and one list of chunks a stream; then the line ends, or hangs."""
    left = list(streams)

    def behave(handler: Handler) -> None:
        if handler.path == "/v1/desk/snapshot":
            handler.reply(200, encode(DeskSnapshot(sequence=10, at=NOW, calls=(), incidents=())))
            return
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for chunk in left.pop(0) if left else []:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        if hang:
            handler.hang()

    with misbehaving(behave) as server:
        yield server


async def take(items: AsyncGenerator[FeedItem, None], number: int) -> list[FeedItem]:
    async with asyncio.timeout(10):
        return [await anext(items) for _ in range(number)]


def asked_after(server: BadServer) -> list[str]:
    return [headers["Last-Event-ID"] for _, path, headers, _ in server.requests if path == "/v1/events"]


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield pool


async def test_silence_is_a_broken_line(workers: ThreadPoolExecutor) -> None:
    with streaming([event(entry(11))], hang=True) as server:
        client = HttpClient(server.url, None)
        async with aclosing(EventFeed(client, workers, silence_s=0.3).follow()) as items:
            seen = await take(items, 5)
        await asyncio.to_thread(client.close)
    assert isinstance(seen[0], DeskSnapshot)
    assert seen[1:] == [StreamOpened(), entry(11), StreamLost(reason="timeout"), StreamOpened()]
    assert asked_after(server)[:2] == ["10", "11"]


async def test_a_dropped_line_goes_on_where_it_was(workers: ThreadPoolExecutor) -> None:
    with streaming([event(entry(11))[:-20]], [event(entry(11)), event(entry(15))]) as server:
        client = HttpClient(server.url, None)
        async with aclosing(EventFeed(client, workers).follow()) as items:
            seen = await take(items, 6)
        await asyncio.to_thread(client.close)
    assert seen[2] == StreamLost(reason="unreachable")
    assert seen[3:] == [StreamOpened(), entry(11), entry(15)]
    assert asked_after(server)[:2] == ["10", "10"]


@pytest.mark.allows_log("journal entry 12 cannot be read")
@pytest.mark.parametrize("odd", [b"event: resync\ndata: \n\n", b'id: 12\ndata: {"sequence": "x"}\n\n'])
async def test_what_cannot_be_followed_is_loaded_anew(workers: ThreadPoolExecutor, odd: bytes) -> None:
    with streaming([odd], [event(entry(11))]) as server:
        client = HttpClient(server.url, None)
        async with aclosing(EventFeed(client, workers).follow()) as items:
            seen = await take(items, 5)
        await asyncio.to_thread(client.close)
    assert [type(item) for item in seen] == [DeskSnapshot, StreamOpened, DeskSnapshot, StreamOpened, Entry]


async def test_a_service_that_is_away_is_waited_for(workers: ThreadPoolExecutor) -> None:
    with streaming([event(entry(11))]) as server:
        behave = server.behave
        server.behave = lambda handler: handler.reply(503)
        client = HttpClient(server.url, None)
        async with aclosing(EventFeed(client, workers).follow()) as items:
            assert await take(items, 1) == [StreamLost(reason="busy")]
            server.behave = behave
            seen = await take(items, 3)
        await asyncio.to_thread(client.close)
    assert seen[1:] == [StreamOpened(), entry(11)]
