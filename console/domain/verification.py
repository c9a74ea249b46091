"""Verification: what was stated or read at the scene, held against the registries, item by item.

A check never guesses: where a source did not answer there is no result, and a comparison of faces is a hint
that no result follows from. What a person decides without a source carries that person's reason.

Silent codes (a vehicle reported stolen, a suspect's, one that fled; a wanted person) are no part of a check.
They are kept apart from the incident and its journal, so that nothing that shows a case can show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from console.domain.errors import DomainError
from console.domain.faces import FaceBand, FaceCheck, FaceMethod
from console.domain.ids import EvidenceId, PartyId


class CheckItem(StrEnum):
    """What is checked of every party, in the order in which it is shown."""

    IDENTITY = "identity"
    VEHICLE = "vehicle"
    LICENCE = "licence"
    LICENCE_CLASS = "licence-class"
    INSPECTION = "inspection"
    INSURANCE = "insurance"
    FACE = "face"


class CheckResult(StrEnum):
    """How a check stands.

    ``waiting`` lacks something to ask about (``reason`` says what), ``pending`` is being asked. ``hint`` is a
    comparison of faces: it informs and decides nothing. ``manual`` is a person's finding.
    """

    WAITING = "waiting"
    PENDING = "pending"
    VERIFIED = "verified"
    MISMATCH = "mismatch"
    NOT_FOUND = "not-found"
    SOURCE_UNAVAILABLE = "source-unavailable"
    MANUAL = "manual"
    HINT = "hint"
    NOT_APPLICABLE = "not-applicable"


class Source(StrEnum):
    """Who answered."""

    POPULATION = "population"
    """The register of persons, 公安."""
    DRIVERS = "drivers"
    """The register of driving licences, 驾管."""
    VEHICLES = "vehicles"
    """The register of vehicles, 车管."""
    INSURANCE = "insurance"
    """The platform of the compulsory policies, 保险."""
    FACES = "faces"
    RULE = "rule"
    """Follows from other answers by a rule of law."""
    OFFICER = "officer"


class Field(StrEnum):
    """What is compared."""

    NAME = "name"
    ID_NUMBER = "id-number"
    PLATE = "plate"
    PLATE_KIND = "plate-kind"
    COLOUR = "colour"
    VEHICLE_TYPE = "vehicle-type"
    MODEL = "model"
    VIN = "vin"
    OWNER = "owner"
    VEHICLE_STATUS = "vehicle-status"
    LICENCE_NUMBER = "licence-number"
    LICENCE_STATUS = "licence-status"
    LICENCE_PERIOD = "licence-period"
    VEHICLE_CLASSES = "vehicle-classes"
    INSPECTION = "inspection"
    POLICY_NUMBER = "policy-number"
    INSURER = "insurer"
    INSURANCE_PERIOD = "insurance-period"
    LIKENESS = "likeness"


class Verdict(StrEnum):
    """What a comparison says. ``expired`` is out of its period at the moment that counts, before or after."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNREADABLE = "unreadable"
    EXPIRED = "expired"
    NOT_SEEN = "not-seen"
    """The register knows it, nothing was stated or read at the scene."""


