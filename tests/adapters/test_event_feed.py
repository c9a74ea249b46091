"""The event and signal feeds against the real service: resumed, cancelled, cut."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, aclosing
from typing import TypeVar

import pytest

from console.adapters.event_feed import EventFeed
from console.adapters.http_client import HttpClient
from console.adapters.http_service import HttpService
from console.adapters.signal_feed import SignalFeed
from console.contract.desk_api import CreateLink, SeatState, SetSeatState, Signal, SignalKind
from console.contract.journal import DeskSnapshot, Entry
from console.domain.call import CallState
from console.domain.errors import DomainError
from console.domain.events import CallPlaced
from console.service.server import Service
from console.store.desk_store import DeskStore
from console.usecases.ports import FeedItem, NumberedSignal, StreamOpened
from tests.service.harness import PHONE, Phone

pytestmark = pytest.mark.asyncio

T = TypeVar("T")


async def until(items: AsyncGenerator[FeedItem, None], kind: type[T]) -> T:
    """Return the next item of a kind."""
    async with asyncio.timeout(10):
        async for item in items:
            if isinstance(item, kind):
                return item
    raise AssertionError("the feed ended")


async def a_phone(http: HttpService, service: Service, stack: ExitStack) -> Phone:
    link = await http.create_link(CreateLink(phone=PHONE))
    return stack.enter_context(Phone(service, link.url.rpartition("/")[2]))


async def test_snapshot_then_every_entry_once(
    client: HttpClient,
    signed_in: HttpService,
    service: Service,
    streams: ThreadPoolExecutor,
    stack: ExitStack,
) -> None:
    store = DeskStore()
    phone = await a_phone(signed_in, service, stack)
    async with aclosing(EventFeed(client, streams).follow()) as items:
        assert (await until(items, DeskSnapshot)).calls == ()
        await until(items, StreamOpened)
        call_id, _ = await asyncio.to_thread(phone.place)
        while call_id not in store.calls:
            assert store.apply(await until(items, Entry))
    assert store.calls[call_id].state is CallState.WAITING
    async with aclosing(EventFeed(client, streams).follow()) as items:
        again = await until(items, DeskSnapshot)
    assert store.sequence == again.sequence
    assert store.calls == {call.id: call for call in again.calls}
    assert store.incidents == {incident.id: incident for incident in again.incidents}


async def test_closing_a_quiet_stream_takes_no_time(
    client: HttpClient, signed_in: HttpService, streams: ThreadPoolExecutor
) -> None:
    items = EventFeed(client, streams).follow()
    await until(items, StreamOpened)
    before = time.monotonic()
    waiting = asyncio.create_task(until(items, Entry))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await items.aclose()
    assert time.monotonic() - before < 1.0


async def test_a_session_that_ended_is_a_refusal(
    client: HttpClient, signed_in: HttpService, streams: ThreadPoolExecutor
) -> None:
    async with aclosing(EventFeed(client, streams).follow()) as items:
        await until(items, StreamOpened)
        await signed_in.sign_out()
        with pytest.raises(DomainError) as refused:
            await until(items, Entry)
    assert refused.value.code == "not-signed-in"


async def test_signals_come_from_the_first_on(
    client: HttpClient,
    signed_in: HttpService,
    service: Service,
    streams: ThreadPoolExecutor,
    stack: ExitStack,
) -> None:
    phone = await a_phone(signed_in, service, stack)
    async with aclosing(EventFeed(client, streams).follow()) as events:
        await until(events, StreamOpened)
        await signed_in.set_seat(SetSeatState(state=SeatState.READY))
        call_id, resume = await asyncio.to_thread(phone.place)
        entry = await until(events, Entry)
        while not isinstance(entry.event, CallPlaced):
            entry = await until(events, Entry)
        await signed_in.answer(call_id)
        offer = Signal(kind=SignalKind.OFFER, attempt=1, sdp="v=0")
        answer = await asyncio.to_thread(
            phone.send,
            "POST",
            f"/v1/party/calls/{call_id}/signals",
            {"kind": "offer", "attempt": 1, "sdp": "v=0"},
            headers={"Resume-Token": resume},
        )
        assert answer.ok, answer.text
        async with aclosing(SignalFeed(client, streams).follow(call_id)) as signals:
            async with asyncio.timeout(10):
                first = await anext(item async for item in signals if isinstance(item, NumberedSignal))
    assert first.signal == offer
