"""Signing in and out, and following the journal honestly."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from console.contract.codec import encode
from console.contract.desk_api import SeatState, SignIn
from console.contract.journal import DeskSnapshot
from console.domain.errors import DomainError
from console.usecases.facts import (
    ClockMeasured,
    KeyPlace,
    LinkState,
    SeatChanged,
    SecretsState,
    ServiceLinkChanged,
    SessionClosed,
    SessionOpened,
)
from console.usecases.ports import ServiceUnavailable, StreamLost, StreamOpened
from console.usecases.shift import KEPT_SESSION
from tests.fake_service import session
from tests.fakes import NOW, SEAT
from tests.unit.usecases.conftest import Bench

pytestmark = pytest.mark.asyncio

SNAPSHOT = DeskSnapshot(sequence=3, at=NOW, calls=(), incidents=())


async def test_sign_in_keeps_the_token_and_tells_where(bench: Bench) -> None:
    opened = await bench.does.shift.sign_in(SignIn(username="900010", password="right", seat=SEAT))
    assert opened.user.name == "示例安"
    assert bench.service.token == "token"
    assert KEPT_SESSION in bench.secrets.kept
    assert bench.facts.of(SecretsState) == [SecretsState(token=KeyPlace.KEYRING, vault_key=KeyPlace.FILE)]
    assert bench.facts.of(SessionOpened)[0].session.token == ""


async def test_tokens_that_ran_out_are_exchanged_and_kept(bench: Bench) -> None:
    await bench.does.shift.sign_in(SignIn(username="900010", password="right", seat=SEAT))
    assert bench.service.renewal is not None
    await bench.service.renewal()
    assert bench.service.token == "token-2"
    assert bench.does.shift.session.renewal_token == "renewal-2"
    assert "renewal-2" in bench.secrets.kept[KEPT_SESSION]


async def test_a_locked_desk_that_is_started_anew_asks_who_is_there(bench: Bench) -> None:
    shift = bench.does.shift
    await shift.sign_in(SignIn(username="900010", password="right", seat=SEAT))
    await shift.lock()
    assert bench.service.renewal is not None
    await bench.service.renewal()
    assert (bench.secrets.kept, bench.service.token) == ({}, "token-2")
    bench.service.trouble["unlock"].append(DomainError("wrong-credentials"))
    with pytest.raises(DomainError, match="wrong-credentials"):
        await shift.unlock("wrong")
    assert bench.secrets.kept == {}
    await shift.unlock("right")
    assert "renewal-2" in bench.secrets.kept[KEPT_SESSION]


async def test_without_a_keyring_the_lamp_says_memory(bench: Bench) -> None:
    bench.secrets.place = KeyPlace.MEMORY
    await bench.does.shift.sign_in(SignIn(username="900010", password="right", seat=SEAT))
    assert bench.facts.of(SecretsState)[0].token is KeyPlace.MEMORY
    assert bench.facts.of(SecretsState)[0].reason == "no-keyring"


async def test_a_wrong_password_opens_nothing(bench: Bench) -> None:
    with pytest.raises(DomainError, match="wrong-credentials"):
        await bench.does.shift.sign_in(SignIn(username="900010", password="wrong", seat=SEAT))
    assert bench.secrets.kept == {}
    with pytest.raises(DomainError, match="not-signed-in"):
        _ = bench.does.shift.session


async def test_a_kept_session_is_taken_up_again(bench: Bench) -> None:
    bench.secrets.kept[KEPT_SESSION] = encode(session()).decode()
    assert await bench.does.shift.resume() == session()
    assert bench.service.token == "token"


@pytest.mark.parametrize("kept", ["broken", encode(session(ends_at=NOW - timedelta(seconds=1))).decode()])
async def test_a_session_that_is_over_or_broken_is_forgotten(bench: Bench, kept: str) -> None:
    bench.secrets.kept[KEPT_SESSION] = kept
    assert await bench.does.shift.resume() is None
    assert bench.secrets.kept == {}


async def test_sign_out_deletes_the_token_even_without_the_service(at_work: Bench) -> None:
    at_work.service.trouble["sign_out"].append(ServiceUnavailable("unreachable"))
    await at_work.desk.sign_out()
    assert (at_work.secrets.kept, at_work.service.token) == ({}, "")
    assert at_work.facts.of(SessionClosed) == [SessionClosed()]


async def test_ready_and_break(at_work: Bench) -> None:
    await at_work.does.shift.set_seat(SeatState.BREAK, "用餐")
    assert at_work.facts.of(SeatChanged) == [SeatChanged(state=SeatState.BREAK, reason="用餐")]


async def test_the_link_is_told_as_it_is(at_work: Bench) -> None:
    at_work.events.put(SNAPSHOT, StreamOpened(), StreamLost(reason="timeout"), StreamOpened())
    await at_work.facts.until(ServiceLinkChanged, lambda f: f.reason == "timeout")
    await at_work.facts.until(ServiceLinkChanged, lambda _: len(at_work.facts.of(ServiceLinkChanged)) == 4)
    assert [fact.state for fact in at_work.facts.of(ServiceLinkChanged)] == [
        LinkState.CONNECTING,
        LinkState.ONLINE,
        LinkState.OFFLINE,
        LinkState.ONLINE,
    ]
    assert at_work.facts.of(ClockMeasured) == [ClockMeasured(offset_ms=120, uncertainty_ms=5)]
    assert at_work.vault.woken == 2


async def test_resync_reads_everything_anew(at_work: Bench) -> None:
    at_work.events.put(SNAPSHOT, StreamOpened())
    await at_work.facts.until(ServiceLinkChanged, lambda f: f.state is LinkState.ONLINE)
    at_work.desk.feed.resync()
    await at_work.events.until_followed(2)
    at_work.events.put(SNAPSHOT)
    await at_work.facts.until(DeskSnapshot, lambda _: len(at_work.facts.of(DeskSnapshot)) == 2)


async def test_a_session_ended_by_the_service_ends_here_too(at_work: Bench) -> None:
    at_work.events.put(SNAPSHOT, StreamOpened(), DomainError("not-signed-in"))
    closed = await at_work.facts.until(SessionClosed)
    assert closed.reason == "not-signed-in"
    assert at_work.secrets.kept == {}
    assert at_work.facts.of(ServiceLinkChanged)[-1].state is LinkState.OFFLINE


async def test_closing_the_desk_keeps_the_sign_in(at_work: Bench) -> None:
    await at_work.desk.close()
    assert KEPT_SESSION in at_work.secrets.kept
    assert len(asyncio.all_tasks()) == 1
