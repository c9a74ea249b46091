"""Calls and the ladder that keeps them connected."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from console.contract.codec import encode
from console.contract.control import PhoneStatus
from console.contract.desk_api import Signal, SignalKind
from console.contract.journal import DeskSnapshot, Entry
from console.contract.media import (
    ControlReceived,
    FirstFrame,
    MediaFault,
    MediaRestarted,
    MediaStats,
    PeerState,
    PeerStateChanged,
    SoundReading,
)
from console.domain.call import CallState
from console.domain.errors import DomainError
from console.domain.events import CallAnswered, CallHungUp, Event
from console.domain.ids import CallId, IncidentId, SeatId, UserId
from console.usecases.connection import Connection
from console.usecases.facts import ConnectionChanged, ConnectionStage, MuteChanged
from console.usecases.ports import NumberedSignal, ServiceUnavailable
from tests.fakes import NOW, OTHER_SEAT, SEAT
from tests.unit.domain.builders import call
from tests.unit.usecases.conftest import Bench

pytestmark = pytest.mark.asyncio

CALL = CallId("call")
SILENCE = SoundReading(level_dbfs=-120.0, frequency_hz=None)


def offer(attempt: int) -> NumberedSignal:
    signal = Signal(kind=SignalKind.OFFER, attempt=attempt, sdp=f"offer {attempt}")
    return NumberedSignal(number=attempt, signal=signal)


def stats(attempt: int, age: float | None) -> MediaStats:
    return MediaStats(
        call_id=CALL,
        attempt=attempt,
        peer_state=PeerState.CONNECTED,
        ice_state="completed",
        fps=25.0,
        frames_decoded=100,
        frames_dropped=0,
        width=1280,
        height=720,
        frame_age_s=age,
        remote=SILENCE,
        microphone=SILENCE,
        played=SILENCE,
        muted=False,
        control_refused=0,
        cpu_s=1.0,
    )


def entry(event: Event, sequence: int = 10) -> Entry:
    return Entry(
        sequence=sequence,
        at=NOW,
        actor="service",
        incident_id=IncidentId("incident"),
        call_id=CALL,
        event=event,
    )


def answered(seat: SeatId) -> Entry:
    return entry(CallAnswered(seat=seat, user_id=UserId("officer"), user_name="示例安"))


async def stage(bench: Bench, wanted: ConnectionStage, attempt: int | None = None) -> ConnectionChanged:
    return await bench.facts.until(
        ConnectionChanged, lambda f: f.stage is wanted and attempt in {None, f.attempt}
    )


async def connected(bench: Bench) -> None:
    """Answer the call and let the first picture come."""
    await bench.does.calls.answer(CALL)
    bench.signals.put(offer(1))
    await stage(bench, ConnectionStage.CONNECTING, 1)
    frame = FirstFrame(call_id=CALL, attempt=1, width=1280, height=720, at=1.0)
    bench.desk.media_watch.media_event(frame)
    await stage(bench, ConnectionStage.LIVE, 1)


async def test_answering_connects_and_answers_the_offer(at_work: Bench) -> None:
    await connected(at_work)
    assert at_work.media.opened == [(CALL, 1)]
    sent = await at_work.service.until("signal answer")
    assert sent == [Signal(kind=SignalKind.ANSWER, attempt=1, sdp="answer to offer 1")]


async def test_a_call_taken_by_another_seat_says_who(at_work: Bench) -> None:
    at_work.service.winners[CALL] = (OTHER_SEAT, "示例平")
    with pytest.raises(DomainError, match="call-taken") as refused:
        await at_work.does.calls.answer(CALL)
    assert refused.value.params == {"seat": OTHER_SEAT, "user_name": "示例平"}
    assert at_work.facts.of(ConnectionChanged) == []


async def test_an_answer_lost_on_the_way_is_learned_from_the_journal(at_work: Bench) -> None:
    at_work.service.trouble["answer"].append(ServiceUnavailable("timeout"))
    with pytest.raises(ServiceUnavailable):
        await at_work.does.calls.answer(CALL)
    at_work.events.put(answered(SEAT))
    await stage(at_work, ConnectionStage.AWAITING_OFFER)


async def test_anothers_call_is_left_alone(at_work: Bench) -> None:
    at_work.events.put(answered(OTHER_SEAT), answered(SEAT))
    await stage(at_work, ConnectionStage.AWAITING_OFFER)
    assert at_work.signals.followed <= 1


async def test_a_stale_picture_brings_a_request_for_a_new_offer(at_work: Bench) -> None:
    await connected(at_work)
    at_work.desk.media_watch.media_event(stats(1, 1.9))
    at_work.desk.media_watch.media_event(stats(1, 2.1))
    asked = await at_work.service.until("signal reoffer")
    assert asked == [Signal(kind=SignalKind.REOFFER, attempt=2)]
    await stage(at_work, ConnectionStage.STALE)
    at_work.signals.put(offer(1), offer(2))
    await stage(at_work, ConnectionStage.CONNECTING, 2)
    assert at_work.media.opened == [(CALL, 1), (CALL, 2)]
    at_work.desk.media_watch.media_event(stats(1, 9.0))
    at_work.desk.media_watch.media_event(stats(2, 0.1))
    await stage(at_work, ConnectionStage.LIVE, 2)


async def test_a_hidden_page_is_not_asked_for_an_offer(at_work: Bench) -> None:
    await connected(at_work)
    hidden = PhoneStatus(battery=50, network="4g", facing="environment", visible=False)
    at_work.desk.media_watch.media_event(
        ControlReceived(call_id=CALL, attempt=1, text=encode(hidden).decode())
    )
    at_work.desk.media_watch.media_event(stats(1, 30.0))
    at_work.desk.media_watch.media_event(
        PeerStateChanged(call_id=CALL, attempt=1, state=PeerState.FAILED, at=3.0)
    )
    await at_work.service.until("signal reoffer")
    reasons = [fact.reason for fact in at_work.facts.of(ConnectionChanged)]
    assert "picture-stale" not in reasons
    assert "connection-failed" in reasons


async def test_a_new_media_process_asks_at_once_although_one_was_just_asked(at_work: Bench) -> None:
    await connected(at_work)
    at_work.desk.media_watch.media_event(stats(1, 5.0))
    await at_work.service.until("signal reoffer")
    at_work.desk.media_watch.media_event(MediaRestarted(pid=7, call_id=CALL, attempt=1))
    asked = await at_work.service.until("signal reoffer", 2)
    assert asked[-1] == Signal(kind=SignalKind.REOFFER, attempt=3)


async def test_an_offer_the_media_process_refuses_is_asked_anew(at_work: Bench) -> None:
    at_work.media.trouble.append(MediaFault.NOT_RUNNING)
    await at_work.does.calls.answer(CALL)
    at_work.signals.put(offer(1))
    assert await at_work.service.until("signal reoffer") == [Signal(kind=SignalKind.REOFFER, attempt=2)]
    at_work.signals.put(offer(2))
    await stage(at_work, ConnectionStage.CONNECTING, 2)


async def test_a_party_that_stays_silent_is_asked_again(bench: Bench) -> None:
    connection = Connection(
        CALL,
        bench.service,
        bench.signals,
        bench.media,
        bench.clock,
        bench.facts,
        resumed=True,
        patience_s=0.01,
    )
    task = asyncio.create_task(connection.run())
    bench.signals.put(offer(1), offer(2))
    asked = await bench.service.until("signal reoffer", 2)
    assert [signal.attempt for signal in asked if isinstance(signal, Signal)] == [3, 4]
    assert bench.media.opened == []
    bench.signals.put(offer(4))
    await stage(bench, ConnectionStage.CONNECTING, 4)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_desk_that_starts_again_takes_its_call_up(at_work: Bench) -> None:
    held = replace(call(), state=CallState.CONNECTED, seat=SEAT)
    at_work.events.put(DeskSnapshot(sequence=9, at=NOW, calls=(held,), incidents=()))
    at_work.signals.put(offer(1))
    assert await at_work.service.until("signal reoffer") == [Signal(kind=SignalKind.REOFFER, attempt=2)]


async def test_hanging_up_says_goodbye_and_closes_even_without_the_service(at_work: Bench) -> None:
    await connected(at_work)
    at_work.service.trouble["hang_up"].append(ServiceUnavailable("unreachable"))
    with pytest.raises(ServiceUnavailable):
        await at_work.does.calls.hang_up(CALL)
    assert await at_work.service.until("signal bye") == [Signal(kind=SignalKind.BYE, attempt=1)]
    await stage(at_work, ConnectionStage.CLOSED)
    assert at_work.media.closed == 1


async def test_the_party_hanging_up_ends_the_connection(at_work: Bench) -> None:
    await connected(at_work)
    at_work.events.put(entry(CallHungUp(by="party")))
    await stage(at_work, ConnectionStage.CLOSED)
    assert at_work.media.closed == 1


async def test_a_refusal_of_the_service_ends_the_connection(at_work: Bench) -> None:
    await at_work.does.calls.answer(CALL)
    at_work.signals.put(DomainError("call-over"))
    closed = await stage(at_work, ConnectionStage.CLOSED)
    assert closed.reason == "call-over"


async def test_a_limit_of_rate_is_waited_for_and_a_lost_connection_taken_up_again(at_work: Bench) -> None:
    at_work.service.trouble["signal answer"].append(DomainError("too-many-requests", retry_after=1))
    await at_work.does.calls.answer(CALL)
    at_work.signals.put(offer(1))
    assert await at_work.service.until("signal reoffer") == [Signal(kind=SignalKind.REOFFER, attempt=2)]
    at_work.signals.put(DomainError("call-state"))
    await stage(at_work, ConnectionStage.CLOSED)
    held = replace(call(), state=CallState.CONNECTED, seat=SEAT)
    at_work.events.put(DeskSnapshot(sequence=9, at=NOW, calls=(held,), incidents=()))
    await at_work.signals.until_followed(2)


async def test_muting(at_work: Bench) -> None:
    await at_work.does.calls.set_muted(True)
    assert at_work.media.muted
    assert at_work.facts.of(MuteChanged) == [MuteChanged(muted=True)]


async def test_pass_on_and_wrap_up(at_work: Bench) -> None:
    await at_work.does.calls.pass_on(CALL)
    await at_work.does.calls.wrap_up(CALL)
    assert at_work.service.asked[-2:] == [("pass_on", CALL), ("wrap_up", CALL)]
