"""The trainer's desk: scenarios to choose from and simulated parties to start, in training alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from console.contract.desk_api import CreateLink, Role
from console.contract.training_api import RunningParty, ScenarioSummary, SpoilView, StartParty
from console.domain.errors import DomainError
from console.service import party_access
from console.service.auth import SignedIn, require
from console.service.bounds import bounded
from console.service.commands import DeskCommand, desk_command
from console.service.core import Core, Here
from console.service.routes.room import Room
from console.service.tls import ca_path
from console.service.training_room import TrainingRoom

router = Room("/v1/training", "training")

Trainer = Annotated[SignedIn, Depends(require(Role.TRAINER))]
ByTrainer = Annotated[DeskCommand, Depends(desk_command(Role.TRAINER))]

MOST_SEED = 2**31


@router.get("/scenarios")
def scenarios(_who: Trainer, core: Here) -> tuple[ScenarioSummary, ...]:
    """Return what can be played."""
    return _room(core).scenarios()


@router.get("/parties")
def parties(_who: Trainer, core: Here) -> tuple[RunningParty, ...]:
    """Return the simulated parties that run."""
    return _room(core).running()


@router.post("/parties")
def start(body: StartParty, command: ByTrainer) -> RunningParty:
    """Let a simulated party call, as somebody who got a link by SMS."""
    bounded(body)
    core, room = command.core, _room(command.core)
    if not 0 <= body.seed < MOST_SEED:
        raise DomainError("invalid-request", places="seed: range")
    case = room.scenario(body.scenario, body.seed)
    with command.begin() as work:
        request = CreateLink(phone=case.party("A").person.phone)
        ca = ca_path(core.settings.data, lan=core.settings.lan)
        return work.answer(
            room.start(case, lambda: party_access.create_link(core, work, request).url, ca, work.now)
        )


@router.post("/parties/{party}/view", status_code=204)
def spoil(party: str, body: SpoilView, command: ByTrainer) -> None:
    """Have a party hold its phone badly."""
    with command.begin():
        _room(command.core).spoil(party, body.flaw)


@router.delete("/parties/{party}", status_code=204)
def stop(party: str, command: ByTrainer) -> None:
    """End a party; to the call it is a phone that went away."""
    with command.begin():
        _room(command.core).stop(party)


def _room(core: Core) -> TrainingRoom:
    if core.training is None:
        raise DomainError("training-only")
    return core.training
