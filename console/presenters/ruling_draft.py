"""How the ruling form's keys become a draft, and back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from console.contract.tables import Tables
from console.domain.ids import PartyId
from console.domain.incident import Incident
from console.domain.liability import impossible
from console.domain.road import road_controls
from console.domain.ruling import (
    Fault,
    Liability,
    MediationOutcome,
    Outcome,
    PartyKind,
    PartyRuling,
    Ruling,
    fault_problem,
    wiped_out,
)
from console.presenters.words import LIABILITY, tr
from widgets.outcome_grid import Outcome as OutcomeRow
from widgets.share_list import Share, ShareRow

TWO = 2
"""So many parties have one grid of legal outcomes; more have a row each."""

OUTCOMES: Mapping[str, tuple[Outcome, tuple[Liability, ...]]] = {
    "full-none": (Outcome.RULING, (Liability.FULL, Liability.NONE)),
    "main-secondary": (Outcome.RULING, (Liability.MAIN, Liability.SECONDARY)),
    "equal-equal": (Outcome.RULING, (Liability.EQUAL, Liability.EQUAL)),
    "secondary-main": (Outcome.RULING, (Liability.SECONDARY, Liability.MAIN)),
    "none-full": (Outcome.RULING, (Liability.NONE, Liability.FULL)),
    "no-fault": (Outcome.NO_FAULT, (Liability.NONE, Liability.NONE)),
    "certificate": (Outcome.CERTIFICATE, ()),
    "general-procedure": (Outcome.GENERAL_PROCEDURE, ()),
}
"""The legal outcomes for two parties, in the order of the keys 1 to 8 (公安部令第146号 Art. 60, 67)."""

_WORDS: Mapping[str, str] = {
    "full-none": "甲 全部 · 乙 无责任",
    "main-secondary": "甲 主要 · 乙 次要",
    "equal-equal": "甲 同等 · 乙 同等",
    "secondary-main": "甲 次要 · 乙 主要",
    "none-full": "甲 无责任 · 乙 全部",
    "no-fault": "各方无责任(意外)",
    "certificate": "无法查清(事故证明)",
    "general-procedure": "转一般程序",
}

PROBLEM: Mapping[str, str] = {
    "FACTS_MISSING": "事故事实没有写",
    "MEDIATION_MISSING": "调解结果或未调解原因没有选",
    "AGREEMENT_MISSING": "调解达成的协议没有写",
    "SIGNATURE_OPEN": "没有签名、拒签注明或未到场原因",
    "LIABILITY_MISSING": "责任没有选",
    "CAUSAL_FAULT_WITHOUT_LIABILITY": "有过错却无责任",
    "LIABILITY_WITHOUT_FAULT": "有责任却没有过错",
    "NO_FAULT_WITHOUT_REASON": "都无责任须按意外写明理由",
    "CERTIFICATE_WITH_LIABILITY": "事故证明不划分责任",
    "REASON_MISSING": "理由没有写",
    "TRIAGE_OPEN": "适用性还有未确认的项",
    "RULING_CLOSED": "这类事故不能线上认定,须派警",
    "UNKNOWN_FAULT": "过错代码不在代码表里",
    "TWO_FULL": "不能两方都是全部责任",
    "FULL_WITH_SHARE": "一方全部责任时其他方只能无责任",
    "TWO_MAIN": "不能两方都是主要责任",
    "MAIN_WITH_EQUAL": "主要责任不能与同等责任并列",
    "MAIN_ALONE": "主要责任须有对应的次要责任",
    "EQUAL_WITH_SECONDARY": "同等责任不能与次要责任并列",
    "EQUAL_ALONE": "同等责任至少两方",
    "SECONDARY_ALONE": "次要责任须有对应的主要责任",
    "PROPERTY_WITH_LIABILITY": "财物不承担责任",
    "DEPARTURE_WITHOUT_REASON": "与建议不同,请写一句理由",
    "CITATION_NOT_IN_FORCE": "引用的条文在事故当日没有施行",
    "PARTY_MISSING": "不在责任表里,请重新选责任",
    "CITATION_NOT_FITTING": "过错的条文与此处的信号控制不符",
    "UNKNOWN_CODE": "事实里有代码表以外的值",
    "GENERAL_PROCEDURE": "转一般程序,不出简易程序认定书",
    "NOT_BY_VIDEO": "逃逸、故意的须派警,不能线上认定",
    "FAULT_OF_OTHER_KIND": "这类当事人不会有所选的过错",
    "SPLIT_REQUIRED": "两次独立碰撞须逐次认定",
    "SPLIT_WITHOUT_BLOWS": "没有两次独立碰撞,不能逐次认定",
    "IMPACT_WITH_ITSELF": "碰撞的双方是同一方",
}


def fault(tables: Tables, code: str) -> Fault | None:
    """Return the fault with this code on the first provision the table has for it, or ``None``."""
    for kind in tables.faults:
        if kind.code == code:
            return kind.fault(kind.citations[0].citation)
    return None


def fitting(tables: Tables, draft: Ruling) -> Ruling:
    """Return ``draft`` with every fault on a provision that stands at this kind of place.

    The same conduct breaches another article with signals than without; a citation that still fits stays.
    """
    held = road_controls(draft.junction, draft.control)
    kinds = {kind.code: kind for kind in tables.faults}

    def cited(known: Fault) -> Fault:
        kind = kinds.get(known.code)
        choices = [choice.citation for choice in kind.citations if choice.fits(held)] if kind else []
        return replace(known, citation=choices[0]) if choices and known.citation not in choices else known

    parties = tuple(
        replace(party, faults=tuple(cited(known) for known in party.faults)) for party in draft.parties
    )
    return replace(draft, parties=parties)


def for_parties(draft: Ruling, incident: Incident) -> Ruling:
    """Return ``draft`` with one line for each party of the accident as it stands now."""
    known = {party.party_id: party for party in draft.parties}
    parties = tuple(known.get(party.id, PartyRuling(party_id=party.id)) for party in incident.parties)
    return draft if parties == draft.parties else replace(draft, parties=parties)


def with_text(draft: Ruling, field: str, text: str) -> Ruling:
    """Return ``draft`` with one of its text fields changed; raises ``KeyError`` for another field."""
    changed: Mapping[str, Ruling] = {
        "junction": replace(draft, junction=text),
        "control": replace(draft, control=text),
        "collision_form": replace(draft, collision_form=text),
        "weather": replace(draft, weather=text),
        "facts": replace(draft, facts=text),
        "reason": replace(draft, reason=text),
        "mediation": replace(draft, mediation=text),
    }
    return changed[field]


def with_mediation(draft: Ruling, key: str) -> Ruling:
    """Return ``draft`` with the outcome of mediation chosen; an empty key takes the choice back."""
    return replace(draft, mediation_outcome=MediationOutcome(key) if key else None)


def with_fault(draft: Ruling, party_id: PartyId, added: Fault) -> Ruling:
    """Return ``draft`` with a fault more for one party; one that stands there already is not doubled."""
    return replace(
        draft,
        parties=tuple(
            replace(party, faults=(*party.faults, added))
            if party.party_id == party_id and added.code not in {f.code for f in party.faults}
            else party
            for party in draft.parties
        ),
    )


def without_fault(draft: Ruling, party_id: PartyId, code: str) -> Ruling:
    """Return ``draft`` without that fault of that party."""
    return replace(
        draft,
        parties=tuple(
            replace(party, faults=tuple(f for f in party.faults if f.code != code))
            if party.party_id == party_id
            else party
            for party in draft.parties
        ),
    )


def with_outcome(draft: Ruling, key: str) -> Ruling:
    """Return ``draft`` with the outcome of that key; shares go to the parties in their order."""
    outcome, shares = OUTCOMES[key]
    rest = Liability.NONE if outcome in {Outcome.RULING, Outcome.NO_FAULT} else None
    return replace(
        draft,
        outcome=outcome,
        parties=tuple(
            replace(party, liability=_own(party, shares[index] if index < len(shares) else rest))
            for index, party in enumerate(draft.parties)
        ),
    )


def _own(party: PartyRuling, share: Liability | None) -> Liability | None:
    """Property is nobody and never has a share."""
    return None if party.kind is PartyKind.PROPERTY else share


def with_share(draft: Ruling, party_id: PartyId, share: str) -> Ruling:
    """Return ``draft`` as a ruling with one party's share set; an empty one leaves it undecided again."""
    return replace(
        draft,
        outcome=Outcome.RULING,
        parties=tuple(
            replace(party, liability=Liability(share) if share else None)
            if party.party_id == party_id
            else party
            for party in draft.parties
        ),
    )


