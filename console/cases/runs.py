"""One case through the engine: the rows become the engine's facts, its result becomes one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from console.cases.rows import DeadlineRow, IntakeRow, LiabilityRow, ServedRow, TriageRow
from console.domain.accident import Accident, Impact, Involved, require_whole
from console.domain.clock import ELECTRONIC, Delivery, deadline, filing, local_date, served_at
from console.domain.errors import DomainError
from console.domain.handling import assess
from console.domain.intake import Facility, Hazmat, Intake
from console.domain.proposal import REFUSED_UNDER, SHARES, Document, Issuer, Proposal, refusal
from console.domain.road import Road
from console.domain.ruling import Citation, Liability, PartyKind
from console.domain.ruling_suggestion import Reason, Result, Shares, suggest
from console.service.rules import Rules

WORDS: Mapping[Liability, str] = {
    Liability.FULL: "全部",
    Liability.MAIN: "主要",
    Liability.EQUAL: "同等",
    Liability.SECONDARY: "次要",
    Liability.NONE: "无责任",
}
"""The words of Art. 60, as the files write them."""

_BY_WORD = {word: share for share, word in WORDS.items()}
_PORTION = re.compile("[0-9０-９%％成分]|对半|[一二三四五六七八九]{2}开")
"""What tells that somebody meant a portion and not one of the five words."""

Line = dict[str, Any]
"""What is printed for one case."""


def citation_line(citation: Citation) -> Line:
    """Return a provision as the files write it."""
    return {
        "law": citation.law,
        "article": citation.article,
        "paragraph": citation.paragraph,
        "item": citation.item,
    }


def liability(row: LiabilityRow, rules: Rules) -> Line:
    """Run a liability case; raises ``DomainError`` for facts that do not hang together.

    So it does for a fault code that nobody knows (``unknown-fault``) and a share that is none
    (``unknown-share``).
    """
    accident = _accident(row)
    require_whole(accident)
    proposal = _proposal(row)
    suggestion = suggest(accident, rules.law)
    refused = refusal(proposal, accident, rules.law) if proposal else None
    result = suggestion.result
    if result is Result.REFUSE and refused is None:
        refused = "NO_FAULT_WITHOUT_REASON"
    if refused is not None:
        result = Result.REFUSE
    basis = suggestion.basis if refused is None else (REFUSED_UNDER.get(refused, SHARES),)
    shown = result not in {Result.REFUSE, Result.CERTIFICATE}
    return {
        "id": row.id,
        "outcome": result.value,
        "refuse_code": refused,
        "liability": _shares(suggestion.shares) if shown else None,
        "pairs": [
            {"pair": list(pair.parties), "at_fault": pair.at_fault, "liability": _shares(pair.shares)}
            for pair in suggestion.pairs
        ]
        or None,
        "citations": {
            label: [citation_line(citation) for citation in cited]
            for label, cited in suggestion.citations.items()
        },
        "basis": [citation_line(citation) for citation in basis],
        "others": [_shares(other.shares) for other in suggestion.others],
        "reasons": [_reason(reason) for reason in suggestion.reasons],
    }


def triage(row: TriageRow, rules: Rules) -> Line:
    """Run a triage case; raises ``unknown-local-rule`` for a rule nobody wrote down."""
    rule = rules.local_rules.get(row.rule_profile)
    if rule is None:
        raise DomainError("unknown-local-rule", rule=row.rule_profile)
    found = assess(_intake(row.intake), rule, rules.calendar)
    return {
        "id": row.id,
        "branch": found.branch.value,
        "move_vehicle": found.movement.value,
        "dispatch": found.dispatch,
        "video_fast": found.video_fast,
        "articles": [citation_line(citation) for citation in found.articles],
        "flags": list(found.flags),
        "must": list(found.must),
        "must_not": list(found.must_not),
    }


def deadlines(row: DeadlineRow, rules: Rules) -> Line:
    """Run a deadline case; every party served on its own has its own period."""
    if row.parties:
        return {
            "id": row.id,
            "status": "per_party",
            "parties": [{"label": one.label, **_deadline(one, row, rules)} for one in row.parties],
        }
    return {"id": row.id, **_deadline(row, row, rules)}


def _deadline(one: ServedRow, row: DeadlineRow, rules: Rules) -> Line:
    served = served_at(
        Delivery(
            channel=one.channel,
            e_service_consent=one.e_service_consent,
            handed_over_at=None if one.channel in ELECTRONIC and one.sent_at is not None else one.served_at,
            sent_success_at=one.sent_success_at,
            proved_arrival_at=one.proved_arrival_at,
        )
    )
    line: Line = {"status": "not_served", "service_date": None, "last_day": None, "filing": None}
    if served is None:
        return line
    line["service_date"] = local_date(served).isoformat()
    try:
        last_day = deadline(row.clock, local_date(served), rules.calendar)
    except DomainError as error:
        return {**line, "status": error.code.replace("-", "_"), "missing_year": error.params["year"]}
    line |= {"status": "ok", "last_day": last_day.isoformat()}
    if one.filed_at is not None:
        line["filing"] = filing(one.filed_at, last_day).value
    return line


def _accident(row: LiabilityRow) -> Accident:
    proposal, scene, facts = row.proposal, row.scene, row.facts
    labels = [party.label for party in row.parties if party.kind is not PartyKind.PROPERTY]
    consents = dict.fromkeys(labels, scene.consent_all) if scene.consent_all is not None else scene.consent
    established, injury = facts.facts_established, scene.injury
    if proposal is not None:
        consents = proposal.consent if proposal.consent is not None else consents
        established = established if proposal.facts_established is None else proposal.facts_established
        injury = injury if proposal.injury is None else proposal.injury
    return Accident(
        road=Road(**asdict(row.road)),
        parties=tuple(
            Involved(
                label=party.label,
                kind=party.kind,
                driving_state=party.driving_state,
                observed=party.observed,
                faults=party.fault_codes,
                non_causal=party.non_causal_faults,
            )
            for party in row.parties
        ),
        impacts=tuple(Impact(seq=i.seq, striking=i.striking, struck=i.struck) for i in row.impacts),
        injury=injury,
        consents=consents,
        established=established,
        evidence_pending=facts.evidence_pending,
        dispute=facts.dispute,
        causes=row.cause_codes,
        reason=row.reason_text or "",
        on=_day(row.accident_at),
    )


def _day(moment: datetime | None) -> Any:
    return None if moment is None else local_date(moment)


def _proposal(row: LiabilityRow) -> Proposal | None:
    entered = {
        party.label: str(party.proposed_liability)
        for party in row.parties
        if party.proposed_liability not in {None, ""}
    }
    if row.proposal is None and not entered:
        return None
    strange = {label: word for label, word in entered.items() if word not in _BY_WORD}
    for label, word in strange.items():
        if not _PORTION.search(word):
            raise DomainError("unknown-share", party=label)
    given = row.proposal
    return Proposal(
        shares={party.label: _BY_WORD.get(entered.get(party.label, "")) for party in row.parties},
        percentage=bool(strange),
        issuer=given.issuer if given else Issuer.OFFICER,
        document=(given.document if given else None) or Document.RULING,
    )


def _shares(shares: Shares | None) -> dict[str, str | None] | None:
    if shares is None:
        return None
    return {label: None if share is None else WORDS[share] for label, share in sorted(shares.items())}


def _reason(reason: Reason) -> Line:
    return {
        "why": reason.why.value,
        "party": reason.party or None,
        "fault": reason.fault or None,
        "citations": [citation_line(citation) for citation in reason.citations],
    }


def _intake(row: IntakeRow) -> Intake:
    hazmat, facility = row.hazmat, row.facility_hit
    if isinstance(hazmat, bool):
        hazmat = Hazmat.LOADED if hazmat else Hazmat.NONE
    if isinstance(facility, bool):
        facility = Facility.OTHER if facility else Facility.NONE
    given = {name: value for name, value in vars(row).items() if value is not None}
    return Intake(**{**given, "hazmat": hazmat, "facility_hit": facility})
