"""Which checks are due: from the facts and the clock alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.checking import basis
from console.domain.incident import Incident, IncidentState
from console.domain.party import PartyDetails
from console.domain.statement import stated
from console.domain.verification import (
    Check,
    CheckItem,
    CheckResult,
    ChecksRecorded,
    ChecksStarted,
    unchecked,
    with_checks,
)
from console.service.check_plan import Plan, plan
from tests.unit.domain.builders import PARTY_A, T0, at, incident, party, ruling

OF_THE_PLATE = (CheckItem.VEHICLE, CheckItem.INSPECTION, CheckItem.INSURANCE)


def case(*checks: Check, plate: str = "测A·12345") -> Incident:
    """Return an incident in which nothing but a plate is known, and these checks were found."""
    who = replace(party(PARTY_A, "甲"), details=PartyDetails(plate=plate))
    return replace(incident(), parties=(who,), verifications=(with_checks(unchecked(PARTY_A), checks),))


def found(item: CheckItem, result: CheckResult = CheckResult.VERIFIED) -> Check:
    """Return a finding about the facts of ``case``."""
    known = case()
    return Check(item=item, result=result, basis=basis(item, stated(known, known.parties[0]), T0))


def started(*items: CheckItem, attempt: int = 1) -> Plan:
    return Plan(records=(ChecksStarted(party_id=PARTY_A, items=items, attempt=attempt),))


def test_items_start_once_their_facts_are_known() -> None:
    assert plan(case(), T0) == started(*OF_THE_PLATE)
    assert plan(case(plate=""), T0) == Plan()
    assert plan(replace(case(), state=IncidentState.ISSUED), T0) == Plan()


def test_a_finding_about_the_same_facts_is_left_alone() -> None:
    known = case(*(found(item) for item in OF_THE_PLATE))
    assert plan(known, T0) == Plan()
    later = replace(known, occurred_at=at(-60))
    assert plan(later, T0) == started(CheckItem.INSPECTION, CheckItem.INSURANCE)


def test_what_is_pending_is_asked() -> None:
    pending = (Check(item=item, result=CheckResult.PENDING, attempts=1) for item in OF_THE_PLATE)
    assert plan(case(*pending), T0) == Plan(pending=tuple((PARTY_A, item) for item in OF_THE_PLATE))


def test_findings_about_facts_that_are_gone_are_void_but_for_a_persons() -> None:
    known = case(
        found(CheckItem.VEHICLE),
        found(CheckItem.INSPECTION, CheckResult.MANUAL),
        Check(item=CheckItem.INSURANCE, result=CheckResult.PENDING),
        plate="测A·1",
    )
    void = tuple(
        Check(item=item, reason="plate-missing") for item in (CheckItem.VEHICLE, CheckItem.INSURANCE)
    )
    assert plan(known, T0) == Plan(records=(ChecksRecorded(party_id=PARTY_A, checks=void),))


@pytest.mark.parametrize(("seconds", "asked"), [(29, False), (30, True)])
def test_a_source_that_was_away_is_asked_again_in_time(seconds: int, asked: bool) -> None:
    away = replace(
        found(CheckItem.VEHICLE, CheckResult.SOURCE_UNAVAILABLE),
        next_try_at=T0 + timedelta(seconds=30),
        attempts=2,
    )
    known = case(away, found(CheckItem.INSPECTION), found(CheckItem.INSURANCE))
    due = started(CheckItem.VEHICLE, attempt=3) if asked else Plan(look_at=away.next_try_at)
    assert plan(known, at(seconds)) == due
    assert plan(replace(known, ruling=ruling()), at(seconds)) == Plan()
