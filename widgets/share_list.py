"""Three and more parties: a row each with five shares; the row says which are impossible and why.

Source: interface.md 10.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from widgets.button import DeskButton
from widgets.parts import clear, column, label, row


@dataclass(frozen=True)
class Share:
    """One share a party may be given; blocked: why it is impossible, or ""."""

    key: str
    words: str
    blocked: str = ""


@dataclass(frozen=True)
class ShareRow:
    """One party's shares and the one it has ("" while undecided)."""

    key: str
    name: str
    shares: tuple[Share, ...]
    chosen: str = ""


class ShareList(QWidget):
    """`chosen` carries party and share; pressing the share a party has takes it back (share "")."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ShareRow, ...] = ()
        self._buttons: dict[tuple[str, str], DeskButton] = {}
        self._notes: dict[str, QLabel] = {}
        self._lines = column(spacing=6)
        self.setLayout(column(self._lines, None))
        self.setAccessibleName(self.tr("各方责任"))

    def set_rows(self, rows: tuple[ShareRow, ...]) -> None:
        """Show these parties; buttons stay where only what they say changed, and with them the focus."""
        if [self._shape(one) for one in rows] != [self._shape(one) for one in self._rows]:
            clear(self._lines)
            self._buttons, self._notes = {}, {}
            for party in rows:
                self._lines.addLayout(self._line(party))
        self._rows = rows
        for party in rows:
            self._show(party)

    def button(self, party: str, share: str) -> DeskButton:
        """Return the button of one share of one party; raise ``KeyError`` for one that is not shown."""
        return self._buttons[party, share]

    def _show(self, party: ShareRow) -> None:
        for share in party.shares:
            button = self._buttons[party.key, share.key]
            button.set_face(share.words, kind="on" if share.key == party.chosen else "plain")
            button.setEnabled(share.key == party.chosen or not share.blocked)
            name = f"{party.name} {share.words}"
            button.set_name(f"{name}, {share.blocked}" if share.blocked else name)
        why: dict[str, list[str]] = {}
        for share in party.shares:
            if share.blocked:
                why.setdefault(share.blocked, []).append(share.words)
        note = self._notes[party.key]
        note.setText("；".join(f"{'、'.join(words)}: {reason}" for reason, words in why.items()))
        note.setVisible(bool(why))

    @staticmethod
    def _shape(party: ShareRow) -> tuple[str, ...]:
        return (party.key, party.name, *(share.key for share in party.shares))

    def _line(self, party: ShareRow) -> QLayout:
        buttons: list[QWidget] = []
        for share in party.shares:
            made = DeskButton(share.words, height=30)
            made.clicked.connect(
                lambda _checked=False, who=party.key, what=share.key: self._choose(who, what)
            )
            self._buttons[party.key, share.key] = made
            buttons.append(made)
        note = label("", "caption", "text3")
        note.setWordWrap(True)
        self._notes[party.key] = note
        return column(row(label(party.name, "bold"), *buttons, None), note, spacing=2)

    def _choose(self, party: str, share: str) -> None:
        has = next(one.chosen for one in self._rows if one.key == party)
        self.chosen.emit(party, "" if has == share else share)
