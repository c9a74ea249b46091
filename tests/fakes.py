"""Working stand-ins for the desk's own ports: they do the real thing in memory, and fail on demand."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from console.contract.media import MediaError, MediaFault, OfficerPicture, Still, StillTaken
from console.contract.recording import Segment
from console.domain.evidence import Capture, Digests
from console.domain.ids import CallId, EvidenceId, IncidentId, SeatId
from console.usecases.facts import CustodyChanged, EvidenceRecovered, Fact, KeyPlace
from console.usecases.ports import Draft, FeedItem, SignalItem

T = TypeVar("T")

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SEAT = SeatId("07")
OTHER_SEAT = SeatId("11")
WAIT_S = 10.0


class Facts:
    """Takes what is published, and lets a test wait for it."""

    def __init__(self) -> None:
        self.seen: list[Fact] = []
        self._news = asyncio.Event()

    def __call__(self, fact: Fact) -> None:
        self.seen.append(fact)
        self._news.set()

    def of(self, kind: type[T]) -> list[T]:
        """Return what was published of a kind."""
        return [fact for fact in self.seen if isinstance(fact, kind)]

    async def until(
        self, kind: type[T], wanted: Callable[[T], bool] = lambda _: True, seconds: float = WAIT_S
    ) -> T:
        """Return the first fact of a kind that ``wanted`` accepts, as soon as it is published."""
        async with asyncio.timeout(seconds):
            while True:
                found = next((fact for fact in self.of(kind) if wanted(fact)), None)
                if found is not None:
                    return found
                self._news.clear()
                await self._news.wait()


class FakeClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        """Move on."""
        self.time += timedelta(seconds=seconds)


class FakeStream(Generic[T]):
    """A stream that a test puts items or a refusal into; a reader goes on where the last one left off."""

    def __init__(self) -> None:
        self.followed = 0
        self._items: asyncio.Queue[T | Exception] = asyncio.Queue()
        self._reader = asyncio.Event()

    def put(self, *items: T | Exception) -> None:
        """Let these come next."""
        for item in items:
            self._items.put_nowait(item)

    async def until_followed(self, count: int) -> None:
        """Wait until there have been ``count`` readers."""
        async with asyncio.timeout(WAIT_S):
            while self.followed < count:
                self._reader.clear()
                await self._reader.wait()

    async def _read(self) -> AsyncGenerator[T, None]:
        self.followed += 1
        self._reader.set()
        while True:
            item = await self._items.get()
            if isinstance(item, Exception):
                raise item
            yield item


class FakeEvents(FakeStream[FeedItem]):
    """``EventFeedPort``."""

    def follow(self) -> AsyncGenerator[FeedItem, None]:
        return self._read()


class FakeSignals(FakeStream[SignalItem]):
    """``SignalFeedPort``."""

    def follow(self, call_id: CallId) -> AsyncGenerator[SignalItem, None]:
        return self._read()


class FakeMedia:
    """``MediaPort``: answers offers with their own text, takes the picture it was given."""

    def __init__(self) -> None:
        self.picture: bytes | None = None
        self.opened: list[tuple[CallId, int]] = []
        self.controls: asyncio.Queue[str] = asyncio.Queue()
        self.muted = self.ringing = False
        self.closed = 0
        self.recalled = 0
        self.trouble: deque[MediaFault] = deque()
        self.segments: asyncio.Queue[Segment] = asyncio.Queue()
        self.recording: list[tuple[CallId | None, float]] = []
        self.cuts = 0

    async def open(self, call_id: CallId, attempt: int) -> None:
        if self.trouble:
            raise MediaError(self.trouble.popleft())
        self.opened.append((call_id, attempt))

    async def answer(self, sdp: str) -> str:
        return f"answer to {sdp}"

    async def take_still(self, *, recall: bool = False) -> Still:
        self.recalled += recall
        if self.picture is None:
            raise MediaError(MediaFault.NO_PICTURE)
        taken = StillTaken(
            request_id="request",
            call_id=CallId("call"),
            attempt=1,
            frame_number=42,
            pts=3_780_000,
            width=1280,
            height=720,
            decoded_at=1.0,
            decoded_wall=NOW.isoformat(),
            size=len(self.picture),
            sha256=hashlib.sha256(self.picture).hexdigest(),
        )
        return Still(taken, self.picture)

    async def send_control(self, text: str) -> None:
        self.controls.put_nowait(text)

    async def set_ringing(self, on: bool) -> None:
        self.ringing = on

    async def set_muted(self, muted: bool) -> None:
        self.muted = muted

    async def set_officer_picture(self, source: OfficerPicture) -> None:
        return None

    async def show_card(self, picture: bytes) -> None:
        return None

    async def close_peer(self) -> None:
        self.closed += 1

    async def start_recording(self, call_id: CallId, already_s: float) -> None:
        self.recording.append((call_id, already_s))

    async def cut_segment(self) -> None:
        self.cuts += 1

    async def stop_recording(self) -> tuple[Segment, ...]:
        self.recording.append((None, 0.0))
        return tuple(self.segments.get_nowait() for _ in range(self.segments.qsize()))

    async def next_segment(self) -> Segment:
        return await self.segments.get()


class FakeVault:
    """``VaultPort`` and ``OutboxPort`` in memory; it uploads nothing."""

    def __init__(self) -> None:
        self.stored: dict[EvidenceId, bytes] = {}
        self.known: tuple[CustodyChanged, ...] = ()
        self.woken = 0

    def key_place(self) -> KeyPlace:
        return KeyPlace.FILE

    async def open(self) -> EvidenceRecovered:
        return EvidenceRecovered(waiting=len(self.known), discarded=0)

    async def store(
        self, evidence_id: EvidenceId, incident_id: IncidentId, capture: Capture, content: bytes
    ) -> Digests:
        self.stored[evidence_id] = content
        return Digests(sha256=hashlib.sha256(content).hexdigest(), sm3="0" * 64, size=len(content))

    async def read(self, evidence_id: EvidenceId) -> bytes:
        return self.stored[evidence_id]

    async def items(self) -> tuple[CustodyChanged, ...]:
        return self.known

    def wake(self) -> None:
        self.woken += 1

    async def retry(self, evidence_id: EvidenceId) -> None:
        self.woken += 1

    async def run(self) -> None:
        await asyncio.Event().wait()


class FakeSecrets:
    """``SecretsPort`` in memory; ``place`` is what it says of itself."""

    def __init__(self, place: KeyPlace = KeyPlace.KEYRING) -> None:
        self.kept: dict[str, str] = {}
        self.place = place

    async def load(self, name: str) -> str | None:
        return self.kept.get(name)

    async def save(self, name: str, value: str) -> KeyPlace:
        self.kept[name] = value
        return self.place

    async def delete(self, name: str) -> None:
        self.kept.pop(name, None)

    def reason(self) -> str:
        return "" if self.place is KeyPlace.KEYRING else "no-keyring"


class FakeDrafts:
    """``DraftsPort`` in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[IncidentId, str], Draft] = {}
        self.writes = 0
        self.notes: dict[str, str] = {}

    async def keep(self, draft: Draft) -> None:
        self.writes += 1
        self.kept[(draft.incident_id, draft.key)] = draft

    async def forget(self, draft: Draft) -> None:
        if self.kept.get((draft.incident_id, draft.key)) == draft:
            del self.kept[(draft.incident_id, draft.key)]

    async def all(self) -> tuple[Draft, ...]:
        return tuple(self.kept.values())

    def lost(self) -> int:
        return 0

    async def remember(self, name: str, text: str) -> None:
        self.notes[name] = text

    async def recall(self, name: str) -> str | None:
        return self.notes.get(name)
