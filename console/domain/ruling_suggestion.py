"""Suggestion of a ruling: facts, then the provisions of the faults, then the shares, each with its reason.

Sources: 公安部令第146号 Art. 60 (shares follow fault and its weight), 61 (escape, tampering), 67
(certificate), 23 (who may not be settled by video), 19 and 21 (self-negotiation). A suggestion never
fills in a form, and does not depend on the order in which parties, sentences or faults are given.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.domain.accident import Accident, Involved, Label
from console.domain.blows import Blow, blows
from console.domain.circumstance import circumstances
from console.domain.errors import DomainError
from console.domain.intake import Injury
from console.domain.law import Law
from console.domain.liability import K
from console.domain.ruling import ESCAPE, INTENT, TAMPERING, WIPES_OUT, Citation, Liability, PartyKind

P146 = "处理程序规定"

Shares = Mapping[Label, Liability | None]
"""Each party's share; ``None`` for property, and for everybody where blows are ruled one by one."""


class Result(StrEnum):
    """How an accident ends, as far as it can be told from its facts."""

    RULING = "ruling"
    CERTIFICATE = "certificate"
    NO_FAULT = "no_fault"
    DISPATCH = "dispatch"
    SELF_NEGOTIATION = "self_negotiation"
    REFUSE = "refuse"


class Weight(StrEnum):
    """How heavily a fault weighs as a rule, heaviest first."""

    PRIORITY = "priority"
    CARE = "care"
    CONTRIBUTING = "contributing"
    STATUS = "status"