def share_rows(incident: Incident, draft: Ruling) -> tuple[ShareRow, ...]:
    """Return a row a party where there are three and more, an impossible share with its reason; else none."""
    if len(incident.parties) <= TWO:
        return ()
    labels = {party.id: party.label for party in incident.parties}
    refused = impossible(
        {party.party_id: party.liability for party in _people(draft)},
        {party.party_id: frozenset(fault.code for fault in party.faults) for party in _people(draft)},
    )
    return tuple(
        ShareRow(
            key=party.party_id,
            name=labels[party.party_id],
            shares=tuple(
                Share(
                    share.value,
                    tr(LIABILITY[share]),
                    tr(PROBLEM[refused[party.party_id][share]]) if share in refused[party.party_id] else "",
                )
                for share in Liability
            ),
            chosen="" if party.liability is None or draft.outcome is not Outcome.RULING else party.liability,
        )
        for party in draft.parties
        if party.kind is not PartyKind.PROPERTY
    )


def chosen_outcome(draft: Ruling) -> str:
    """Return the key of the outcome that ``draft`` holds, empty while it is none of them."""
    if draft.blow_shares:
        return ""
    shares = tuple(
        Liability.NONE if party.kind is PartyKind.PROPERTY and wants_shares(draft) else party.liability
        for party in draft.parties
    )
    for key, (outcome, wanted) in OUTCOMES.items():
        if outcome is draft.outcome and (shares[: len(wanted)] == wanted[: len(shares)] or not wanted):
            if outcome is Outcome.RULING and None in shares:
                continue
            return key
    return ""


