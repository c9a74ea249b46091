"""One attempt of one call on the desk's side: peer, pictures into the ring, sound, stills, figures."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from console.contract.frame_ring import FrameRing
from console.contract.media import (
    ControlReceived,
    FirstFrame,
    MediaError,
    MediaEvent,
    MediaFault,
    MediaStats,
    OpenPeer,
    PeerFailed,
    PeerState,
    PeerStateChanged,
    StillTaken,
)
from console.contract.media_pipe import sha256_hex
from console.media.mailbox import DecodedFrame
from console.media.officer import OfficerView
from console.media.peer import Peer
from console.media.pictures import FrameFeed, encode_still, utc_text
from console.media.recall import Recall
from console.media.recorder import Recorder
from console.media.sound import Samples, SoundHub
from console.media.tracks import DeviceTrack, PictureTrack


class CallSession:
    """The running attempt; made, used and closed in the event loop. ``report`` takes events of any thread."""

    def __init__(
        self,
        wanted: OpenPeer,
        ring: FrameRing,
        hub: SoundHub,
        officer: OfficerView,
        report: Callable[[MediaEvent], None],
        on_notice: Callable[[], None],
        recall: Recall,
    ) -> None:
        self._recall = recall
        recall.begin(wanted.call_id)
        self.call_id = wanted.call_id
        self.attempt = wanted.attempt
        self._hub = hub
        self._officer = officer
        self._report = report
        self._recorder: Recorder | None = None
        self._voice = DeviceTrack()
        picture = PictureTrack()
        self._peer = Peer(
            addresses=wanted.addresses,
            ice_servers=wanted.ice_servers,
            audio=self._voice,
            video=picture,
            on_audio=hub.from_party,
            on_control=self._control,
            on_state=self._state,
            on_encoded=self._encoded,
        )
        hub.new_call(self._spoken)
        officer.attach(picture)
        self._feed = FrameFeed(self._peer.video, ring, on_notice, self._first_frame, self._keep)
        self._encoder = ThreadPoolExecutor(1, thread_name_prefix="stills")
        self._counted = (time.monotonic(), 0)

    async def answer(self, sdp: str) -> str:
        """Return the answer to the party's offer. Raises ``MediaError``."""
        return await self._peer.answer(sdp)

    def _keep(self, decoded: DecodedFrame) -> None:
        self._recall.keep(self.attempt, decoded)

    def record(self, recorder: Recorder | None) -> None:
        """Let this recorder have picture and sound from now on, or nobody."""
        self._recorder = recorder
        if recorder is not None:
            recorder.want_key_frame = self._peer.request_key_frame
            self._peer.request_key_frame()

    def send_control(self, text: str) -> None:
        """Send one JSON text to the party. Raises ``MediaError``."""
        self._peer.send_control(text)

    async def still(self, request_id: str, *, recall: bool) -> tuple[StillTaken, bytes]:
        """Return the newest decoded picture, or the one to ``recall``, in full size as JPEG.

        Raises ``MediaError(NO_PICTURE)``.
        """
        loop = asyncio.get_running_loop()
        attempt, decoded = self.attempt, self._peer.video.peek()
        if recall:
            kept = await loop.run_in_executor(self._encoder, self._recall.sharpest)
            attempt, decoded = kept if kept is not None else (attempt, None)
        if decoded is None:
            raise MediaError(MediaFault.NO_PICTURE)
        jpeg = await loop.run_in_executor(self._encoder, encode_still, decoded.frame)
        taken = StillTaken(
            request_id=request_id,
            call_id=self.call_id,
            attempt=attempt,
            frame_number=decoded.number,
            pts=decoded.frame.pts or 0,
            width=decoded.frame.width,
            height=decoded.frame.height,
            decoded_at=decoded.decoded_at,
            decoded_wall=utc_text(decoded.decoded_wall),
            size=len(jpeg),
            sha256=sha256_hex(jpeg),
        )
        return taken, jpeg

    def stats(self) -> MediaStats:
        """Return the figures since the last call of this method."""
        video, now = self._peer.video, time.monotonic()
        since, before = self._counted
        self._counted = (now, video.count)
        newest = video.peek()
        times = os.times()
        return MediaStats(
            call_id=self.call_id,
            attempt=self.attempt,
            peer_state=self._peer.state,
            ice_state=self._peer.ice_state,
            fps=(video.count - before) / max(now - since, 1e-3),
            frames_decoded=video.count,
            frames_dropped=video.dropped,
            width=newest.frame.width if newest else 0,
            height=newest.frame.height if newest else 0,
            frame_age_s=now - newest.decoded_at if newest else None,
            remote=self._hub.remote.reading(),
            microphone=self._hub.microphone.reading(),
            played=self._hub.played.reading(),
            muted=self._hub.muted,
            control_refused=self._peer.control_refused,
            cpu_s=times.user + times.system,
            recorded_s=None if self._recorder is None else self._recorder.recorded_s,
        )

    async def close(self) -> None:
        """End the connection, free the ring and forget the pictures."""
        self._hub.new_call(None)
        self._officer.attach(None)
        await self._peer.close()
        await asyncio.to_thread(self._feed.stop)
        self._encoder.shutdown(wait=False, cancel_futures=True)

    def _encoded(self, codec: str, data: bytes, timestamp: int) -> None:
        if self._recorder is not None:
            self._recorder.encoded(self.attempt, codec, data, timestamp)

    def _spoken(self, samples: Samples) -> None:
        self._voice.push(samples)
        recorder = self._recorder
        if recorder is not None:
            recorder.officer(self.attempt, samples)

    def _control(self, text: str) -> None:
        self._report(ControlReceived(call_id=self.call_id, attempt=self.attempt, text=text))

    def _state(self, state: PeerState) -> None:
        self._report(
            PeerStateChanged(call_id=self.call_id, attempt=self.attempt, state=state, at=time.monotonic())
        )
        if state is PeerState.FAILED:
            code = self._peer.fault or MediaFault.CONNECTION_FAILED
            self._report(PeerFailed(call_id=self.call_id, attempt=self.attempt, code=code))

    def _first_frame(self, decoded: DecodedFrame) -> None:
        self._report(
            FirstFrame(
                call_id=self.call_id,
                attempt=self.attempt,
                width=decoded.frame.width,
                height=decoded.frame.height,
                at=decoded.decoded_at,
            )
        )
