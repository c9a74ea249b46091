"""One end of a call: picture, voice and a control channel over WebRTC (aiortc).

The phone's side offers, the desk's side answers; candidates travel inside the descriptions (no trickle).
aiortc has no ICE restart and tells of a lost path only after about 30 s (media.md 6), so a broken call is
mended by a new ``Peer`` with the same call id, and whoever shows the picture watches its age.

What aiortc lacks (marker bit, repeated NACK, congestion feedback, audio jitter buffer: media.md 3) belongs in
``console/media/extensions/``, each patching one class before the first ``Peer`` is made; nothing here has to
change for that.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Coroutine

from aiortc import (
    MediaStreamError,
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCDataChannel,
    RTCIceServer,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)
from av import AudioFrame, VideoFrame

from console.contract.control import CONTROL_CHANNEL, MAX_CONTROL_BYTES
from console.contract.media import (
    MediaError,
    MediaFault,
    PeerState,
)
from console.contract.network import AddressPolicy, IceServer
from console.media.extensions.encoded_tap import Encoded, request_key_frame, tap
from console.media.extensions.loopback import offer_loopback_when_offline
from console.media.extensions.phone_bitrate import use_phone_bitrate
from console.media.mailbox import LatestFrame
from console.media.signalling import CheckedDescription, check_description

CONTROL_PER_SECOND = 50
"""More control messages than this in one second are dropped and counted."""
CONTROL_WAITING = 32
"""Messages kept for a channel that is not open yet."""
NEGOTIATION_SECONDS = 10.0
CONNECT_SECONDS = 15.0
CLOSE_SECONDS = 5.0
MAX_PICTURE_PIXELS = 4096 * 3072
"""A larger picture ends the connection: no phone films so, and its memory is a stranger's to choose."""

logger = logging.getLogger(__name__)