class Why(StrEnum):
    """A reason of a suggestion; the words are the presenter's."""

    FAULT = "fault"
    NO_FAULT_OF = "no_fault_of"
    NON_CAUSAL = "non_causal"
    ONE_AT_FAULT = "one_at_fault"
    HEAVIER = "heavier"
    EQUALLY_HEAVY = "equally_heavy"
    SPLIT = "split"
    INTENT = "intent"
    ESCAPE = "escape"
    TAMPERING = "tampering"
    PROPERTY = "property"
    ACCIDENTAL = "accidental"
    NOT_ESTABLISHED = "not_established"
    EVIDENCE_PENDING = "evidence_pending"
    CONSENT = "consent"
    SERIOUS_INJURY = "serious_injury"
    NO_DISPUTE = "no_dispute"
    NOTHING_TO_RULE_ON = "nothing_to_rule_on"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One step of the reasoning: what, about whom, from which fault and on which provisions."""

    why: Why
    party: Label = ""
    fault: str = ""
    citations: tuple[Citation, ...] = ()


class Ground(StrEnum):
    """On what ground an officer could rule otherwise."""

    OTHER_FAILED_IN_CARE = "other_failed_in_care"
    EQUAL_EFFECT = "equal_effect"
    LESSER_FAULT_NOT_CAUSAL = "lesser_fault_not_causal"
    ONE_WEIGHS_MORE = "one_weighs_more"
    COULD_HAVE_AVOIDED = "could_have_avoided"


@dataclass(frozen=True, kw_only=True)
class Other:
    """A near other outcome and the ground for it."""

    shares: Shares
    ground: Ground


@dataclass(frozen=True, kw_only=True)
class PairRuling:
    """One contact and its blow's ruling.

    ``at_fault`` carries the most of the blow, and need not have touched either where it pushed the others
    together; ``None`` for equal shares.
    """

    parties: tuple[Label, ...]
    at_fault: Label | None
    shares: Shares


@dataclass(frozen=True, kw_only=True)
class RulingSuggestion:
    """What the facts suggest, from law tables of ``version``.

    ``shares`` is ``None`` where nobody is ruled on; ``others`` are the nearest other outcomes.
    """

    version: str
    result: Result
    shares: Shares | None
    pairs: tuple[PairRuling, ...]
    citations: Mapping[Label, tuple[Citation, ...]]
    basis: tuple[Citation, ...]
    others: tuple[Other, ...]
    reasons: tuple[Reason, ...]

    @property
    def contestable(self) -> bool:
        """Whether an officer could well rule otherwise on these facts."""
        return bool(self.others)


def suggest(accident: Accident, law: Law) -> RulingSuggestion:
    """Return what the facts suggest.

    Raises ``unknown-fault`` for a code the table does not hold or that was not in use on the day, and
    ``law-missing`` for a day on which the rules of liability were others than those known here.
    """
    if accident.on is not None and not law.in_force(p146(60), accident.on):
        raise DomainError("law-missing", law=P146, on=accident.on.isoformat())
    parties = tuple(sorted(accident.parties, key=lambda party: party.label))
    for party in parties:
        _check_faults(party, accident, law)
    citations = {party.label: _citations(party, accident, law) for party in parties}
    faulty = {party.label: _causal(party, law) for party in parties}
    reasons = _fault_reasons(parties, faulty, accident, law)
    separate = blows(accident, law.faults)
    result, stopped = _result(accident, any(faulty.values()))
    pairs = tuple(pair for blow in separate for pair in _pairs(blow, parties, law))
    shares: Shares | None = None
    others: tuple[Other, ...] = ()
    why: list[Reason] = []
    basis: tuple[Citation, ...]
    if result in {Result.CERTIFICATE, Result.REFUSE}:
        basis = (p146(67),) if result is Result.CERTIFICATE else (p146(60),)
    elif result is Result.DISPATCH and not any(faulty.values()):
        shares, basis = {party.label: None for party in parties}, ()
    elif len(separate) > 1:
        shares = {party.label: None for party in parties}
        found = [_basis(weigh(blow.faults, law), blow.faults) for blow in separate]
        basis = tuple(dict.fromkeys(itertools.chain.from_iterable(found)))
        why = [Reason(why=Why.SPLIT)]
    else:
        shares = weigh({p.label: faulty[p.label] for p in parties if p.kind is not PartyKind.PROPERTY}, law)
        others = nearest(shares, {party.label: party for party in parties}, faulty)
        basis = _basis(shares, faulty)
        why = _share_reasons(shares, faulty)
        shares = {party.label: shares.get(party.label) for party in parties}
    if result in {Result.SELF_NEGOTIATION, Result.DISPATCH}:
        basis = tuple(dict.fromkeys((*(one for reason in stopped for one in reason.citations), *basis)))
    return RulingSuggestion(
        version=law.version,
        result=result,
        shares=shares,
        pairs=pairs,
        citations=citations,
        basis=basis,
        others=others,
        reasons=(*reasons, *stopped, *why),
    )


def departs(suggested: RulingSuggestion, chosen: Shares) -> bool:
    """Tell whether complete ``chosen`` shares are other than the suggested ones."""
    if suggested.shares is None or suggested.result not in {Result.RULING, Result.NO_FAULT}:
        return False
    if suggested.pairs or any(share is None for share in chosen.values()):
        return False
    return dict(suggested.shares) != dict(chosen)


def p146(article: int, paragraph: int | None = None, item: int | None = None) -> Citation:
    """Return a provision of 公安部令第146号."""
    return Citation(law=P146, article=article, paragraph=paragraph, item=item)


def _check_faults(party: Involved, accident: Accident, law: Law) -> None:
    for code in (*party.faults, *party.non_causal):
        kind = law.faults.get(code)
        if kind is None or (accident.on is not None and not kind.in_use(accident.on)):
            raise DomainError("unknown-fault", fault=code, party=party.label)


def _causal(party: Involved, law: Law) -> frozenset[str]:
    """Return the faults of ``party`` that weigh: a mere status is no fault, property has none."""
    if party.kind is PartyKind.PROPERTY:
        return frozenset()
    return frozenset(code for code in party.faults if law.faults[code].role != Weight.STATUS)


def _citations(party: Involved, accident: Accident, law: Law) -> tuple[Citation, ...]:
    found = circumstances(accident, party)
    controls = accident.road.controls
    cited = [
        citation
        for code in sorted(_causal(party, law))
        for citation in law.faults[code].cited(controls, found)
        if accident.on is None or law.in_force(citation, accident.on)
    ]
    return tuple(dict.fromkeys(cited))


def _result(accident: Accident, somebody_at_fault: bool) -> tuple[Result, list[Reason]]:
    codes = {code for party in accident.parties for code in party.faults}
    if accident.injury in {Injury.SERIOUS, Injury.UNKNOWN}:
        return Result.DISPATCH, [Reason(why=Why.SERIOUS_INJURY, citations=(p146(13, 1),))]
    if accident.injury is Injury.SLIGHT and not accident.everyone_consents:
        return Result.DISPATCH, [Reason(why=Why.CONSENT, citations=(p146(23, 1, 2),))]
    if INTENT in codes:
        return Result.DISPATCH, [Reason(why=Why.INTENT, citations=(p146(60, 2), p146(13, 1, 7)))]
    if ESCAPE in codes:
        return Result.DISPATCH, [Reason(why=Why.ESCAPE, citations=(p146(61, 1, 1), p146(13, 1, 6)))]
    if not accident.established:
        if accident.evidence_pending:
            return Result.DISPATCH, [Reason(why=Why.EVIDENCE_PENDING)]
        return Result.CERTIFICATE, [Reason(why=Why.NOT_ESTABLISHED, citations=(p146(67),))]
    if accident.dispute is False and accident.injury is Injury.NONE:
        return Result.SELF_NEGOTIATION, [Reason(why=Why.NO_DISPUTE, citations=(p146(19, 1), p146(21)))]
    if not somebody_at_fault:
        if accident.reason.strip():
            return Result.NO_FAULT, [Reason(why=Why.ACCIDENTAL, citations=(p146(60, 1, 3),))]
        return Result.REFUSE, [Reason(why=Why.NOTHING_TO_RULE_ON)]
    return Result.RULING, []


def heaviest(faults: frozenset[str], law: Law) -> int:
    """Return the rank of the heaviest of ``faults``, 0 for the heaviest kind of all."""
    ranks = list(Weight)
    return min(ranks.index(Weight(law.faults[code].role)) for code in faults)


def weigh(faulty: Mapping[K, frozenset[str]], law: Law) -> dict[K, Liability]:
    """Return the usual shares (Arts. 60, 61) of parties with these causal faults.

    Intent and tampering carry everything; one who escapes carries everything unless another's fault is
    shown, then the most; else the heaviest fault carries the most, and equal weight is shared equally.
    """
    guilty = [label for label, codes in faulty.items() if codes]
    wiping = [label for label in guilty if faulty[label] & WIPES_OUT]
    escaped = [label for label in guilty if ESCAPE in faulty[label]]
    if wiping:
        guilty = wiping
    shares = dict.fromkeys(faulty, Liability.NONE)
    if len(guilty) == 1:
        shares[guilty[0]] = Liability.FULL
        return shares
    ranks = {label: -1 if label in escaped else heaviest(faulty[label], law) for label in guilty}
    top = [label for label in guilty if ranks[label] == min(ranks.values())]
    for label in guilty:
        if len(top) > 1:
            shares[label] = Liability.EQUAL
        else:
            shares[label] = Liability.MAIN if label in top else Liability.SECONDARY
    return shares


def nearest(
    shares: Mapping[Label, Liability],
    parties: Mapping[Label, Involved],
    faulty: Mapping[Label, frozenset[str]],
) -> tuple[Other, ...]:
    """Return the nearest other outcomes an officer could reach; empty where nothing is weighed."""
    liable = sorted(label for label, share in shares.items() if share is not Liability.NONE)
    if any(faulty[label] & WIPES_OUT for label in liable):
        return ()
    none = dict.fromkeys(shares, Liability.NONE)
    if not liable:
        return tuple(
            Other(shares={**none, label: Liability.FULL}, ground=Ground.COULD_HAVE_AVOIDED)
            for label in sorted(shares)
            if parties[label].kind is not PartyKind.PASSENGER
        )
    if len(liable) == 1:
        return tuple(
            Other(
                shares={**none, liable[0]: Liability.MAIN, other: Liability.SECONDARY},
                ground=Ground.OTHER_FAILED_IN_CARE,
            )
            for other in sorted(shares)
            if other != liable[0] and parties[other].kind is not PartyKind.PASSENGER
        )
    equal = Other(shares={**none, **dict.fromkeys(liable, Liability.EQUAL)}, ground=Ground.EQUAL_EFFECT)
    leading = [
        Other(
            shares={**none, **dict.fromkeys(liable, Liability.SECONDARY), label: Liability.MAIN},
            ground=Ground.ONE_WEIGHS_MORE,
        )
        for label in liable
    ]
    alone = [
        Other(shares={**none, label: Liability.FULL}, ground=Ground.LESSER_FAULT_NOT_CAUSAL)
        for label in sorted(liable, key=lambda label: shares[label] is not Liability.MAIN)
    ]
    return tuple(other for other in (equal, *leading, *alone) if other.shares != shares)


def _pairs(blow: Blow, parties: Sequence[Involved], law: Law) -> tuple[PairRuling, ...]:
    """Rule one blow and show it contact by contact, in the order of the blow."""
    kinds = {party.label: party.kind for party in parties}
    weighed = {label: blow.faults[label] for label in blow.faults if kinds[label] is not PartyKind.PROPERTY}
    shares = weigh(weighed, law)
    most = [label for label, share in shares.items() if share in {Liability.FULL, Liability.MAIN}]
    return tuple(
        PairRuling(
            parties=(first, second),
            at_fault=most[0] if most else None,
            shares={label: shares.get(label) for label in (first, second)},
        )
        for first, second in (sorted(contact) for contact in blow.contacts)
    )


def _basis(shares: Shares, faulty: Mapping[Label, frozenset[str]]) -> tuple[Citation, ...]:
    codes = {code for found in faulty.values() for code in found}
    liable = [label for label, share in shares.items() if share not in {None, Liability.NONE}]
    if INTENT in codes:
        return (p146(60, 2),)
    if ESCAPE in codes or TAMPERING in codes:
        full = [p146(61, 1, 1)] * (ESCAPE in codes) + [p146(61, 1, 2)] * (TAMPERING in codes)
        return (*full, *[p146(61, 2)] * (len(liable) > 1))
    if not liable:
        return (p146(60, 1, 3),)
    return (p146(60, 1, 1 if len(liable) == 1 else 2),)


def _fault_reasons(
    parties: Sequence[Involved], faulty: Mapping[Label, frozenset[str]], accident: Accident, law: Law
) -> list[Reason]:
    found: list[Reason] = []
    for party in parties:
        if party.kind is PartyKind.PROPERTY:
            found.append(Reason(why=Why.PROPERTY, party=party.label))
            continue
        held = circumstances(accident, party)
        found += [
            Reason(
                why=Why.FAULT,
                party=party.label,
                fault=code,
                citations=law.faults[code].cited(accident.road.controls, held),
            )
            for code in sorted(faulty[party.label])
        ]
        found += [
            Reason(why=Why.NON_CAUSAL, party=party.label, fault=code)
            for code in sorted(set(party.non_causal))
        ]
        if not faulty[party.label]:
            found.append(Reason(why=Why.NO_FAULT_OF, party=party.label))
    return found


def _share_reasons(shares: Mapping[Label, Liability], faulty: Mapping[Label, frozenset[str]]) -> list[Reason]:
    liable = [label for label, share in shares.items() if share is not Liability.NONE]
    if any(TAMPERING in codes for codes in faulty.values()):
        return [Reason(why=Why.TAMPERING, citations=(p146(61, 1, 2),))]
    if not liable:
        return []
    if len(liable) == 1:
        return [Reason(why=Why.ONE_AT_FAULT, party=liable[0], citations=(p146(60, 1, 1),))]
    main = next((label for label in liable if shares[label] is Liability.MAIN), None)
    if main is None:
        return [Reason(why=Why.EQUALLY_HEAVY, citations=(p146(60, 1, 2),))]
    return [Reason(why=Why.HEAVIER, party=main, citations=(p146(60, 1, 2),))]
