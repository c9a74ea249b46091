"""The desk's side of these tests, without a window: the service's REST interface and a real peer."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import av
import numpy as np
import requests
import sseclient
from numpy.typing import NDArray

from console.contract import codec
from console.contract.desk_api import CreateLink, Link, Session, Signal, SignalKind, SignIn, StateFact
from console.contract.journal import DeskSnapshot
from console.contract.network import TRAINING_ADDRESSES
from console.domain.call import Call
from console.domain.ids import CallId, IncidentId, SeatId, new_id
from console.domain.incident import Incident
from console.domain.triage import Answer, TriageFact
from console.media.marks import draw_mark
from console.media.peer import Peer
from console.media.sound import SoundMeter
from console.media.tracks import SAMPLE_RATE, PictureTrack, VoiceTrack
from tests.media_party import scene
from tests.waiting import wait_until

TIMEOUT = (5.0, 20.0)
CARD_MARK = 77
"""Frame mark in the officer's picture."""
LOOK_S = 0.05
"""Pause between two looks, most of which are a question to the service."""
TONE_HZ = 440
"""The officer's voice."""

Seen = TypeVar("Seen")


def until(look: Callable[[], Seen | None], what: str, seconds: float = 15.0) -> Seen:
    """Look until what is seen counts as true, and return it; fail after ``seconds``."""
    found = wait_until(look, seconds, what, LOOK_S)
    if found is None:
        raise AssertionError(what)
    return found


class Desk:
    """One account at one seat, signed in over the wire."""

    def __init__(self, url: str, ca: Path, account: str, password: str, seat: str) -> None:
        self.url = url
        self._http = requests.Session()
        self._http.verify = str(ca)
        self._http.trust_env = False
        sign_in = SignIn(username=account, password=password, seat=SeatId(seat))
        session: Session = codec.decode(Session, self.send("POST", "/v1/sessions", sign_in))
        self._http.headers["Authorization"] = f"Bearer {session.token}"

    def send(self, method: str, path: str, body: object = None) -> bytes:
        """Send a command and return the answer's body; a refusal raises ``requests.HTTPError``."""
        answer = self._http.request(
            method,
            self.url + path,
            data=b"{}" if body is None else codec.encode(body),
            headers={"Content-Type": "application/json", "Idempotency-Key": new_id()},
            timeout=TIMEOUT,
        )
        answer.raise_for_status()
        return answer.content

    def stream(self, path: str) -> requests.Response:
        """Open a stream of server-sent events; the caller closes it."""
        answer = self._http.get(self.url + path, stream=True, timeout=(5.0, 30.0))
        answer.raise_for_status()
        return answer

    def link(self, phone: str = "10012345678") -> str:
        """Return the address of a fresh link."""
        made: Link = codec.decode(Link, self.send("POST", "/v1/links", CreateLink(phone=phone)))
        return made.url

    def snapshot(self) -> DeskSnapshot:
        """Return everything a desk may see now."""
        seen: DeskSnapshot = codec.decode(DeskSnapshot, self.send("GET", "/v1/desk/snapshot"))
        return seen

    def incident(self, number: str) -> Incident:
        """Return the incident with this number."""
        return next(found for found in self.snapshot().incidents if found.number == number)

    def call_of(self, incident_id: IncidentId) -> Call:
        """Return the newest call of an incident."""
        return [call for call in self.snapshot().calls if call.incident_id == incident_id][-1]

    def answer(self, call_id: CallId) -> None:
        """Take the call."""
        self.send("POST", f"/v1/calls/{call_id}/answer")

    def state_fact(self, incident_id: IncidentId, fact: TriageFact, answer: Answer) -> None:
        """Answer one row of the triage."""
        self.send("PUT", f"/v1/incidents/{incident_id}/facts/{fact}", StateFact(answer=answer))

    def close(self) -> None:
        """Drop the connection."""
        self._http.close()


