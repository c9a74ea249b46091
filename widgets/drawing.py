"""D: drawing over the party's picture, for the phone to show; the evidence pixels stay as they are."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from widgets import theme, video_paint
from widgets.video_pane import VideoPane

Point = tuple[float, float]
Stroke = tuple[Point, ...]

MOST_STROKES, MOST_POINTS = 8, 64
"""More strokes let the oldest go; a longer stroke keeps so many of its points, evenly."""
RING, CORNERS, STEP = 0.12, 24, 0.05
"""Radius of the ring in parts of the picture's height, its corners, and how far an arrow key moves it."""

_ARROWS = {
    Qt.Key.Key_Left: (-STEP, 0.0),
    Qt.Key.Key_Right: (STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -STEP),
    Qt.Key.Key_Down: (0.0, STEP),
}


class Drawing(QWidget):
    """Lies over the video pane while somebody draws. It begins with a ring that the arrow keys move; the
    pointer draws lines instead, Backspace takes the last one away.

    `drawn` carries the strokes whenever they are others, in parts of the picture (x, y).
    """

    drawn = Signal(object)

    def __init__(self, pane: VideoPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._centre: Point | None = None
        self._lines: list[list[Point]] = []
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("标画"))
        self.hide()

    def begin(self, centre: Point) -> None:
        """Start with a ring there, and take the keyboard."""
        self._centre, self._lines = centre, []
        self.setGeometry(self._pane.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._tell()

    def end(self) -> None:
        """Put everything away; the keyboard stays at the picture."""
        if self.hasFocus():
            self._pane.setFocus(Qt.FocusReason.OtherFocusReason)
        self._centre, self._lines = None, []
        self.hide()

    def say(self, words: str) -> None:
        """What has become of the drawing, below it."""
        self._words = words
        self.update()

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is drawn."""
        ring = [] if self._centre is None else [self._ring(self._centre)]
        return (*ring, *(_thinned(line) for line in self._lines))[-MOST_STROKES:]

    def _ring(self, centre: Point) -> Stroke:
        box = self._pane.picture_box()
        across = RING * box.height() / max(box.width(), 1.0)
        turns = (2 * pi * at / CORNERS for at in range(CORNERS + 1))
        return tuple(_inside((centre[0] + across * cos(t), centre[1] + RING * sin(t))) for t in turns)

    def _tell(self) -> None:
        self.update()
        self.drawn.emit(self.strokes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the ring, Backspace takes the last line away."""
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is not None and self._centre is not None:
            self._centre = _inside((self._centre[0] + way[0], self._centre[1] + way[1]))
            self._tell()
        elif event.key() == Qt.Key.Key_Backspace and self._lines:
            self._lines.pop()
            self._tell()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A line begins; the ring was only there for want of one."""
        self._centre = None
        self._lines.append([self._part(event.position())])
        del self._lines[:-MOST_STROKES]
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line goes on."""
        if self._lines:
            self._lines[-1].append(self._part(event.position()))
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The line is whole."""
        self._tell()

    def _part(self, at: QPointF) -> Point:
        box = self._pane.picture_box()
        return _inside(
            ((at.x() - box.left()) / max(box.width(), 1.0), (at.y() - box.top()) / max(box.height(), 1.0))
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines with a dark casing, seen on any picture; words at the lower edge."""
        worn, box = theme.current(), self._pane.picture_box()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0, 170), 7), (worn.color("video_warn"), 4)):
            pen = QPen(colour, width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            for stroke in self.strokes:
                painter.drawPolyline(
                    QPolygonF(
                        [
                            QPointF(box.left() + x * box.width(), box.top() + y * box.height())
                            for x, y in stroke
                        ]
                    )
                )
        if self._words:
            corner = QPointF(10, self.height() - 2 * worn.px(24) - 16)
            video_paint.label(painter, worn, corner, self._words, "pencil", "video_warn")
        painter.end()


def _inside(point: Point) -> Point:
    """Return the nearest point of the picture, in thousandths."""
    return round(min(max(point[0], 0.0), 1.0), 3), round(min(max(point[1], 0.0), 1.0), 3)


def _thinned(line: list[Point]) -> Stroke:
    if len(line) <= MOST_POINTS:
        return tuple(line)
    last = len(line) - 1
    return tuple(line[round(at * last / (MOST_POINTS - 1))] for at in range(MOST_POINTS))
