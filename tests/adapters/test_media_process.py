"""The desk's side of the media process, against the real process and a real party on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time

import cv2
import numpy as np
import psutil
import pytest

from console.adapters.media_process import MediaProcess
from console.contract.media import (
    ControlReceived,
    FirstFrame,
    MediaError,
    MediaFault,
    MediaLost,
    MediaRestarted,
    OfficerPicture,
    PeerState,
    PeerStateChanged,
)
from console.contract.media_pipe import sha256_hex
from console.media.marks import find_mark
from tests.media_desk import CALL, Ear, call, figures_of, mark_of, running
from tests.media_party import Party, scene, until


def test_picture_in_slot_and_still_is_the_picture_sent(no_sound: None) -> None:
    async def scenario() -> None:
        async with running() as (media, ear), Party(640, 360) as party:
            await call(media, party)
            await until(lambda: ear.notices > 0, 10, "first picture")
            view = media.frames.latest()
            assert view is not None
            assert (view.width, view.height, view.stride) == (640, 360, 2560)
            counter = mark_of(view)
            assert counter is not None
            assert media.frames.is_whole(view)
            assert 0 < view.decoded_at - party.drawn_at[counter] < 2.0
            still = await media.take_still()
            assert sha256_hex(still.jpeg) == still.taken.sha256
            picture = np.asarray(
                cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8
            )
            assert picture.shape == (360, 640, 3)
            photographed = find_mark(picture)
            assert photographed is not None
            assert photographed >= counter
            background = np.abs(picture[40:].astype(int) - scene(640, 360)[40:].astype(int)).mean()
            assert background < 12
            assert isinstance(ear.last(FirstFrame), FirstFrame)

    asyncio.run(scenario())


def test_one_notice_is_pending_at_most(no_sound: None) -> None:
    async def scenario() -> None:
        async with running() as (media, ear), Party() as party:
            await call(media, party)
            await until(lambda: media.frames.newest > 10, 15, "pictures without a reader")
            assert ear.notices == 1
            media.frames.latest()
            await until(lambda: ear.notices == 2, 5, "next notice")

    asyncio.run(scenario())


@pytest.mark.parametrize("size", [(640, 360), (322, 242), (1280, 720), (480, 270)])
def test_sizes_of_the_picture(no_sound: None, size: tuple[int, int]) -> None:
    async def scenario() -> None:
        async with running() as (media, _), Party(320, 240) as party:
            await call(media, party)
            await until(lambda: mark_of(media.frames.latest()) is not None, 15, "the first size")
            party.size = size

            def there() -> bool:
                view = media.frames.latest()
                return view is not None and (view.width, view.height) == size and mark_of(view) is not None

            await until(there, 15, f"the mark at {size}")

    asyncio.run(scenario())


def test_control_messages_card_and_officer_picture(no_sound: None) -> None:
    async def scenario() -> None:
        encoded, card = cv2.imencode(".png", scene(320, 240))
        assert encoded
        async with running() as (media, ear), Party() as party:
            await media.show_card(card.tobytes())
            await media.set_officer_picture(OfficerPicture.CARD)
            await call(media, party)
            await media.send_control('{"type":"guide"}')
            party.peer.send_control('{"type":"phone-status"}')
            await until(lambda: party.controls == ['{"type":"guide"}'], 10, "control to the party")
            await until(lambda: ear.last(ControlReceived) is not None, 10, "control to the desk")
            await until(lambda: party.peer.video.count > 0, 10, "the card")
            newest = party.peer.video.peek()
            assert newest is not None
            assert (newest.frame.width, newest.frame.height) == (640, 480)
            states = [event.state for event in ear.events if isinstance(event, PeerStateChanged)]
            assert states == [PeerState.CONNECTING, PeerState.CONNECTED]
            await media.close_peer()
            await until(lambda: party.peer.state is PeerState.CLOSED, 10, "the party's notice of the end")
            with pytest.raises(MediaError) as refused:
                await media.take_still()
            assert refused.value.fault is MediaFault.NO_PEER

    asyncio.run(scenario())


@pytest.mark.allows_log("the media process ended with")
def test_killed_process_is_restarted_and_the_picture_returns(no_sound: None) -> None:
    async def scenario() -> None:
        async with running() as (media, ear), Party() as first:
            await media.set_muted(True)
            await call(media, first)
            await until(lambda: mark_of(media.frames.latest()) is not None, 15, "first picture")
            killed, written = media.pid, media.frames.newest
            assert killed is not None
            started = time.monotonic()
            os.kill(killed, signal.SIGKILL)
            await until(lambda: ear.last(MediaRestarted) is not None, 20, "restart")
            lost = ear.last(MediaLost)
            again = ear.last(MediaRestarted)
            assert isinstance(lost, MediaLost)
            assert lost.exit_code == -signal.SIGKILL
            assert isinstance(again, MediaRestarted)
            assert (again.call_id, again.attempt) == (CALL, 1)
            async with Party() as second:
                await call(media, second, attempt=2)
                await until(lambda: media.frames.newest > written, 20, "picture of the new attempt")
                took = time.monotonic() - started
                await until(lambda: mark_of(media.frames.latest()) is not None, 5, "the mark")
                await until(lambda: figures_of(ear, 2), 5, "figures")
                stats = ear.stats()
                assert stats is not None
                assert stats.muted
            assert took < 10, "aim 3 s; ten leaves room for a loaded machine"

    asyncio.run(scenario())


@pytest.mark.allows_log("the media process ended with")
def test_requests_fail_at_once_when_the_process_dies(no_sound: None) -> None:
    async def scenario() -> None:
        async with running() as (media, _), Party() as party:
            await call(media, party)
            assert media.pid is not None
            os.kill(media.pid, signal.SIGSTOP)
            waiting = asyncio.create_task(media.take_still())
            await asyncio.sleep(0.1)
            os.kill(media.pid, signal.SIGKILL)
            with pytest.raises(MediaError) as refused:
                await waiting
            assert refused.value.fault is MediaFault.NOT_RUNNING

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("sdp", "fault"),
    [("v=0\r\n", MediaFault.SDP_MALFORMED), ("x" * 70_000, MediaFault.SDP_TOO_LARGE)],
)
def test_bad_offers_are_refused_and_a_good_one_is_taken_after(
    no_sound: None, sdp: str, fault: MediaFault
) -> None:
    async def scenario() -> None:
        async with running() as (media, ear), Party() as party:
            with pytest.raises(MediaError) as none_open:
                await media.answer(sdp)
            assert none_open.value.fault is MediaFault.NO_PEER
            await media.open(CALL, 1)
            with pytest.raises(MediaError) as refused:
                await media.answer(sdp)
            assert refused.value.fault is fault
            await call(media, party, attempt=2)
            await until(lambda: ear.notices > 0, 15, "picture after a refused offer")

    asyncio.run(scenario())


DESK = """
import asyncio
from console.adapters.media_process import MediaProcess

