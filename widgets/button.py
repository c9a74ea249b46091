"""The desk's button: icon + words + key cap; disabled ones are dashed and say why."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from widgets import icons, theme
from widgets.keycap import cap_size, cap_text, paint_cap
from widgets.theme import Role

Kind = Literal["plain", "primary", "danger", "go", "on", "ghost"]

_SOLID: dict[str, str] = {"primary": "accent_bg", "danger": "bad_solid", "go": "ok_solid"}


class DeskButton(QPushButton):
    """A push button drawn from the tokens.

    kind: plain, primary (the one expected next), danger, go (a confirmed safe act), on (a switch that is on),
    ghost (no border). `key` is only shown: the window or presenter binds it, in
    the panel `scope` or everywhere. Height is never below 26 px.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        key: str = "",
        kind: Kind = "plain",
        role: Role = "body",
        height: int = 28,
        parent: QWidget | None = None,
        scope: str = "",
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._kind, self._role = icon, kind, role
        self._key = key = cap_text(key, scope)
        self._height = max(height, 26)
        self._reason, self._said = "", False
        self._name = ""
        self._cap = key
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def set_face(self, text: str, icon: str | None = None, kind: Kind | None = None) -> None:
        """Change words, icon and kind at once."""
        self.setText(text)
        self._icon = self._icon if icon is None else icon
        self._kind = self._kind if kind is None else kind
        self._tell()

    def set_blocked(self, reason: str, *, said: bool = False) -> None:
        """Disable with a reason shown in the button's words; "" enables again.

        ``said``: the reason already stands beside it, so that here it is only in the accessible name.
        """
        if (reason, said) == (self._reason, self._said) and self.isEnabled() == (not reason):
            return
        self._reason, self._said = reason, said
        self.setEnabled(not reason)
        self._tell()

    def set_compact(self, compact: bool) -> None:
        """Where room is short the key cap is left to status bar and key sheet, and a blocked button says
        beside its icon only why.
        """
        self._compact = compact
        self._cap = "" if compact else self._key
        self.updateGeometry()
        self.update()

    def set_name(self, name: str) -> None:
        """Accessible name of a button that shows an icon only."""
        self._name = name
        self._tell()

    @property
    def words(self) -> str:
        """What the button says now, its reason included where that stands nowhere else."""
        if self._said:
            return self.text()
        return self._reason if self._reason and self._compact else self._whole

    @property
    def _whole(self) -> str:
        return self.text() + (self.tr("停用:") + self._reason if self._reason else "")

    def _tell(self) -> None:
        name = (self._name or self._whole) + (f", {self._key}" if self._key else "")
        if self._kind == "on":
            name += self.tr(", 已开")
        self.updateGeometry()
        self.update()
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def _font(self) -> QFont:
        return theme.current().font(self._role, self._kind in _SOLID)

    def sizeHint(self) -> QSize:
        """As wide as icon, words and key need: words are never cut."""
        worn = theme.current()
        width = QFontMetricsF(self._font()).horizontalAdvance(self.words) + worn.px(9) * 2 + 2
        if self._icon:
            width += worn.px(16) + (worn.px(6) if self.words else 0)
        if self._cap:
            width += cap_size(worn, self._cap).width() + worn.px(7)
        return QSize(round(width), worn.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """The same as the hint."""
        return self.sizeHint()

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        worn = theme.current()
        if not self.isEnabled():
            return QColor(0, 0, 0, 0), worn.color("edge"), worn.color("text3")
        if self._kind in _SOLID:
            solid = worn.color(_SOLID[self._kind])
            return solid, solid, worn.color("on_solid")
        if self._kind == "on":
            return worn.color("selected"), worn.color("accent"), worn.color("accent")
        ground = worn.color("hover" if self.underMouse() or self.isDown() else "raised")
        edge = QColor(0, 0, 0, 0) if self._kind == "ghost" else worn.color("edge")
        return ground, edge, worn.color("text")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, border, icon, words, key cap and the focus ring."""
        worn = theme.current()
        ground, edge, ink = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            pen = QPen(worn.color("focus"), 2)
        elif not self.isEnabled():
            pen = QPen(edge, 1, Qt.PenStyle.DashLine)
        else:
            pen = QPen(edge, 1)
        inset = pen.widthF() / 2
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        solid = self._kind in _SOLID and self.isEnabled()
        self._paint_face(painter, ink, solid)
        painter.end()

    def _paint_face(self, painter: QPainter, ink: QColor, solid: bool) -> None:
        worn = theme.current()
        middle = self.height() / 2
        slack = max(0, self.width() - self.sizeHint().width())
        x = worn.px(9) + slack / 2
        if self._icon:
            size = worn.px(16)
            icons.paint(painter, self._icon, ink, x, middle - size / 2, size)
            x += size + (worn.px(6) if self.words else 0)
        painter.setFont(self._font())
        painter.setPen(ink)
        width = QFontMetricsF(self._font()).horizontalAdvance(self.words)
        painter.drawText(
            QRectF(x, 0, width + 2, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.words,
        )
        if self._cap:
            paint_cap(painter, worn, x + width + worn.px(7), middle, self._cap, ink if solid else None)
