"""Common situations of two vehicles: facts and faults that an officer chooses in one go.

Only facts and faults: who is liable is always chosen apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.evidence import AccidentForm


@dataclass(frozen=True, kw_only=True)
class SituationRole:
    """What one of the two did and where it was hit (codes of the police tables), and its causal faults."""

    driving_state: str
    collision_part: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A situation by its ``key``, offered for accidents of ``form``.

    ``name`` and ``course`` (the sentence of the document) say {0} and {1} for the labels of the two roles.
    """

    key: str
    form: AccidentForm
    name: str
    course: str
    collision_form: str
    roles: tuple[SituationRole, SituationRole]
