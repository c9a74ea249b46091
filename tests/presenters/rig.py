"""A desk for tests: the real window, store, bridge, loop and use cases; only the ports are stand-ins."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.adapters.io_thread import IoThread
from console.contract.desk_api import Role, Session, SignIn
from console.contract.frame_mark import block_boxes, mark_blocks
from console.contract.frame_ring import FrameRing, create_memory
from console.contract.journal import DeskSnapshot, Entry
from console.contract.media import MediaEvent
from console.contract.observation import LampShown
from console.contract.tables import Tables
from console.domain import events as ev
from console.domain.ids import CallId, IncidentId
from console.presenters.bridge import Bridge
from console.presenters.desk import Desk
from console.presenters.main import MainWindow
from console.presenters.wardrobe import Wardrobe
from console.service.rules import load_rules
from console.store.desk_store import DeskStore
from console.usecases.desk_work import DeskWork, Ports
from console.usecases.facts import ClockMeasured, Fact, LinkState, MediaLinkChanged
from console.usecases.look import Look
from console.usecases.ports import FeedItem, StreamOpened
from tests.fake_applications import FakeApplications
from tests.fake_deliveries import FakeDeliveries
from tests.fake_lost_calls import FakeLostCalls
from tests.fake_service import FakeService
from tests.fakes import (
    NOW,
    SEAT,
    FakeClock,
    FakeDrafts,
    FakeEvents,
    FakeMedia,
    FakeSecrets,
    FakeSignals,
    FakeVault,
)
from tests.waiting import wait_until
from widgets import theme
from widgets.chip import Chip

RULES = Path(__file__).parents[2] / "resources" / "rules"
DEADLINE_S = 10.0
LOCK_AFTER = timedelta(minutes=10)
INCIDENT = IncidentId("incident")
CALL = CallId("call")
BOTH_POSTS = (Role.CALL_TAKER, Role.RULING_OFFICER)
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

Seen = TypeVar("Seen")
Shown = TypeVar("Shown", bound=QWidget)


class Post(FakeService):
    """The stand-in service, signing in somebody of the given roles."""

    def __init__(self, roles: tuple[Role, ...]) -> None:
        super().__init__()
        self.measured = ClockMeasured(offset_ms=0, uncertainty_ms=5)
        self._roles = roles
        self.paper = b""

    async def sign_in(self, request: SignIn) -> Session:
        session = await super().sign_in(request)
        qualified = Role.RULING_OFFICER in self._roles
        return replace(session, user=replace(session.user, roles=self._roles, qualified=qualified))

    async def tables(self) -> Tables:
        return load_rules(RULES).tables

    async def preview_determination(self, incident_id: IncidentId) -> bytes:
        await super().preview_determination(incident_id)
        return self.paper

    async def read_determination(self, incident_id: IncidentId) -> bytes:
        return self.paper


class Rig:
    """One desk. ``happens`` is the service's journal, ``press`` and ``write`` are the person at the desk.

    ``seen`` is what the window says it showed.
    """

    def __init__(
        self,
        app: QApplication,
        roles: tuple[Role, ...] = BOTH_POSTS,
        service_url: str = "https://127.0.0.1",
    ) -> None:
        self.app = app
        self.clock = FakeClock()
        self.service = Post(roles)
        self.media, self.vault = FakeMedia(), FakeVault()
        self.deliveries, self.lost_calls = FakeDeliveries(), FakeLostCalls()
        self.applications = FakeApplications()
        self.events, self.drafts = FakeEvents(), FakeDrafts()
        self.seen: list[object] = []
        self.failed: list[Exception] = []
        self.resyncs = 0
        self.store = DeskStore()
        self.io = IoThread()
        self.io.start()
        self.bridge = Bridge(self.io, self.failed.append)
        self._sequence = 0
        self._memory, descriptor = create_memory("rig")
        if descriptor is not None:
            os.close(descriptor)
        self._main: MainWindow | None = None
        self._ending = False
        self.ring = FrameRing(self._memory)
        ports = Ports(
            service=self.service,
            deliveries=self.deliveries,
            lost_calls=self.lost_calls,
            applications=self.applications,
            events=self.events,
            signals=FakeSignals(),
            media=self.media,
            vault=self.vault,
            outbox=self.vault,
            drafts=self.drafts,
            secrets=FakeSecrets(),
            clock=self.clock,
        )
        self._work = DeskWork(ports, self.publish)
        self.does = self._work.does
        self._folder = TemporaryDirectory()
        self.wardrobe = Wardrobe(app, Path(self._folder.name) / "look.ini")
        self.desk = Desk(
            store=self.store,
            bridge=self.bridge,
            does=self.does,
            clock=self.clock,
            service_url=service_url,
            map_cache=Path(self._folder.name),
        )

    @property
    def main(self) -> MainWindow:
        """The window's presenters."""
        assert self._main is not None
        return self._main

    @property
    def window(self) -> QWidget:
        """The window itself."""
        return self.main.window

    def publish(self, fact: Fact) -> None:
        """Hand a fact to the store, from any thread, as the composition root does."""
        self.bridge.post(lambda: self._take(fact))

    def open(self, width: int = 1920, height: int = 1080) -> None:
        """Sign in, show the window and follow the journal."""
        self.io.submit(self._start()).result(DEADLINE_S)
        self.settle(lambda: self.store.session is not None, "the sign-in")
        self._make_window()
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        self.settle(self.window.isActiveWindow, "the window to be active")
        self.main.refresh(self.store.everything())
        self.main.shown()
        self.io.submit(self._work.begin()).result(DEADLINE_S)
        self._put(StreamOpened(), DeskSnapshot(sequence=0, at=NOW, calls=(), incidents=()))
        self.publish(MediaLinkChanged(state=LinkState.ONLINE, since=NOW))
        self.settle(lambda: self.store.service_link is not None, "the link")
        self.settle(lambda: self.store.as_of is not None, "the snapshot")

    def _make_window(self) -> None:
        self._main = MainWindow(
            self.desk,
            self.ring,
            self.seen.append,
            self._resync,
            self.wardrobe,
            self._rebuild,
            lan=False,
            lock_after=LOCK_AFTER,
        )
        theme.dress(self._main.window)

    def _rebuild(self) -> None:
        """As the composition root does when language or text size change."""
        before, size = self.window, self.window.size()
        self._make_window()
        self.window.resize(size)
        self.window.show()
        before.close()
        before.deleteLater()
        self.window.activateWindow()
        self.settle(self.window.isActiveWindow, "the new window to be active")
        self.main.refresh(self.store.everything())
        self.main.shown()

    def close(self) -> None:
        """End in order: window, use cases, loop."""
        self._ending = True
        if self._main is not None:
            self._main.window.close()
            self.app.processEvents()
        self.io.submit(self._work.close()).result(DEADLINE_S)
        assert self.io.stop(DEADLINE_S)
        self.app.processEvents()
        if self._main is not None:
            self._main.window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.wardrobe.wear_keys({})
        self.wardrobe.wear(Look())  # with no window left that would be dressed anew
        self._folder.cleanup()
        assert self.failed == []

    def settle(self, condition: Callable[[], Seen], what: str) -> Seen:
        """Run the window until ``condition`` holds and return what it saw."""

        def look() -> Seen:
            self.app.processEvents()
            return condition()

        return wait_until(look, DEADLINE_S, what)

    def idle(self) -> None:
        """Let everything that is on its way arrive: one round through the loop and back."""
        arrived: list[None] = []
        for rounds in range(1, 4):
            self.bridge.run(_nothing(), arrived.append)
            self.settle(partial(_holds, arrived, rounds), "a round through the loop")

    def asked(self, name: str) -> list[object]:
        """The requests called ``name`` that reached the service."""
        return [request for said, request in self.service.asked if said == name]

    def until_asked(self, name: str, count: int = 1) -> list[object]:
        """Wait for the service to have been asked so often."""
        self.settle(lambda: len(self.asked(name)) >= count, f"{count} x {name}")
        return self.asked(name)

    def happens(self, *events: ev.Event, call_id: CallId = CALL, incident_id: IncidentId = INCIDENT) -> None:
        """Put events into the journal and wait until the window has taken them in."""
        for event in events:
            self._sequence += 1
            of_call = isinstance(event, ev.CallEvent)
            self._put(
                Entry(
                    sequence=self._sequence,
                    at=self.clock.now(),
                    actor="officer",
                    incident_id=incident_id,
                    call_id=call_id if of_call else None,
                    event=event,
                )
            )
        self.settle(lambda: self.store.sequence == self._sequence, "the journal")
        self.idle()

    def says(self, event: MediaEvent) -> None:
        """Let the media process say something."""
        self.io.submit(self._say(event)).result(DEADLINE_S)
        self.idle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press and release a key, wherever the keyboard is."""
        QTest.keyClick(self.window.windowHandle(), key, modifiers)
        self.app.processEvents()

    def write(self, text: str) -> None:
        """Type ASCII letters where the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, text)
        self.app.processEvents()

    def stream(self, *items: FeedItem) -> None:
        """Let the event stream say something."""
        self._put(*items)
        self.idle()

    def one(self, kind: type[Shown]) -> Shown:
        """The widget of that kind that is on the screen."""
        found: list[Shown] = [widget for widget in self.window.findChildren(kind) if widget.isVisible()]
        (only,) = found
        return only

    def words(self, widget: QWidget) -> str:
        """Everything that a part of the window says in labels and chips."""
        labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
        chips = [chip.accessibleName() for chip in widget.findChildren(Chip) if chip.isVisible()]
        return " ".join((*labels, *chips))

    def paint(self, mark: int, width: int = 1280, height: int = 720, age_s: float = 0.0) -> bool:
        """Write a picture with a burned-in counter into the ring; tell whether the window had to be woken."""
        room = self.ring.begin(width, height)
        drawn = picture(width, height, mark)
        room[:] = drawn.constBits()[: len(room)]
        room.release()
        woken = self.ring.commit(width, height, time.monotonic() - age_s)
        if woken:
            self.main.video.frame_available()
        return woken

    def lamps(self, name: str) -> list[LampShown]:
        """What a lamp showed, one after the other."""
        return [shown for shown in self.of(LampShown) if shown.lamp == name]

    def of(self, kind: type[Seen]) -> list[Seen]:
        """What the window said it showed, of one kind."""
        found: list[Seen] = [shown for shown in self.seen if isinstance(shown, kind)]
        return found

    def _take(self, fact: Fact) -> None:
        if self._ending:
            return
        if self._main is not None:
            self._main.take(fact)
        else:
            self.store.apply(fact)

    def _resync(self) -> None:
        self.resyncs += 1

    def _put(self, *items: FeedItem) -> None:
        async def put() -> None:
            self.events.put(*items)

        self.io.submit(put()).result(DEADLINE_S)

    async def _say(self, event: MediaEvent) -> None:
        self._work.media_watch.media_event(event)

    async def _start(self) -> None:
        await self._work.open()
        await self.does.shift.sign_in(SignIn(username="officer", password="right", seat=SEAT))


def _holds(arrived: list[None], count: int) -> bool:
    return len(arrived) >= count


async def _nothing() -> None:
    return None


def picture(width: int, height: int, mark: int) -> QImage:
    """Return a grey picture with the counter burned in."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFF607080)
    for white, (left, top, right, bottom) in zip(mark_blocks(mark), block_boxes(width, height), strict=True):
        for y in range(top, bottom):
            for x in range(left, right):
                image.setPixel(x, y, 0xFFFFFFFF if white else 0xFF000000)
    return image


def jpeg(width: int = 1280, height: int = 720) -> bytes:
    """Return a JPEG of that size, of sharp grey squares: bright and steady enough to be called good."""
    content = BytesIO()
    squares = Image.effect_noise((width // 16, height // 16), 80)
    squares.resize((width, height), Image.Resampling.NEAREST).convert("RGB").save(content, "JPEG")
    return content.getvalue()
