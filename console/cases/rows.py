"""The worked-case files as they are written: what goes in, and what was decided.

Fields that are no input (title, tags, why, source) are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from console.domain.clock import SHANGHAI, Channel, Clock
from console.domain.intake import Facility, Hazmat, Injury, Inspection, InsuranceMark, Kinds, Licence, Plates
from console.domain.proposal import Document, Issuer
from console.domain.road import RoadControl
from console.domain.ruling import PartyKind


@dataclass(frozen=True)
class RoadRow:
    """``road`` of a liability case."""

    junction_type: str = ""
    control: RoadControl | None = None
    road_type: str = ""
    signal_kind: str = ""
    signal_state: str = ""
    officer_directing: bool = False
    marking: str = ""
    lanes_same_dir: int | None = None
    speed_limit: int | None = None
    light: str = ""
    weather: str = ""
    surface: str = ""
    slope: bool = False
    mountain: bool = False
    bus_lane_active: bool | None = None
    city: str = ""


@dataclass(frozen=True)
class CitationRow:
    """A provision as it is written in the files."""

    law: str
    article: int
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class PartyRow:
    """A party of a liability case; ``proposed_liability`` is what an officer entered."""

    label: str
    kind: PartyKind
    driving_state: str = ""
    observed: tuple[str, ...] = ()
    fault_codes: tuple[str, ...] = ()
    non_causal_faults: tuple[str, ...] = ()
    proposed_liability: str | float | None = None


@dataclass(frozen=True)
class ImpactRow:
    """One blow of a liability case."""

    seq: int
    striking: str
    struck: tuple[str, ...]


@dataclass(frozen=True)
class SceneRow:
    """``scene`` of a liability case."""

    injury: Injury = Injury.NONE
    consent_all: bool | None = None
    consent: Mapping[str, bool | None] | None = None


@dataclass(frozen=True)
class FactsRow:
    """``facts`` of a liability case."""

    facts_established: bool = True
    evidence_pending: bool = False
    dispute: bool | None = None


@dataclass(frozen=True)
class ProposalRow:
    """``proposal`` of a liability case: who wants to make out what."""

    issuer: Issuer = Issuer.OFFICER
    document: Document | None = None
    facts_established: bool | None = None
    injury: Injury | None = None
    consent: Mapping[str, bool | None] | None = None


@dataclass(frozen=True)
class LiabilityRow:
    """One case of who is liable."""

    id: str
    parties: tuple[PartyRow, ...]
    road: RoadRow = field(default_factory=RoadRow)
    scene: SceneRow = field(default_factory=SceneRow)
    facts: FactsRow = field(default_factory=FactsRow)
    impacts: tuple[ImpactRow, ...] = ()
    cause_codes: tuple[str, ...] = ()
    reason_text: str | None = None
    proposal: ProposalRow | None = None
    accident_at: datetime | None = None


@dataclass(frozen=True)
class IntakeRow:
    """``intake`` of a triage case; what is left out is the ordinary collision."""

    kinds: Kinds = Kinds.MV_MV
    injury: Injury = Injury.NONE
    injury_reported_at: datetime | None = None
    minor: bool = False
    movable: bool = True
    both_insured: bool = True
    policy_start: datetime | None = None
    accident_at: datetime | None = None
    insurance_mark: InsuranceMark = InsuranceMark.PAPER
    inspection: Inspection = Inspection.OK
    plates: Plates = Plates.OK
    licence: Licence = Licence.OK
    alcohol_drug_suspicion: bool = False
    driver_swap_suspicion: bool = False
    hazmat: bool | Hazmat = False
    hazmat_kind: str | None = None
    facility_hit: bool | Facility = False
    property_owner_present: bool = False
    use_nature: str | None = None
    overload_suspicion: bool = False
    overspeed_suspicion: bool = False
    left_scene: bool = False
    both_left: bool = False
    moved_to_roadside: bool = False
    intent_evidence: bool = False
    request_officer: bool = False
    dispute: bool | None = None
    refuse_move: bool = False
    jam: bool = False
    mv_liable: bool | None = None
    damage_yuan: float | None = None
    consent_simple: Mapping[str, bool | None] | None = None
    party_language: str | None = None
    nationality: str | None = None
    weather: str | None = None
    visibility: str | None = None
    road_type: str = ""
    area: str = "in"
    call_at: datetime | None = None


@dataclass(frozen=True)
class TriageRow:
    """One case of how an accident is handled."""

    id: str
    intake: IntakeRow
    rule_profile: str = "national"


@dataclass(frozen=True)
class ServedRow:
    """One party of a deadline case, served on its own; also the whole case where there is one service."""

    label: str = ""
    served_at: datetime | None = None
    channel: Channel = Channel.IN_PERSON
    e_service_consent: bool | None = None
    sent_at: datetime | None = None
    sent_success_at: datetime | None = None
    proved_arrival_at: datetime | None = None
    filed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DeadlineRow(ServedRow):
    """One case of a period."""

    id: str
    clock: Clock
    parties: tuple[ServedRow, ...] = ()


Raw = Mapping[str, Any]
"""A case as it stands in the file, for what was decided; never shown to the engine."""


def in_shanghai(value: Any) -> Any:
    """Return a row in which a moment that was written without its zone is one in Asia/Shanghai."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=SHANGHAI)
    if isinstance(value, tuple):
        return tuple(in_shanghai(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: in_shanghai(getattr(value, one.name)) for one in fields(value)})
    return value