def wants_shares(draft: Ruling) -> bool:
    """Tell whether people have shares under this outcome."""
    return draft.outcome in {Outcome.RULING, Outcome.NO_FAULT}


def _people(draft: Ruling) -> tuple[PartyRuling, ...]:
    return tuple(party for party in draft.parties if party.kind is not PartyKind.PROPERTY)


def _impossible(draft: Ruling, shares: tuple[Liability, ...]) -> str:
    """Return why two parties cannot be given these shares, once any fault is chosen; "" when they can."""
    codes = [frozenset(fault.code for fault in party.faults) for party in draft.parties]
    for index, (party, share) in enumerate(zip(draft.parties, shares, strict=False)):
        if party.kind is PartyKind.PROPERTY:
            if share is not Liability.NONE:
                return tr(PROBLEM["PROPERTY_WITH_LIABILITY"])
            continue
        problem = fault_problem(share, at_fault=bool(codes[index]), wiped_out=wiped_out(codes, index))
        if problem is not None and any(codes):
            return tr(PROBLEM[problem])
    return ""


def outcome_rows(incident: Incident, draft: Ruling) -> tuple[OutcomeRow, ...]:
    """Return the eight outcomes; one that is impossible here says why.

    Three and more parties have a row each for their shares, and the outcomes without shares stand here.
    """
    alone = len(incident.parties) < TWO
    many = len(incident.parties) > TWO
    return tuple(
        OutcomeRow(
            key,
            tr(words),
            tr("只有一方")
            if alone and OUTCOMES[key][0] is Outcome.RULING and key != "full-none"
            else _impossible(draft, OUTCOMES[key][1]),
        )
        for key, words in _WORDS.items()
        if not many or OUTCOMES[key][0] is not Outcome.RULING
    )