class Line:
    """The media side of one answered call: answers every offer with a fresh peer, as the desk does.

    Runs in threads of its own; leaving it hangs up, which ends the stream of signals and so the reader.
    ``peer`` is the newest one; ``attempts`` and ``controls`` keep what came, ``heard`` measures the phone's
    voice.
    """

    def __init__(self, desk: Desk, call_id: CallId) -> None:
        self.peer: Peer | None = None
        self.attempts: list[int] = []
        self.controls: list[dict[str, object]] = []
        self.heard = SoundMeter()
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._samples = 0
        self._desk = desk
        self._path = f"/v1/calls/{call_id}/signals"
        self._hang_up = f"/v1/calls/{call_id}/hang-up"
        self._stream = desk.stream(self._path)
        self._loop = asyncio.new_event_loop()
        self._runner = threading.Thread(target=self._loop.run_forever, name="line-loop")
        self._reader = threading.Thread(target=self._read, name="line-signals")

    def __enter__(self) -> Line:
        self._runner.start()
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._desk.send("POST", self._hang_up)
        self._reader.join(15)
        self._stream.close()
        if self.peer is not None:
            asyncio.run_coroutine_threadsafe(self.peer.close(), self._loop).result(10)
        asyncio.run_coroutine_threadsafe(self._loop.shutdown_default_executor(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._runner.join(10)
        self._loop.close()

    def control(self, message: object) -> None:
        """Send one control message to the phone."""
        text = codec.encode(message).decode()
        assert self.peer is not None
        self._loop.call_soon_threadsafe(self.peer.send_control, text)

    def signal(self, kind: SignalKind) -> None:
        """Send a signal for the newest attempt."""
        self._desk.send("POST", self._path, Signal(kind=kind, attempt=self.attempts[-1]))

    def drop(self) -> None:
        """Lose the peer without a word, as when the media process ends."""
        assert self.peer is not None
        asyncio.run_coroutine_threadsafe(self.peer.close(), self._loop).result(10)

    def acknowledged(self, message_id: str) -> dict[str, object] | None:
        """Return the phone's answer to a control message, if it has come."""
        return next((c for c in self.controls if c.get("id") == message_id), None)

    def picture_shown(self) -> bool:
        """Tell whether any picture of the phone has come."""
        return self.peer is not None and self.peer.video.peek() is not None

    def picture(self) -> NDArray[np.uint8] | None:
        """Return the newest decoded picture of the phone in gray, ``(height, width)``."""
        newest = None if self.peer is None else self.peer.video.peek()
        return None if newest is None else np.asarray(newest.frame.to_ndarray(format="gray"), np.uint8)

    def _read(self) -> None:
        for event in sseclient.SSEClient(self._stream.iter_content()).events():
            signal: Signal = codec.decode(Signal, event.data)
            if signal.kind is SignalKind.OFFER:
                asyncio.run_coroutine_threadsafe(self._answer(signal), self._loop).result(20)

    def _speak(self, count: int) -> NDArray[np.int16]:
        phase = np.arange(self._samples, self._samples + count) * (2 * np.pi * TONE_HZ / SAMPLE_RATE)
        self._samples += count
        return np.asarray(8_000 * np.sin(phase), np.int16)

    def _hear(self, frame: av.AudioFrame) -> None:
        for piece in self._resampler.resample(frame):
            self.heard.add(piece.to_ndarray().reshape(-1).astype(np.int16, copy=False))

    async def _answer(self, offer: Signal) -> None:
        old = self.peer
        card = scene(640, 480)
        draw_mark(card, CARD_MARK)
        picture = PictureTrack(rate=10)
        picture.show(card)
        self.peer = Peer(
            addresses=TRAINING_ADDRESSES,
            audio=VoiceTrack(self._speak),
            video=picture,
            on_audio=self._hear,
            on_control=lambda text: self.controls.append(json.loads(text)),
        )
        self.attempts.append(offer.attempt)
        answer = await self.peer.answer(offer.sdp)
        reply = Signal(kind=SignalKind.ANSWER, attempt=offer.attempt, sdp=answer)
        await asyncio.to_thread(self._desk.send, "POST", self._path, reply)
        if old is not None:
            await old.close()
