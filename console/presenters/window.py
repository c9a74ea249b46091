"""The window: zones that keep their place, pages, and where the keyboard is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from console.presenters.key_lines import key_groups
from console.presenters.keys import KeyMap
from console.presenters.page import Page, Place
from widgets import theme
from widgets.banner import Banner, BannerState
from widgets.case_bar import CaseBar
from widgets.hatch_frame import HatchFrame
from widgets.key_sheet import KeyGroup, KeySheet
from widgets.panel import Panel
from widgets.ring_bar import RingBar
from widgets.room import SMALLEST
from widgets.status_bar import SaveState, StatusBar, StatusBarState
from widgets.top_bar import TopBar

MakeSheet = Callable[[], tuple[Panel, QWidget]]
"""Makes what comes into the right column, and names the part of it that takes the keyboard."""

KEYS = "keys"
"""Name of the key sheet among what opens above the right column."""
ROOMY = 1600
"""From this width in pixels, at 100 % text, everything has its own place; below it parts are folded."""


class DeskWindow(QMainWindow):
    """Top bar, ring row, case row, one page, status bar. Focus moves only because the user moved it.

    ``panel_focused`` tells the name of the panel that now has the keyboard, ``focus_moved`` that any widget
    got or lost it, ``escaped`` from which panel Esc was pressed, ``said`` the sentence above the middle,
    ``arranged`` that another page shows or all of it was covered or uncovered;
    ``keys_shown`` carries the key sheet that was just made, ``sheet_closed`` tells that what stood above the
    right column was put away. ``closing`` comes before the window goes away, so that the composition root can
    shut down in order.
    """

    panel_focused = Signal(str)
    focus_moved = Signal()
    escaped = Signal(str)
    said = Signal(str)
    arranged = Signal()
    keys_shown = Signal(object)
    sheet_closed = Signal()
    closing = Signal()

    def __init__(self, top: TopBar, ring: RingBar, case: CaseBar, *, training: bool, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(*SMALLEST)
        self.training = training
        self.top, self.ring, self.case = top, ring, case
        self.status = StatusBar(StatusBarState(panel="", keys=()))
        self.keys = KeyMap(self)
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self._inside, self._covered = QWidget(), QStackedWidget()
        self._resume: QWidget | None = None
        self._focused = ""
        self._saves: tuple[SaveState, ...] = ()
        self._compact = False
        self._said = ""
        self._sheet: Place | None = None
        self._make_sheet: MakeSheet | None = None
        self.notice = Banner(BannerState("", severity="warn"))
        for quiet in (ring, case, self.notice):
            quiet.hide()
        body = QVBoxLayout()
        body.setContentsMargins(8, 6, 8, 6)
        body.setSpacing(6)
        body.addWidget(ring)
        body.addWidget(self._covered, 1)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(case)
        inside.addWidget(self._stack, 1)
        self._covered.addWidget(self._inside)
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
        for place in page.places:
            self.keys.hold(place.name, (key for key, _act in place.keys))
        page.compact(self._compact)
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
        self.arranged.emit()
        self.go_home()
        if self._sheet is not None:
            self._open_sheet(self._sheet.name, self._sheet.title)

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
        words = "" if notice is None else self.notice.accessibleName()
        if words != self._said:
            self._said = words
            self.said.emit(words)

    @property
    def locked(self) -> bool:
        """Whether a page covers everything but the top bar and the ring row."""
        return self._covered.currentWidget() is not self._inside

    def cover(self, page: QWidget, field: QWidget) -> None:
        """Lay ``page`` over the case and give ``field`` the keyboard. No key acts, no button can be pressed;
        what is underneath goes on and keeps what is written in it.
        """
        typing = QApplication.focusWidget()
        self._resume = typing if typing is not None and self._inside.isAncestorOf(typing) else None
        self._covered.addWidget(page)
        self._covered.setCurrentWidget(page)
        self.arranged.emit()
        self._hold(held=True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Take the page away; the keyboard is where it was, or at home if that is no longer there."""
        page, resume = self._covered.currentWidget(), self._resume
        if page is None or not self.locked:
            return
        self._covered.setCurrentWidget(self._inside)
        self._covered.removeWidget(page)
        page.deleteLater()
        self.arranged.emit()
        self._hold(held=False)
        if resume is not None and isValid(resume) and resume.isVisible():
            resume.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_home()

    def _hold(self, *, held: bool) -> None:
        self.keys.set_enabled(not held)
        for part in (self.top, self.ring):
            part.setEnabled(not held)
        self._tell_status()

    @property
    def sheet(self) -> str:
        """Name of what stands above the content of the right column, empty while nothing does."""
        return "" if self._sheet is None else self._sheet.name

    def toggle_keys(self) -> None:
        """F1: show every key in the right column, or put the list away; the keyboard stays where it is."""
        self.toggle_sheet(KEYS, self.tr("全部按键"), self._key_sheet)

    def toggle_sheet(self, name: str, title: str, make: MakeSheet) -> None:
        """Show a panel above the right column's content, or put it away; the keyboard stays where it is."""
        if self.sheet == name:
            self.close_sheet()
        else:
            self._make_sheet = make
            self._open_sheet(name, title)

    def close_sheet(self) -> None:
        """Put away what stands above the right column; a keyboard that was in it goes home."""
        if self._sheet is None:
            return
        panel, self._sheet = self._sheet.panel, None
        if panel.isAncestorOf(QApplication.focusWidget() or self):
            self.go_home()
        panel.hide()
        panel.deleteLater()
        self.sheet_closed.emit()

    def _open_sheet(self, name: str, title: str) -> None:
        page = self._pages.get(self.page)
        self.close_sheet()
        if page is not None and self._make_sheet is not None:
            panel, target = self._make_sheet()
            walk = ("↑ ↓", self.tr("滚动"))
            remap = (("Enter", self.tr("换键")), ("Del", self.tr("恢复原键")))
            self._sheet = Place(name, title, panel, target, (walk, *remap) if name == KEYS else (walk,))
            page.aside.insertWidget(0, panel)
            page.reveal(panel)
            QTimer.singleShot(0, self, self._keep_in_sight)

    def _key_sheet(self) -> tuple[Panel, QWidget]:
        sheet = KeySheet(self.key_groups())
        self.keys_shown.emit(sheet)
        return sheet, sheet.first

    def _keep_in_sight(self) -> None:
        """Where the keyboard is must be on the screen, when it came there and when a column got lower."""
        typing = QApplication.focusWidget()
        for area in self.findChildren(QScrollArea):
            if typing is not None and area.isAncestorOf(typing):
                area.ensureWidgetVisible(typing)

    def key_groups(self) -> tuple[KeyGroup, ...]:
        """Return every key as it is in force, those of the page shown first."""
        elsewhere = (place for page in self._pages.values() for place in page.places)
        return key_groups(self.keys.bindings, self._pages[self.page].places, elsewhere)

    def go_to(self, name: str) -> None:
        """Bring the keyboard to a panel of the page shown."""
        for place in self._places():
            if place.name == name:
                self._take(place, Qt.FocusReason.OtherFocusReason)

    def reveal(self, panel: QWidget) -> None:
        """Bring a panel to the front, wherever it is folded away; the keyboard stays where it is."""
        page = self._pages.get(self.page)
        if page is not None:
            page.reveal(panel)

    def _take(self, place: Place, reason: Qt.FocusReason) -> None:
        self.reveal(place.panel)
        if self.locked:
            self._resume = place.target
            return
        place.target.setFocus(reason)
        if QApplication.activeWindow() not in {None, place.target.window()}:
            place.target.activateWindow()  # it stands on the other monitor

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what may be folded where the window is small (interface.md 2)."""
        super().resizeEvent(event)
        compact = event.size().width() < theme.current().px(ROOMY)
        if compact != self._compact:
            self._compact = compact
            self.top.set_compact(compact)
            self.case.set_compact(compact)
            for page in self._pages.values():
                page.compact(compact)

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
            places = (*places, self._sheet)
        return tuple(place for place in places if not place.panel.isHidden())

    def _escape(self) -> None:
        left, page = self._focused, self._pages.get(self.page)
        if page is not None and left in {page.home, self.sheet}:
            self.close_sheet()
        self.go_home()
        self.escaped.emit(left)

    def _step(self, by: int) -> None:
        places = self._places()
        if not places:
            return
        names = [place.name for place in places]
        at = names.index(self._focused) if self._focused in names else -1 if by > 0 else 0
        self._take(places[(at + by) % len(places)], Qt.FocusReason.TabFocusReason)

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
        if place is None or self.locked:
            self.status.set_state(StatusBarState(panel="—", keys=(), saves=self._saves))
        else:
            self.status.set_state(StatusBarState(place.title, place.keys, self._saves, place.name))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell first, then close."""
        self.closing.emit()
        super().closeEvent(event)
