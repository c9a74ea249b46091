"""Intake: what is told of an accident before anyone decides how it is handled.

Source: 公安部令第146号 Art. 16 (what a report must hold) and the facts on which Arts. 13 to 15 and 18 to 23
turn. Every value starts as the ordinary collision: two insured vehicles, nobody hurt, both able to drive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kinds(StrEnum):
    """Who met: motor vehicle (mv), non-motor vehicle (nmv), pedestrian (ped), or one vehicle alone."""

    MV_MV = "mv_mv"
    MV_NMV = "mv_nmv"
    MV_PED = "mv_ped"
    NMV_NMV = "nmv_nmv"
    NMV_PED = "nmv_ped"
    SINGLE = "single"


class Injury(StrEnum):
    """The worst hurt of anybody; ``unknown`` counts as hurt until it is asked."""

    NONE = "none"
    SLIGHT = "slight"
    SERIOUS = "serious"
    UNKNOWN = "unknown"


class Plates(StrEnum):
    """The worst or most special plate among the motor vehicles."""

    OK = "ok"
    NONE = "none"
    TEMPORARY_VALID = "temporary_valid"
    SUSPECTED_FORGED = "suspected_forged"
    BELONGS_TO_OTHER_VEHICLE = "belongs_to_other_vehicle"
    MILITARY = "military"
    EMBASSY = "embassy"


class Licence(StrEnum):
    """The worst driving licence among the drivers."""

    OK = "ok"
    NONE = "none"
    CLASS_MISMATCH = "class_mismatch"
    VALID_NOT_CARRIED = "valid_not_carried"
    EXPIRED = "expired_M"


class Hazmat(StrEnum):
    """Dangerous goods; an emptied tank that was not cleaned is as dangerous as a full one."""

    NONE = "none"
    LOADED = "loaded"
    EMPTY_UNCLEANED = "empty_uncleaned"


class Facility(StrEnum):
    """What was hit beside vehicles and people (Art. 14)."""

    NONE = "none"
    OTHER = "other"
    BUILDING = "building"
    POWER_POLE = "power_pole"


class Inspection(StrEnum):
    """Whether the vehicles are inspected."""

    OK = "ok"
    EXPIRED = "expired"


class InsuranceMark(StrEnum):
    """The sign of compulsory insurance; the electronic one is as good as the paper (交强险条例)."""

    PAPER = "paper"
    ELECTRONIC_ONLY = "electronic_only"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Intake:
    """The facts of a report. Moments are aware; ``call_at`` of any offset is read in Asia/Shanghai.

    ``consent_simple`` holds each party's answer to the simple procedure, ``None`` where nobody was asked;
    ``dispute`` is ``None`` while nobody has said. Codes of ``weather``, ``visibility`` and ``road_type`` are
    those of the police tables (domain.md 3.3). ``area``: ``in`` or ``out`` of where the local rule holds.
    """

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
    hazmat: Hazmat = Hazmat.NONE
    hazmat_kind: str = ""
    facility_hit: Facility = Facility.NONE
    property_owner_present: bool = False
    use_nature: str = ""
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
    mv_liable: bool = False
    damage_yuan: float | None = None
    consent_simple: Mapping[str, bool | None] | None = None
    party_language: str = ""
    nationality: str = ""
    weather: str = ""
    visibility: str = ""
    road_type: str = ""
    area: str = "in"
    outside_local_rule: bool = False
    call_at: datetime | None = None

    @property
    def everyone_consents(self) -> bool:
        """Whether every party agreed to the simple procedure; nobody asked is no consent (Art. 23)."""
        return bool(self.consent_simple) and all((self.consent_simple or {}).values())

    @property
    def insured(self) -> bool:
        """Whether compulsory insurance covers the accident: taken out, marked, and begun before it."""
        happened = self.accident_at or self.call_at
        begun = self.policy_start is None or happened is None or self.policy_start <= happened
        return self.both_insured and begun and self.insurance_mark is not InsuranceMark.NONE

    @property
    def on_expressway(self) -> bool:
        """Whether the place is an expressway (road type 10)."""
        return self.road_type == "10"
