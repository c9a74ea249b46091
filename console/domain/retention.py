"""How long what is kept of an accident is kept: a property of the record, never one period for all.

公安机关现场执法视音频记录工作规定 (at least six months; permanently what is evidence in a case, shows
obstruction or belongs to a grave matter) and 个人信息保护法 Art. 47 (delete when the purpose has ended).
The periods are data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from console.domain.call import Call, CallState
from console.domain.held import held
from console.domain.incident import Incident, IncidentState


class RecordClass(StrEnum):
    """What a record is kept as."""

    UNANSWERED = "unanswered"
    """Nobody answered any of its calls, and nothing was collected."""
    WITHOUT_DOCUMENT = "without-document"
    """Closed or void, without a document and without the police."""
    CASE = "case"
    """A document was issued or the police were sent: its recordings are evidence."""
    LINK = "link"
    """A party's link, counted from its expiry and from when its page closed."""
    SIGNAL = "signal"
    """How phone and desk found each other, with network addresses; counted from the end of the call."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """``days`` that a class is kept after its last change, ``None`` for ever, and who says so."""

    record: RecordClass
    days: int | None
    source: str

    @property
    def length(self) -> timedelta | None:
        """The period as a length of time."""
        return None if self.days is None else timedelta(days=self.days)


def class_of(incident: Incident, calls: Iterable[Call], today: date) -> RecordClass | None:
    """Return what an incident is kept as; ``None`` while it is open, or may still be or is being reviewed."""
    known = list(calls)
    if incident.asked_at is not None:
        return None
    if any(call.state not in {CallState.ENDED, CallState.ABANDONED} for call in known):
        return None
    over = incident.state in {IncidentState.CLOSED, IncidentState.VOID}
    if incident.determination is not None:
        served = incident.determination.served
        reviewable = not served or any(
            service.review_until is not None and service.review_until >= today for service in served
        )
        return RecordClass.CASE if over and not reviewable else None
    if over:
        return RecordClass.WITHOUT_DOCUMENT if incident.dispatch is None else RecordClass.CASE
    untouched = not any(call.answered_at for call in known) and not held(incident)
    if incident.state is IncidentState.COLLECTING and known and untouched:
        return RecordClass.UNANSWERED
    return None
