"""How what was stated is held against what the registries answered; the same answers give the same checks.

Reasons of a check, beside ``FIELD-VERDICT`` of its first row that fails (such as ``colour-differs``) and what
made a source unavailable: ``FIELD-missing`` (nothing to ask about yet), ``plate-kind-ambiguous`` (several
vehicles bear this text), ``no-record``, ``insurance-none`` (no policy was ever registered), ``not-compared``
(found, but nothing of it was seen at the scene), ``licence-unknown``, ``vehicle-unknown``, ``class-unknown``
(the class cannot be judged, the last because the vehicle's type is in no table), ``automatic-only``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from console.domain.clock import SHANGHAI, local_date
from console.domain.comparing import (
    Stated,
    compare,
    row,
    same_code,
    same_colour,
    same_name,
    same_plate,
    same_type,
)
from console.domain.identifiers import identity_kind, normal_plate, same_identity, vehicle_classes
from console.domain.registry import (
    MAY_NOT_DRIVE,
    NOT_ON_THE_ROAD,
    LicenceRecord,
    PersonRecord,
    PolicyRecord,
    VehicleRecord,
    letters,
    open_letters,
)
from console.domain.vehicle_classes import automatic_only, covers, needed_class
from console.domain.verification import (
    UNREAD,
    Check,
    CheckItem,
    CheckResult,
    Comparison,
    Field,
    Seen,
    Source,
    Verdict,
)

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[R]):
    """A source answered; no records mean that it knows none."""

    records: tuple[R, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoAnswer:
    """A source gave no usable answer; ``next_try_at`` is when it is asked again by itself, if it is."""

    reason: str
    at: datetime
    next_try_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the sources said about one party; ``None`` where nothing was asked."""

    persons: Answer[PersonRecord] | NoAnswer | None = None
    licences: Answer[LicenceRecord] | NoAnswer | None = None
    vehicles: Answer[VehicleRecord] | NoAnswer | None = None
    policies: Answer[PolicyRecord] | NoAnswer | None = None

    def __or__(self, other: Answers) -> Answers:
        return Answers(
            persons=other.persons or self.persons,
            licences=other.licences or self.licences,
            vehicles=other.vehicles or self.vehicles,
            policies=other.policies or self.policies,
        )


ASKS: Mapping[CheckItem, frozenset[Source]] = {
    CheckItem.IDENTITY: frozenset({Source.POPULATION}),
    CheckItem.VEHICLE: frozenset({Source.VEHICLES}),
    CheckItem.LICENCE: frozenset({Source.DRIVERS}),
    CheckItem.LICENCE_CLASS: frozenset({Source.DRIVERS, Source.VEHICLES}),
    CheckItem.INSPECTION: frozenset({Source.VEHICLES}),
    CheckItem.INSURANCE: frozenset({Source.INSURANCE}),
}
"""Which registers an item needs; an item that is not here is asked nowhere."""

NEEDS: Mapping[CheckItem, tuple[Field, ...]] = {
    CheckItem.IDENTITY: (Field.ID_NUMBER, Field.NAME),
    CheckItem.VEHICLE: (Field.PLATE,),
    CheckItem.LICENCE: (Field.ID_NUMBER,),
    CheckItem.LICENCE_CLASS: (Field.ID_NUMBER, Field.PLATE),
    CheckItem.INSPECTION: (Field.PLATE,),
    CheckItem.INSURANCE: (Field.PLATE,),
}
"""What must be known before an item can be asked; faces are compared elsewhere."""

