"""The idle screen: my state, shift check, my open cases, and in training the way in for a real phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import segno
from PySide6.QtGui import QImage

from console.contract.desk_api import Link, Role, SeatState
from console.domain.call import IN_CALL, CallState
from console.domain.clock import SHANGHAI
from console.domain.incident import Incident
from console.domain.local_rule import hours_on, is_open
from console.presenters.desk import Desk, clock_words, elapsed_words, last_day_words
from console.presenters.lamps import lamps
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.store.selectors import OpenKind, cases_to_rule, newest_call, open_cases
from widgets.banner import Banner, BannerState
from widgets.chip import ChipState
from widgets.link_card import LinkCard, LinkCardState
from widgets.my_state import MyState, MyStateState
from widgets.rows import CheckRow, CheckRows
from widgets.shift_check import ShiftCheck
from widgets.theme import Severity

LAN_PHONE = "10000009999"
"""Fictional number of whoever scans the code on the idle screen."""

OPEN_CASE: Mapping[OpenKind, tuple[str, Severity, str]] = {
    OpenKind.DROPPED: ("掉线待续", "warn", "phone-missed"),
    OpenKind.COLLECTING: ("取证中", "info", "camera"),
    OpenKind.RULING: ("已移交 · 待定责", "none", "hourglass"),
    OpenKind.ISSUED: ("已签发 · 待结案", "none", "file-text"),
    OpenKind.DISPATCHED: ("已派警 · 待结案", "warn", "siren"),
}
"""Words, severity and icon for each kind of open case."""


def short_number(number: str) -> str:
    """Return day and running number: what tells cases apart within a shift, and fits beside a call."""
    return "-".join(number.split("-")[-2:])


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
    rail_cases: CheckRows
    link: LinkCard
    ready: Banner


RAIL_CASES = 3
"""So many cases to rule stand beside a call; the oldest first."""


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
        shown.cases.activated.connect(lambda _index: self._open(shown.cases))
        shown.rail_cases.activated.connect(lambda _index: self._open(shown.rail_cases))

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

    def _waits(self, incident: Incident) -> str:
        """Return what waits at the ruling post; a party that is still on the line elsewhere is said so."""
        ordered = incident.to_redo
        if ordered is not None:
            day = tr("缺少年历") if ordered.redo_until is None else last_day_words(ordered.redo_until)
            return tr("重新认定,截止 {day} · Enter 打开").format(day=day)
        call = newest_call(self._desk.store, incident.id)
        if call is not None and call.state in IN_CALL:
            return tr("待定责,{seat} 席通话中 · Enter 打开").format(seat=call.seat)
        return tr("待定责 · Enter 打开")

    def _show_cases(self) -> None:
        cases = open_cases(self._desk.store, self._desk.session.seat)
        rows, rail = [], []
        for kind, (words, severity, icon) in OPEN_CASE.items():
            own = [incident for found, incident in cases if found is kind]
            for incident in own:
                opened = incident.opened_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
                rows.append(CheckRow(incident.id, incident.number, tr(words), severity, opened, icon))
            if own:
                rail.append(
                    CheckRow(
                        kind.value, tr(words), str(len(own)), severity, short_number(own[0].number), icon
                    )
                )
        rows += [
            CheckRow(incident.id, incident.number, self._waits(incident), "info", "", "hourglass")
            for incident in self._to_rule()
            if incident.id not in {row.key for row in rows}
        ]
        waiting = self._to_rule()[:RAIL_CASES]
        rail += [
            CheckRow(one.id, tr("待定责"), short_number(one.number), "info", "", "hourglass")
            for one in waiting
        ]
        self._shown.cases.set_rows(tuple(rows))
        self._shown.rail_cases.set_rows(tuple(rail))

    def _to_rule(self) -> tuple[Incident, ...]:
        """The list of the ruling post; nobody else has one, and the service refuses them."""
        qualified = Role.RULING_OFFICER in self._desk.session.user.roles
        return cases_to_rule(self._desk.store) if qualified else ()

    def _open(self, rows: CheckRows) -> None:
        """Take up the case that is chosen; during a call it comes when the call is over."""
        chosen = rows.current_key()
        for incident in self._to_rule():
            if incident.id == chosen:
                self._desk.bridge.run(self._desk.does.ruling_queue.open(incident.id))

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
        rows += self._hours()
        recovered = self._desk.store.recovered
        if recovered is not None:
            words = tr("无缺失") if not recovered.corrupt else f"{len(recovered.corrupt)} {tr('项损坏')}"
            rows.append(CheckRow("vault", tr("本机证据"), words, "ok" if not recovered.corrupt else "bad"))
        self._shown.check.set_rows(tuple(rows))

    def _hours(self) -> list[CheckRow]:
        """When this city settles by video, today."""
        city, now = self._desk.session.city, self._desk.service_now()
        if city is None:
            return []
        today = hours_on(city.rule, now.astimezone(SHANGHAI).date())
        words = " ".join(f"{one.opens:%H:%M}–{one.closes:%H:%M}" for one in today)
        words = words if city.rule.hours else tr("全天")
        severity: Severity = "ok" if is_open(city.rule, now) else "warn"
        note = tr("限工作日") if city.rule.workdays_only else city.rule.version
        return [CheckRow("hours", city.name, words or tr("今天不开"), severity, note, "clock")]

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