class Peer:
    """One peer connection; made, used and closed inside one running event loop.

    ``audio`` and ``video`` are the tracks to send (``None``: nothing). ``on_audio`` gets every decoded frame
    of the other side's voice, ``on_control`` every acceptable JSON text, ``on_state`` every new state; all
    three are called in the event loop and must not block; ``on_encoded`` likewise gets picture and voice as
    the other side encoded them. The newest picture of the other side is ``video``, readable from any thread.
    ``fault`` tells why the state became ``FAILED``, where that is known.
    """

    def __init__(
        self,
        *,
        addresses: AddressPolicy,
        ice_servers: tuple[IceServer, ...] = (),
        audio: MediaStreamTrack | None = None,
        video: MediaStreamTrack | None = None,
        on_audio: Callable[[AudioFrame], None] | None = None,
        on_control: Callable[[str], None] | None = None,
        on_state: Callable[[PeerState], None] | None = None,
        on_encoded: Encoded | None = None,
    ) -> None:
        offer_loopback_when_offline()
        self.video = LatestFrame()
        self.states: list[PeerState] = [PeerState.NEW]
        self.control_refused = 0
        self.fault: MediaFault | None = None
        self._addresses = addresses
        self._audio_out = audio
        self._video_out = video
        self._on_audio = on_audio
        self._on_control = on_control
        self._on_state = on_state
        self._on_encoded = on_encoded
        self._channel: RTCDataChannel | None = None
        self._unsent: deque[str] = deque(maxlen=CONTROL_WAITING)
        self._received_at: deque[float] = deque(maxlen=CONTROL_PER_SECOND)
        self._tasks: set[asyncio.Task[None]] = set()
        self._settled = asyncio.Event()
        servers = [
            RTCIceServer(urls=list(server.urls), username=server.username, credential=server.credential)
            for server in ice_servers
        ]
        self._connection = RTCPeerConnection(
            RTCConfiguration(iceServers=servers, bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        self._connection.add_listener("track", self._on_track)
        self._connection.add_listener("datachannel", self._use_channel)
        self._connection.add_listener("connectionstatechange", self._connection_changed)

    @property
    def state(self) -> PeerState:
        """The present state; ``states`` is the whole sequence."""
        return self.states[-1]

    @property
    def ice_state(self) -> str:
        """aiortc's word for the ICE agent's state."""
        return str(self._connection.iceConnectionState)

    async def offer(self) -> str:
        """Phone's side: make the offer, complete with candidates.

        Always asks for voice and picture both ways; VP8 is named first, at the page's bit rates.
        """
        use_phone_bitrate()
        for kind, track in (("audio", self._audio_out), ("video", self._video_out)):
            self._connection.addTransceiver(track or kind, direction="sendrecv")
        self._prefer_vp8()
        self._use_channel(self._connection.createDataChannel(CONTROL_CHANNEL, ordered=True))
        await self._connection.setLocalDescription(await self._connection.createOffer())
        return str(self._connection.localDescription.sdp)

    async def accept_answer(self, sdp: str) -> None:
        """Phone's side: take the answer and start to connect. Raises ``MediaError`` (SDP faults)."""
        await self._apply("answer", check_description(sdp, self._addresses))
        self._watch_connecting()

    async def answer(self, offer: str) -> str:
        """Desk's side: take an offer and return the answer, complete with candidates.

        Raises ``MediaError``: an SDP fault, or ``SDP_UNUSABLE`` where no codec or no allowed address is left.
        """
        checked = check_description(offer, self._addresses)
        await self._apply("offer", checked)
        for kind, track in (("audio", self._audio_out), ("video", self._video_out)):
            if track is not None and kind in checked.kinds:
                self._connection.addTrack(track)
        self._prefer_vp8()
        try:
            async with asyncio.timeout(NEGOTIATION_SECONDS):
                await self._connection.setLocalDescription(await self._connection.createAnswer())
        except Exception as error:  # the answer is computed from what a stranger offered
            raise MediaError(MediaFault.SDP_UNUSABLE) from error
        self._watch_connecting()
        return str(self._connection.localDescription.sdp)

    async def connected(self) -> None:
        """Wait until connected, at most ``CONNECT_SECONDS`` after the answer.

        Raises ``MediaError``: ``CONNECTION_FAILED``. The caller sets a time limit where no answer may come.
        """
        await self._settled.wait()
        if self.state is not PeerState.CONNECTED:
            raise MediaError(MediaFault.CONNECTION_FAILED)

    def send_control(self, text: str) -> None:
        """Send one JSON text; before the channel opens it waits, the oldest beyond 32 are dropped.

        Raises ``MediaError``: ``CONTROL_TOO_LARGE``, or ``CONTROL_NOT_OPEN`` after the channel closed.
        """
        if len(text.encode()) > MAX_CONTROL_BYTES:
            raise MediaError(MediaFault.CONTROL_TOO_LARGE)
        channel = self._channel
        if channel is None or channel.readyState == "connecting":
            self._unsent.append(text)
        elif channel.readyState == "open":
            channel.send(text)
        else:
            raise MediaError(MediaFault.CONTROL_NOT_OPEN)

    async def close(self) -> None:
        """Close the connection and end every task of this peer; safe to call twice."""
        self.video.close()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._connection.close()
        except TimeoutError:
            logger.warning("the peer connection did not close in %.0f s", CLOSE_SECONDS)
        for track in (self._audio_out, self._video_out):
            if track is not None:
                track.stop()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._enter(PeerState.CLOSED)

    async def _apply(self, kind: str, checked: CheckedDescription) -> None:
        if "a=candidate:" not in checked.sdp:
            raise MediaError(MediaFault.SDP_UNUSABLE)
        try:
            async with asyncio.timeout(NEGOTIATION_SECONDS):
                await self._connection.setRemoteDescription(RTCSessionDescription(checked.sdp, kind))
        except Exception as error:  # a stranger's text may break the parser in any way
            raise MediaError(MediaFault.SDP_MALFORMED) from error

    def _prefer_vp8(self) -> None:
        """VP8 comes first: every browser has it (RFC 7742), and the recording takes it as it comes."""
        codecs = RTCRtpSender.getCapabilities("video").codecs
        for transceiver in self._connection.getTransceivers():
            if transceiver.kind == "video":
                transceiver.setCodecPreferences(sorted(codecs, key=lambda c: c.mimeType != "video/VP8"))

    def _watch_connecting(self) -> None:
        async def give_up() -> None:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await self._settled.wait()
            except TimeoutError:
                self._fail(MediaFault.CONNECTION_FAILED)

        self._start(give_up())

    def _connection_changed(self) -> None:
        self._enter(PeerState(self._connection.connectionState))

    def _fail(self, fault: MediaFault) -> None:
        self.fault = fault
        self._enter(PeerState.FAILED)

    def _enter(self, state: PeerState) -> None:
        if state is self.state or self.state is PeerState.CLOSED:
            return
        if self.state is PeerState.FAILED and state is not PeerState.CLOSED:
            return
        self.states.append(state)
        if state not in (PeerState.NEW, PeerState.CONNECTING):
            self._settled.set()
        if self._on_state is not None:
            self._on_state(state)

    def request_key_frame(self) -> None:
        """Ask the other side for a whole picture; from any thread."""
        for transceiver in self._connection.getTransceivers():
            if transceiver.kind == "video":
                request_key_frame(transceiver.receiver)

    def _on_track(self, track: MediaStreamTrack) -> None:
        if self._on_encoded is not None:
            for transceiver in self._connection.getTransceivers():
                if transceiver.receiver.track is track:
                    tap(transceiver.receiver, self._on_encoded)
        self._start(self._drain(track))

    async def _drain(self, track: MediaStreamTrack) -> None:
        """Read a remote track for ever: aiortc queues without bound what nobody reads (media.md 3)."""
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                if isinstance(frame, VideoFrame):
                    if frame.width * frame.height > MAX_PICTURE_PIXELS:
                        self._fail(MediaFault.PICTURE_TOO_LARGE)
                        return
                    self.video.put(frame, time.monotonic(), time.time())
                elif isinstance(frame, AudioFrame) and self._on_audio is not None:
                    self._on_audio(frame)

    def _use_channel(self, channel: RTCDataChannel) -> None:
        if channel.label != CONTROL_CHANNEL or self._channel is not None:
            channel.close()
            return
        self._channel = channel
        channel.add_listener("message", self._control_arrived)
        channel.add_listener("open", self._send_waiting)
        if channel.readyState == "open":
            self._send_waiting()

    def _send_waiting(self) -> None:
        while self._unsent and self._channel is not None:
            self._channel.send(self._unsent.popleft())

    def _control_arrived(self, message: str | bytes) -> None:
        now = time.monotonic()
        recent = self._received_at
        if len(recent) == CONTROL_PER_SECOND and now - recent[0] < 1.0:
            self.control_refused += 1
            return
        recent.append(now)
        if not isinstance(message, str) or not _is_acceptable(message):
            self.control_refused += 1
        elif self._on_control is not None:
            self._on_control(message)

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_acceptable(text: str) -> bool:
    """Tell whether ``text`` is a JSON object of bounded size; nesting that exhausts the parser is not."""
    if len(text.encode()) > MAX_CONTROL_BYTES:
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