COMPARED: Mapping[CheckItem, tuple[Field, ...]] = {
    CheckItem.IDENTITY: (Field.ID_NUMBER, Field.NAME),
    CheckItem.VEHICLE: (
        Field.PLATE,
        Field.PLATE_KIND,
        Field.COLOUR,
        Field.VEHICLE_TYPE,
        Field.MODEL,
        Field.VIN,
        Field.OWNER,
    ),
    CheckItem.LICENCE: (Field.ID_NUMBER, Field.NAME),
    CheckItem.LICENCE_CLASS: (Field.ID_NUMBER, Field.PLATE, Field.PLATE_KIND, Field.VEHICLE_CLASSES),
    CheckItem.INSPECTION: (Field.PLATE, Field.PLATE_KIND),
    CheckItem.INSURANCE: (Field.PLATE, Field.PLATE_KIND, Field.INSURER, Field.POLICY_NUMBER),
}
"""What a finding rests on: when one of these changes, the item is asked again."""


def missing(item: CheckItem, known: Stated) -> str:
    """Return the reason why ``item`` cannot be asked yet, or nothing when it can.

    A number that is still being typed is none: an identity number must have the form of one.
    """
    for field in NEEDS.get(item, ()):
        text = known.get(field, Seen()).text
        complete = {
            Field.ID_NUMBER: identity_kind(text) is not None,
            Field.PLATE: len(normal_plate(text)) >= 7,
        }
        if not text or UNREAD in text or not complete.get(field, True):
            return f"{field.value}-missing"
    return ""


def basis(item: CheckItem, known: Stated, happened_at: datetime) -> str:
    """Return a digest of all that a finding of ``item`` rests on; while it stays, nothing is asked again."""
    texts = [known.get(field, Seen()).text for field in COMPARED.get(item, ())]
    if item in TIMED:
        texts.append(happened_at.isoformat())
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


TIMED = frozenset({CheckItem.LICENCE, CheckItem.INSPECTION, CheckItem.INSURANCE})
"""Items judged at the moment of the accident."""


def judge(item: CheckItem, known: Stated, answers: Answers, happened_at: datetime) -> Check:
    """Return the finding of ``item``; ``happened_at`` is the minute of the accident.

    An item without its facts waits for them, whatever the sources said.
    """
    lacking = missing(item, known)
    if lacking:
        return Check(item=item, reason=lacking)
    match item:
        case CheckItem.IDENTITY:
            return _asked(item, Source.POPULATION, answers.persons, lambda a: _identity(known, a))
        case CheckItem.VEHICLE:
            return _asked(item, Source.VEHICLES, answers.vehicles, lambda a: _vehicle(known, a))
        case CheckItem.LICENCE:
            day = local_date(happened_at)
            return _asked(item, Source.DRIVERS, answers.licences, lambda a: _licence(known, a, day))
        case CheckItem.LICENCE_CLASS:
            return _class(known, answers)
        case CheckItem.INSPECTION:
            day = local_date(happened_at)
            return _asked(item, Source.VEHICLES, answers.vehicles, lambda a: _inspection(known, a, day))
        case CheckItem.INSURANCE:
            return _asked(
                item, Source.INSURANCE, answers.policies, lambda a: _insurance(known, a, happened_at)
            )
        case CheckItem.FACE:
            return Check(item=item)


Finding = tuple[CheckResult, str, tuple[Comparison, ...]]


def _asked(
    item: CheckItem, source: Source, answer: Answer[R] | NoAnswer | None, find: Callable[[Answer[R]], Finding]
) -> Check:
    if not isinstance(answer, Answer):
        return _unanswered(item, source, answer)
    result, reason, rows = find(answer)
    return Check(item=item, result=result, reason=reason, source=source, at=answer.at, comparisons=rows)


def _unanswered(item: CheckItem, source: Source, answer: NoAnswer | None) -> Check:
    if answer is None:
        return Check(item=item)
    return Check(
        item=item,
        result=CheckResult.SOURCE_UNAVAILABLE,
        reason=answer.reason,
        source=source,
        at=answer.at,
        next_try_at=answer.next_try_at,
    )


