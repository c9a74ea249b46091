"""Refusals that a person should read. Bugs are ordinary exceptions and never become one of these."""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """A rule or a state refuses what was asked.

    ``code`` is a stable kebab-case name; ``params`` fill the words, which live in one place per language.
    """

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, str | int | float] = params
