"""The desk's side in tests of media: a real media process and everything it said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from console.adapters.media_process import MediaProcess
from console.contract.frame_mark import read_mark
from console.contract.frame_ring import FrameView
from console.contract.media import MediaEvent, MediaStats
from console.domain.ids import CallId
from tests.media_party import Party

CALL = CallId("call-1")


class Ear:
    """Keeps every event and counts frame notices."""

    def __init__(self) -> None:
        self.events: list[MediaEvent] = []
        self.notices = 0

    def media_event(self, event: MediaEvent) -> None:
        self.events.append(event)

    def frame_available(self) -> None:
        self.notices += 1

    def last(self, kind: type) -> MediaEvent | None:
        """Return the newest event of this type."""
        return next((event for event in reversed(self.events) if isinstance(event, kind)), None)

    def stats(self) -> MediaStats | None:
        """Return the newest figures."""
        event = self.last(MediaStats)
        return event if isinstance(event, MediaStats) else None


@asynccontextmanager
async def running() -> AsyncIterator[tuple[MediaProcess, Ear]]:
    """A media process that runs, and what it said."""
    ear = Ear()
    media = MediaProcess(ear)
    await media.start()
    try:
        yield media, ear
    finally:
        await media.stop()


async def call(media: MediaProcess, party: Party, attempt: int = 1) -> None:
    """Bring a party on the desk."""
    await media.open(CALL, attempt)
    await party.peer.accept_answer(await media.answer(await party.peer.offer()))


def mark_of(view: FrameView | None) -> int | None:
    """Read the frame mark out of a slot."""
    if view is None:
        return None
    return read_mark(view.width, view.height, lambda x, y: view.pixels[y * view.stride + 4 * x])


def figures_of(ear: Ear, attempt: int) -> bool:
    """Whether the newest figures are of this attempt."""
    stats = ear.stats()
    return stats is not None and stats.attempt == attempt
