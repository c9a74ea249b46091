"""The desk below Qt, put together: adapters behind ports, use cases on the asyncio thread, ordered end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from console.adapters.clock import SystemClock
from console.adapters.drafts import Drafts
from console.adapters.event_feed import EventFeed
from console.adapters.evidence_vault import EvidenceVault, open_vault_database
from console.adapters.http_applications import HttpApplications
from console.adapters.http_client import HttpClient
from console.adapters.http_deliveries import HttpDeliveries
from console.adapters.http_lost_calls import HttpLostCalls
from console.adapters.http_service import HttpService
from console.adapters.local_keys import LocalKeys
from console.adapters.media_process import MediaProcess
from console.adapters.outbox import Outbox
from console.adapters.secrets import Secrets
from console.adapters.signal_feed import SignalFeed
from console.contract.media import MediaError, MediaEvent
from console.settings import Settings
from console.usecases.desk_work import DeskWork, Ports
from console.usecases.facts import LinkState, MediaLinkChanged, Publish
from console.usecases.media_watch import MediaWatch
from console.usecases.tasks import Tasks

STREAM_WORKERS = 6
"""Threads for open streams: the journal, the signals of the call held, and those just being closed."""

logger = logging.getLogger(__name__)


class _MediaEars:
    """Hands what the media process says to the use cases and to the window."""

    def __init__(self, frame_available: Callable[[], None]) -> None:
        self._frame_available = frame_available
        self.watch: MediaWatch | None = None

    def media_event(self, event: MediaEvent) -> None:
        """On the loop's thread."""
        if self.watch is not None:
            self.watch.media_event(event)

    def frame_available(self) -> None:
        """On the pipe's reading thread."""
        self._frame_available()


class Engine:
    """Everything of the desk that needs no window. All coroutines run on the loop's thread.

    ``publish`` takes facts for the store, ``frame_available`` is told of pictures from another thread; both
    must not block.
    """

    def __init__(self, settings: Settings, publish: Publish, frame_available: Callable[[], None]) -> None:
        settings.vault.mkdir(parents=True, exist_ok=True)
        self._publish = publish
        self.clock = SystemClock()
        self._client = HttpClient(settings.service, settings.ca)
        self._streams = ThreadPoolExecutor(max_workers=STREAM_WORKERS, thread_name_prefix="stream")
        self._service = HttpService(self._client)
        self._secrets = Secrets(settings.owner)
        self._keys = LocalKeys(self._secrets, settings.vault)
        self._database = open_vault_database(settings.vault)
        self._vault = EvidenceVault(settings.vault, self._database, self._keys)
        self._drafts = Drafts(settings.vault, self._keys)
        self._outbox = Outbox(self._database, self._vault, self._service, self.clock, publish)
        self._ears = _MediaEars(frame_available)
        self._media = MediaProcess(self._ears)
        self._tasks = Tasks()
        ports = Ports(
            service=self._service,
            deliveries=HttpDeliveries(self._client),
            lost_calls=HttpLostCalls(self._client),
            applications=HttpApplications(self._client),
            events=EventFeed(self._client, self._streams),
            signals=SignalFeed(self._client, self._streams),
            media=self._media,
            vault=self._vault,
            outbox=self._outbox,
            drafts=self._drafts,
            secrets=self._secrets,
            clock=self.clock,
        )
        self._work = DeskWork(ports, publish)
        self._ears.watch = self._work.media_watch
        self.does = self._work.does

    @property
    def media(self) -> MediaProcess:
        """The media process, for its frame ring."""
        return self._media

    async def resync(self) -> None:
        """Load the journal anew."""
        self._work.feed.resync()

    async def open(self) -> None:
        """Open keys and vault and start the media process beside it; a desk without media still works."""
        self._tasks.start(self._start_media(), "start media")
        await self._keys.open()
        await self._work.open()

    async def follow(self) -> None:
        """Start what runs while somebody is signed in: journal, uploads, typed values."""
        await self._work.begin()

    async def close(self) -> None:
        """End everything in order: what was typed is on disk, then calls, streams, media, files."""
        await self._work.close()
        await self._tasks.close()
        with contextlib.suppress(MediaError):
            await self._media.stop()
        await asyncio.to_thread(self._close_files)

    def _close_files(self) -> None:
        self._streams.shutdown(wait=False, cancel_futures=True)
        self._client.close()
        self._vault.close()
        self._drafts.close()
        self._database.close()

    async def _start_media(self) -> None:
        try:
            await self._media.start()
        except MediaError as error:
            logger.exception("the media process did not start")
            lost = MediaLinkChanged(state=LinkState.OFFLINE, since=self.clock.now(), reason=error.code)
            self._publish(lost)
