"""The trainer's work: simulated parties are started, repeated, spoilt and ended."""

from __future__ import annotations

from console.contract.training_api import RunningParty, ScenarioSummary, SpoilView, StartParty, ViewFlaw
from console.usecases.ports import ServicePort


class Training:
    """All raise ``DomainError`` (``training-only`` outside training) and ``ServiceUnavailable``."""

    def __init__(self, service: ServicePort) -> None:
        self._service = service

    async def scenarios(self) -> tuple[ScenarioSummary, ...]:
        """Return what can be played."""
        return await self._service.scenarios()

    async def running(self) -> tuple[RunningParty, ...]:
        """Return the simulated parties that run now."""
        return await self._service.running_parties()

    async def start(self, scenario: str, seed: int) -> RunningParty:
        """Let a party call; the same scenario and seed are the same call again."""
        return await self._service.start_party(StartParty(scenario=scenario, seed=seed))

    async def spoil(self, party: str, flaw: ViewFlaw) -> None:
        """Have a party hold its phone badly until it is told where to look."""
        await self._service.spoil_view(party, SpoilView(flaw=flaw))

    async def stop(self, party: str) -> None:
        """End a party."""
        await self._service.stop_party(party)
