"""Verification at the desk: what is asked of the service, and silent codes counted in own cases alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from console.contract.desk_api import SignIn
from console.contract.journal import DeskSnapshot, Entry
from console.domain import events as ev
from console.domain.ids import EvidenceId, IncidentId, SeatId, UserId
from console.domain.verification import CheckItem, ChecksRecorded, Field
from console.store.desk_store import DeskStore
from console.usecases.facts import SilentCounted
from console.usecases.ports import ServiceUnavailable
from tests.fake_service import session
from tests.fakes import NOW, SEAT
from tests.unit.domain.builders import PARTY_A, call
from tests.unit.usecases.conftest import Bench

pytestmark = pytest.mark.asyncio

OWN, OTHER = IncidentId("incident"), IncidentId("another")


def recorded(incident_id: IncidentId) -> Entry:
    event = ChecksRecorded(party_id=PARTY_A, checks=())
    return Entry(sequence=9, at=NOW, actor="service", incident_id=incident_id, call_id=None, event=event)


@pytest_asyncio.fixture
async def signed_in(bench: Bench) -> AsyncIterator[Bench]:
    """A desk at its seat."""
    await bench.does.shift.sign_in(SignIn(username="900010", password="right", seat=SEAT))
    yield bench
    await bench.does.verification.close()


async def test_what_a_person_does_is_asked_of_the_service(signed_in: Bench) -> None:
    does, service = signed_in.does.verification, signed_in.service
    await does.ask_again(OWN, PARTY_A, [CheckItem.VEHICLE])
    await does.find(OWN, PARTY_A, CheckItem.VEHICLE, " 原件相符 ", EvidenceId("e"))
    await does.adopt(OWN, PARTY_A, Field.INSURER, "样例财险")
    assert await does.view_silent(OWN, " 核实 ") == ()
    asked = dict(service.asked)
    assert asked["start_checks"] == (PARTY_A, (CheckItem.VEHICLE,))
    assert asked["view_silent"] == "核实"
    assert "find_manually" in asked
    assert "adopt_registered" in asked


async def test_the_time_is_typed_like_everything_else(signed_in: Bench) -> None:
    moment = NOW + timedelta(seconds=31)
    await signed_in.does.occurrence.state(OWN, moment)
    await signed_in.does.edits.deliver(OWN)
    minute = moment.replace(second=0, microsecond=0)
    assert ("state_time", minute) in signed_in.service.asked
    assert signed_in.drafts.kept == {}


async def test_silent_codes_are_counted_in_own_cases_alone(signed_in: Bench) -> None:
    does, service = signed_in.does.verification, signed_in.service
    service.silent = 1
    user = session().user.id
    own = replace(call(), answered_by=user, seat=SEAT)
    foreign = replace(own, incident_id=OTHER, seat=SeatId("99"))
    does.on_snapshot(DeskSnapshot(sequence=1, at=NOW, calls=(own, foreign), incidents=()))
    assert await service.until("count_silent") == [OWN]
    does.on_entry(recorded(OTHER))
    does.on_entry(recorded(OWN))
    assert await service.until("count_silent", 2) == [OWN, OWN]
    answered = ev.CallAnswered(seat=SEAT, user_id=UserId(user), user_name="示例安")
    does.on_entry(replace(recorded(OTHER), event=answered))
    service.trouble["count_silent"].append(ServiceUnavailable("timeout"))
    does.on_entry(recorded(OTHER))
    assert (await service.until("count_silent", 3))[-1] == OTHER
    counted = signed_in.facts.of(SilentCounted)
    assert counted == [SilentCounted(incident_id=OWN, count=1)] * 2


async def test_the_store_keeps_counts_apart_and_forgets_them_at_sign_out(signed_in: Bench) -> None:
    store = DeskStore()
    changes = store.apply(SilentCounted(incident_id=OWN, count=2))
    assert changes.silent == {OWN}
    assert not changes.incidents
    assert dict(store.silent_counts) == {OWN: 2}
    await signed_in.does.shift.sign_out()
    for fact in signed_in.facts.seen:
        store.apply(fact)
    assert dict(store.silent_counts) == {}
