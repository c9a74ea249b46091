"""Peer to peer on loopback: both ends are the real thing."""

from __future__ import annotations

import asyncio
import json
from functools import partial

import numpy as np
import pytest

from console.contract.control import MAX_CONTROL_BYTES
from console.contract.media import MediaError, MediaFault, PeerState
from console.contract.network import TRAINING_ADDRESSES, AddressPolicy
from console.media.marks import draw_mark, find_mark
from console.media.peer import CONTROL_PER_SECOND, Peer
from console.media.tracks import PictureTrack
from tests.media_party import Party, scene, until


def gray(peer: Peer) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return the newest decoded picture in gray."""
    newest = peer.video.peek()
    assert newest is not None
    return np.asarray(newest.frame.to_ndarray(format="gray"), np.uint8)


async def connect(party: Party, desk: Peer) -> None:
    """Let the two negotiate and wait until both are connected."""
    await party.peer.accept_answer(await desk.answer(await party.peer.offer()))
    async with asyncio.timeout(20):
        await asyncio.gather(desk.connected(), party.peer.connected())


def test_call_both_ways() -> None:
    async def scenario() -> None:
        received: list[str] = []
        picture = PictureTrack(rate=10)
        desk = Peer(addresses=TRAINING_ADDRESSES, video=picture, on_control=received.append)
        async with Party(tone_hz=440.0) as party:
            desk.send_control('{"type":"early"}')
            await connect(party, desk)
            card = scene(640, 480)
            draw_mark(card, 77)
            picture.show(card)
            party.peer.send_control(json.dumps({"type": "hello"}))
            await until(lambda: desk.video.count > 5, 10, "pictures of the party")
            await until(lambda: party.peer.video.count > 2, 10, "the officer's card")
            await until(lambda: bool(received and party.controls), 10, "control messages")
            assert find_mark(gray(party.peer)) == 77
            seen = find_mark(gray(desk))
            assert seen is not None
            assert party.counter - 20 < seen <= party.counter
            assert (received, party.controls) == (['{"type": "hello"}'], ['{"type":"early"}'])
        await until(lambda: desk.state is PeerState.CLOSED, 5, "the desk's notice of the end")
        await desk.close()
        assert desk.states == [PeerState.NEW, PeerState.CONNECTING, PeerState.CONNECTED, PeerState.CLOSED]
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(scenario())


def test_picture_size_may_change_during_the_call() -> None:
    async def scenario() -> None:
        desk = Peer(addresses=TRAINING_ADDRESSES)

        def shows(size: tuple[int, int]) -> bool:
            return desk.video.count > 0 and gray(desk).shape == (size[1], size[0])

        async with Party(640, 360) as party:
            await connect(party, desk)
            for size in ((640, 360), (480, 270), (322, 242)):
                party.size = size
                await until(partial(shows, size), 10, f"pictures of {size}")
                await until(lambda: find_mark(gray(desk)) is not None, 10, f"the mark at {size}")
        await desk.close()

    asyncio.run(scenario())


def test_control_is_bounded_in_size_rate_and_form() -> None:
    async def scenario() -> None:
        received: list[str] = []
        desk = Peer(addresses=TRAINING_ADDRESSES, on_control=received.append)
        async with Party() as party:
            await connect(party, desk)
            with pytest.raises(MediaError) as refused:
                party.peer.send_control('"' + "x" * MAX_CONTROL_BYTES + '"')
            assert refused.value.fault is MediaFault.CONTROL_TOO_LARGE
            for text in ("no json", "[1]", "[" * 10_000, '"text"'):
                party.peer.send_control(text)
            await until(lambda: desk.control_refused == 4, 5, "refusals of form")
            for number in range(CONTROL_PER_SECOND * 3):
                party.peer.send_control(json.dumps({"number": number}))
            await until(lambda: desk.control_refused + len(received) == 4 + CONTROL_PER_SECOND * 3, 5, "all")
            assert len(received) <= CONTROL_PER_SECOND * 2
        await desk.close()

    asyncio.run(scenario())


def test_unanswered_party_fails_and_nothing_stays() -> None:
    async def scenario() -> None:
        async with Party() as party:
            offer = await party.peer.offer()
            desk = Peer(addresses=AddressPolicy(("203.0.113.0/24",)))
            with pytest.raises(MediaError) as refused:
                await desk.answer(offer)
            assert refused.value.fault is MediaFault.SDP_UNUSABLE
            await desk.close()
        assert party.peer.state is PeerState.CLOSED
        with pytest.raises(MediaError):
            await party.peer.connected()

    asyncio.run(scenario())


def test_oversize_picture_ends_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.media.peer.MAX_PICTURE_PIXELS", 640 * 360 - 1)

    async def scenario() -> None:
        desk = Peer(addresses=TRAINING_ADDRESSES)
        async with Party(640, 360) as party:
            await connect(party, desk)
            await until(lambda: desk.state is PeerState.FAILED, 10, "refusal of the picture")
            assert desk.fault is MediaFault.PICTURE_TOO_LARGE
            assert desk.video.peek() is None
        await desk.close()

    asyncio.run(scenario())


def test_party_that_never_connects_fails_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.media.peer.CONNECT_SECONDS", 0.5)

    async def scenario() -> None:
        desk = Peer(addresses=TRAINING_ADDRESSES)
        async with Party() as party:
            await desk.answer(await party.peer.offer())
            with pytest.raises(MediaError) as failed:
                await desk.connected()
            assert failed.value.fault is MediaFault.CONNECTION_FAILED
        await desk.close()
        assert desk.states[-2:] == [PeerState.FAILED, PeerState.CLOSED]
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(scenario())
