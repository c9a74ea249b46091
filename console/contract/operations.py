"""What a service tells of itself to whoever runs it: ``GET /health`` and ``GET /ready``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Health:
    """The process lives and answers."""

    alive: Literal[True] = True


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Whether calls should be sent to this process; ``checks`` names each condition, ``ok`` or what is wrong.

    Conditions: ``database`` answers, ``schema`` is the newest version, ``evidence`` may be written and has
    room left, ``calendar`` knows the coming days.
    """

    ready: bool
    checks: Mapping[str, str]
