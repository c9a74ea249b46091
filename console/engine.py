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
from console.adapters.http_client import HttpClient
from console.adapters.http_service import HttpService
from console.adapters.local_keys import LocalKeys
from console.adapters.media_process import MediaProcess
from console.adapters.outbox import Outbox
from console.adapters.secrets import Secrets
from console.adapters.signal_feed import SignalFeed
from console.contract.desk_api import Session, SignIn
from console.contract.media import MediaError, MediaEvent
from console.settings import Settings
from console.usecases.acts import Close, Dispatch, Evacuate, HandOver, Invite, Rule
from console.usecases.calls import Calls
from console.usecases.capture import Capture
from console.usecases.casework import Notes, Parties, Place, Triage
from console.usecases.edits import Edits
from console.usecases.facts import LinkState, MediaLinkChanged, Publish
from console.usecases.feed import Feed
from console.usecases.guidance import Guidance
from console.usecases.media_watch import MediaWatch
from console.usecases.shift import Shift
from console.usecases.tasks import Tasks
from console.usecases.use_cases import UseCases

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
        shift = Shift(self._service, self._secrets, self._vault, self.clock, publish)
        signals = SignalFeed(self._client, self._streams)
        calls = Calls(shift, self._service, signals, self._media, self.clock, publish)
        guidance = Guidance(self._media, publish)
        capture = Capture(shift, self._media, self._vault, self._outbox, self._service, publish)
        edits = Edits(self._service, self._drafts, publish)
        self._ears.watch = MediaWatch(self.clock, publish, (calls, guidance))
        self._feed = Feed(
            EventFeed(self._client, self._streams),
            self._service,
            self.clock,
            publish,
            (calls, guidance, capture, edits),
            shift.close,
        )
        self.does = UseCases(
            shift=shift,
            calls=calls,
            guidance=guidance,
            capture=capture,
            edits=edits,
            notes=Notes(edits),
            place=Place(edits),
            triage=Triage(edits),
            parties=Parties(edits, self._service),
            evacuate=Evacuate(self._service),
            dispatch=Dispatch(self._service),
            hand_over=HandOver(self._service, edits),
            rule=Rule(self._service, edits),
            close=Close(self._service),
            invite=Invite(self._service),
        )

    @property
    def media(self) -> MediaProcess:
        """The media process, for its frame ring."""
        return self._media

    def resync(self) -> None:
        """Load the journal anew; on the loop's thread."""
        self._feed.resync()

    async def open(self) -> None:
        """Open keys and vault and start the media process beside it; a desk without media still works."""
        self._tasks.start(self._start_media(), "start media")
        await self._keys.open()
        await self.does.capture.open()
        await self.does.edits.open()

    async def sign_in(self, offered: SignIn | None) -> Session | None:
        """Sign in with what a training run offers, or take up a kept sign-in; ``None`` when there is none."""
        if offered is not None:
            return await self.does.shift.sign_in(offered.username, offered.password, offered.seat)
        return await self.does.shift.resume()

    async def follow(self) -> None:
        """Start what runs while somebody is signed in: journal, uploads, typed values."""
        self._tasks.start(self._feed.run(), "feed")
        self._tasks.start(self._outbox.run(), "outbox")
        self._tasks.start(self.does.edits.run(), "edits")

    async def close(self) -> None:
        """End everything in order: what was typed is on disk, then calls, streams, media, files."""
        await self.does.edits.close()
        await self.does.calls.close()
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
