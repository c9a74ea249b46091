"""Says what the window showed, as it showed it: the eyes of training runs and of tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from console.contract.observation import (
    BadgeShown,
    CallShown,
    CustodyShown,
    EvacuationShown,
    FramePainted,
    GuiBlocked,
    LampShown,
    PanelFocused,
    QueueShown,
    SentenceShown,
    SlotAimed,
    SoundMeasured,
    WindowShown,
)
from console.domain.call import Call, CallState
from console.domain.ids import EvidenceId
from console.presenters.desk import Desk
from console.presenters.lamps import lamps
from console.presenters.window import DeskWindow

Observe = Callable[[object], None]
"""Takes what was shown, when a training run wants it written down."""


class Shown:
    """Tells each thing once it is on the window, and again only when it changed."""

    def __init__(self, desk: Desk, observe: Observe) -> None:
        self._desk = desk
        self._observe = observe
        self._evacuation = ""
        self._lamps: dict[str, tuple[str, str]] = {}
        self._calls: dict[str, CallState] = {}

    def window(self, window: DeskWindow) -> None:
        """The window stands on the screen and takes input."""
        corner = window.mapToGlobal(window.rect().topLeft())
        self._observe(
            WindowShown(
                at_ns=time.monotonic_ns(),
                x=corner.x(),
                y=corner.y(),
                width=window.width(),
                height=window.height(),
            )
        )

    def panel(self, name: str) -> None:
        """The keyboard came to a panel."""
        self._observe(PanelFocused(at_ns=time.monotonic_ns(), panel=name))

    def sentence(self, words: str) -> None:
        """The line above the middle."""
        self._observe(SentenceShown(at_ns=time.monotonic_ns(), text=words))

    def badge(self, word: str) -> None:
        """The age badge's word."""
        self._observe(BadgeShown(at_ns=time.monotonic_ns(), state=word))

    def slot(self, slot: str) -> None:
        """The slot aimed at."""
        self._observe(SlotAimed(at_ns=time.monotonic_ns(), slot=slot))

    def blocked(self, milliseconds: float, computing_ms: float) -> None:
        """The GUI thread came late."""
        self._observe(
            GuiBlocked(at_ns=time.monotonic_ns(), milliseconds=milliseconds, computing_ms=computing_ms)
        )

    def queue(self, calls: tuple[Call, ...]) -> None:
        """The calls in the queue."""
        self._observe(QueueShown(at_ns=time.monotonic_ns(), call_ids=tuple(call.id for call in calls)))

    def painted(self, mark: int | None, width: int, height: int) -> None:
        """A picture of the party was drawn."""
        self._observe(FramePainted(at_ns=time.monotonic_ns(), mark=mark, width=width, height=height))

    def custody(self, evidence_id: EvidenceId, slot: str, custody: str) -> None:
        """A custody word on the strip."""
        self._observe(
            CustodyShown(at_ns=time.monotonic_ns(), evidence_id=evidence_id, slot=slot, custody=custody)
        )

    def state(self, evacuation: str, calls: Iterable[Call | None]) -> None:
        """Lamps, evacuation and calls as they are shown now."""
        at = time.monotonic_ns()
        for lamp in lamps(self._desk):
            said = (lamp.health, lamp.value)
            if self._lamps.get(lamp.key) != said:
                self._lamps[lamp.key] = said
                self._observe(LampShown(at_ns=at, lamp=lamp.key, state=said[0], text=said[1]))
        if evacuation != self._evacuation:
            self._evacuation = evacuation
            self._observe(EvacuationShown(at_ns=at, text=evacuation))
        for call in calls:
            if call is not None and self._calls.get(call.id) is not call.state:
                self._calls[call.id] = call.state
                self._observe(CallShown(at_ns=at, call_id=call.id, state=call.state.value))

    def sound(self) -> None:
        """Picture and sound were measured anew."""
        stats, devices = self._desk.store.stats, self._desk.store.devices
        if stats is None:
            return
        self._observe(
            SoundMeasured(
                at_ns=time.monotonic_ns(),
                remote_hz=stats.remote.frequency_hz,
                remote_dbfs=stats.remote.level_dbfs,
                microphone_hz=stats.microphone.frequency_hz,
                microphone_dbfs=stats.microphone.level_dbfs,
                loudspeaker=devices.speaker.name if devices and devices.speaker else "",
                microphone=devices.microphone.name if devices and devices.microphone else "",
            )
        )