def _of(rows: Iterable[Comparison], *, needs_sight: frozenset[Field] = frozenset()) -> Finding:
    """Return what rows together say; where ``needs_sight`` is given, one of these must have been compared."""
    rows = tuple(rows)
    for verdict, result in (
        (Verdict.DIFFERS, CheckResult.MISMATCH),
        (Verdict.EXPIRED, CheckResult.MISMATCH),
        (Verdict.UNREADABLE, CheckResult.WAITING),
    ):
        failed = next((row for row in rows if row.verdict is verdict), None)
        if failed is not None:
            return result, f"{failed.field.value}-{verdict.value}", rows
    seen = {row.field for row in rows if row.verdict is Verdict.AGREES}
    if needs_sight and not seen & needs_sight:
        return CheckResult.WAITING, "not-compared", rows
    return CheckResult.VERIFIED, "", rows


_NO_RECORD: Finding = (CheckResult.NOT_FOUND, "no-record", ())


def _identity(known: Stated, answer: Answer[PersonRecord]) -> Finding:
    if not answer.records:
        return _NO_RECORD
    person = answer.records[0]
    return _of(
        (
            compare(known, Field.ID_NUMBER, person.id_number, same_identity),
            compare(known, Field.NAME, person.name, same_name),
        )
    )


def _licence(known: Stated, answer: Answer[LicenceRecord], day: date) -> Finding:
    if not answer.records:
        return _NO_RECORD
    licence = answer.records[0]
    barred = letters(licence.status) & MAY_NOT_DRIVE
    status = Verdict.EXPIRED if barred == {"M"} else Verdict.DIFFERS if barred else Verdict.AGREES
    in_force = licence.valid_from <= day and (licence.valid_to is None or day <= licence.valid_to)
    until = "长期" if licence.valid_to is None else licence.valid_to.isoformat()
    return _of(
        (
            compare(known, Field.NAME, licence.name, same_name),
            row(known, Field.LICENCE_STATUS, licence.status, status),
            row(
                known,
                Field.LICENCE_PERIOD,
                f"{licence.valid_from.isoformat()}/{until}",
                Verdict.AGREES if in_force else Verdict.EXPIRED,
            ),
        )
    )


def _class(known: Stated, answers: Answers) -> Check:
    """The class follows from two registers by a rule; both must have answered."""
    item, licences, vehicles = CheckItem.LICENCE_CLASS, answers.licences, answers.vehicles
    if not isinstance(licences, Answer):
        return _unanswered(item, Source.DRIVERS, licences)
    if not isinstance(vehicles, Answer):
        return _unanswered(item, Source.VEHICLES, vehicles)
    result, reason, rows = _class_finding(known, licences.records, vehicles.records)
    at = max(licences.at, vehicles.at)
    return Check(item=item, result=result, reason=reason, source=Source.RULE, at=at, comparisons=rows)


def _class_finding(
    known: Stated, licences: tuple[LicenceRecord, ...], vehicles: tuple[VehicleRecord, ...]
) -> Finding:
    vehicle = one_vehicle(known, vehicles)
    if not licences:
        return CheckResult.WAITING, "licence-unknown", ()
    if vehicle is None:
        return CheckResult.WAITING, "vehicle-unknown", ()
    held = licences[0].classes
    needed = needed_class(vehicle.vehicle_type, vehicle.use_nature)
    if not needed:
        return CheckResult.WAITING, "class-unknown", ()
    read = vehicle_classes(known.get(Field.VEHICLE_CLASSES, Seen()).text)
    agrees = covers(held, needed) and (not read or set(read) == set(held))
    verdict = Verdict.AGREES if agrees else Verdict.DIFFERS
    result, reason, rows = _of((row(known, Field.VEHICLE_CLASSES, " ".join(held), verdict),))
    return result, reason or ("automatic-only" if automatic_only(held, needed) else ""), rows


_SIGHT = frozenset({Field.COLOUR, Field.VEHICLE_TYPE, Field.MODEL, Field.VIN, Field.OWNER})


