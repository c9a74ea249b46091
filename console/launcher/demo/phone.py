"""The phone's side of a played case, as far as the steps need it: it calls, and what it shows is observed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from console.contract.desk_api import Link
from console.contract.observation import PhoneObservation
from console.launcher import stage
from console.launcher.demo.observations import ObservationFile, T
from console.launcher.stage import RunningService
from console.launcher.towers import Towers
from console.training.scenario import Scenario


class Phone(Protocol):
    """A party's phone before it calls; its observations are members of ``PhoneObservation``.

    ``all`` and ``wait`` are those of ``Observations``.
    """

    def call(self) -> None:
        """Go through the page up to the queue, as the party would."""

    def all(self, kind: type[T], since_ns: int = 0) -> Sequence[T]:
        """Return everything of one kind so far."""

    def wait(
        self, kind: type[T], accept: Callable[[T], bool], seconds: float, what: str, since_ns: int = 0
    ) -> T:
        """Return the first observation that fits; raise ``StepFailed`` naming ``what``."""


class SimulatedPhone(ObservationFile):
    """The headless party: a process of its own that writes down what it sends and sees."""

    def __init__(
        self, towers: Towers, service: RunningService, link: Link, case: Scenario, report: Path, fault: str
    ) -> None:
        super().__init__(report, PhoneObservation)
        self._start = partial(
            stage.start_party,
            towers,
            service,
            link,
            scenario=case.name,
            seed=case.seed or 0,
            report=report,
            fault=fault,
        )

    def call(self) -> None:
        """Start the process; it calls at once."""
        self._start()
