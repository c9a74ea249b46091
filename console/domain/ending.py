"""How a case ends, and when it may be closed (公安部令第146号 Arts. 18, 20, 21)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from console.domain.call import IN_CALL, Call
from console.domain.errors import DomainError
from console.domain.incident import Incident, IncidentState
from console.domain.triage import Branch


class Ending(StrEnum):
    """The lawful ends of a case.

    ``served``: the document (a determination or a certificate) was served on everybody. ``police``: officers
    were sent, or two took it on by general procedure. ``settled``: nobody is hurt, nobody disputes, the
    parties settle among themselves (Arts. 20, 21). ``not-taken``: reported after the scene was cleared, and
    not taken on because the accident cannot be proven or is not this unit's; the parties are told in writing
    and with the reason (Art. 18(2)).
    """

    SERVED = "served"
    POLICE = "police"
    SETTLED = "settled"
    NOT_TAKEN = "not-taken"


_BY_STATE = {IncidentState.SERVED: Ending.SERVED, IncidentState.DISPATCHED: Ending.POLICE}
_BY_BRANCH = {Branch.SELF_NEGOTIATION: Ending.SETTLED, Branch.LATE_REPORT_RECORD: Ending.NOT_TAKEN}
_UNDECIDED = frozenset({IncidentState.COLLECTING, IncidentState.RULING})


def ending(incident: Incident) -> Ending | None:
    """Return how the case as it stands would end; ``None`` while something is still to be decided.

    A case without a document ends by the road that its facts take, unless another document is ordered.
    """
    if incident.state in _UNDECIDED and incident.determination is None:
        return _BY_BRANCH.get(incident.assessment.branch)
    return _BY_STATE.get(incident.state)


def require_ended(incident: Incident, calls: Iterable[Call]) -> Ending:
    """Return how the case ends.

    Raises ``incident-state``, ``review-open`` while a review is not decided, and without a document
    ``call-held`` while a party is on the line, ``facts-open`` before all rows say that parties may settle.
    """
    found = ending(incident)
    if found is None:
        raise DomainError("incident-state", current=incident.state.value, wanted=IncidentState.CLOSED.value)
    if incident.review is not None and incident.review.open:
        raise DomainError("review-open")
    if found in {Ending.SETTLED, Ending.NOT_TAKEN}:
        held = next((call for call in calls if call.state in IN_CALL), None)
        if held is not None:
            raise DomainError("call-held", seat=held.seat or "")
    if found is Ending.SETTLED and incident.open_facts:
        raise DomainError("facts-open", facts=" ".join(incident.open_facts))
    return found
