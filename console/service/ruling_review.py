"""What keeps a ruling from being issued, judged by the service's own tables and facts."""

from __future__ import annotations

from datetime import date, datetime

from console.contract.signing_api import Deadlines
from console.domain.case_facts import accident_of
from console.domain.clock import PERIODS, Clock, local_date
from console.domain.determination import DOCUMENT_WORKING_DAYS, REVIEW_WORKING_DAYS
from console.domain.errors import DomainError
from console.domain.fault_table import checked
from console.domain.incident import Incident
from console.domain.law import Law, Provision
from console.domain.proposal import SHARES
from console.domain.ruling import Liability, Outcome, Ruling, RulingProblem, problems
from console.domain.ruling_suggestion import Result, RulingSuggestion, Why, departs, suggest, weigh
from console.domain.split import RuledBlow, ruled_blows, split_problems, unknown_faults
from console.service.rules import Rules

MAX_IMPACTS = 40
"""More than any pile-up that is settled by video."""

FOR_OFFICERS = (Why.ESCAPE, Why.INTENT)
"""What an officer may find on the form and may not rule on by video."""


def review(incident: Incident, drafted: Ruling, rules: Rules) -> tuple[Ruling, tuple[RulingProblem, ...]]:
    """Return ``drafted`` in the tables' words and every problem, the law's first.

    Beside ``domain.ruling.problems`` and the fault table's: ``PARTY_MISSING`` for a party the ruling is
    silent about, ``CITATION_NOT_IN_FORCE`` for a provision that did not stand on the day of the accident,
    ``UNKNOWN_CODE`` for a code no table holds, ``TRIAGE_OPEN`` while a triage fact is unknown,
    ``RULING_CLOSED`` where triage forbids ruling online, and ``GENERAL_PROCEDURE``: that takes two officers
    (Art. 27) and is not issued here. ``NOT_BY_VIDEO``: escape or intent is for officers at the scene
    (Arts. 13, 61). ``DEPARTURE_WITHOUT_REASON`` asks for one sentence where the officer
    rules otherwise than the facts suggest. Raises ``unknown-party`` for a party that is not of this incident.
    """
    ruled = [party.party_id for party in drafted.parties]
    if not {party.id for party in incident.parties}.issuperset(ruled) or len(set(ruled)) < len(ruled):
        raise DomainError("unknown-party")
    touched = {one for impact in drafted.impacts for one in (impact.striking, impact.struck)}
    if not touched.issubset(ruled):
        raise DomainError("unknown-party")
    if len(drafted.impacts) > MAX_IMPACTS or len(drafted.blow_shares) > MAX_IMPACTS:
        raise DomainError("invalid-request", places="impacts: too_long")
    ruling, table_problems = checked(drafted, rules.faults)
    separate = blows_of(incident, ruling, rules)
    law_problems = (*problems(ruling, split=bool(separate)), *split_problems(ruling, separate))
    found = [*law_problems, *table_problems]
    found += [
        RulingProblem(code="PARTY_MISSING", party_id=party.id)
        for party in incident.parties
        if party.id not in ruled
    ]
    found += [
        RulingProblem(code="IMPACT_WITH_ITSELF", party_id=impact.striking)
        for impact in ruling.impacts
        if impact.striking == impact.struck
    ]
    chosen = {
        "weather": ruling.weather,
        "junction": ruling.junction,
        "control": ruling.control,
        "collision_form": ruling.collision_form,
    }
    day = local_date(incident.happened_at)
    if not rules.law.in_force(SHARES, day):
        found.append(RulingProblem(code="CITATION_NOT_IN_FORCE"))
    found += [
        RulingProblem(code="CITATION_NOT_IN_FORCE", party_id=party.party_id)
        for party in ruling.parties
        for fault in party.faults
        if not rules.law.in_force(fault.citation, day)
    ]
    if any(code and code not in rules.codes[table].codes for table, code in chosen.items()):
        found.append(RulingProblem(code="UNKNOWN_CODE"))
    if ruling.outcome is Outcome.GENERAL_PROCEDURE:
        found.append(RulingProblem(code="GENERAL_PROCEDURE"))
    if incident.open_facts:
        found.append(RulingProblem(code="TRIAGE_OPEN"))
    if not incident.assessment.video_fast:
        found.append(RulingProblem(code="RULING_CLOSED"))
    suggested = None if law_problems else suggestion(incident, ruling, rules)
    if suggested is not None and set(FOR_OFFICERS) & {reason.why for reason in suggested.reasons}:
        found.append(RulingProblem(code="NOT_BY_VIDEO"))
    if separate:
        departing = not law_problems and departs_by_blow(separate, rules.law)
    else:
        departing = suggested is not None and departs(suggested, shares_of(incident, ruling))
    if departing and not ruling.reason.strip():
        found.append(RulingProblem(code="DEPARTURE_WITHOUT_REASON"))
    return ruling, tuple(found)


