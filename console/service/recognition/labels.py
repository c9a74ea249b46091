"""The printed words by which documents and their fields are known: ``resources/recognition/labels.toml``.

A label leads to a field; one that leads to none still ends the value before it. English words stand below the
Chinese ones on newer cards.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from console.assets import RESOURCES
from console.domain.recognition import DocumentKind, FieldName


@dataclass(frozen=True)
class Label:
    """One printed word; ``field`` is ``None`` for one that only ends what stands before it.

    A weak one also stands inside values and sentences, and is a label only where something begins.
    """

    word: str
    field: FieldName | None
    weak: bool
    english: bool = False


@dataclass(frozen=True)
class Words:
    """What is printed on one kind of document; ``labels`` come the longest first."""

    titles: tuple[str, ...]
    labels: tuple[Label, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """The Chinese labels that lead to a field."""
        return tuple(label.word for label in self.labels if label.field is not None and not label.english)


with (RESOURCES / "recognition" / "labels.toml").open("rb") as _file:
    _TABLE = tomllib.load(_file)

ETHNICITIES = frozenset(_TABLE["ethnicities"])
NOISE = re.compile("|".join(_TABLE["noise"]))
"""Lines that are no value anywhere: titles, and what is stamped over training documents."""


def _words(kind: DocumentKind) -> Words:
    table = _TABLE[kind.value]
    weak = frozenset(_TABLE["weak"])
    found = {word: Label(word, None, word in weak) for word in table["ends"]}
    for name, words in table["labels"].items():
        found |= {word: Label(word, FieldName(name), word in weak) for word in words}
    for name, words in table.get("english", {}).items():
        bare = [word.replace(" ", "") for word in words]
        found |= {word: Label(word, FieldName(name), weak=True, english=True) for word in bare}
    longest_first = sorted(found.values(), key=lambda label: len(label.word), reverse=True)
    return Words(titles=tuple(table["titles"]), labels=tuple(longest_first))


WORDS: Mapping[DocumentKind, Words] = {kind: _words(kind) for kind in DocumentKind if kind.value in _TABLE}

ENGLISH: Mapping[FieldName | None, tuple[str, ...]] = {
    name: tuple(
        label.word
        for words in WORDS.values()
        for label in words.labels
        if label.english and label.field is name
    )
    for name in FieldName
}
"""The English words of each field, without spaces, on any document."""
