"""Setting a picture aside (弃用): the newest of the current slot, for a reason, before anything is ruled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from console.domain.discarding import DiscardReason
from console.domain.errors import DomainError
from console.domain.held import require_discardable
from console.domain.ids import EvidenceId, IncidentId
from console.presenters.desk import Desk
from console.presenters.words import SLOT, problem, tr
from console.store.changes import Changes
from console.store.selectors import StripItem, strip
from widgets.discard_line import DiscardLine
from widgets.evidence_strip import EvidenceStrip

REASONS: Mapping[DiscardReason, str] = {
    DiscardReason.UNCLEAR: "看不清",
    DiscardReason.WRONG_SUBJECT: "拍错对象",
    DiscardReason.WRONG_SLOT: "放错槽位",
    DiscardReason.DUPLICATE: "重复",
    DiscardReason.BYSTANDERS: "拍到无关的人",
}
"""Each reason in words, in the order of its digit."""


def discard_reasons() -> tuple[tuple[str, str], ...]:
    """Return the short list, in words."""
    return tuple((reason.value, tr(words)) for reason, words in REASONS.items())


class DiscardPresenter:
    """Del asks for the reason, a digit sets aside; Esc or another picture in the slot lets go."""

    def __init__(
        self, desk: Desk, rows: EvidenceStrip, line: DiscardLine, say: Callable[[str], None]
    ) -> None:
        self._desk = desk
        self._strip = rows
        self._line = line
        self._say = say
        self._asked: tuple[IncidentId, EvidenceId] | None = None
        line.chosen.connect(self._chosen)
        rows.current_changed.connect(lambda _key: self.close())

    def press(self) -> None:
        """Del: ask why the picture shown in the current slot is not to count."""
        incident, item = self._desk.own_incident(), self._shown()
        if incident is None:
            return
        if item is None:
            self._say(tr("这个槽位没有图可弃用。"))
            return
        try:
            require_discardable(incident, item.evidence_id)
        except DomainError as refusal:
            arriving = refusal.code == "unknown-evidence"
            self._say(tr("这张图还在上传,传完再弃用。") if arriving else problem(refusal))
            return
        self._asked = incident.id, item.evidence_id
        self._line.ask_about(tr(SLOT[item.capture.slot]))

    def close(self) -> None:
        """Esc: nothing was set aside."""
        self._asked = None
        self._line.put_away()

    def refresh(self, changes: Changes) -> None:
        """What was asked about must still be what is shown."""
        if self._asked is not None and (changes.evidence or changes.incidents or changes.calls):
            incident, item = self._desk.own_incident(), self._shown()
            if incident is None or item is None or self._asked != (incident.id, item.evidence_id):
                self.close()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _shown(self) -> StripItem | None:
        incident, key = self._desk.own_incident(), self._strip.current_key()
        slots = () if incident is None else strip(self._desk.store, incident.id)
        return next((slot.items[-1] for slot in slots if slot.slot.value == key and slot.items), None)

    def _chosen(self, reason: str) -> None:
        if self._asked is not None:
            asked, self._asked = self._asked, None
            self._desk.bridge.run(
                self._desk.does.capture.discard(*asked, DiscardReason(reason)),
                None,
                lambda error: self._say(problem(error)),
            )
