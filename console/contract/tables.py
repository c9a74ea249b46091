"""The tables behind the ruling form. ``GET /v1/tables`` answers with ``Tables``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.fault_table import FaultKind
from console.domain.script import BranchScript
from console.domain.situation import Situation


@dataclass(frozen=True, kw_only=True)
class CodeTable:
    """A police code table: its title and, in reading order, the words of each code."""

    title: str
    codes: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything a ruling chooses from.

    ``codes`` by the name of the field they fill: ``weather``, ``junction``, ``control`` and
    ``collision_form`` of a ruling, ``collision_part`` and ``driving_state`` of a party's details; of
    ``vehicle_type`` the details hold the words, as a vehicle licence prints them.
    """

    faults: tuple[FaultKind, ...]
    codes: Mapping[str, CodeTable]
    situations: tuple[Situation, ...] = ()
    scripts: tuple[BranchScript, ...] = ()
