"""Why a ruling is suggested: the service's suggestion becomes the state of the reasons panel. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from console.contract.desk_api import RulingReview
from console.contract.tables import Tables
from console.domain.evidence import Slot
from console.domain.incident import Incident
from console.domain.law import Provision
from console.domain.proof import lacking, proofs
from console.domain.ruling import Citation, Liability, Ruling
from console.domain.ruling_suggestion import Ground, Reason, Result, RulingSuggestion, Shares, Why, departs
from console.domain.wording import provision
from console.presenters.words import LIABILITY, SLOT, tr
from widgets.chip import ChipState
from widgets.reasons_panel import ProvisionLine, ReasonLine, ReasonsState

WHY: Mapping[Why, str] = {
    Why.FAULT: "{party}:{fault}",
    Why.NO_FAULT_OF: "{party}:没有发现导致事故的过错",
    Why.NON_CAUSAL: "{party}:{fault},与事故没有因果,不分担责任",
    Why.ONE_AT_FAULT: "只有{party}有过错,承担全部责任",
    Why.HEAVIER: "各方都有过错,{party}的作用和严重程度更大",
    Why.EQUALLY_HEAVY: "各方过错的作用和严重程度相当",
    Why.SPLIT: "不止一次独立碰撞,逐次认定",
    Why.INTENT: "有故意造成事故的证据,不能线上认定",
    Why.ESCAPE: "有人逃逸,不能线上认定",
    Why.TAMPERING: "故意破坏、伪造现场或毁灭证据的承担全部责任",
    Why.PROPERTY: "{party}是财物,不承担责任",
    Why.ACCIDENTAL: "各方都没有过错,属于意外,理由已写",
    Why.NOT_ESTABLISHED: "事实查不清,出具事故证明",
    Why.EVIDENCE_PENDING: "证据还没有收齐,先收集",
    Why.CONSENT: "有人受轻微伤,还没有各方一致同意简易程序",
    Why.SERIOUS_INJURY: "有人受伤超过轻微,不能线上认定",
    Why.NO_DISPUTE: "各方没有争议,可以自行协商",
    Why.NOTHING_TO_RULE_ON: "还没有选过错,也没有意外的理由",
}
"""The words of each reason; the same facts give the same words."""

GROUND: Mapping[Ground, str] = {
    Ground.OTHER_FAILED_IN_CARE: "若查明另一方也没有尽到注意义务",
    Ground.EQUAL_EFFECT: "若认为各方作用相当",
    Ground.LESSER_FAULT_NOT_CAUSAL: "若较轻的过错与事故没有因果",
    Ground.ONE_WEIGHS_MORE: "若认为其中一方的作用更大",
    Ground.COULD_HAVE_AVOIDED: "若查明有人本可避免",
}
"""On what ground an officer could rule otherwise."""

NEAREST = 2
"""How many other outcomes are shown; the nearest come first."""

OUTCOME: Mapping[Result, str] = {
    Result.CERTIFICATE: "出具事故证明",
    Result.DISPATCH: "不能线上认定,派警处理",
    Result.SELF_NEGOTIATION: "自行协商",
    Result.REFUSE: "还不能认定",
}
"""What is suggested instead of a ruling."""


def shares_words(shares: Shares) -> str:
    """Return shares as the panel writes them, undecided parties left out."""
    return " · ".join(
        f"{label} {tr(LIABILITY[share])}" for label, share in sorted(shares.items()) if share is not None
    )


def reasons_state(
    incident: Incident, draft: Ruling, review: RulingReview | None, tables: Tables
) -> ReasonsState:
    """Return the panel for a form as the service last answered it; empty while it answered nothing."""
    if review is None or review.suggestion is None:
        return ReasonsState()
    found = review.suggestion
    labels = {party.id: party.label for party in incident.parties}
    chosen: dict[str, Liability | None] = {
        labels[party.party_id]: party.liability for party in draft.parties if party.party_id in labels
    }
    differs = departs(found, chosen)
    filled = {item.capture.slot for item in incident.evidence}
    names = {kind.code: tr(kind.name) for kind in tables.faults}
    lines = tuple(_line(reason, filled, names) for reason in found.reasons)
    proved = sum(not line.note for line in lines)
    return ReasonsState(
        verdict=_verdict(found),
        stands=_stands(chosen, differs=differs),
        differs=differs,
        reasons=lines,
        provisions=tuple(_provision(one) for one in review.provisions),
        others=tuple(
            (shares_words(other.shares), tr(GROUND[other.ground])) for other in found.others[:NEAREST]
        ),
        version=tr("规则集 {version} · 同样事实必得同样结果").format(version=found.version),
        proved=ChipState(
            tr("事实 {proved} / {count}").format(proved=proved, count=len(lines)),
            "ok" if proved == len(lines) else "warn",
        ),
    )


def _verdict(found: RulingSuggestion) -> str:
    if found.result in OUTCOME:
        return tr(OUTCOME[found.result])
    if found.pairs:
        return " / ".join(shares_words(pair.shares) for pair in found.pairs)
    return shares_words(found.shares or {})


def _stands(chosen: Shares, *, differs: bool) -> str:
    if differs:
        return tr("与当前选择不同。由民警决定,须写一句理由,随案保存,不评分。")
    if any(share is None for share in chosen.values()):
        return tr("只供参考,由民警决定;不会自动填写。")
    return tr("与当前选择一致。只供参考,由民警决定;不会自动填写。")


def _line(reason: Reason, filled: set[Slot], names: Mapping[str, str]) -> ReasonLine:
    words = tr(WHY[reason.why]).format(party=reason.party, fault=names.get(reason.fault, reason.fault))
    cited = "、".join(_name(citation) for citation in reason.citations)
    missing = lacking(reason, filled)
    return ReasonLine(
        words=f"{words} · {cited}" if cited else words,
        severity="warn" if missing else "ok",
        pictures=tuple((slot.value, tr(SLOT[slot])) for slot in proofs(reason) if slot in filled),
        note=tr("还缺:") + "、".join(tr(SLOT[slot]) for slot in missing) if missing else "",
    )


def _provision(one: Provision) -> ProvisionLine:
    if one.wording is None:
        since = tr("释义,非原文 · {day} 起施行").format(day=one.since.isoformat())
        return ProvisionLine(name=_name(one.citation), words=one.words, note=since)
    since = tr("原文 · {day} 起施行").format(day=one.wording.since.isoformat())
    return ProvisionLine(
        name=_name(one.citation), words=one.wording.text, note=f"{since} · {one.wording.source}"
    )


def _name(citation: Citation) -> str:
    return f"{citation.law}{provision(citation)}"
