"""What opens over the right column by a key: what waits for a person, cases, parties, and a code."""

from __future__ import annotations

from collections.abc import Callable

from console.presenters.applications import ApplicationsPresenter
from console.presenters.by_photo import ByPhotoPresenter
from console.presenters.contact import ContactPresenter
from console.presenters.deliveries import DeliveriesPresenter
from console.presenters.desk import Desk, Presenter
from console.presenters.evidence import EvidencePresenter
from console.presenters.find import FindPresenter
from console.presenters.join_code import JoinCodePresenter
from console.presenters.keys import KeyMap
from console.presenters.lost_calls import LostCallsPresenter
from console.presenters.window import DeskWindow
from console.presenters.words import tr
from widgets.evidence_strip import EvidenceStrip
from widgets.status_bar import SaveState


class Sheets:
    """One of them is open at a time; the status bar counts what waits in each list."""

    def __init__(
        self,
        desk: Desk,
        window: DeskWindow,
        evidence: EvidencePresenter,
        rows: EvidenceStrip,
        say: Callable[[str], None],
    ) -> None:
        self._lost = LostCallsPresenter(desk, window, say)
        self._deliveries = DeliveriesPresenter(desk, window, say)
        self._applications = ApplicationsPresenter(desk, window, say)
        self._join = JoinCodePresenter(desk, window, say)
        self._find = FindPresenter(desk, window, say)
        self._contact = ContactPresenter(desk, window, say)
        self._by_photo = ByPhotoPresenter(desk, window, evidence, rows, say)

    @property
    def presenters(self) -> tuple[Presenter, ...]:
        """Each of them follows the journal."""
        return (
            self._lost,
            self._deliveries,
            self._applications,
            self._join,
            self._find,
            self._contact,
            self._by_photo,
        )

    def saves(self) -> tuple[SaveState, ...]:
        """Return what the status bar says of them."""
        return (*self._lost.saves(), *self._deliveries.saves(), *self._applications.saves())

    def bind(self, keys: KeyMap) -> None:
        """Give each its key."""
        keys.everywhere("Ctrl+D", tr("外发失败"), self._deliveries.toggle)
        keys.everywhere("Ctrl+F", tr("找案件"), self._find.toggle)
        keys.everywhere("Ctrl+G", tr("掉线与放弃来电"), self._lost.toggle)
        keys.everywhere("Ctrl+K", tr("回拨当事人"), self._contact.toggle)
        keys.everywhere("Ctrl+L", tr("照片 + 文字"), self._by_photo.toggle)
        keys.everywhere("Ctrl+N", tr("出接入码"), self._join.toggle)
        keys.everywhere("Ctrl+O", tr("复核与回避申请"), self._applications.toggle)
