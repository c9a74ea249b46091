"""Asking one register about one party, and leaving a register alone that does not answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from console.contract.registry_api import AboutLicence, AboutPerson, AboutPolicies, AboutVehicle
from console.domain.checking import Answer, Answers, NoAnswer
from console.domain.comparing import Stated
from console.domain.identifiers import normal_id, normal_plate
from console.domain.verification import Field, Seen, Source
from console.service.registries.port import Registry, SourceUnavailable

log = logging.getLogger(__name__)

R = TypeVar("R")

FIRST_REST = timedelta(seconds=15)
LONGEST_REST = timedelta(minutes=5)
"""A register that failed is left alone, twice as long after each failure in a row."""
ITS_OWN_FAULT = frozenset({"refused", "unreadable", "wrong-answer"})
"""Troubles of one answer, which say nothing about the next question."""


@dataclass(frozen=True, kw_only=True)
class _Rest:
    reason: str
    failures: int
    until: datetime


class Sources:
    """The registers of one service. Callable from any thread; each question blocks within a bound."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime]) -> None:
        self._registry = registry
        self._clock = clock
        self._rests: dict[Source, _Rest] = {}
        self._lock = threading.Lock()

    def ask(self, source: Source, known: Stated, *, at_once: bool) -> Answers:
        """Return the answer of ``source`` in its place; ``at_once`` asks even a register that rests."""
        id_number = normal_id(_text(known, Field.ID_NUMBER))
        plate, kind = normal_plate(_text(known, Field.PLATE)), _text(known, Field.PLATE_KIND)
        registry = self._registry
        match source:
            case Source.POPULATION:
                person = AboutPerson(id_number=id_number)
                return Answers(persons=self._ask(source, at_once, lambda: registry.persons(person).records))
            case Source.DRIVERS:
                holder = AboutLicence(licence_number=id_number)
                return Answers(licences=self._ask(source, at_once, lambda: registry.licences(holder).records))
            case Source.VEHICLES:
                car = AboutVehicle(plate=plate, plate_kind=kind)
                return Answers(vehicles=self._ask(source, at_once, lambda: registry.vehicles(car).records))
            case Source.INSURANCE:
                insured = AboutPolicies(plate=plate, plate_kind=kind)
                return Answers(
                    policies=self._ask(source, at_once, lambda: registry.policies(insured).records)
                )
            case _:
                raise ValueError(f"{source} is no register")

    def late(self, source: Source) -> Answers:
        """Return what it means that a question to ``source`` has not come back: a time-out like others."""
        return Answers(**{_PLACE[source]: self._failed(source, "timeout")})

    def _ask(
        self, source: Source, at_once: bool, question: Callable[[], tuple[R, ...]]
    ) -> Answer[R] | NoAnswer:
        rest = self._rests.get(source)
        now = self._clock()
        if rest is not None and now < rest.until and not at_once:
            return NoAnswer(reason=rest.reason, at=now, next_try_at=rest.until)
        try:
            records = question()
        except SourceUnavailable as error:
            log.warning("%s gave no answer: %s", source.value, error.reason)
            return self._failed(source, error.reason)
        with self._lock:
            self._rests.pop(source, None)
        return Answer(records=records, at=self._clock())

    def _failed(self, source: Source, reason: str) -> NoAnswer:
        now = self._clock()
        if reason in ITS_OWN_FAULT:
            return NoAnswer(reason=reason, at=now, next_try_at=now + FIRST_REST)
        with self._lock:
            before = self._rests.get(source)
            failures = 1 if before is None else before.failures + 1
            rest = _Rest(
                reason=reason,
                failures=failures,
                until=now + min(FIRST_REST * 2 ** min(failures - 1, 10), LONGEST_REST),
            )
            self._rests[source] = rest
        return NoAnswer(reason=reason, at=now, next_try_at=rest.until)


_PLACE = {
    Source.POPULATION: "persons",
    Source.DRIVERS: "licences",
    Source.VEHICLES: "vehicles",
    Source.INSURANCE: "policies",
}


def _text(known: Stated, field: Field) -> str:
    return known.get(field, Seen()).text
