"""The registers of the training town: everybody who lives there and everybody who calls in a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from console.contract.registry_api import (
    AboutLicence,
    AboutPerson,
    AboutPolicies,
    AboutVehicle,
    Licences,
    Persons,
    Policies,
    Vehicles,
)
from console.domain.clock import local_date
from console.domain.identifiers import normal_id, normal_plate
from console.training import library, register
from console.training.scenario import Citizen
from console.training.town import town


class TrainingRegistry:
    """Answers at once and always. Periods are those of the day on ``clock``."""

    def __init__(self, scenarios: Path, clock: Callable[[], datetime]) -> None:
        self._scenarios = scenarios
        self._clock = clock

    def persons(self, question: AboutPerson, /) -> Persons:
        """Return the person, if one lives here."""
        citizen = self._by_number.get(normal_id(question.id_number))
        return Persons(records=() if citizen is None else (register.person(citizen),))

    def licences(self, question: AboutLicence, /) -> Licences:
        """Return the licence, if there is one."""
        citizen = self._by_number.get(normal_id(question.licence_number))
        licence = None if citizen is None else register.licence(citizen, local_date(self._clock()))
        return Licences(records=() if licence is None else (licence,))

    def vehicles(self, question: AboutVehicle, /) -> Vehicles:
        """Return the vehicles with the plate, of the kind asked for or of every kind."""
        citizen = self._by_plate.get(normal_plate(question.plate))
        found = () if citizen is None else register.vehicles(citizen, local_date(self._clock()))
        kind = question.plate_kind
        return Vehicles(records=tuple(vehicle for vehicle in found if kind in ("", vehicle.plate_kind)))

    def policies(self, question: AboutPolicies, /) -> Policies:
        """Return the policies of the plate."""
        citizen = self._by_plate.get(normal_plate(question.plate))
        found = () if citizen is None else register.policies(citizen, local_date(self._clock()))
        kind = question.plate_kind
        return Policies(records=tuple(policy for policy in found if kind in ("", policy.plate_kind)))

    def close(self) -> None:
        """Nothing is open."""

    def _citizens(self) -> Iterator[Citizen]:
        yield from town()
        for name in library.names(self._scenarios):
            yield from library.load_named(self._scenarios, name).parties

    @cached_property
    def _by_number(self) -> Mapping[str, Citizen]:
        return {normal_id(citizen.person.id_number): citizen for citizen in self._citizens()}

    @cached_property
    def _by_plate(self) -> Mapping[str, Citizen]:
        return {normal_plate(citizen.vehicle.plate): citizen for citizen in self._citizens()}
