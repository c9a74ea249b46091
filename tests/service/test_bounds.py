"""What no text may hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from console.contract.application_api import DecideReview
from console.contract.desk_api import IssueDetermination, StateAccidentTime
from console.contract.party_api import WriteWords
from console.domain.errors import DomainError
from console.domain.party import PartyDetails
from console.domain.review import ReviewOutcome
from console.service.bounds import bounded


@pytest.mark.parametrize("text", ["\0", "a\x1db", "\x7f", "\x85", "\ud800"])
def test_a_control_or_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="invalid-request"):
        bounded(PartyDetails(name=text))


@pytest.mark.parametrize("text", ["甲\u202e追尾\u202c乙", "a\u2066b", "\u200b", " \u3164\n", "\u2060\ufeff"])
def test_what_turns_the_reading_or_looks_empty_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="invalid-request"):
        bounded(WriteWords(text=text))


@pytest.mark.parametrize("text", ["", " \n", "示例\u200b安", "ئۇيغۇر \u200fمەھەممەت", "👨\u200d👩\u200d👧"])
def test_what_people_write_is_text(text: str) -> None:
    bounded(WriteWords(text=text))


@pytest.mark.parametrize(
    "value",
    [
        IssueDetermination(version=1 << 63),
        StateAccidentTime(occurred_at=datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=12)))),
        StateAccidentTime(occurred_at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        DecideReview(outcome=ReviewOutcome.UPHELD, note="x", decided_on=date(1, 1, 1)),
    ],
)
def test_numbers_and_days_out_of_all_bounds_are_refused(value: object) -> None:
    with pytest.raises(DomainError, match="invalid-request"):
        bounded(value)


def test_lines_and_tabs_are_text() -> None:
    bounded(PartyDetails(name="一\n二\t三\r\n"))
