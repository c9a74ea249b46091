"""The window: zones that keep their place, pages, and where the keyboard is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.presenters.keys import KeyMap
from widgets.banner import Banner, BannerState
from widgets.case_bar import CaseBar
from widgets.flow import Column
from widgets.hatch_frame import HatchFrame
from widgets.key_sheet import KeyGroup, KeySheet
from widgets.ring_bar import RingBar
from widgets.status_bar import SaveState, StatusBar, StatusBarState
from widgets.top_bar import TopBar

SMALLEST = (1366, 768)
"""Smallest size in pixels at which nothing is cut (interface.md 2)."""


@dataclass(frozen=True)
class Place:
    """A stop of F6: the panel's name, its title for the status bar, what takes the keyboard, its keys."""

    name: str
    title: str
    panel: QWidget
    target: QWidget
    keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Page:
    """One arrangement of the zones.

    ``places`` in reading order; ``home`` is where Esc returns to; ``notices`` is the column above which a
    sentence is said; ``aside`` is the right column, which takes the key sheet in.
    """

    name: str
    widget: QWidget
    places: tuple[Place, ...]
    home: str
    notices: Column
    aside: QSplitter


class DeskWindow(QMainWindow):
    """Top bar, ring row, case row, one page, status bar. Focus moves only because the user moved it.

    ``panel_focused`` tells the name of the panel that now has the keyboard, ``focus_moved`` that any widget
    got or lost it, ``escaped`` from which panel Esc was pressed; ``closing`` comes before the window goes
    away, so that the composition root can shut down in order.
    """

    panel_focused = Signal(str)
    focus_moved = Signal()
    escaped = Signal(str)
    closing = Signal()

    def __init__(self, top: TopBar, ring: RingBar, case: CaseBar, *, training: bool, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(*SMALLEST)
        self.top, self.ring, self.case = top, ring, case
        self.status = StatusBar(StatusBarState(panel="", keys=()))
        self.keys = KeyMap(self)
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self._focused = ""
        self._saves: tuple[SaveState, ...] = ()
        self._sheet: KeySheet | None = None
        self.notice = Banner(BannerState("", severity="warn"))
        for quiet in (ring, case, self.notice):
            quiet.hide()
        body = QVBoxLayout()
        body.setContentsMargins(8, 8, 8, 8)
        body.setSpacing(8)
        for widget in (ring, case):
            body.addWidget(widget)
        body.addWidget(self._stack, 1)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addLayout(body, 1)
        layout.addWidget(self.status)
        content = QWidget()
        content.setLayout(layout)
        frame = HatchFrame(training, content)
        self.setCentralWidget(frame)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.keys.everywhere("F1", self.tr("全部按键"), self.toggle_keys)
        self.keys.everywhere("F6", self.tr("换面板"), lambda: self._step(1))
        self.keys.everywhere("Shift+F6", self.tr("上一面板"), lambda: self._step(-1))
        self.keys.everywhere("Esc", self.tr("回到画面"), self._escape)
        top.keys_asked.connect(self.toggle_keys)

    @property
    def page(self) -> str:
        """Name of the page shown."""
        return next((p.name for p in self._pages.values() if p.widget is self._stack.currentWidget()), "")

    def add_page(self, page: Page) -> None:
        """Make a page known; the first one added is shown."""
        self._pages[page.name] = page
        self._stack.addWidget(page.widget)
        if len(self._pages) == 1:
            page.notices.take_in(self.notice)

    def show_page(self, name: str) -> None:
        """Change the arrangement. The keyboard goes to the page's home only if its panel disappears."""
        page = self._pages[name]
        if self._stack.currentWidget() is page.widget:
            return
        self._focused = ""
        self._stack.setCurrentWidget(page.widget)
        page.notices.take_in(self.notice)
        self.go_home()
        if self._sheet is not None:
            self._open_keys()

    def go_home(self) -> None:
        """Bring the keyboard to the home panel of the page shown."""
        page = self._pages.get(self.page)
        if page is not None:
            self.go_to(page.home)

    def say(self, notice: BannerState | None) -> None:
        """Show a sentence above the middle of the page, or take it away; it takes no focus."""
        if notice is not None:
            self.notice.set_state(notice)
        self.notice.setVisible(notice is not None)

    def toggle_keys(self) -> None:
        """F1: show every key in the right column, or put the list away; the keyboard stays where it is."""
        if self._sheet is None:
            self._open_keys()
        else:
            self.close_keys()

    def close_keys(self) -> None:
        """Put the key sheet away; a keyboard that was in it goes home."""
        if self._sheet is None:
            return
        sheet, self._sheet = self._sheet, None
        if sheet.isAncestorOf(QApplication.focusWidget() or self):
            self.go_home()
        sheet.hide()
        sheet.deleteLater()

    def _open_keys(self) -> None:
        page = self._pages.get(self.page)
        self.close_keys()
        if page is not None:
            self._sheet = KeySheet(self._key_groups(page))
            page.aside.insertWidget(0, self._sheet)
            QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Where the keyboard is must be on the screen, when it came there and when a column got lower."""
        typing = QApplication.focusWidget()
        for area in self.findChildren(QScrollArea):
            if typing is not None and area.isAncestorOf(typing):
                area.ensureWidgetVisible(typing)

    def _key_groups(self, page: Page) -> tuple[KeyGroup, ...]:
        everywhere = tuple((b.sequence, b.words) for b in self.keys.bindings if not b.scope)
        known = {sequence for sequence, _words in everywhere}
        groups = [KeyGroup(self.tr("任何地方"), everywhere)]
        for place in page.places:
            own = tuple(key for key in place.keys if key[0] not in known)
            if own:
                groups.append(KeyGroup(place.title, own))
        return tuple(groups)

    def go_to(self, name: str) -> None:
        """Bring the keyboard to a panel of the page shown."""
        for place in self._places():
            if place.name == name:
                place.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_saves(self, saves: tuple[SaveState, ...]) -> None:
        """Show what is stored where, at the right of the status bar."""
        if saves != self._saves:
            self._saves = saves
            self._tell_status()

    def bind_go(self, sequence: str, words: str, names: Sequence[str]) -> None:
        """Bind a key that goes to the first of ``names`` that the page shown has."""

        def go() -> None:
            known = {place.name for place in self._places()}
            for name in names:
                if name in known:
                    self.go_to(name)
                    return

        self.keys.everywhere(sequence, words, go)

    def _places(self) -> tuple[Place, ...]:
        page = self._pages.get(self.page)
        if page is None:
            return ()
        places = page.places
        if self._sheet is not None:
            sheet = Place(
                "keys", self.tr("全部按键"), self._sheet, self._sheet.area, (("↑ ↓", self.tr("滚动")),)
            )
            places = (*places, sheet)
        return tuple(place for place in places if place.panel.isVisible())

    def _escape(self) -> None:
        left, page = self._focused, self._pages.get(self.page)
        if page is not None and left in {page.home, "keys"}:
            self.close_keys()
        self.go_home()
        self.escaped.emit(left)

    def _step(self, by: int) -> None:
        places = self._places()
        if not places:
            return
        names = [place.name for place in places]
        at = names.index(self._focused) if self._focused in names else -1 if by > 0 else 0
        places[(at + by) % len(places)].target.setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        self.focus_moved.emit()
        for place in self._places():
            if now is not None and (now is place.panel or place.panel.isAncestorOf(now)):
                self._keep_in_sight()
                if place.name != self._focused:
                    self._focused = place.name
                    self._tell_status()
                    self.panel_focused.emit(place.name)
                return

    def _tell_status(self) -> None:
        place = next((p for p in self._places() if p.name == self._focused), None)
        if place is None:
            self.status.set_state(StatusBarState(panel="—", keys=(), saves=self._saves))
        else:
            self.status.set_state(StatusBarState(panel=place.title, keys=place.keys, saves=self._saves))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell first, then close."""
        self.closing.emit()
        super().closeEvent(event)
