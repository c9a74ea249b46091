"""The queue in its two forms, and the ring bar: what waits, since when, and what is offered to this seat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from console.contract.desk_api import SeatState
from console.domain.call import Call, CallState
from console.domain.ids import CallId
from console.presenters.desk import Desk, clock_words, elapsed_words
from console.presenters.words import SOURCE, problem, tr
from console.store.changes import Changes
from console.store.selectors import ringing_call, waiting_calls
from console.usecases.facts import LinkState
from widgets.chip import ChipState
from widgets.panel import Panel
from widgets.queue_view import QueueRow, QueueView
from widgets.ring_bar import RingBar, RingBarState

RING_LIMIT_S = 15
"""After so long the service offers the call to the next seat."""

TAKEN_SHOWN = timedelta(seconds=3)
"""How long the bar says who took a call before it goes."""


def is_online(desk: Desk) -> bool:
    """Tell whether what the desk knows of the queue is fresh."""
    link = desk.store.service_link
    return link is not None and link.state is LinkState.ONLINE


def queue_row(desk: Desk, call: Call, now: datetime) -> QueueRow:
    """Return one line of the queue."""
    seat = desk.session.seat
    mine = call.ringing_seat == seat
    if call.state is CallState.RINGING:
        status = tr("振铃:您") if mine else tr("振铃 {seat} 席").format(seat=call.ringing_seat)
    else:
        status = tr("排队")
    return QueueRow(
        key=call.id,
        waited=elapsed_words(call.placed_at, now),
        place=call.place_hint or tr("位置待报"),
        district="",
        source=tr(SOURCE[call.source]),
        involved="—",
        status=status,
        status_severity="info" if call.state is CallState.RINGING else "none",
        status_icon="bell-ring" if call.state is CallState.RINGING else "circle-dashed",
        chip=ChipState(tr("疑似有人受伤"), "bad") if call.hurt_reported else None,
    )


class QueuePresenter:
    """Fills every queue view; says the as-of time that all live lists carry."""

    def __init__(
        self,
        desk: Desk,
        wide: tuple[QueueView, Panel],
        rail: tuple[QueueView, Panel],
        shown: Callable[[tuple[Call, ...]], None],
    ) -> None:
        """``shown`` is told of the calls whenever the rows changed."""
        self._desk = desk
        self._wide, self._rail = wide, rail
        self._shown = shown
        self._last: tuple[Call, ...] | None = None

    def refresh(self, changes: Changes) -> None:
        """Show the queue when a call changed."""
        if changes.calls or changes.lamps:
            self.tick(self._desk.service_now())

    def tick(self, now: datetime) -> None:
        """Count the waiting times on."""
        calls = waiting_calls(self._desk.store)
        rows = tuple(queue_row(self._desk, call, now) for call in calls)
        longest = max((now - call.placed_at for call in calls), default=timedelta())
        chips = [ChipState(f"{tr('排队')} {len(rows)}", "info")]
        if longest > timedelta(seconds=30):
            chips.append(
                ChipState(f"{tr('最长')} {elapsed_words(now - longest, now)}", "warn", "clock-alert")
            )
        as_of = clock_words(now if is_online(self._desk) else self._desk.store.as_of or now)
        self._wide[0].set_rows(rows)
        self._wide[1].set_chips(*chips)
        self._wide[1].set_note(f"{tr('列表截至')} {as_of}")
        self._rail[0].set_rows(rows)
        self._rail[1].set_title(f"{tr('排队')} {len(rows)}")
        self._rail[1].set_note(f"{tr('截至')} {as_of}")
        if calls != self._last:
            self._last = calls
            self._shown(calls)


class RingPresenter:
    """The offered call: heard and shown without taking the focus, answered by key, gone by itself."""

    def __init__(self, desk: Desk, bar: RingBar, say: Callable[[str], None]) -> None:
        """``say`` shows a sentence when an answer was refused."""
        self._desk = desk
        self._bar = bar
        self._say = say
        self._offered: Call | None = None
        self._taken_until: datetime | None = None
        self._claimed: Call | None = None
        self._hushed: CallId | None = None
        self._heard = False
        bar.answer.connect(self.answer)
        bar.pass_on.connect(self.pass_on)

    @property
    def offered(self) -> Call | None:
        """The call that F2 would answer."""
        return self._offered

    def answer(self) -> None:
        """F2: claim the offered call, once; the service's word decides."""
        if self._offered is None or self._claimed == self._offered:
            return
        self._claimed = self._offered
        self._desk.bridge.run(self._desk.does.calls.answer(self._offered.id), None, self._refused)

    def hush(self) -> None:
        """Ctrl+F2: no sound for this call any more; it is offered all the same."""
        if self._offered is not None:
            self._hushed = self._offered.id
            self.tick(self._desk.service_now())

    def pass_on(self) -> None:
        """Shift+F2: give it to another seat."""
        if self._offered is not None:
            self._desk.bridge.run(
                self._desk.does.calls.pass_on(self._offered.id), None, lambda e: self._say(problem(e))
            )

    def refresh(self, changes: Changes) -> None:
        """Show or hide the bar when calls changed."""
        if changes.calls or changes.lamps:
            self.tick(self._desk.service_now())

    def tick(self, now: datetime) -> None:
        """Count on; while the service is away nothing is offered, for the list may be stale."""
        online = is_online(self._desk)
        call = ringing_call(self._desk.store, self._desk.session.seat) if online else None
        if call is None and self._offered is not None:
            self._gone(self._desk.store.calls.get(self._offered.id), now)
        if call is not None:
            self._offered = call
            self._bar.set_state(self._state(call, now))
            self._bar.show()
        elif self._taken_until is None or now >= self._taken_until:
            self._taken_until = None
            self._bar.hide()
        self._sound(call)

    def _sound(self, call: Call | None) -> None:
        heard = call is not None and call.id != self._hushed
        if heard != self._heard:
            self._heard = heard
            self._desk.bridge.run(self._desk.does.calls.ring(on=heard))

    def _gone(self, call: Call | None, now: datetime) -> None:
        mine = call is not None and call.seat == self._desk.session.seat
        if call is not None and call.seat is not None and not mine and self._offered is not None:
            words = tr("{seat} 席已接").format(seat=call.seat)
            self._bar.set_state(self._state(self._offered, now, taken_by=words))
            self._taken_until = now + TAKEN_SHOWN
        self._offered = None

    def _state(self, call: Call, now: datetime, taken_by: str = "") -> RingBarState:
        since = call.ringing_since or call.placed_at
        party = self._desk.store.incidents.get(call.incident_id)
        chips = [ChipState(tr("疑似有人受伤"), "bad")] if call.hurt_reported else []
        if call.id == self._hushed:
            chips.append(ChipState(tr("铃声已关"), "none", "bell-off"))
        if party is not None and party.position is not None:
            chips.append(ChipState(f"{tr('精度')} {party.position.accuracy_m:.0f} m", "info", "map-pin"))
        return RingBarState(
            rung=elapsed_words(since, now),
            limit=f"/ 0:{RING_LIMIT_S} {tr('转给下一席')}",
            place=call.place_hint or tr("位置待报"),
            district="",
            source=tr(SOURCE[call.source]),
            chips=tuple(chips),
            taken_by=taken_by,
        )

    def _refused(self, error: Exception) -> None:
        self._claimed = None
        self._say(problem(error))


class SeatPresenter:
    """F3: ready or on a break."""

    def __init__(self, desk: Desk, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._say = say

    @property
    def ready(self) -> bool:
        """Whether calls are offered to this seat."""
        seat = self._desk.store.seat
        return seat is not None and seat.state is SeatState.READY

    def toggle(self) -> None:
        """Change to the other state."""
        wanted = SeatState.BREAK if self.ready else SeatState.READY
        self._desk.bridge.run(
            self._desk.does.shift.set_seat(wanted), None, lambda error: self._say(problem(error))
        )
