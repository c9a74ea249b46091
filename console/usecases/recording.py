"""Recording: a call is recorded from the moment its party was told, and every segment becomes evidence.

The duty to record is the law's (公安机关办理行政案件程序规定 Arts. 52, 263); recording begins after the
party's receipt of the notice. What the service is told is what the media process says of itself, never a
wish.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime

from console.contract.journal import DeskSnapshot, Entry
from console.contract.media import MediaError, MediaEvent, MediaLost, MediaRestarted, MediaStats
from console.contract.recording import Segment
from console.contract.signing_api import ReportRecording
from console.domain.call import CallState
from console.domain.closing_events import SignatureRecorded
from console.domain.errors import DomainError
from console.domain.events import CallAnswered, CallEnded, CallHungUp, CallPlaced, ConsentRecorded
from console.domain.evidence import Capture, CaptureSource, Custody, Slot
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId, new_id
from console.domain.party import ConsentItem
from console.usecases.facts import CustodyChanged, Publish
from console.usecases.following import Follower, MediaFollower
from console.usecases.ports import MediaPort, OutboxPort, ServicePort, ServiceUnavailable, VaultPort
from console.usecases.shift import Shift
from console.usecases.tasks import Tasks

MEDIA_TYPE = "video/webm"
AGAIN_S = 2.0
"""Pause before the service is told again what it could not be told."""
HELD = frozenset({CallState.CONNECTED, CallState.INTERRUPTED})

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Known:
    """Where a call belongs."""

    incident_id: IncidentId
    party_id: PartyId


class Recording(Follower, MediaFollower):
    """Starts and stops the recording of the call that this seat holds, and stores what comes of it."""

    def __init__(
        self,
        shift: Shift,
        media: MediaPort,
        vault: VaultPort,
        outbox: OutboxPort,
        service: ServicePort,
        publish: Publish,
    ) -> None:
        self._shift = shift
        self._media = media
        self._vault = vault
        self._outbox = outbox
        self._service = service
        self._publish = publish
        self._tasks = Tasks()
        self._calls: dict[CallId, _Known] = {}
        self._told: set[PartyId] = set()
        self._held: CallId | None = None
        self._asked: CallId | None = None
        self._recorded_s: dict[CallId, float] = {}
        self._running: CallId | None = None
        self._reported: CallId | None = None
        self._reason = ""
        self._turn = asyncio.Event()
        self._storing = asyncio.Lock()

    async def run(self) -> None:
        """Ask, report and store until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._follow_calls(), name="recording")
            group.create_task(self._store_segments(), name="segments")

    async def close(self) -> None:
        """End the recording and store its last segment; the desk is going down."""
        self._held = None
        if self._asked is not None:
            with contextlib.suppress(MediaError):
                await self._stop()
        async with self._storing:
            await self._tasks.close()

    def on_snapshot(self, snapshot: DeskSnapshot) -> None:
        """Take a call up again that this seat holds."""
        self._calls |= {call.id: _Known(call.incident_id, call.party_id) for call in snapshot.calls}
        self._told = {
            party.id
            for incident in snapshot.incidents
            for party in incident.parties
            if (told := party.consent(ConsentItem.RECORDING_NOTICE)) is not None and told.given
        }
        own = [c.id for c in snapshot.calls if c.seat == self._shift.session.seat and c.state in HELD]
        self._held = own[-1] if own else None
        self._turn.set()

    def on_entry(self, entry: Entry) -> None:
        """Follow whose call it is, who was told, and when somebody signs."""
        match entry.event:
            case CallPlaced(call=call):
                self._calls[call.id] = _Known(call.incident_id, call.party_id)
            case CallAnswered(seat=seat) if seat == self._shift.session.seat:
                self._held = entry.call_id
            case CallHungUp() | CallEnded() if entry.call_id == self._held:
                self._held = None
            case ConsentRecorded(party_id=party_id, consent=consent):
                if consent.item is ConsentItem.RECORDING_NOTICE and consent.given:
                    self._told.add(party_id)
            case SignatureRecorded() if self._asked is not None:
                self._tasks.start(self._cut(), "cut segment")
            case _:
                return
        self._turn.set()

    def on_media(self, event: MediaEvent) -> None:
        """What the media process says of the recording decides what is told of it."""
        match event:
            case MediaStats(call_id=call_id, recorded_s=float(seconds)):
                self._recorded_s[call_id] = seconds
                self._state(call_id, "")
            case MediaStats():
                self._state(None, "picture-lost")
            case MediaLost():
                self._asked = None
                self._state(None, "media-process-ended")
            case MediaRestarted():
                self._asked = None
            case _:
                return
        self._turn.set()

    def on_online(self) -> None:
        """The service can be told now."""
        self._turn.set()

    def _state(self, running: CallId | None, reason: str) -> None:
        self._running, self._reason = running, reason

    async def _follow_calls(self) -> None:
        while True:
            await self._turn.wait()
            self._turn.clear()
            await self._ask()
            if not await self._report():
                await asyncio.sleep(AGAIN_S)
                self._turn.set()

    async def _ask(self) -> None:
        held = self._held
        known = self._calls.get(held) if held is not None else None
        wanted = held if known is not None and known.party_id in self._told else None
        if wanted == self._asked:
            return
        try:
            if wanted is None:
                await self._stop()
                self._state(None, "call-over")
            else:
                await self._media.start_recording(wanted, self._recorded_s.get(wanted, 0.0))
        except MediaError as error:
            logger.info("recording not changed: %s", error.code)
            if wanted is not None:
                return
        self._asked = wanted

    async def _stop(self) -> None:
        for segment in await self._media.stop_recording():
            await self._store(segment)

    async def _report(self) -> bool:
        """Tell the service what is true by now; false when it must be told again."""
        running, reported = self._running, self._reported
        if running == reported:
            return True
        call_id = running or reported
        if call_id is None:
            return True
        request = ReportRecording(running=running is not None, reason="" if running else self._reason)
        try:
            await self._service.report_recording(call_id, request)
        except ServiceUnavailable:
            return False
        except DomainError as refusal:
            logger.info("the service did not take the state of the recording: %s", refusal.code)
        self._reported = running
        return True

    async def _cut(self) -> None:
        with contextlib.suppress(MediaError):
            await self._media.cut_segment()

    async def _store_segments(self) -> None:
        while True:
            await self._store(await self._media.next_segment())

    async def _store(self, segment: Segment) -> None:
        async with self._storing:
            await self._keep(segment)

    async def _keep(self, segment: Segment) -> None:
        recorded = segment.recorded
        known = self._calls.get(recorded.call_id)
        if known is None:
            logger.error("a segment of an unknown call was dropped")
            return
        clock = self._service.clock()
        capture = Capture(
            slot=Slot.OTHER,
            source=CaptureSource.RECORDING,
            call_id=recorded.call_id,
            party_id=known.party_id,
            captured_by=self._shift.session.user.id,
            captured_at=datetime.fromisoformat(recorded.started_wall),
            clock_offset_ms=None if clock is None else clock.offset_ms,
            width=recorded.width,
            height=recorded.height,
            media_type=MEDIA_TYPE,
            media_session=f"{recorded.call_id}/{recorded.attempt}",
            duration_ms=recorded.duration_ms,
        )
        evidence_id = EvidenceId(new_id())
        await self._vault.store(evidence_id, known.incident_id, capture, segment.webm)
        self._publish(
            CustodyChanged(
                evidence_id=evidence_id,
                incident_id=known.incident_id,
                capture=capture,
                custody=Custody.CAPTURED,
            )
        )
        self._outbox.wake()
