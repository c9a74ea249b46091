"""Problem answers (RFC 9457): one stable code a refusal, the words live with the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PROBLEM_TYPE_PREFIX = "urn:kuaichu:problem:"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Body of an ``application/problem+json`` answer.

    ``type`` is ``urn:kuaichu:problem:CODE``; ``title`` is for people who read logs; ``params`` fill the
    reader's own words and hold no personal data.
    """

    type: str
    title: str
    status: int
    params: Mapping[str, str | int | float] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable kebab-case code."""
        return self.type.removeprefix(PROBLEM_TYPE_PREFIX)