UNREAD = "?"
"""Stands for a character that could not be read."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A value as stated or read; ``evidence_id`` names the picture, ``confidence`` (0 to 1) its reading."""

    text: str = ""
    evidence_id: EvidenceId | None = None
    confidence: float | None = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One row: 项目, 现场所见, 登记信息, 结论. Periods are ISO 8601 intervals, dates ISO 8601 days."""

    field: Field
    seen: Seen
    registered: str
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Check:
    """One item as it stands.

    ``reason`` is a stable code of ``console.domain.checking``, empty where all is well. ``at`` is when the
    source answered or the person decided; ``next_try_at`` when an unavailable source is asked again. ``by``
    and ``note`` are the person's, ``evidence_id`` the picture the person relied on. ``basis`` is a
    digest of what was known when it was found, ``attempts`` the number of questions.
    """

    item: CheckItem
    result: CheckResult = CheckResult.WAITING
    reason: str = ""
    source: Source | None = None
    at: datetime | None = None
    comparisons: tuple[Comparison, ...] = ()
    next_try_at: datetime | None = None
    attempts: int = 0
    by: str = ""
    note: str = ""
    evidence_id: EvidenceId | None = None
    basis: str = ""

    def comparison(self, field: Field) -> Comparison | None:
        """Return the row of ``field``, or ``None`` where this check has none."""
        return next((row for row in self.comparisons if row.field is field), None)


@dataclass(frozen=True, kw_only=True)
class Verification:
    """All checks of one party, one an item and always in the order of ``CheckItem``."""

    party_id: PartyId
    checks: tuple[Check, ...]

    def check(self, item: CheckItem) -> Check:
        """Return the check of ``item``."""
        return self.checks[tuple(CheckItem).index(item)]

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """All rows in the order of the checks."""
        return tuple(row for check in self.checks for row in check.comparisons)

    def count(self, *verdicts: Verdict) -> int:
        """Return how many rows have one of ``verdicts``."""
        return sum(row.verdict in verdicts for row in self.comparisons)

    @property
    def differs(self) -> bool:
        """Whether any item does not match: the view of differences is due."""
        return any(check.result is CheckResult.MISMATCH for check in self.checks)


def unchecked(party_id: PartyId) -> Verification:
    """Return the verification of a party of whom nothing was asked yet."""
    return Verification(party_id=party_id, checks=tuple(Check(item=item) for item in CheckItem))


@dataclass(frozen=True, kw_only=True)
class AccidentTimeStated:
    """When the accident happened; the compulsory policy must be in force at that minute."""

    occurred_at: datetime
    type: Literal["accident-time-stated"] = "accident-time-stated"


@dataclass(frozen=True, kw_only=True)
class ChecksStarted:
    """The sources are being asked about these items of a party; their earlier findings are void.

    ``attempt`` counts the questions since the facts were known, from 1.
    """

    party_id: PartyId
    items: tuple[CheckItem, ...]
    attempt: int = 1
    type: Literal["checks-started"] = "checks-started"


@dataclass(frozen=True, kw_only=True)
class ChecksRecorded:
    """Items of a party were found, by a source or by a person; each replaces the earlier one as a whole."""

    party_id: PartyId
    checks: tuple[Check, ...]
    type: Literal["checks-recorded"] = "checks-recorded"


@dataclass(frozen=True, kw_only=True)
class RegisteredValueAdopted:
    """An officer took a registered value over into the party's details."""

    party_id: PartyId
    field: Field
    value: str
    type: Literal["registered-value-adopted"] = "registered-value-adopted"


VerificationEvent = AccidentTimeStated | ChecksStarted | ChecksRecorded | RegisteredValueAdopted

ADOPTABLE = {
    Field.NAME: "name",
    Field.ID_NUMBER: "id_number",
    Field.PLATE_KIND: "plate_kind",
    Field.VEHICLE_TYPE: "vehicle_type",
    Field.COLOUR: "vehicle_colour",
    Field.INSURER: "insurer",
    Field.POLICY_NUMBER: "policy_number",
}
"""Fields whose registered value may be taken over, and the detail of the party that it fills."""


def with_checks(verification: Verification, checks: Iterable[Check]) -> Verification:
    """Return ``verification`` with ``checks`` in the place of the earlier ones."""
    new = {check.item: check for check in checks}
    return replace(verification, checks=tuple(new.get(check.item, check) for check in verification.checks))


def face_hint(faces: FaceCheck) -> Check:
    """Return the newest comparison of faces as a check: the program's is a hint, a person's a finding.

    ``reason`` is the band, or ``face-unusable`` where a picture allowed none; the row holds the score.
    """
    program = faces.method is FaceMethod.PROGRAM
    verdicts = {FaceBand.LIKELY_SAME: Verdict.AGREES, FaceBand.LIKELY_DIFFERENT: Verdict.DIFFERS}
    row = Comparison(
        field=Field.LIKENESS,
        seen=Seen(text="" if faces.score is None else str(faces.score), evidence_id=faces.live),
        registered=faces.reference.value,
        verdict=Verdict.UNREADABLE if faces.band is None else verdicts.get(faces.band, Verdict.UNREADABLE),
    )
    return Check(
        item=CheckItem.FACE,
        result=CheckResult.HINT if program else CheckResult.MANUAL,
        reason="face-unusable" if faces.band is None else faces.band.value,
        source=Source.FACES if program else Source.OFFICER,
        at=faces.at,
        comparisons=(row,),
        by=faces.by,
        note=faces.note,
        evidence_id=faces.live,
    )


def started(verification: Verification, items: Iterable[CheckItem], attempt: int) -> Verification:
    """Return ``verification`` while ``items`` are being asked."""
    return with_checks(
        verification,
        (Check(item=item, result=CheckResult.PENDING, attempts=attempt) for item in items),
    )


def adopted(verification: Verification, field: Field) -> str:
    """Return the registered value of ``field`` for taking over; raise ``nothing-registered``.

    Raises ``not-adoptable`` for a field that no detail of a party holds.
    """
    if field not in ADOPTABLE:
        raise DomainError("not-adoptable", field=field.value)
    for row in _found(verification):
        if row.field is field and row.registered:
            return row.registered
    raise DomainError("nothing-registered", field=field.value)


def _found(verification: Verification) -> Iterator[Comparison]:
    for check in verification.checks:
        if check.result in {CheckResult.VERIFIED, CheckResult.MISMATCH}:
            yield from check.comparisons
