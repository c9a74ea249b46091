"""Review: once an accident, in time, by whom the document was served on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clock import end_of_day, local_date
from console.domain.determination import Service
from console.domain.errors import DomainError
from console.domain.review import (
    Review,
    ReviewApplied,
    ReviewDecided,
    ReviewForwarded,
    ReviewOutcome,
    after,
    may_join,
    require_reviewable,
)
from tests.unit.domain.builders import PARTY_A, PARTY_B, T0, determination

LAST = date(2026, 11, 26)
DOCUMENT = replace(determination(), served=(Service(party_id=PARTY_A, served_at=T0, review_until=LAST),))
APPLIED = ReviewApplied(
    party_id=PARTY_A, claims="撤销", reasons="对方变道", evidence="录像", forward_until=date(2026, 11, 30)
)


@given(st.integers(-400_000, 400_000))
def test_the_last_day_is_whole_in_shanghai_and_nothing_after_it_counts(seconds: int) -> None:
    moment = datetime(2026, 11, 26, 16, tzinfo=UTC) + timedelta(seconds=seconds)
    if seconds < 0:
        assert require_reviewable(DOCUMENT, None, PARTY_A, moment) is DOCUMENT
    else:
        with pytest.raises(DomainError, match="review-late") as refused:
            require_reviewable(DOCUMENT, None, PARTY_A, moment)
        assert refused.value.params == {"last_day": "2026-11-26"}


def test_the_end_of_a_day_is_the_next_ones_first_moment() -> None:
    over = end_of_day(LAST)
    assert local_date(over) == LAST + timedelta(days=1)
    assert local_date(over - timedelta(microseconds=1)) == LAST


def test_who_was_not_served_or_comes_second_is_refused() -> None:
    for document, party in ((None, PARTY_A), (DOCUMENT, PARTY_B), (determination(), PARTY_A)):
        with pytest.raises(DomainError, match="not-served"):
            require_reviewable(document, None, party, T0)
    with pytest.raises(DomainError, match="review-once"):
        require_reviewable(DOCUMENT, Review(application=APPLIED, applied_at=T0), PARTY_A, T0)


def test_each_step_has_its_own_last_day() -> None:
    applied = after(None, APPLIED, T0)
    assert (applied.open, applied.due_on) == (True, date(2026, 11, 30))
    forwarded = after(applied, ReviewForwarded(decide_until=date(2026, 12, 28)), T0)
    assert (forwarded.open, forwarded.due_on) == (True, date(2026, 12, 28))
    decided = after(forwarded, ReviewDecided(outcome=ReviewOutcome.CORRECTED, note="第1号"), T0)
    assert (decided.open, decided.due_on) == (False, None)
    with pytest.raises(DomainError, match="no-review"):
        after(None, ReviewForwarded(decide_until=None), T0)


def test_a_second_party_is_joined_until_the_decision_and_the_thirty_days_stay() -> None:
    served = tuple(Service(party_id=one, served_at=T0, review_until=LAST) for one in (PARTY_A, PARTY_B))
    document = replace(DOCUMENT, served=served)
    forwarded = after(after(None, APPLIED, T0), ReviewForwarded(decide_until=date(2026, 12, 28)), T0)
    assert require_reviewable(document, forwarded, PARTY_B, T0) is document
    second = replace(APPLIED, party_id=PARTY_B, forward_until=date(2026, 12, 1))
    joined = after(forwarded, second, T0 + timedelta(days=1))
    assert [one.party_id for one, _at in joined.applications] == [PARTY_A, PARTY_B]
    assert (joined.to_forward, joined.due_on) == ((second,), date(2026, 12, 1))
    sent = after(joined, ReviewForwarded(decide_until=date(2027, 1, 1)), T0 + timedelta(days=2))
    assert (sent.to_forward, sent.due_on) == ((), date(2026, 12, 28)), "thirty days from the first"
    decided = after(sent, ReviewDecided(outcome=ReviewOutcome.UPHELD, note="第1号"), T0)
    assert not any(may_join(decided, one) for one in (PARTY_A, PARTY_B))
    with pytest.raises(DomainError, match="review-once"):
        require_reviewable(document, decided, PARTY_B, T0)


def test_what_was_made_after_a_review_is_not_reviewed() -> None:
    service = Service(party_id=PARTY_A, served_at=T0, review_until=None)
    with pytest.raises(DomainError, match="review-once"):
        require_reviewable(replace(DOCUMENT, served=(service,)), None, PARTY_A, T0)


def test_an_order_to_rule_anew_waits_until_the_new_document() -> None:
    ordered = ReviewDecided(outcome=ReviewOutcome.REINVESTIGATE, note="第1号", redo_until=date(2026, 12, 10))
    decided = after(after(None, APPLIED, T0), ordered, T0)
    assert (decided.to_redo, decided.due_on) == (True, date(2026, 12, 10))
    done = replace(decided, redone_at=T0)
    assert (done.to_redo, done.due_on) == (False, None)
