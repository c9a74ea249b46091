"""The port of the registries, and what every answer must satisfy whoever gave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from console.contract.registry_api import (
    MOST_RECORDS,
    AboutLicence,
    AboutPerson,
    AboutPolicies,
    AboutVehicle,
    Licences,
    Persons,
    Policies,
    Question,
    Record,
    Vehicles,
)
from console.domain.errors import DomainError
from console.domain.identifiers import normal_plate, same_identity
from console.domain.registry import (
    LICENCE_STATUS,
    PLATE_KINDS,
    VEHICLE_STATUS,
    LicenceRecord,
    PersonRecord,
    PolicyRecord,
    VehicleRecord,
    letters,
)
from console.service.bounds import bounded


class SourceUnavailable(Exception):
    """A source gave no usable answer.

    ``reason`` is ``timeout``, ``unreachable``, ``certificate``, ``busy``, ``fault``, ``refused``,
    ``unreadable``, ``wrong-answer`` or ``not-configured``. Nothing personal stands in the words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Registry(Protocol):
    """The four registers. Each method blocks, within a bound, and raises ``SourceUnavailable``."""

    def persons(self, question: AboutPerson, /) -> Persons: ...
    def licences(self, question: AboutLicence, /) -> Licences: ...
    def vehicles(self, question: AboutVehicle, /) -> Vehicles: ...
    def policies(self, question: AboutPolicies, /) -> Policies: ...
    def close(self) -> None:
        """Leave nothing open."""


class NoRegistry:
    """Stands where no registry is configured."""

    def persons(self, _question: AboutPerson, /) -> Persons:
        """Refuse."""
        raise SourceUnavailable("not-configured")

    def licences(self, _question: AboutLicence, /) -> Licences:
        """Refuse."""
        raise SourceUnavailable("not-configured")

    def vehicles(self, _question: AboutVehicle, /) -> Vehicles:
        """Refuse."""
        raise SourceUnavailable("not-configured")

    def policies(self, _question: AboutPolicies, /) -> Policies:
        """Refuse."""
        raise SourceUnavailable("not-configured")

    def close(self) -> None:
        """Nothing is open."""


def require_asked(question: Question, records: Iterable[Record]) -> None:
    """Raise ``SourceUnavailable`` unless all records are about ``question``, no more than asked and bounded.

    ``wrong-answer`` for another's record or two where there is one, ``unreadable`` for status letters that
    nobody knows, periods that end before they begin, too many records or texts without end.
    """
    records = tuple(records)
    try:
        for record in records:
            bounded(record)
    except DomainError as error:
        raise SourceUnavailable("unreadable") from error
    if len(records) > MOST_RECORDS or not all(map(_sound, records)):
        raise SourceUnavailable("unreadable")
    once = {_place(record) for record in records}
    if len(once) < len(records) or not all(_about(question, record) for record in records):
        raise SourceUnavailable("wrong-answer")


def _about(question: Question, record: Record) -> bool:
    match question, record:
        case AboutPerson(id_number=asked), PersonRecord(id_number=number):
            return same_identity(asked, number)
        case AboutLicence(licence_number=asked), LicenceRecord(licence_number=number):
            return same_identity(asked, number)
        case (AboutVehicle() as plate, VehicleRecord() as found) | (
            AboutPolicies() as plate,
            PolicyRecord() as found,
        ):
            same = normal_plate(plate.plate) == normal_plate(found.plate)
            return same and plate.plate_kind in ("", found.plate_kind)
        case _:
            return False


def _sound(record: Record) -> bool:
    match record:
        case PersonRecord():
            return bool(record.name)
        case LicenceRecord():
            ordered = record.valid_to is None or record.valid_from <= record.valid_to
            return ordered and _known(record.status, LICENCE_STATUS)
        case VehicleRecord():
            return record.plate_kind in PLATE_KINDS and _known(record.status, VEHICLE_STATUS)
        case PolicyRecord():
            return record.plate_kind in PLATE_KINDS and record.valid_from < record.valid_to


def _known(status: str, table: Mapping[str, str]) -> bool:
    return bool(status.strip()) and letters(status) <= table.keys()


def _place(record: Record) -> str:
    """Return what may be taken once in an answer: one person, one licence, one vehicle a kind of plate."""
    match record:
        case VehicleRecord():
            return record.plate_kind
        case PolicyRecord():
            return record.policy_number
        case _:
            return ""
