"""Parties of any kind and several impacts on the ruling form: what is chosen becomes the draft. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from console.contract.tables import Tables
from console.domain.case_facts import accident_of
from console.domain.fault_table import suits
from console.domain.ids import PartyId
from console.domain.incident import Incident
from console.domain.ruling import Liability, Outcome, PartyKind, PartyRuling, RuledImpact, Ruling
from console.domain.split import RuledBlow, ruled_blows, with_blow_share
from console.presenters.ruling_draft import PROBLEM
from console.presenters.words import LIABILITY, tr
from widgets.share_list import Share, ShareRow

KIND: Mapping[PartyKind, str] = {
    PartyKind.MOTOR: "机动车",
    PartyKind.NON_MOTOR: "非机动车",
    PartyKind.PEDESTRIAN: "行人",
    PartyKind.PASSENGER: "乘车人",
    PartyKind.PROPERTY: "财物",
}


def kind_options() -> tuple[tuple[str, str], ...]:
    """Return what a party can have been, in the order of the list."""
    return tuple((kind.value, tr(words)) for kind, words in KIND.items())


def fault_options(party: PartyRuling, tables: Tables) -> tuple[tuple[str, str], ...]:
    """Return the faults that a party of this kind can have; property has none."""
    return tuple(
        (kind.code, f"{kind.code} {tr(kind.name)}") for kind in tables.faults if suits(kind, party.kind)
    )


def with_kind(draft: Ruling, tables: Tables, party_id: PartyId, kind: PartyKind) -> Ruling:
    """Return ``draft`` with that party's kind; faults that it cannot have go, and property has no share."""
    table = {one.code: one for one in tables.faults}

    def changed(party: PartyRuling) -> PartyRuling:
        kept = tuple(f for f in party.faults if f.code in table and suits(table[f.code], kind))
        share = None if kind is PartyKind.PROPERTY else party.liability
        return replace(party, kind=kind, faults=kept, liability=share)

    return replace(
        draft,
        parties=tuple(changed(party) if party.party_id == party_id else party for party in draft.parties),
        blow_shares=(),
    )


def with_impact(draft: Ruling, striking: PartyId, struck: PartyId) -> Ruling:
    """Return ``draft`` with an impact more; shares by blow belong to the impacts before and go."""
    return replace(
        draft, impacts=(*draft.impacts, RuledImpact(striking=striking, struck=struck)), blow_shares=()
    )


def without_impact(draft: Ruling, number: int) -> Ruling:
    """Return ``draft`` without that impact, counted from 0."""
    kept = tuple(one for at, one in enumerate(draft.impacts) if at != number)
    return replace(draft, impacts=kept, blow_shares=())


def impact_words(incident: Incident, draft: Ruling) -> tuple[str, ...]:
    """Return each impact in words."""
    labels = {party.id: party.label for party in incident.parties}
    return tuple(f"{labels.get(i.striking, '?')}→{labels.get(i.struck, '?')}" for i in draft.impacts)


def blows_of_draft(incident: Incident, draft: Ruling, tables: Tables) -> tuple[RuledBlow, ...]:
    """Return the blows that are ruled one by one; empty where one ruling holds for everybody."""
    accident = accident_of(incident, draft, tables.codes["driving_state"].codes)
    return ruled_blows(incident, draft, accident, {kind.code: kind for kind in tables.faults})


def split_rows(incident: Incident, separate: tuple[RuledBlow, ...]) -> tuple[ShareRow, ...]:
    """Return a row for each party of each blow, an impossible share with its reason."""
    labels = {party.id: party.label for party in incident.parties}
    return tuple(
        ShareRow(
            key=f"{blow.number}/{party_id}",
            name=f"{tr('第 {number} 次').format(number=blow.number)} {labels[party_id]}",
            shares=tuple(
                Share(value.value, tr(LIABILITY[value]), _why(blow.impossible[party_id], value))
                for value in Liability
            ),
            chosen="" if share is None else share.value,
        )
        for blow in separate
        for party_id, share in blow.shares.items()
    )


def with_split_share(draft: Ruling, key: str, share: str) -> Ruling:
    """Return ``draft`` with the share of a row of ``split_rows`` set; nobody keeps one for the whole."""
    number, _, party_id = key.partition("/")
    alone = replace(draft, parties=tuple(replace(party, liability=None) for party in draft.parties))
    chosen = Liability(share) if share else None
    return with_blow_share(alone, int(number), PartyId(party_id), chosen)


def settled(draft: Ruling, separate: tuple[RuledBlow, ...]) -> Ruling:
    """Return ``draft`` without shares that belong to another way of ruling: by blow, or for everybody."""
    if separate:
        known = {(blow.number, party_id) for blow in separate for party_id in blow.shares}
        kept = tuple(one for one in draft.blow_shares if (one.blow, one.party_id) in known)
        parties = tuple(replace(party, liability=None) for party in draft.parties)
        return replace(draft, parties=parties, blow_shares=kept)
    return replace(draft, blow_shares=()) if draft.outcome is Outcome.RULING else draft


def _why(refused: Mapping[Liability, str], share: Liability) -> str:
    return tr(PROBLEM[refused[share]]) if share in refused else ""
