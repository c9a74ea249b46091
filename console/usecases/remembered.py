"""What the desk remembers of itself on this machine: how each user wants it to look, and where work stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from console.contract.codec import DecodeError, decode, encode
from console.domain.evidence import Slot
from console.domain.ids import IncidentId, UserId
from console.usecases.facts import DeskRecovered, Publish
from console.usecases.look import ChosenColumns, ChosenKeys, Look, OwnWindow
from console.usecases.ports import ClockPort, DraftsPort

Note = TypeVar("Note")

BOOKMARK = "bookmark"
"""Name of the note on where work stands; it is there only while a case is open."""


@dataclass(frozen=True, kw_only=True)
class Bookmark:
    """The case and slot being worked on; everything up to ``at`` (UTC) is on this machine's disk."""

    incident_id: IncidentId
    slot: Slot
    at: datetime


class Remembered:
    """Small notes of the desk's own, never anything a party said."""

    def __init__(self, drafts: DraftsPort, clock: ClockPort, publish: Publish) -> None:
        self._drafts = drafts
        self._clock = clock
        self._publish = publish

    async def open(self) -> None:
        """Tell where work stood when the desk ended without being closed; the drafts were read before."""
        mark = await self._recall(Bookmark, BOOKMARK)
        if mark is not None:
            self._publish(
                DeskRecovered(
                    incident_id=mark.incident_id,
                    slot=mark.slot,
                    at=mark.at,
                    drafts_lost=self._drafts.lost(),
                )
            )

    async def own(self, user: UserId) -> OwnWindow:
        """Return everything that ``user`` chose for the window."""
        return OwnWindow(
            look=await self.look(user), keys=await self.keys(user), columns=await self.columns(user)
        )

    async def look(self, user: UserId) -> Look | None:
        """Return the look that ``user`` chose; ``None`` for whoever never chose one."""
        return await self._recall(Look, f"look {user}")

    async def keep_look(self, user: UserId, look: Look) -> None:
        """Remember the look that ``user`` chose."""
        await self._drafts.remember(f"look {user}", encode(look).decode())

    async def keys(self, user: UserId) -> ChosenKeys:
        """Return the keys that ``user`` re-mapped."""
        return await self._recall(ChosenKeys, f"keys {user}") or ChosenKeys(changed={})

    async def keep_keys(self, user: UserId, keys: ChosenKeys) -> None:
        """Remember the keys that ``user`` re-mapped."""
        await self._drafts.remember(f"keys {user}", encode(keys).decode())

    async def columns(self, user: UserId) -> ChosenColumns:
        """Return the widths that ``user`` gave the columns."""
        return await self._recall(ChosenColumns, f"columns {user}") or ChosenColumns(widths={})

    async def keep_columns(self, user: UserId, columns: ChosenColumns) -> None:
        """Remember the widths that ``user`` gave the columns."""
        await self._drafts.remember(f"columns {user}", encode(columns).decode())

    async def mark(self, incident_id: IncidentId, slot: Slot) -> None:
        """Remember where work stands, as of now."""
        mark = Bookmark(incident_id=incident_id, slot=slot, at=self._clock.now())
        await self._drafts.remember(BOOKMARK, encode(mark).decode())

    async def unmark(self) -> None:
        """No case is open, or the desk is closed in order: there is nothing to recover."""
        await self._drafts.remember(BOOKMARK, "")

    async def _recall(self, kind: type[Note], name: str) -> Note | None:
        text = await self._drafts.recall(name)
        if not text:
            return None
        try:
            note: Note = decode(kind, text)
        except DecodeError:
            return None
        return note
