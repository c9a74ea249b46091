"""Verification as part of an incident: starting, recording, taking over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain import events as ev
from console.domain.errors import DomainError
from console.domain.evolution import evolve
from console.domain.incident import Incident
from console.domain.triage import Answer, TriageFact
from console.domain.verification import (
    Check,
    CheckItem,
    CheckResult,
    ChecksRecorded,
    ChecksStarted,
    Comparison,
    Field,
    RegisteredValueAdopted,
    Seen,
    Source,
    Verdict,
    adopted,
)
from tests.unit.domain.builders import PARTY_A, PARTY_B, T0, at, incident, party

INSURED = Check(
    item=CheckItem.INSURANCE,
    result=CheckResult.VERIFIED,
    source=Source.INSURANCE,
    at=T0,
    comparisons=(
        Comparison(field=Field.INSURER, seen=Seen(), registered="样例财险", verdict=Verdict.NOT_SEEN),
        Comparison(field=Field.INSURANCE_PERIOD, seen=Seen(), registered="2026/2027", verdict=Verdict.AGREES),
    ),
)


def after(*events: ev.Event) -> Incident:
    current = incident()
    joined = (ev.PartyJoined(party=party(PARTY_A, "甲")), ev.PartyJoined(party=party(PARTY_B, "乙")))
    for number, event in enumerate((*joined, *events), start=2):
        current = evolve(current, event, at(number), "service", number)
    return current


def test_every_party_has_every_check_in_order() -> None:
    checks = after().verification(PARTY_A).checks
    assert [check.item for check in checks] == list(CheckItem)
    assert {check.result for check in checks} == {CheckResult.WAITING}


def test_starting_voids_the_earlier_finding_of_that_item_alone() -> None:
    found = ChecksRecorded(party_id=PARTY_A, checks=(INSURED,))
    again = ChecksStarted(party_id=PARTY_A, items=(CheckItem.INSURANCE, CheckItem.LICENCE))
    known = after(found, again).verification(PARTY_A)
    assert known.check(CheckItem.INSURANCE) == Check(
        item=CheckItem.INSURANCE, result=CheckResult.PENDING, attempts=1
    )
    assert known.check(CheckItem.IDENTITY).result is CheckResult.WAITING
    assert after(again, found).verification(PARTY_A).check(CheckItem.INSURANCE) == INSURED
    assert after(again, found).verification(PARTY_B).check(CheckItem.INSURANCE).result is CheckResult.WAITING


def test_a_registered_value_is_taken_over_by_name_only() -> None:
    known = after(ChecksRecorded(party_id=PARTY_A, checks=(INSURED,)))
    assert known.party(PARTY_A).details.insurer == ""
    value = adopted(known.verification(PARTY_A), Field.INSURER)
    taken = RegisteredValueAdopted(party_id=PARTY_A, field=Field.INSURER, value=value)
    assert evolve(known, taken, T0, "officer", 99).party(PARTY_A).details.insurer == "样例财险"
    with pytest.raises(DomainError, match="nothing-registered"):
        adopted(known.verification(PARTY_A), Field.POLICY_NUMBER)
    with pytest.raises(DomainError, match="not-adoptable"):
        adopted(known.verification(PARTY_A), Field.INSURANCE_PERIOD)


def test_rows_are_counted_by_verdict() -> None:
    known = after(ChecksRecorded(party_id=PARTY_A, checks=(INSURED,))).verification(PARTY_A)
    assert known.count(Verdict.AGREES, Verdict.NOT_SEEN) == 2
    assert not known.differs


def test_nobody_moves_while_registered_data_contradict_the_scene() -> None:
    vehicle = Check(item=CheckItem.VEHICLE, result=CheckResult.MISMATCH, source=Source.VEHICLES, at=T0)
    doubted = after(ChecksRecorded(party_id=PARTY_B, checks=(vehicle,)))
    assert doubted.doubted == (PARTY_B,)
    assert not doubted.may_move
    found = replace(vehicle, result=CheckResult.MANUAL, note="repainted", by="officer")
    settled = evolve(doubted, ChecksRecorded(party_id=PARTY_B, checks=(found,)), T0, "officer", 9)
    assert settled.doubted == ()
    assert settled.may_move
    hurt = ev.TriageFactStated(fact=TriageFact.INJURY, answer=Answer.YES)
    assert not evolve(settled, hurt, T0, "officer", 10).may_move
