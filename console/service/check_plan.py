"""Which checks of an incident are due: pure, from the incident and the clock alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.checking import ASKS, basis, missing
from console.domain.ids import PartyId
from console.domain.incident import Incident
from console.domain.statement import stated
from console.domain.verification import Check, CheckItem, CheckResult, ChecksRecorded, ChecksStarted
from console.service.guards import EDITABLE

MOST_ATTEMPTS = 5
"""Questions about the same facts before only a person asks again."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be recorded now, what is being asked, and when to look again."""

    records: tuple[ChecksStarted | ChecksRecorded, ...] = ()
    pending: tuple[tuple[PartyId, CheckItem], ...] = ()
    look_at: datetime | None = None


def plan(incident: Incident, now: datetime) -> Plan:
    """Return what follows from the facts as they stand; nothing for an incident that may not change any more.

    An item is asked when its facts are known and it was never asked about them, and again when its source
    was away and its time has come; not by itself once a ruling is drafted, so that nothing changes under the
    officer's hands. A finding about facts that are gone is void.
    """
    if incident.state not in EDITABLE:
        return Plan()
    records: list[ChecksStarted | ChecksRecorded] = []
    pending: list[tuple[PartyId, CheckItem]] = []
    later: list[datetime] = []
    for party in incident.parties:
        known = stated(incident, party)
        starts: dict[int, list[CheckItem]] = {}
        void: list[Check] = []
        for check in incident.verification(party.id).checks:
            item = check.item
            lacking = missing(item, known)
            if item not in ASKS:
                continue
            if lacking:
                by_source = check.basis and check.result is not CheckResult.MANUAL
                if by_source or check.result is CheckResult.PENDING:
                    void.append(Check(item=item, reason=lacking))
            elif check.result is CheckResult.PENDING:
                pending.append((party.id, item))
            elif check.basis != basis(item, known, incident.happened_at):
                starts.setdefault(1, []).append(item)
            elif check.next_try_at is not None and incident.ruling is None:
                if check.next_try_at <= now:
                    starts.setdefault(check.attempts + 1, []).append(item)
                else:
                    later.append(check.next_try_at)
        if void:
            records.append(ChecksRecorded(party_id=party.id, checks=tuple(void)))
        records += [
            ChecksStarted(party_id=party.id, items=tuple(items), attempt=attempt)
            for attempt, items in starts.items()
        ]
    return Plan(records=tuple(records), pending=tuple(pending), look_at=min(later, default=None))
