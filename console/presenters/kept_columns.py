"""The widths of the columns, as each user moved them, kept on this machine's disk."""

from __future__ import annotations

from collections.abc import Iterable

from console.presenters.desk import Desk
from console.presenters.page import Page
from console.presenters.wardrobe import Wardrobe
from console.usecases.look import ChosenColumns
from widgets.columns import Widths


class KeptColumns:
    """Has all pages stand as their user left them, and remembers every handle that is let go."""

    def __init__(self, desk: Desk, pages: Iterable[Page], wardrobe: Wardrobe) -> None:
        self._desk = desk
        self._wardrobe = wardrobe
        for page in pages:
            page.columns.take_up(wardrobe.columns)
            page.columns.chosen.connect(self._keep)

    def _keep(self, name: str, widths: Widths) -> None:
        others = {of: kept for of, kept in self._wardrobe.columns.items() if of != name}
        chosen = {**others, name: widths} if widths else others
        self._wardrobe.columns = chosen
        keep = self._desk.does.remembered.keep_columns(
            self._desk.session.user.id, ChosenColumns(widths=chosen)
        )
        self._desk.bridge.run(keep)
