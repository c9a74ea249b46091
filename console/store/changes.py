"""Changes: what a fact touched, so that a view refreshes that and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from console.domain.ids import CallId, EvidenceId, IncidentId


class Lamp(StrEnum):
    """The five lamps of the top bar."""

    SERVICE = "service"
    MEDIA = "media"
    OUTBOX = "outbox"
    CLOCK = "clock"
    KEYRING = "keyring"


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed; nothing of it is falsy.

    ``edits`` names incident and key, ``guidance`` message ids, ``connections`` calls whose connection went
    on. ``media`` tells of new readings of picture and sound, ``resync`` that an entry did not fit and
    everything must be loaded anew.
    """

    calls: frozenset[CallId] = frozenset()
    incidents: frozenset[IncidentId] = frozenset()
    evidence: frozenset[EvidenceId] = frozenset()
    connections: frozenset[CallId] = frozenset()
    phones: frozenset[CallId] = frozenset()
    edits: frozenset[tuple[IncidentId, str]] = frozenset()
    reviews: frozenset[IncidentId] = frozenset()
    silent: frozenset[IncidentId] = frozenset()
    guidance: frozenset[str] = frozenset()
    lamps: frozenset[Lamp] = frozenset()
    session: bool = False
    seat: bool = False
    media: bool = False
    devices: bool = False
    muted: bool = False
    recovery: bool = False
    resync: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self))

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            **{part.name: getattr(self, part.name) | getattr(other, part.name) for part in fields(self)}
        )


NOTHING = Changes()
