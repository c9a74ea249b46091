"""What is typed: on disk in moments, sent when the typing pauses, never lost; and the acts that follow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from console.contract.desk_api import (
    DescribePlace,
    HandOver,
    PinPlace,
    StateFact,
    StatePartyDetails,
    WriteNotes,
)
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm
from console.domain.geo import Datum, Position
from console.domain.ids import IncidentId, PartyId
from console.domain.party import PartyDetails
from console.domain.ruling import Outcome, Ruling
from console.domain.triage import Answer, TriageFact
from console.usecases.acts import HandOver as HandingOver
from console.usecases.acts import Rule
from console.usecases.casework import Notes, Parties, Place, Triage
from console.usecases.edits import NOTES, Edits, fact_key, kind_of
from console.usecases.facts import EditChanged, EditState, RulingReviewed
from console.usecases.ports import Draft, ServiceUnavailable
from tests.fake_service import FakeService
from tests.fakes import Facts, FakeDrafts
from tests.unit.domain.builders import PARTY_A, T0, ruling
from tests.unit.usecases.conftest import Bench

pytestmark = pytest.mark.asyncio

INCIDENT = IncidentId("incident")
DRAFT = Draft(incident_id=INCIDENT, key=NOTES, value=WriteNotes(text="无人受伤"))


class Desk:
    """Edits with short times, running."""

    def __init__(self) -> None:
        self.service, self.drafts, self.facts = FakeService(), FakeDrafts(), Facts()
        self.edits = Edits(
            self.service, self.drafts, self.facts, keep_after_s=0.01, send_after_s=0.05, retry_s=0.05
        )

    async def reached(self, state: EditState) -> EditChanged:
        return await self.facts.until(EditChanged, lambda fact: fact.state is state)


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    """A desk whose edits are being sent."""
    made = Desk()
    running = asyncio.create_task(made.edits.run())
    yield made
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await made.edits.close()


async def test_typing_is_kept_together_and_sent_once(desk: Desk) -> None:
    notes = Notes(desk.edits)
    for end in range(1, 5):
        await notes.write(INCIDENT, "无人受伤"[:end])
    await desk.reached(EditState.SENT)
    assert desk.service.asked == [("write_notes", WriteNotes(text="无人受伤"))]
    assert desk.drafts.writes <= 2
    assert desk.drafts.kept == {}


async def test_it_is_on_disk_before_it_is_sent(desk: Desk) -> None:
    await Notes(desk.edits).write(INCIDENT, "无人受伤")
    await desk.edits.flush()
    assert tuple(desk.drafts.kept.values()) == (DRAFT,)


async def test_what_cannot_be_sent_waits_and_goes_when_the_service_is_back(desk: Desk) -> None:
    desk.service.trouble["write_notes"].extend([ServiceUnavailable("unreachable")] * 2)
    await Notes(desk.edits).write(INCIDENT, "无人受伤")
    await desk.service.until("write_notes")
    assert desk.drafts.kept
    desk.edits.on_online()
    await desk.reached(EditState.SENT)
    assert len(await desk.service.until("write_notes", 3)) == 3


async def test_what_an_earlier_run_left_is_sent(desk: Desk) -> None:
    await desk.drafts.keep(DRAFT)
    await desk.edits.open()
    await desk.reached(EditState.SENT)
    assert desk.service.asked == [("write_notes", DRAFT.value)]


async def test_a_refusal_is_told_and_the_text_stays_on_disk(desk: Desk) -> None:
    desk.service.trouble["write_notes"].append(DomainError("text-too-long", limit=20000))
    await Notes(desk.edits).write(INCIDENT, "无人受伤")
    refused = await desk.reached(EditState.REFUSED)
    assert (refused.code, refused.params) == ("text-too-long", {"limit": 20000})
    assert desk.drafts.kept
    assert not desk.edits.unsent(INCIDENT)


def pinned(longitude: float) -> Position:
    return Position(longitude=longitude, latitude=39.0, datum=Datum.WGS84, accuracy_m=0, fixed_at=T0)


async def test_rows_are_sent_at_once_each_under_its_own_key(desk: Desk) -> None:
    triage = Triage(desk.edits)
    await triage.state(INCIDENT, TriageFact.INJURY, Answer.NO)
    await triage.state(INCIDENT, TriageFact.DANGEROUS_GOODS, Answer.UNKNOWN)
    await triage.choose_form(INCIDENT, AccidentForm.LANE_CHANGE)
    place = Place(desk.edits, desk.service)
    await place.describe(INCIDENT, "示例路", "灯杆 12")
    for longitude in (83.01, 83.02):
        await place.pin(INCIDENT, pinned(longitude), by_hand=True)
    details = PartyDetails(name="示例安")
    await Parties(desk.edits, desk.service).state_details(INCIDENT, PARTY_A, details)
    await desk.edits.deliver(INCIDENT)
    said = dict(desk.service.asked)
    assert said["state_fact"] == (TriageFact.DANGEROUS_GOODS, Answer.UNKNOWN)
    assert ("state_fact", (TriageFact.INJURY, Answer.NO)) in desk.service.asked
    assert said["pin_place"] == PinPlace(position=pinned(83.02), by_hand=True)
    assert said["describe_place"] == DescribePlace(road="示例路", landmark="灯杆 12")
    assert said["state_details"] == (PARTY_A, details)
    assert not desk.edits.unsent(INCIDENT)


async def test_keys_name_the_type_of_their_values() -> None:
    assert kind_of(fact_key(TriageFact.INJURY)) is StateFact
    assert kind_of(f"party/{PartyId('x')}") is StatePartyDetails
    with pytest.raises(ValueError, match="no edit"):
        kind_of("anything")


async def test_handing_over_delivers_first_and_fails_with_it(bench: Bench) -> None:
    await bench.does.notes.write(INCIDENT, "无人受伤")
    bench.service.trouble["write_notes"].append(ServiceUnavailable("timeout"))
    hand_over: HandingOver = bench.does.hand_over
    with pytest.raises(ServiceUnavailable):
        await hand_over.hand_over(INCIDENT)
    assert "hand_over" not in dict(bench.service.asked)
    await hand_over.hand_over(INCIDENT, gaps_reason="已移车")
    assert [name for name, _ in bench.service.asked][-2:] == ["write_notes", "hand_over"]
    assert bench.service.asked[-1][1] == HandOver(note="", gaps_reason="已移车")


async def test_a_ruling_is_saved_reviewed_previewed_and_issued(bench: Bench) -> None:
    rule: Rule = bench.does.rule
    review = await rule.save(INCIDENT, Ruling(outcome=Outcome.RULING, parties=()))
    assert review.problems
    review = await rule.save(INCIDENT, ruling())
    assert review.problems == ()
    assert bench.facts.of(RulingReviewed)[-1].review == review
    assert await rule.preview(INCIDENT) == b"%PDF preview"
    await rule.issue(INCIDENT, review.version)
    assert bench.service.asked[-1][0] == "issue_determination"
    assert await rule.document(INCIDENT) == b"%PDF issued"


async def test_nothing_is_issued_while_something_typed_is_unsent(bench: Bench) -> None:
    await bench.does.rule.write(INCIDENT, ruling())
    with pytest.raises(DomainError, match="edits-unsent"):
        await bench.does.rule.issue(INCIDENT, 7)
    assert "issue_determination" not in dict(bench.service.asked)


async def test_no_case_is_closed_while_something_typed_is_unsent(bench: Bench) -> None:
    await bench.does.rule.write(INCIDENT, ruling())
    with pytest.raises(DomainError, match="edits-unsent"):
        await bench.does.close.close(INCIDENT, "fast-track")
    assert "close_incident" not in dict(bench.service.asked)


async def test_acts_go_at_once(bench: Bench) -> None:
    does = bench.does
    await does.dispatch.send(INCIDENT, "injury", "有人受伤")
    await does.evacuate.push(INCIDENT, "请撤离", "应急车道")
    await does.close.close(INCIDENT, "fast-track")
    link = await does.invite.create("10012345678")
    assert link.url.startswith("https://")
    names = [name for name, _ in bench.service.asked]
    assert names == ["dispatch", "evacuate", "close_incident", "create_link"]