def suggestion(incident: Incident, ruling: Ruling, rules: Rules) -> RulingSuggestion | None:
    """Return what the facts of the form suggest, or ``None`` while there is nothing to suggest from."""
    if unknown_faults(ruling, rules.faults) or not rules.law.in_force(
        SHARES, local_date(incident.happened_at)
    ):
        return None
    found = suggest(accident_of(incident, ruling, rules.codes["driving_state"].codes), rules.law)
    return None if found.result is Result.REFUSE else found


def blows_of(incident: Incident, ruling: Ruling, rules: Rules) -> tuple[RuledBlow, ...]:
    """Return the independent blows that ``ruling`` must rule one by one."""
    accident = accident_of(incident, ruling, rules.codes["driving_state"].codes)
    return ruled_blows(incident, ruling, accident, rules.faults)


def departs_by_blow(separate: tuple[RuledBlow, ...], law: Law) -> bool:
    """Tell whether the shares of any blow are other than its own faults suggest."""
    return any(weigh(blow.faults, law) != dict(blow.shares) for blow in separate)


def shares_of(incident: Incident, ruling: Ruling) -> dict[str, Liability | None]:
    """Return the shares of ``ruling`` by the parties' labels."""
    labels = {party.id: party.label for party in incident.parties}
    return {labels[party.party_id]: party.liability for party in ruling.parties}


def cited(found: RulingSuggestion, incident: Incident, rules: Rules) -> tuple[Provision, ...]:
    """Return every provision that the suggestion names, in our words, as it stood on the day."""
    day = local_date(incident.happened_at)
    named = dict.fromkeys(
        (
            *(citation for citations in found.citations.values() for citation in citations),
            *(citation for reason in found.reasons for citation in reason.citations),
            *found.basis,
        )
    )
    provisions = (rules.law.provision(citation, day) for citation in named)
    return tuple(provision for provision in provisions if provision is not None)


def issuable(incident: Incident, rules: Rules) -> Ruling:
    """Return the saved ruling in the tables' words; raise ``no-ruling`` or ``ruling-not-issuable``."""
    if incident.ruling is None:
        raise DomainError("no-ruling")
    ruling, hindered = review(incident, incident.ruling, rules)
    if hindered:
        raise DomainError("ruling-not-issuable", codes=" ".join(dict.fromkeys(p.code for p in hindered)))
    return ruling


def deadlines(incident: Incident, rules: Rules, now: datetime) -> Deadlines:
    """Return the last days to make the document (Art. 24) and, if served today, to apply for review.

    Counted in working days from the last item of evidence, else from the report; ``None`` without the
    calendar of a year, which is named. A case to be ruled anew after a review has its ten working days from
    that decision, and no other review (Arts. 71, 79).
    """
    taken = incident.evidence[-1].received_at if incident.evidence else incident.opened_at
    missing: set[int] = set()

    def last_day(start: date, days: int) -> date | None:
        try:
            return rules.calendar.last_day(start, days)
        except DomainError as error:
            missing.add(int(error.params["year"]))
            return None

    ordered = incident.to_redo
    if ordered is not None:
        begun = ordered.decided_on or local_date(now)
        document, review_until = last_day(begun, PERIODS[Clock.REINVESTIGATION].days), None
    else:
        document = last_day(local_date(taken), DOCUMENT_WORKING_DAYS)
        review_until = last_day(local_date(now), REVIEW_WORKING_DAYS)
    return Deadlines(
        document=document,
        review=review_until,
        calendar_year=local_date(now).year,
        missing_year=min(missing, default=0),
        anew=incident.to_redo is not None,
    )
