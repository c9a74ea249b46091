"""X: the pictures of one slot below each other, in the right column, the newest first (interface.md 7)."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from widgets import video_paint
from widgets.panel import Panel
from widgets.picture import Picture

LEAST_HEIGHT, GOOD_HEIGHT = 240, 420
"""Pixels in which one picture can be seen, and in which it is seen whole with the next one beginning."""


@dataclass(frozen=True)
class ComparedPicture:
    """One picture; image: None while it is being fetched."""

    key: str
    caption: str
    image: QImage | None = field(default=None, compare=False)


class CompareSheet(Panel):
    """Shows pictures of one slot; scrolls where it must."""

    def __init__(self) -> None:
        super().__init__(self.tr("同槽位比较"), "git-compare-arrows", "X", margin=0)
        self._content = QVBoxLayout()
        self._content.setContentsMargins(8, 8, 8, 8)
        self._content.setSpacing(8)
        self._panes: list[Picture] = []
        self._magnified = False
        inside = QWidget()
        inside.setLayout(self._content)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self.area.setAccessibleName(self.tr("同槽位比较"))
        self.body.addWidget(self.area, 1)
        self.setMinimumHeight(LEAST_HEIGHT)

    def sizeHint(self) -> QSize:
        """As high as is good where there is room."""
        return QSize(super().sizeHint().width(), GOOD_HEIGHT)

    def toggle_loupe(self) -> None:
        """Z: enlarge the same part of every picture, or put the loupe away."""
        self._magnified = not self._magnified
        for pane in self._panes:
            pane.show_loupe(shown=self._magnified)

    def set_pictures(self, slot: str, pictures: tuple[ComparedPicture, ...], *, blur: bool) -> None:
        """Show these pictures of the slot with this name, blurred as the video is (wellbeing)."""
        self.set_title(f"{self.tr('同槽位比较')} · {slot}")
        while len(self._panes) < len(pictures):
            self._panes.append(Picture())
            self._panes[-1].show_loupe(shown=self._magnified)
            self._content.addWidget(self._panes[-1])
        for spare in self._panes[len(pictures) :]:
            spare.hide()
        for pane, shown in zip(self._panes, pictures, strict=False):
            pane.show()
            image = shown.image
            if blur and image is not None:
                image = video_paint.blurred(image)
            pane.show_image(image, shown.caption)
