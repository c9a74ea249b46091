"""The trainer's requests; a service that is not in training refuses them all (``training-only``).

``GET /v1/training/scenarios`` is a list of ``ScenarioSummary``, ``GET /v1/training/parties`` one of
``RunningParty``; ``DELETE /v1/training/parties/{party}`` ends one (204).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.evidence import AccidentForm


class ViewFlaw(StrEnum):
    """How a simulated party can be told to hold its phone badly."""

    BLURRED = "blurred"
    DARK = "dark"
    TILTED = "tilted"
    GLARE = "glare"


@dataclass(frozen=True, kw_only=True)
class ScenarioSummary:
    """A scenario as the trainer chooses it; what really happened stays with the service.

    ``difficulty`` is 1 to 3, ``articles`` are those of 公安部令第146号 under which the case falls.
    """

    name: str
    title: str
    form: AccidentForm
    difficulty: int
    articles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StartParty:
    """``POST /v1/training/parties``: let a simulated party call, answered by its ``RunningParty``.

    ``too-many-parties-running`` while as many run as this machine carries; ``unknown-scenario`` otherwise.
    """

    scenario: str
    seed: int


@dataclass(frozen=True, kw_only=True)
class RunningParty:
    """A simulated party; the same scenario and seed are the same call again."""

    id: str
    scenario: str
    title: str
    seed: int
    started_at: datetime


@dataclass(frozen=True, kw_only=True)
class SpoilView:
    """``POST /v1/training/parties/{party}/view``: pictures are no good until another view is asked for."""

    flaw: ViewFlaw
