"""A case ends by its document, by the police, or by a road that has no document; nothing else is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.call import CallState
from console.domain.ending import Ending, ending, require_ended
from console.domain.errors import DomainError
from console.domain.ids import SeatId
from console.domain.incident import Incident, IncidentState
from console.domain.triage import Answer, TriageFact
from tests.unit.domain.builders import call, determination, incident

SETTLED = dict.fromkeys(TriageFact, Answer.NO) | {TriageFact.NO_DISPUTE: Answer.YES}
LATE = {TriageFact.BOTH_LEFT: Answer.YES}


def standing(state: IncidentState, facts: dict[TriageFact, Answer] | None = None) -> Incident:
    return replace(incident(), state=state, facts=facts or {})


@pytest.mark.parametrize("state", [IncidentState.COLLECTING, IncidentState.RULING])
@pytest.mark.parametrize(("facts", "found"), [(SETTLED, Ending.SETTLED), (LATE, Ending.NOT_TAKEN)])
def test_a_road_without_a_document_ends_where_it_stands(
    state: IncidentState, facts: dict[TriageFact, Answer], found: Ending
) -> None:
    assert require_ended(standing(state, facts), [call()]) is found


@pytest.mark.parametrize(
    ("state", "found"), [(IncidentState.SERVED, Ending.SERVED), (IncidentState.DISPATCHED, Ending.POLICE)]
)
def test_a_case_that_was_served_or_sent_the_police_ends(state: IncidentState, found: Ending) -> None:
    assert require_ended(standing(state), []) is found


@pytest.mark.parametrize("state", IncidentState)
def test_an_ordinary_case_is_not_at_its_end_before(state: IncidentState) -> None:
    if state in {IncidentState.SERVED, IncidentState.DISPATCHED}:
        return
    assert ending(standing(state, dict.fromkeys(TriageFact, Answer.NO))) is None
    with pytest.raises(DomainError, match="incident-state"):
        require_ended(standing(state), [])


def test_a_case_that_is_ruled_anew_ends_with_its_new_document() -> None:
    again = replace(standing(IncidentState.RULING, SETTLED), determination=determination())
    assert ending(again) is None


@pytest.mark.parametrize("facts", [SETTLED, LATE])
def test_nothing_ends_without_a_document_while_a_party_is_on_the_line(
    facts: dict[TriageFact, Answer],
) -> None:
    held = replace(call(), state=CallState.INTERRUPTED, seat=SeatId("07"))
    with pytest.raises(DomainError, match="call-held") as refused:
        require_ended(standing(IncidentState.COLLECTING, facts), [call(), held])
    assert refused.value.params == {"seat": "07"}


def test_parties_settle_only_once_every_row_is_answered() -> None:
    half = {**SETTLED, TriageFact.DRIVER_SWAP: Answer.UNKNOWN}
    with pytest.raises(DomainError, match="facts-open"):
        require_ended(standing(IncidentState.COLLECTING, half), [])
