"""What keeps a ruling from being issued, judged by the service's own tables and facts."""

from __future__ import annotations

from console.domain.errors import DomainError
from console.domain.fault_table import checked
from console.domain.incident import Incident
from console.domain.ruling import Outcome, Ruling, RulingProblem, problems
from console.service.rules import Rules


def review(incident: Incident, drafted: Ruling, rules: Rules) -> tuple[Ruling, tuple[RulingProblem, ...]]:
    """Return ``drafted`` in the tables' words and every problem, the law's first.

    Beside ``domain.ruling.problems`` and the fault table's: ``PARTY_MISSING`` for a party the ruling is
    silent about, ``UNKNOWN_CODE`` for a code no table holds, ``TRIAGE_OPEN`` while a triage fact is unknown,
    ``RULING_CLOSED`` where triage forbids ruling online, and ``GENERAL_PROCEDURE``: that takes two officers
    (Art. 27) and is not issued here. Raises ``unknown-party`` for a party that is not of this incident.
    """
    ruled = [party.party_id for party in drafted.parties]
    if not {party.id for party in incident.parties}.issuperset(ruled) or len(set(ruled)) < len(ruled):
        raise DomainError("unknown-party")
    ruling, table_problems = checked(drafted, rules.faults)
    found = [*problems(ruling), *table_problems]
    found += [
        RulingProblem(code="PARTY_MISSING", party_id=party.id)
        for party in incident.parties
        if party.id not in ruled
    ]
    chosen = {
        "weather": ruling.weather,
        "junction": ruling.junction,
        "control": ruling.control,
        "collision_form": ruling.collision_form,
    }
    if any(code and code not in rules.codes[table].codes for table, code in chosen.items()):
        found.append(RulingProblem(code="UNKNOWN_CODE"))
    if ruling.outcome is Outcome.GENERAL_PROCEDURE:
        found.append(RulingProblem(code="GENERAL_PROCEDURE"))
    if incident.assessment.open_facts:
        found.append(RulingProblem(code="TRIAGE_OPEN"))
    if not incident.assessment.ruling_allowed:
        found.append(RulingProblem(code="RULING_CLOSED"))
    return ruling, tuple(found)
