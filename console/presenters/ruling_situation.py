"""A common situation chosen in one go: the officer's one choice becomes facts, course and faults. Pure.

Nothing is filled in before it is chosen, and who is liable never is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from console.contract.tables import Tables
from console.domain.incident import Incident
from console.domain.ruling import Ruling
from console.domain.situation import Situation
from console.presenters.ruling_draft import fault
from console.presenters.words import tr
from widgets.ruling_form import FactField

SITUATION = "situation"
"""Key of the field."""

_TWO = 2

T = TypeVar("T")


def situation_field(incident: Incident, draft: Ruling, tables: Tables) -> FactField | None:
    """Return the field with every situation of this form of accident, either way round; else ``None``."""
    labels = tuple(party.label for party in incident.parties)
    offered = [one for one in tables.situations if one.form is incident.form]
    if len(labels) != _TWO or not offered:
        return None
    options = tuple(
        (f"{one.key}/{first}", tr(one.name).format(*_ordered(labels, first)))
        for one in offered
        for first in range(_TWO)
    )
    numbered = tuple((key, f"{at} {words}") for at, (key, words) in enumerate(options, 1))
    chosen = next((key for key, _ in options if _holds(draft, incident, tables, key)), "")
    return FactField(SITUATION, tr("常见情形"), numbered, chosen)


def with_situation(draft: Ruling, incident: Incident, tables: Tables, key: str) -> Ruling:
    """Return ``draft`` with form, course and faults of that situation; shares stay as they are."""
    situation, first = _known(tables, key)
    course = situation.course.format(*_ordered(tuple(party.label for party in incident.parties), first))
    roles = _ordered(situation.roles, first)
    return replace(
        draft,
        facts=course,
        collision_form=situation.collision_form,
        parties=tuple(
            replace(party, faults=tuple(f for code in role.faults if (f := fault(tables, code)) is not None))
            for party, role in zip(draft.parties, roles, strict=True)
        ),
    )


def party_details(tables: Tables, key: str) -> tuple[tuple[str, str], ...]:
    """Return driving state and place of the blow of each party in that situation, in the parties' order."""
    situation, first = _known(tables, key)
    return tuple((role.driving_state, role.collision_part) for role in _ordered(situation.roles, first))


def _holds(draft: Ruling, incident: Incident, tables: Tables, key: str) -> bool:
    wanted = with_situation(draft, incident, tables, key)
    return (draft.facts, draft.collision_form) == (wanted.facts, wanted.collision_form) and [
        {f.code for f in party.faults} for party in draft.parties
    ] == [{f.code for f in party.faults} for party in wanted.parties]


def _known(tables: Tables, key: str) -> tuple[Situation, int]:
    name, _, first = key.rpartition("/")
    return next(one for one in tables.situations if one.key == name), int(first)


def _ordered(pair: tuple[T, ...], first: int) -> tuple[T, ...]:
    """Return the two as they are, or the other way round for ``first`` 1."""
    return pair if first == 0 else (pair[1], pair[0])
