"""The law behind a ruling: which provisions stand on a day, and what each says in our own words.

A document cites the law in force on the day of the accident. Verbatim wording is never kept here; it comes
from an administrator's import and is versioned by the day it came into force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from console.domain.fault_table import FaultKind
from console.domain.ruling import Citation


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One version of a law: in force from ``since`` to ``until``, both included, ``None`` while it lasts."""

    since: date
    until: date | None
    source: str

    def holds(self, on: date) -> bool:
        """Tell whether the edition is in force on ``on``."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The verbatim text of a provision as an administrator imported it, for the days on which it reads so."""

    text: str
    since: date
    until: date | None
    source: str

    def holds(self, on: date) -> bool:
        """Tell whether the provision reads so on ``on``."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, kw_only=True)
class Provision:
    """A provision and our own paraphrase of it, for the days on which it reads so.

    ``wording`` is the imported text of the day, ``None`` where nobody imported it.
    """

    citation: Citation
    words: str
    since: date
    until: date | None = None
    wording: Wording | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the provision stands on ``on``."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, kw_only=True)
class Law:
    """Everything a suggestion rests on. ``version`` names the state of these tables."""

    version: str
    faults: Mapping[str, FaultKind]
    editions: Mapping[str, tuple[Edition, ...]]
    provisions: Mapping[Citation, tuple[Provision, ...]]
    wordings: Mapping[Citation, tuple[Wording, ...]] = field(default_factory=dict)

    def in_force(self, citation: Citation, on: date) -> bool:
        """Tell whether ``citation`` may be cited for an accident of day ``on``."""
        edition = any(edition.holds(on) for edition in self.editions.get(citation.law, ()))
        provisions = self.provisions.get(citation, ())
        return edition and (not provisions or any(provision.holds(on) for provision in provisions))

    def provision(self, citation: Citation, on: date) -> Provision | None:
        """Return ``citation`` in our words, and verbatim where imported, as it read on ``on``."""
        found = next((one for one in self.provisions.get(citation, ()) if one.holds(on)), None)
        wording = next((one for one in self.wordings.get(citation, ()) if one.holds(on)), None)
        return None if found is None else replace(found, wording=wording)
