"""The live picture: from the media process's slots to the pane, and what is written on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QImage, qGray

from console.contract.frame_mark import read_mark
from console.contract.frame_ring import FrameRing, FrameView
from console.domain.call import CallState
from console.presenters.card import officer_card, png
from console.presenters.desk import Desk, clock_words
from console.presenters.words import SLOT, tr
from console.store.changes import Changes
from console.usecases.facts import ConnectionStage
from widgets.video_pane import CornerState, VideoLabels, VideoPane

PaintedFrame = Callable[[int | None, int, int], None]
"""Told of every painted picture: its burned-in counter if any, width, height."""


class VideoPresenter:
    """Wraps the newest slot in an image that is painted where it lies, without a copy.

    Threading: ``frame_available`` is called by the media pipe's reader on its own thread and only posts;
    everything else runs on the GUI thread. If the writer came round to the slot while it was painted, the
    newest picture is painted instead.
    """

    def __init__(self, desk: Desk, pane: VideoPane, painted: PaintedFrame | None = None) -> None:
        self._desk = desk
        self._pane = pane
        self._painted_frame = painted
        self._frames: FrameRing | None = None
        self._view: FrameView | None = None
        self._target = ""
        self._call_id = ""
        self._card: QImage | None = None
        pane.painted.connect(self._painted)

    def attach(self, frames: FrameRing) -> None:
        """Read pictures from this ring from now on."""
        self._frames = frames

    def frame_available(self) -> None:
        """A newer picture is there; callable from any thread."""
        self._desk.bridge.post(self._show)

    def set_target(self, words: str) -> None:
        """Name the slot that the phone is being guided to."""
        self._target = words
        self._label()

    def _show(self) -> None:
        view = self._frames.latest() if self._frames is not None else None
        if view is None or not self._call_id:
            return
        self._view = view
        image = QImage(view.pixels, view.width, view.height, view.stride, QImage.Format.Format_RGB32)
        self._pane.set_frame(image, view.decoded_at)

    def _painted(self, _at: float) -> None:
        view, frames = self._view, self._frames
        if view is None or frames is None:
            return
        if not frames.is_whole(view):
            self._show()
            return
        if self._painted_frame is not None:
            image = self._pane.frame
            if image is not None:
                mark = read_mark(view.width, view.height, lambda x, y: qGray(image.pixel(x, y)))
                self._painted_frame(mark, view.width, view.height)

    def refresh(self, changes: Changes) -> None:
        """Follow the connection and the phone."""
        if changes.session:
            self._show_card()
        if changes.calls or changes.connections or changes.phones or changes.media or changes.session:
            call = self._desk.own_call()
            held = "" if call is None or call.state is CallState.WRAP_UP else call.id
            if held != self._call_id:
                self._call_id = held
                self._pane.clear(waiting=bool(held))
                self._pane.set_blurred(bool(held))
                self._pane.set_sound(True)
            self._label()

    def tick(self, _now: datetime) -> None:
        """The watermark's time moves on."""
        self._label()

    def _label(self) -> None:
        desk, stats = self._desk, self._desk.store.stats
        session = desk.session
        call = desk.own_call()
        phone = desk.store.phones.get(call.id) if call is not None and self._call_id else None
        words = ""
        hidden = phone is not None and not phone.status.visible
        self._pane.set_paused(tr("手机锁屏或切到了别的程序") if hidden else "")
        if phone is not None:
            status = phone.status
            camera = tr("后镜头") if status.facing == "environment" else tr("前镜头")
            battery = f" · {status.battery}%" if status.battery is not None else ""
            words = f"{tr('甲方手机')} · {camera} · {status.network}{battery}"
        stream = recording = ""
        if stats is not None and call is not None and stats.call_id == call.id and stats.width:
            stream = f"{stats.width}×{stats.height} · {stats.fps:.0f} {tr('帧/秒')}"
            self._pane.set_sound(stats.remote.level_dbfs > SILENCE_DBFS)
            if stats.recorded_s is not None:
                minutes, seconds = divmod(int(stats.recorded_s), 60)
                recording = f"{tr('录制')} {minutes}:{seconds:02d} · {tr('原件保全')}"
        now = clock_words(desk.service_now())
        self._pane.set_labels(
            VideoLabels(
                stream=stream,
                phone=words,
                recording=recording,
                target=self._target,
                watermark=f"{session.seat} {session.user.name} {now}",
                training=tr("训练 · 非真实警情") if session.training else "",
                outline=OUTLINE if self._target else None,
            )
        )
        self._pane.set_corner(CornerState(caption=tr("对方看到"), image=self._card))

    def _show_card(self) -> None:
        """Parties see this very card; the corner shows what they see."""
        self._card = officer_card(self._desk.session)
        self._desk.bridge.run(self._desk.does.calls.show_card(png(self._card)))


SILENCE_DBFS = -119.0
"""Below this no sound at all was decoded in the last second."""

OUTLINE = (0.24, 0.2, 0.52, 0.7)
"""The guide frame, as parts of the picture; the phone draws the same."""


def connection_words(desk: Desk) -> str:
    """Return one sentence on the connection of the own call, empty while all is well."""
    call = desk.own_call()
    connection = desk.store.connections.get(call.id) if call is not None else None
    if connection is None:
        return ""
    age = (desk.clock.now() - connection.since).total_seconds()
    words = {
        ConnectionStage.AWAITING_OFFER: tr("已接听,等手机接通画面"),
        ConnectionStage.ANSWERING: tr("正在接通"),
        ConnectionStage.CONNECTING: tr("正在接通"),
        ConnectionStage.STALE: tr("画面断了,正在等新画面,案件和证据都在"),
        ConnectionStage.REOFFERED: tr("正在同一案件里重新连接,不用挂断"),
    }.get(connection.stage, "")
    return f"{words} · {tr('{seconds} 秒').format(seconds=round(age))}" if words else ""


def slot_target(slot: str) -> str:
    """Return the label for the slot that is aimed at."""
    return f"{tr('目标槽位')} {tr(next(words for key, words in SLOT.items() if key.value == slot))}"
