"""What no text may hold."""

from __future__ import annotations

import pytest

from console.domain.errors import DomainError
from console.domain.party import PartyDetails
from console.service.bounds import bounded


@pytest.mark.parametrize("text", ["\0", "a\x1db", "\x7f", "\x85", "\ud800"])
def test_a_control_or_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="invalid-request"):
        bounded(PartyDetails(name=text))


def test_lines_and_tabs_are_text() -> None:
    bounded(PartyDetails(name="一\n二\t三\r\n"))
