"""The facts of the ruling form (picture 05): of the accident, and of each party's vehicle. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from console.contract.tables import CodeTable, Tables
from console.domain.incident import Incident
from console.domain.party import PartyDetails
from console.domain.ruling import Ruling
from console.domain.statement import vehicle_type
from console.presenters.words import tr
from widgets.ruling_form import FactField

FACTS = ("junction", "control", "collision_form", "weather")
"""Fields of a ruling that are chosen from a code table; what decides the article comes first."""

_ASKED: Mapping[str, str] = {"collision_part": "部位", "driving_state": "状态", "vehicle_type": "车型"}
"""Details of a party that are chosen from a code table, and how the form calls them after the party."""


def accident_facts(draft: Ruling, tables: Tables) -> tuple[FactField, ...]:
    """Return the fields of the accident itself."""
    return tuple(
        FactField(key, tr(tables.codes[key].title), _coded(tables.codes[key]), getattr(draft, key))
        for key in FACTS
    )


def party_facts(
    incident: Incident, details: tuple[PartyDetails, ...], tables: Tables
) -> tuple[FactField, ...]:
    """Return the fields of all parties, the same detail of each beside the other.

    ``details`` are the parties' as they stand at the desk, in the order of joining. The kind of vehicle
    stands as it is known from licence or register until another one is chosen.
    """
    return tuple(
        FactField(
            f"{index}/{key}",
            f"{party.label} {tr(words)}",
            _vehicles(tables.codes[key], chosen) if key == "vehicle_type" else _coded(tables.codes[key]),
            chosen,
        )
        for key, words in _ASKED.items()
        for index, (party, stated) in enumerate(zip(incident.parties, details, strict=True))
        for chosen in (
            getattr(stated, key) or (vehicle_type(incident, party) if key == "vehicle_type" else ""),
        )
    )


def party_fact(key: str) -> tuple[int, str] | None:
    """Return which party a field is about and which of its details, ``None`` for a fact of the accident."""
    index, slash, detail = key.partition("/")
    return (int(index), detail) if slash else None


def _coded(table: CodeTable) -> tuple[tuple[str, str], ...]:
    return tuple((code, f"{code} {tr(words)}") for code, words in table.codes.items())


def _vehicles(table: CodeTable, known: str) -> tuple[tuple[str, str], ...]:
    """Kinds of vehicle are kept in words, as licences print them; what is known stands among them."""
    kinds = dict.fromkeys((*table.codes.values(), *((known,) if known else ())))
    return tuple((words, tr(words)) for words in kinds)