class Ear:
    def media_event(self, event): pass
    def frame_available(self): pass

async def main():
    media = MediaProcess(Ear())
    await media.start()
    print(media.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def test_media_process_ends_with_a_killed_desk(no_sound: None) -> None:
    with subprocess.Popen([sys.executable, "-c", DESK], stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        media = psutil.Process(int(desk.stdout.readline()))
        desk.kill()
    assert not psutil.wait_procs([media], timeout=5)[1]


@pytest.mark.parametrize("command", ["false", "no-such-program", "cat"])
def test_a_command_that_is_no_media_process_is_refused(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.adapters.media_link.CONNECT_SECONDS", 1.0)

    async def scenario() -> None:
        media = MediaProcess(Ear(), command=(command,))
        with pytest.raises(MediaError) as refused:
            await media.start()
        assert refused.value.fault is MediaFault.NOT_RUNNING
        with pytest.raises(MediaError):
            await media.open(CALL, 1)

    asyncio.run(scenario())


@pytest.mark.allows_log("the media process ended with")
def test_stop_during_a_restart_leaves_nothing(no_sound: None) -> None:
    async def scenario() -> None:
        async with running() as (media, ear):
            assert media.pid is not None
            os.kill(media.pid, signal.SIGKILL)
            await until(lambda: ear.last(MediaLost) is not None, 5, "loss")
            await media.set_muted(True)

    asyncio.run(scenario())


def test_hanging_process_is_ended_by_force(no_sound: None) -> None:
    async def scenario() -> None:
        async with running() as (media, _):
            assert media.pid is not None
            os.kill(media.pid, signal.SIGSTOP)

    asyncio.run(scenario())
