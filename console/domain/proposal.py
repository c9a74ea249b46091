"""Proposal: what an officer entered, held against what the law allows.

Sources: 公安部令第146号 Arts. 5 (who may rule), 23 (consent where anyone is hurt), 60, 61 and 67.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.domain.accident import Accident, Label
from console.domain.blows import blows
from console.domain.intake import Injury
from console.domain.law import Law
from console.domain.ruling import (
    Citation,
    Liability,
    PartyKind,
    combination_problem,
    fault_problem,
    wiped_out,
)


class Issuer(StrEnum):
    """Who signs: a police officer, or an auxiliary, who may help but never rule."""

    OFFICER = "officer"
    AUXILIARY = "auxiliary"


class Document(StrEnum):
    """What is to be made out."""

    RULING = "ruling"
    CERTIFICATE = "certificate"


P146 = "处理程序规定"

REFUSED_UNDER: Mapping[str, Citation] = {
    "UNQUALIFIED_ISSUER": Citation(law=P146, article=5),
    "CONSENT_MISSING": Citation(law=P146, article=23, paragraph=1, item=2),
    "CERTIFICATE_WITH_LIABILITY": Citation(law=P146, article=67),
    "FORCED_SPLIT": Citation(law=P146, article=67),
}
"""The provision a refusal rests on where it is not Art. 60 itself."""

SHARES = Citation(law=P146, article=60)
"""The provision on shares, on which every other refusal rests."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Shares by party, ``None`` where nothing was entered for that party.

    ``percentage`` tells that somebody entered a number instead of one of the five values.
    """

    shares: Mapping[Label, Liability | None]
    percentage: bool = False
    issuer: Issuer = Issuer.OFFICER
    document: Document = Document.RULING


def refusal(proposal: Proposal, accident: Accident, law: Law) -> str | None:
    """Return the code for which ``proposal`` is refused, or ``None`` when the law allows it.

    Who may sign comes before what is signed, and what may stand together before whose faults it follows.
    """
    entered = {label: share for label, share in proposal.shares.items() if share is not None}
    property_shares = [
        entered[party.label]
        for party in accident.parties
        if party.kind is PartyKind.PROPERTY and party.label in entered
    ]
    checks = (
        (proposal.issuer is Issuer.AUXILIARY, "UNQUALIFIED_ISSUER"),
        (accident.injury is Injury.SLIGHT and not accident.everyone_consents, "CONSENT_MISSING"),
        (proposal.percentage, "PERCENTAGE"),
        (any(share is not Liability.NONE for share in property_shares), "PROPERTY_WITH_LIABILITY"),
        (proposal.document is Document.CERTIFICATE and bool(entered), "CERTIFICATE_WITH_LIABILITY"),
        (bool(entered) and not accident.established, "FORCED_SPLIT"),
        (bool(entered) and len(blows(accident, law.faults)) > 1, "SPLIT_REQUIRED"),
    )
    found = next((code for wrong, code in checks if wrong), None)
    if found is not None or not entered:
        return found
    return _shares_problem(proposal, accident, law)


def _shares_problem(proposal: Proposal, accident: Accident, law: Law) -> str | None:
    people = [party for party in accident.parties if party.kind is not PartyKind.PROPERTY]
    shares = [proposal.shares.get(party.label) or Liability.NONE for party in people]
    faults = [frozenset(c for c in party.faults if law.faults[c].role != "status") for party in people]
    if any(share is not Liability.NONE for share in shares) or not accident.reason.strip():
        combination = combination_problem(shares)
        if combination is not None:
            return combination
    for index, share in enumerate(shares):
        problem = fault_problem(share, at_fault=bool(faults[index]), wiped_out=wiped_out(faults, index))
        if problem is not None:
            return problem
    return None
