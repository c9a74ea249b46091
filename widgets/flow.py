"""Columns that take a line in, parts side by side where there is room, scrolling without cutting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)


class Column(QWidget):
    """Widgets one below the other with their shares of the height."""

    def __init__(self, *widgets: QWidget, stretch: tuple[int, ...], spacing: int = 8) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        for widget, share in zip(widgets, stretch, strict=True):
            self._box.addWidget(widget, share)

    def leave_room(self) -> None:
        """Widgets that do not want to grow stand at the top and leave the room below free."""
        spare = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self._box.addItem(spare)

    def take_in(self, widget: QWidget, at: int = 0) -> None:
        """Put a widget on top, or after so many others, taking it from where it was."""
        self._box.insertWidget(at, widget)


class Beside(QWidget):
    """Parts side by side; one below the other where the width is under `enough` px or what they need.

    With no `enough` they always stand side by side.
    """

    def __init__(self, *parts: QWidget, shares: tuple[int, ...], enough: int) -> None:
        super().__init__()
        self._enough = enough
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        for part, share in zip(parts, shares, strict=True):
            self._box.addWidget(part, share)

    def take_in(self, part: QWidget, share: int) -> None:
        """Put a part behind the others, taking it from where it was."""
        self._box.addWidget(part, share)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part: side by side is a wish, not a need."""
        items = [self._box.itemAt(at) for at in range(self._box.count())]
        parts = [item.widget() for item in items if item is not None and not item.isEmpty()]
        widest = max((part.minimumSizeHint().width() for part in parts if part is not None), default=0)
        around = self.contentsMargins()
        return QSize(widest + around.left() + around.right(), self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        super().resizeEvent(event)
        parts = (self._box.itemAt(at) for at in range(self._box.count()))
        needed = sum(part.minimumSize().width() for part in parts if part is not None)
        wide = event.size().width() >= max(self._enough, needed) if self._enough else True
        turned = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if turned != self._box.direction():
            self._box.setDirection(turned)
            self.updateGeometry()


class ScrollColumn(QScrollArea):
    """Scrolls up and down only, and is never narrower than its content: nothing is cut at the side."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        for ground in (content, self.viewport()):
            ground.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """The content's least width and the scroll bar's."""
        least = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(least, 120)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content may have become wider."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Views(QStackedWidget):
    """Contents of which one shows, each as high and wide as it needs for itself.

    Showing another never takes the keyboard from somebody: while it is in the one that shows, the change
    waits until it goes elsewhere.
    """

    def __init__(self, *views: QWidget) -> None:
        super().__init__()
        self._views = views
        for view in views:
            self.addWidget(view)
        self._wanted = 0
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def show_view(self, at: int) -> None:
        """Show one of the contents, now or as soon as nobody is typing in the other."""
        self._wanted = at
        typing, now = QApplication.focusWidget(), self.currentWidget()
        inside = typing is not None and now is not None and now.isAncestorOf(typing)
        if at != self.currentIndex() and not inside:
            self.setCurrentIndex(at)

    def reveal(self, panel: QWidget) -> None:
        """Show the content that holds `panel`: somebody goes there."""
        for at, view in enumerate(self._views):
            if view.isAncestorOf(panel):
                self._wanted = at
                self.setCurrentIndex(at)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._wanted != self.currentIndex():
            self.show_view(self._wanted)


class Alone:
    """One part that may have the whole page: what stands around it is hidden, and comes back when needed.

    ``changed`` is told whether the part has the page, for what must stay in sight in either case.
    """

    def __init__(self, around: tuple[QWidget, ...], changed: Callable[[bool], None]) -> None:
        self._around = around
        self._changed = changed

    @property
    def on(self) -> bool:
        """Whether the part has the page."""
        return any(other.isHidden() for other in self._around)

    def set_on(self, on: bool) -> None:
        """Give the part the page, or bring back what stands around it."""
        if on == self.on:
            return
        for other in self._around:
            other.setHidden(on)
        self._changed(on)

    def reveal(self, panel: QWidget) -> None:
        """Bring everything back where ``panel`` is a piece of it."""
        if any(other is panel or other.isAncestorOf(panel) for other in self._around):
            self.set_on(False)
