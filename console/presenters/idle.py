"""The idle screen: my state, shift check, my open cases, and in training the way in for a real phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import segno
from PySide6.QtGui import QImage

from console.contract.desk_api import Link, SeatState
from console.domain.call import CallState
from console.domain.clock import SHANGHAI
from console.domain.incident import IncidentState
from console.presenters.desk import Desk, clock_words, elapsed_words
from console.presenters.lamps import lamps
from console.presenters.words import problem, tr
from console.store.changes import Changes
from widgets.banner import Banner, BannerState
from widgets.chip import ChipState
from widgets.link_card import LinkCard, LinkCardState
from widgets.my_state import MyState, MyStateState
from widgets.rows import CheckRow, CheckRows
from widgets.shift_check import ShiftCheck
from widgets.theme import Severity

LAN_PHONE = "10000009999"
"""Fictional number of whoever scans the code on the idle screen."""

_OPEN = {
    IncidentState.COLLECTING: ("取证中", "info"),
    IncidentState.RULING: ("待定责", "info"),
    IncidentState.ISSUED: ("已签发,待送达", "info"),
    IncidentState.SERVED: ("已送达,待结案", "ok"),
    IncidentState.DISPATCHED: ("已派警,待结案", "warn"),
}


def empty_state() -> MyStateState:
    """Return the state panel before the service said anything."""
    return MyStateState(ChipState(tr("未就绪"), "unknown"), tr("就绪"), "circle-play", ())


def empty_link() -> LinkCardState:
    """Return the link card before there is a link."""
    return LinkCardState(tr("用手机当当事人"), "", (tr("以 --lan 启动后,同一网络的手机可以扫码打进来。"),))


@dataclass(frozen=True)
class IdleWidgets:
    """The widgets this presenter fills."""

    state: MyState
    rail_state: MyState
    check: ShiftCheck
    cases: CheckRows
    link: LinkCard
    ready: Banner


class IdlePresenter:
    """Fills the idle screen and the state panel of the rail."""

    def __init__(
        self, desk: Desk, shown: IdleWidgets, toggle: Callable[[], None], *, lan: bool, since: datetime
    ) -> None:
        self._desk = desk
        self._shown = shown
        self._lan = lan
        self._since = since
        self._was: SeatState | None = None
        self._link_asked = False
        for panel in (shown.state, shown.rail_state):
            panel.toggle.connect(toggle)
        shown.check.again.connect(self._check)

    def refresh(self, changes: Changes) -> None:
        """Follow seat, lamps, devices and cases."""
        if changes.seat or changes.session or changes.calls or changes.incidents:
            self.tick(self._desk.service_now())
        if changes.lamps or changes.devices or changes.session:
            self._check()
        if changes.session and self._lan and not self._link_asked:
            self._link_asked = True
            self._desk.bridge.run(self._desk.does.invite.create(LAN_PHONE), self._have_link, self._no_link)

    def tick(self, now: datetime) -> None:
        """Count on."""
        seat = self._desk.store.seat
        state = seat.state if seat is not None else None
        if state is not self._was:
            self._was, self._since = state, now
        call = self._desk.own_call()
        if call is not None and call.state is not CallState.WRAP_UP:
            chip = ChipState(tr("通话中"), "info", "phone")
        elif call is not None:
            chip = ChipState(tr("话后整理"), "info", "pencil")
        elif state is SeatState.READY:
            chip = ChipState(f"{tr('就绪')} {elapsed_words(self._since, now)}", "ok", "circle-play")
        else:
            chip = ChipState(f"{tr('小休')} {elapsed_words(self._since, now)}", "warn", "coffee")
        seat_id, today = self._desk.session.seat, now.astimezone(SHANGHAI).date()
        own = [
            call
            for call in self._desk.store.calls.values()
            if call.seat == seat_id and call.placed_at.astimezone(SHANGHAI).date() == today
        ]
        ready = state is SeatState.READY
        shown = MyStateState(
            state=chip,
            toggle=tr("小休") if ready else tr("就绪"),
            toggle_icon="coffee" if ready else "circle-play",
            counts=((str(len(own)), tr("今日件数")),),
        )
        self._shown.state.set_state(shown)
        self._shown.rail_state.set_state(shown)
        self._shown.ready.set_state(_ready_line(ready=ready))
        self._show_cases()

    def _show_cases(self) -> None:
        seat = self._desk.session.seat
        own = {c.incident_id for c in self._desk.store.calls.values() if c.seat == seat}
        rows = []
        for incident in self._desk.store.incidents.values():
            if incident.id in own and incident.state in _OPEN:
                words, severity = _OPEN[incident.state]
                opened = incident.opened_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
                rows.append(CheckRow(incident.id, incident.number, tr(words), _severity(severity), opened))
        self._shown.cases.set_rows(tuple(rows))

    def _check(self) -> None:
        devices = self._desk.store.devices
        rows = [
            CheckRow(lamp.key, lamp.word, lamp.value, _severity(lamp.health), "", lamp.icon)
            for lamp in lamps(self._desk)
        ]
        if devices is not None:
            microphone = devices.microphone.name if devices.microphone else tr("没有话筒")
            speaker = devices.speaker.name if devices.speaker else tr("没有喇叭")
            rows += [
                CheckRow("microphone", tr("话筒"), microphone, "ok" if devices.microphone else "warn", "F4"),
                CheckRow("speaker", tr("喇叭"), speaker, "ok" if devices.speaker else "warn"),
            ]
        recovered = self._desk.store.recovered
        if recovered is not None:
            words = tr("无缺失") if not recovered.corrupt else f"{len(recovered.corrupt)} {tr('项损坏')}"
            rows.append(CheckRow("vault", tr("本机证据"), words, "ok" if not recovered.corrupt else "bad"))
        self._shown.check.set_rows(tuple(rows))

    def _have_link(self, link: Link) -> None:
        until = clock_words(link.expires_at)[:5]
        lines = (
            tr("同一网络的手机扫码打开当事人页面。"),
            f"{tr('第一次要先安装本机证书:')}{link.url.split('/p/', maxsplit=1)[0]}/ca",
            f"{tr('链接只能由一部手机使用,有效到')} {until}",
        )
        self._shown.link.set_state(LinkCardState(tr("用手机当当事人"), link.url, lines, qr_image(link.url)))

    def _no_link(self, error: Exception) -> None:
        self._link_asked = False
        self._shown.link.set_state(LinkCardState(tr("用手机当当事人"), "", (problem(error),)))


def qr_image(text: str) -> QImage:
    """Return ``text`` as a QR code with its quiet zone, one pixel a module."""
    rows = [bytes(row) for row in segno.make(text, micro=False).matrix_iter(border=4)]
    image = QImage(len(rows[0]), len(rows), QImage.Format.Format_RGB32)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.setPixel(x, y, 0xFF000000 if dark else 0xFFFFFFFF)
    return image


def _ready_line(*, ready: bool) -> BannerState:
    if ready:
        text = tr("按 F2 接听 · 有人受伤的排在最前 · 不弹窗,不抢输入焦点")
        return BannerState(tr("就绪。来电会自动分给您。"), text, "ok", "headset")
    return BannerState(tr("小休中。"), tr("按 F3 就绪后才会有来电分给您。"), "warn", "coffee")


def _severity(word: str) -> Severity:
    known: dict[str, Severity] = {"ok": "ok", "warn": "warn", "bad": "bad", "info": "info"}
    return known.get(word, "unknown")
