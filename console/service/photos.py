"""Photographs of persons, as a register keeps them; behind a port, for a city has its own."""

from __future__ import annotations

from typing import Protocol

from console.contract.registry_api import AboutPerson
from console.service.registries.port import Registry, SourceUnavailable
from console.training.portraits import photo


class Photos(Protocol):
    """Where a register's photographs come from."""

    def of(self, id_number: str) -> bytes | None:
        """Return the photograph (JPEG) of the person with this number, or ``None`` where there is none."""
        ...


class TrainingPhotos:
    """Draws whom the training registry knows."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def of(self, id_number: str) -> bytes | None:
        """Return the photograph as drawn; always the same for the same number."""
        try:
            known = self._registry.persons(AboutPerson(id_number=id_number)).records
        except SourceUnavailable:
            return None
        return photo(known[0].id_number) if known else None


class NoPhotos:
    """A city that connected no register of photographs."""

    def of(self, id_number: str) -> bytes | None:
        """Return ``None``."""
        del id_number
        return None
