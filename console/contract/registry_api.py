"""What the service asks of a city's registries; published as ``registry.openapi.json`` beside this file.

Every question is a ``POST`` with a JSON body, so that no personal number stands in an address or its log, and
carries ``Authorization: Bearer TOKEN`` where the city gave one. The answer is 200 with the records found, and
none of them is about anybody or anything else than was asked; nothing found is an empty list. Dates are ISO
8601 days, moments carry their zone. Any other status means that there is no answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.registry import LicenceRecord, PersonRecord, PolicyRecord, VehicleRecord

MOST_RECORDS = 20
"""No answer holds more records than this."""


@dataclass(frozen=True, kw_only=True)
class AboutPerson:
    """``POST /v1/persons/query``: the person with this identity number."""

    id_number: str


@dataclass(frozen=True, kw_only=True)
class AboutLicence:
    """``POST /v1/licences/query``: the driving licence with this number, which is its holder's."""

    licence_number: str


@dataclass(frozen=True, kw_only=True)
class AboutVehicle:
    """``POST /v1/vehicles/query``: the vehicles that bear this plate, without dot and spaces.

    ``plate_kind`` is a code of GA/T 16.7, or empty to ask for every kind of plate with this text.
    """

    plate: str
    plate_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class AboutPolicies:
    """``POST /v1/policies/query``: the compulsory policies of a plate, of the last two years at least."""

    plate: str
    plate_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Persons:
    """Answer to ``AboutPerson``."""

    records: tuple[PersonRecord, ...]


@dataclass(frozen=True, kw_only=True)
class Licences:
    """Answer to ``AboutLicence``."""

    records: tuple[LicenceRecord, ...]


@dataclass(frozen=True, kw_only=True)
class Vehicles:
    """Answer to ``AboutVehicle``."""

    records: tuple[VehicleRecord, ...]


@dataclass(frozen=True, kw_only=True)
class Policies:
    """Answer to ``AboutPolicies``."""

    records: tuple[PolicyRecord, ...]


Question = AboutPerson | AboutLicence | AboutVehicle | AboutPolicies
Record = PersonRecord | LicenceRecord | VehicleRecord | PolicyRecord