def one_vehicle(known: Stated, records: Iterable[VehicleRecord]) -> VehicleRecord | None:
    """Return the vehicle meant: the one of the stated kind of plate, or the only one."""
    kind = known.get(Field.PLATE_KIND, Seen()).text
    meant = [record for record in records if not kind or record.plate_kind == kind]
    return meant[0] if len(meant) == 1 else None


def _no_vehicle(known: Stated, records: tuple[VehicleRecord, ...]) -> Finding:
    if not records:
        return _NO_RECORD
    return _ambiguous(known, (record.plate_kind for record in records))


def _ambiguous(known: Stated, kinds: Iterable[str]) -> Finding:
    found = row(known, Field.PLATE_KIND, " ".join(sorted(set(kinds))), Verdict.NOT_SEEN)
    return CheckResult.WAITING, "plate-kind-ambiguous", (found,)


def _vehicle(known: Stated, answer: Answer[VehicleRecord]) -> Finding:
    vehicle = one_vehicle(known, answer.records)
    if vehicle is None:
        return _no_vehicle(known, answer.records)
    rows = [
        compare(known, Field.PLATE, vehicle.plate, same_plate),
        compare(known, Field.PLATE_KIND, vehicle.plate_kind, str.__eq__),
        compare(known, Field.COLOUR, vehicle.colour, same_colour),
        compare(known, Field.VEHICLE_TYPE, vehicle.vehicle_type, same_type),
        compare(known, Field.MODEL, vehicle.model, same_type),
        compare(known, Field.VIN, vehicle.vin, str.endswith),
        compare(known, Field.OWNER, vehicle.owner, same_name),
    ]
    shown = open_letters(vehicle)
    if shown:
        barred = letters(shown) & NOT_ON_THE_ROAD
        rows.append(row(known, Field.VEHICLE_STATUS, shown, Verdict.DIFFERS if barred else Verdict.AGREES))
    return _of(rows, needs_sight=_SIGHT)


def _inspection(known: Stated, answer: Answer[VehicleRecord], day: date) -> Finding:
    vehicle = one_vehicle(known, answer.records)
    if vehicle is None:
        return _no_vehicle(known, answer.records)
    verdict = Verdict.AGREES if day <= vehicle.inspected_until else Verdict.EXPIRED
    return _of((row(known, Field.INSPECTION, vehicle.inspected_until.isoformat(), verdict),))


def _insurance(known: Stated, answer: Answer[PolicyRecord], happened_at: datetime) -> Finding:
    """The policy that was in force at the accident, else the nearest one, which says when it was not."""
    kind = known.get(Field.PLATE_KIND, Seen()).text
    policies = [policy for policy in answer.records if not kind or policy.plate_kind == kind]
    if len({policy.plate_kind for policy in policies}) > 1:
        return _ambiguous(known, (policy.plate_kind for policy in policies))
    if not policies:
        return CheckResult.NOT_FOUND, "insurance-none", ()
    policy = min(policies, key=lambda p: _distance(p, happened_at))
    period = "/".join(
        moment.astimezone(SHANGHAI).isoformat(timespec="minutes")
        for moment in (policy.valid_from, policy.valid_to)
    )
    in_force = policy.valid_from <= happened_at < policy.valid_to
    return _of(
        (
            row(known, Field.INSURANCE_PERIOD, period, Verdict.AGREES if in_force else Verdict.EXPIRED),
            compare(known, Field.INSURER, policy.insurer, same_type),
            compare(known, Field.POLICY_NUMBER, policy.policy_number, same_code),
        )
    )


def _distance(policy: PolicyRecord, moment: datetime) -> float:
    """Return the seconds by which a policy misses ``moment``; 0 where it is in force."""
    if moment < policy.valid_from:
        return (policy.valid_from - moment).total_seconds()
    return max((moment - policy.valid_to).total_seconds() + 1.0, 0.0)
