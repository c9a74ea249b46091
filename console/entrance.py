"""The entrance: the sign-in page, open from the first moment, before there is a desk behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from widgets.sign_in import SignInPage

Take = Callable[[str, str, str, str], None]
"""Takes account, password, seat and code."""


class Entrance(QObject):
    """One sign-in page. What is offered while nobody takes it is kept, and taken as soon as somebody does.

    ``painted`` comes once, when the page stands on the screen; ``closed`` when the person closes it.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.page = SignInPage()
        self.page.offered.connect(self._offered)
        self.page.closed.connect(self.closed)
        self._take: Take | None = None
        self._kept: tuple[str, str, str, str] | None = None

    @property
    def used(self) -> bool:
        """Whether somebody has begun to sign in here."""
        return self._kept is not None or bool(self.page.account.text() or self.page.password.text())

    def open(self) -> None:
        """Show the page and give its first field the keyboard."""
        self.page.installEventFilter(self)
        self.page.account.setFocus()
        self.page.show()
        self.page.activateWindow()

    def serve(self, take: Take | None) -> None:
        """Have ``take`` told of what is offered, of what was kept too; ``None`` keeps it again."""
        self._take = take
        kept, self._kept = self._kept, None
        if kept is not None:
            self._offered(*kept)

    def leave(self) -> None:
        """Put the page away for good; nobody closed it."""
        self.serve(None)
        self.page.closed.disconnect(self.closed)
        self.page.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first paint; it is through before a timer comes."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False

    def _offered(self, account: str, password: str, seat: str, code: str) -> None:
        if self._take is not None:
            self._take(account, password, seat, code)
        else:
            self._kept = (account, password, seat, code)
