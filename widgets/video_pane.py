"""The video: paints the newest picture exactly, says its age, never lies about it (interface.md 6)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import icons, theme, video_paint
from widgets.age import Age, judge
from widgets.paint import text


@dataclass(frozen=True)
class VideoLabels:
    """Words outside the evidence pixels. outline: guide frame in parts of the picture (x, y, w, h).

    watermark: faint seat, person and time; training: the words of interface.md 13, "" on duty.
    """

    stream: str = ""
    phone: str = ""
    recording: str = ""
    target: str = ""
    watermark: str = ""
    training: str = ""
    outline: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class CornerState:
    """The small picture: own camera or second party; without an image the card says `card`."""

    caption: str
    card: str = ""
    badge: str = ""
    image: QImage | None = None


class VideoPane(QWidget):
    """One stream.

    `set_frame` keeps only the newest image and asks for one repaint. `painted` follows once that image was
    really drawn, with the clock's value at `set_frame`; `age_changed` follows the freshness word, so that the
    snapshot button can be blocked with the same truth. `clock` gives seconds, monotonic.
    """

    painted = Signal(float)
    age_changed = Signal(str)
    pressed = Signal()
    blur_changed = Signal(bool)

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._since: float | None = clock()
        self._frame: QImage | None = None
        self._copy: QImage | None = None
        self._frame_at = 0.0
        self._fresh = False
        self._blurred = False
        self._paused = ""
        self._sound = True
        self._labels = VideoLabels()
        self._corner: CornerState | None = None
        self._loupe = False
        self._pointed: QPointF | None = None
        self._age = judge(None)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 180)
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self.refresh_age)
        self._timer.start()
        self._name_it()

    @property
    def age(self) -> Age:
        """The badge as last judged; `snapshot` tells whether a picture may be taken."""
        return self._age

    @property
    def frame(self) -> QImage | None:
        """The newest image as given, or None."""
        return self._frame

    def frame_age(self) -> float | None:
        """Seconds since the newest image was decoded, None without one."""
        return None if self._frame is None else self._clock() - self._frame_at

    def set_frame(self, image: QImage, at: float | None = None) -> None:
        """Show this image. It may lie on shared memory: it is read only while painting.

        `at`: when it was decoded, by the pane's clock; the age counts from there (from now when None).
        """
        self._frame, self._frame_at = image, self._clock() if at is None else at
        self._copy = None
        self._fresh = True
        self.refresh_age()
        self.update()

    def clear(self, waiting: bool = True) -> None:
        """Back to "no frame yet", counting from now; without `waiting`, nobody is on the line."""
        self._frame = self._copy = None
        self._since = self._clock() if waiting else None
        self._loupe = False
        self.refresh_age()
        self.update()

    def set_blurred(self, blur: bool) -> None:
        """Blurred start (wellbeing): B clears it."""
        if blur != self._blurred:
            self._blurred = blur
            self._copy = None
            self._name_it()
            self.update()
            self.blur_changed.emit(blur)

    @property
    def blurred(self) -> bool:
        """Whether the picture is blurred."""
        return self._blurred

    def set_paused(self, reason: str) -> None:
        """The phone reports a call or its lock screen; "" when it sends again."""
        self._paused = reason
        self.refresh_age()

    def set_sound(self, heard: bool) -> None:
        """Whether sound arrives: "live" is said only with sound."""
        self._sound = heard
        self.refresh_age()

    def set_labels(self, labels: VideoLabels) -> None:
        """Change the words round the picture."""
        if labels != self._labels:
            self._labels = labels
            self._name_it()
            self.update()

    def set_corner(self, corner: CornerState | None) -> None:
        """Change the small picture, None hides it."""
        self._corner = corner
        self.update()

    def toggle_loupe(self) -> None:
        """Z: enlarge what the pointer is on, else the middle of the outline, or put the loupe away."""
        self._loupe = not self._loupe
        self._pointed = None
        self.setMouseTracking(self._loupe)
        self._name_it()
        self.update()

    @property
    def magnified(self) -> bool:
        """Whether the loupe lies over the picture."""
        return self._loupe

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The loupe goes with the pointer."""
        if self._loupe:
            self._pointed = event.position()
            self.update()
        super().mouseMoveEvent(event)

    def _loupe_at(self, box: QRectF) -> QPointF:
        if self._pointed is not None and box.contains(self._pointed):
            return self._pointed
        x, y, w, h = self._labels.outline or (0.0, 0.0, 1.0, 1.0)
        return box.topLeft() + QPointF((x + w / 2) * box.width(), (y + h / 2) * box.height())

    def refresh_age(self) -> None:
        """Judge the age again; repaints only when the badge's words change."""
        now = self._clock()
        frame_age = self.frame_age()
        waited = None if self._since is None else now - self._since
        age = judge(frame_age, waited, self._paused, self._sound)
        if age == self._age:
            return
        before, self._age = self._age, age
        if before.grey != age.grey:
            self._copy = None
        if before.freshness != age.freshness:
            self._name_it()
            self.age_changed.emit(age.freshness)
        self.update()

    def _name_it(self) -> None:
        parts = (
            self.tr("视频"),
            self._age.words,
            self.tr("已模糊") if self._blurred else "",
            self.tr("已放大") if self._loupe else "",
            self._labels.phone,
        )
        self.setAccessibleName(", ".join(part for part in parts if part))

    def sizeHint(self) -> QSize:
        """The centre's width at 1920 x 1080, exact 16:9."""
        return QSize(976, 549)

    def picture_box(self) -> QRectF:
        """Where the picture lies in the pane, letterboxed."""
        room = QRectF(self.rect())
        return room if self._frame is None else video_paint.letterbox(self._frame.size(), room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, then words; `painted` once for each new image."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("black"))
        box = self.picture_box()
        if self._frame is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._shown(self._frame))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter, box)
        painter.end()
        if self._fresh:
            self._fresh = False
            self.painted.emit(self._frame_at)

    def _shown(self, frame: QImage) -> QImage:
        if not self._blurred and not self._age.grey:
            return frame
        if self._copy is None:
            copy = video_paint.blurred(frame) if self._blurred else frame
            self._copy = video_paint.greyed(copy) if self._age.grey else copy
        return self._copy

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        worn = theme.current()
        said = self._labels
        if self._frame is None:
            self._paint_waiting(painter)
        if said.outline is not None and self._frame is not None and not self._age.grey:
            x, y, w, h = said.outline
            video_paint.outline(
                painter,
                worn,
                QRectF(
                    box.left() + x * box.width(),
                    box.top() + y * box.height(),
                    w * box.width(),
                    h * box.height(),
                ),
            )
        if self._loupe and self._frame is not None:
            video_paint.loupe(painter, worn, self._shown(self._frame), box, self._loupe_at(box))
        step = worn.px(24) + 6
        left = QPointF(10, 10)
        badge = self._age.words + (self.tr(" · 已模糊") if self._blurred else "")
        used = video_paint.label(painter, worn, left, badge, self._age.icon, self._age.colour, bold=True)
        if said.stream:
            video_paint.label(painter, worn, QPointF(used.right() + 4, 10), said.stream)
        if said.phone:
            video_paint.label(painter, worn, left + QPointF(0, step), said.phone, "smartphone")
        right = QPointF(self.width() - 10, 10)
        if said.recording:
            video_paint.label(painter, worn, right, said.recording, "circle-dot", "video_bad", right=True)
        if said.training:
            below = right + QPointF(0, step if said.recording else 0)
            video_paint.label(painter, worn, below, said.training, "graduation-cap", bold=True, right=True)
        if said.target:
            bottom = QPointF(10, self.height() - worn.px(24) - 10)
            video_paint.label(painter, worn, bottom, said.target, "target", bold=True)
        if said.watermark:
            painter.setOpacity(0.35)
            middle = QRectF(0, self.height() / 2, self.width() - 12, worn.px(18))
            text(painter, worn, middle, said.watermark, "video_text", "caption", right=True)
            painter.setOpacity(1)
        if self._corner is not None:
            self._paint_corner(painter, self._corner)

    def _paint_waiting(self, painter: QPainter) -> None:
        worn = theme.current()
        size = worn.px(72)
        icons.paint(
            painter,
            "smartphone",
            QColor("#93A1AF"),
            (self.width() - size) / 2,
            (self.height() - size) / 2 - 16,
            size,
        )

    def _paint_corner(self, painter: QPainter, corner: CornerState) -> None:
        worn = theme.current()
        width = max(160.0, self.width() * 0.19)
        foot = worn.px(22)
        box = QRectF(
            self.width() - width - 10, self.height() - width * 0.68 - foot - 10, width, width * 0.68 + foot
        )
        painter.setPen(QPen(worn.color("edge"), 1))
        painter.setBrush(QColor("#171E26"))
        painter.drawRect(box)
        room = box.adjusted(1, 1, -1, -foot)
        if corner.image is not None:
            painter.drawImage(video_paint.letterbox(corner.image.size(), room), corner.image)
        else:
            painter.setFont(worn.font("caption"))
            painter.setPen(worn.color("video_text"))
            painter.drawText(
                room.adjusted(8, 0, -8, 0),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                corner.card,
            )
        if corner.badge:
            video_paint.label(painter, worn, room.topLeft() + QPointF(4, 4), corner.badge)
        icons.paint(
            painter, "user-round", worn.color("video_text"), box.left() + 7, box.bottom() - foot / 2 - 7, 14
        )
        text(
            painter,
            worn,
            QRectF(box.left() + 26, box.bottom() - foot, width, foot),
            corner.caption,
            "video_text",
            "caption",
        )
