"""Everything of the desk below Qt, media apart, through one whole case on the real service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from console.adapters.clock import SystemClock
from console.adapters.drafts import Drafts
from console.adapters.event_feed import EventFeed
from console.adapters.evidence_vault import EvidenceVault, open_vault_database
from console.adapters.http_applications import HttpApplications
from console.adapters.http_client import HttpClient
from console.adapters.http_deliveries import HttpDeliveries
from console.adapters.http_lost_calls import HttpLostCalls
from console.adapters.http_service import HttpService
from console.adapters.local_keys import LocalKeys
from console.adapters.outbox import Outbox
from console.adapters.signal_feed import SignalFeed
from console.contract.application_api import ApplicationStep
from console.contract.desk_api import SeatState, Signal, SignalKind, SignIn
from console.domain.call import Call, CallState
from console.domain.clock import local_date
from console.domain.determination import ServiceWay
from console.domain.errors import DomainError
from console.domain.evidence import Custody, Slot
from console.domain.ids import CallId
from console.domain.incident import Incident, IncidentState
from console.domain.lost_call import CloseReason
from console.domain.party import ConsentItem, PartyDetails
from console.domain.review import ReviewOutcome
from console.domain.ruling import Citation, Fault, Liability, MediationOutcome, Outcome, PartyRuling, Ruling
from console.domain.signature import SignatureState
from console.domain.triage import Answer, TriageFact
from console.service.server import Service
from console.store.desk_store import DeskStore
from console.store.selectors import lost_calls, own_call, strip
from console.usecases.desk_work import DeskWork, Ports
from console.usecases.facts import Fact, KeyPlace
from console.usecases.use_cases import UseCases
from tests.fakes import FakeMedia, FakeSecrets
from tests.service.harness import PHONE, Phone
from tests.service.pictures import picture
from tests.service.ruling_parts import allow_any_year

pytestmark = pytest.mark.asyncio

WAIT_S = 20.0


@dataclass
class Office:
    """A desk at work with its store; facts go to the store as they come."""

    work: DeskWork
    does: UseCases
    media: FakeMedia
    store: DeskStore = field(default_factory=DeskStore)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def publish(self, fact: Fact) -> None:
        """Take a fact in; none may fail to fit."""
        assert not self.store.apply(fact).resync
        self.news.set()

    async def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until the store shows it."""
        async with asyncio.timeout(WAIT_S):
            while not wanted():
                self.news.clear()
                await self.news.wait()

    def call(self, call_id: CallId) -> Call:
        return self.store.calls[call_id]

    @property
    def incident(self) -> Incident:
        """The one incident there is."""
        (incident,) = self.store.incidents.values()
        return incident


@pytest_asyncio.fixture
async def office(
    tmp_path: Path, client: HttpClient, streams: ThreadPoolExecutor, sign_in: SignIn
) -> AsyncIterator[Office]:
    """The training officer's desk, signed in and ready."""
    folder = tmp_path / "desk"
    secrets, media, clock = FakeSecrets(KeyPlace.MEMORY), FakeMedia(), SystemClock()
    keys = LocalKeys(secrets, folder)
    await keys.open()
    database = open_vault_database(folder)
    vault, drafts, service = EvidenceVault(folder, database, keys), Drafts(folder, keys), HttpService(client)
    desk: Office

    def publish(fact: Fact) -> None:
        desk.publish(fact)

    ports = Ports(
        service=service,
        deliveries=HttpDeliveries(client),
        lost_calls=HttpLostCalls(client),
        applications=HttpApplications(client),
        events=EventFeed(client, streams),
        signals=SignalFeed(client, streams),
        media=media,
        vault=vault,
        outbox=Outbox(database, vault, service, clock, publish),
        drafts=drafts,
        secrets=secrets,
        clock=clock,
    )
    work = DeskWork(ports, publish)
    desk = Office(work, work.does, media)
    await work.open()
    await work.does.shift.sign_in(sign_in)
    await work.begin()
    await desk.until(lambda: desk.store.as_of is not None)
    await work.does.shift.set_seat(SeatState.READY)
    yield desk
    await work.close()
    for close in (vault.close, drafts.close, database.close):
        await asyncio.to_thread(close)


@pytest.fixture(autouse=True)
def any_year(service: Service) -> None:
    """Let the tests run in any year: add plain weeks where no calendar is published yet."""
    allow_any_year(service)


async def connected(office: Office, service: Service, stack: ExitStack) -> tuple[CallId, Phone]:
    """Let a party call, answer, and answer its offer."""
    link = await office.does.invite.create(PHONE)
    phone = stack.enter_context(Phone(service, link.url.rpartition("/")[2]))
    call_id, resume = await asyncio.to_thread(phone.place)
    await office.until(lambda: call_id in office.store.calls)
    await office.does.calls.answer(call_id)
    await office.until(lambda: office.call(call_id).state is CallState.CONNECTED)
    offer = {"kind": SignalKind.OFFER.value, "attempt": 1, "sdp": "v=0 offer"}
    path, headers = f"/v1/party/calls/{call_id}/signals", {"Resume-Token": resume}
    sent = await asyncio.to_thread(phone.send, "POST", path, offer, headers=headers)
    assert sent.ok, sent.text
    await office.until(lambda: bool(office.media.opened))
    return call_id, phone


def rear_end(incident: Incident) -> Ruling:
    """Return a ruling that may be issued: 乙 ran into 甲."""
    first, second = incident.parties
    fault = Fault(
        code="1094", name="", citation=Citation(law="道路交通安全法", article=43, paragraph=None, item=None)
    )
    return Ruling(
        outcome=Outcome.RULING,
        parties=(
            PartyRuling(party_id=first.id, liability=Liability.NONE),
            PartyRuling(party_id=second.id, faults=(fault,), liability=Liability.FULL),
        ),
        facts="乙车追尾碰撞停车等候的甲车，无人受伤。",
        weather="3",
        junction="21",
        control="1",
        collision_form="1",
        mediation="各方同意按保险理赔。",
        mediation_outcome=MediationOutcome.AGREED,
    )


async def test_a_case_from_ring_to_issued(office: Office, service: Service, stack: ExitStack) -> None:
    does = office.does
    call_id, _phone = await connected(office, service, stack)
    assert own_call(office.store, does.shift.session.seat) == office.call(call_id)
    incident_id = office.incident.id

    office.media.picture = picture(width=1280, height=720)
    evidence_id = await does.capture.snapshot(
        incident_id, call_id, Slot.PLATE_A, office.incident.parties[0].id
    )
    await office.until(lambda: office.store.local_items[evidence_id].custody is Custody.VERIFIED)
    await office.until(lambda: bool(office.incident.evidence))
    (view,) = [slot for slot in strip(office.store, incident_id) if slot.items]
    assert [(item.evidence_id, item.custody) for item in view.items] == [(evidence_id, Custody.VERIFIED)]
    assert await does.capture.picture(incident_id, evidence_id, local=False) == office.media.picture

    await does.parties.join(incident_id, PartyDetails(name="样本宁", phone="10087654321", plate="测B·67890"))
    await does.place.describe(incident_id, "示例路由东向西", "灯杆 12")
    await does.notes.write(incident_id, "无人受伤")
    with pytest.raises(DomainError, match="facts-open"):
        await does.hand_over.hand_over(incident_id)
    for fact in TriageFact:
        await does.triage.state(incident_id, fact, Answer.NO)
    await does.edits.deliver(incident_id)
    await does.evacuate.push(incident_id, "请将车辆移至路边", "应急车道")
    await does.hand_over.hand_over(incident_id, gaps_reason="当事人陈述一致")
    await office.until(lambda: office.incident.state is IncidentState.RULING)
    assert (office.incident.notes, office.incident.road_text) == ("无人受伤", "示例路由东向西")
    assert office.store.edits == {}

    review = await does.rule.save(incident_id, replace(rear_end(office.incident), mediation_outcome=None))
    assert [problem.code for problem in review.problems] == ["MEDIATION_MISSING"]
    assert (await does.rule.save(incident_id, rear_end(office.incident))).problems == ()
    assert (await does.rule.preview(incident_id)).startswith(b"%PDF")
    agreed = MediationOutcome.AGREED
    await office.until(
        lambda: office.incident.ruling is not None and office.incident.ruling.mediation_outcome is agreed
    )
    with pytest.raises(DomainError):
        await does.rule.issue(incident_id, 1)
    first, second = office.incident.parties
    with pytest.raises(DomainError, match="recording-not-running"):
        await does.signing.request(incident_id, "")
    await does.signing.request(incident_id, "本席没有录像")
    await does.signing.note(incident_id, first.id, SignatureState.REFUSED, "当事人口头拒签")
    await does.signing.note(incident_id, second.id, SignatureState.ABSENT, "没有用手机接入")
    with pytest.raises(DomainError, match="recording-not-running"):
        await does.signing.consent(incident_id, second.id, ConsentItem.E_SERVICE, given=True)
    await office.until(lambda: len(office.incident.signatures) == 2)
    await does.rule.issue(incident_id, office.incident.version)
    await office.until(lambda: office.incident.determination is not None)
    assert (await does.rule.document(incident_id)).startswith(b"%PDF")
    for party in office.incident.parties:
        await does.signing.serve(incident_id, party.id, ServiceWay.PAPER, "当面签收")
    await office.until(lambda: office.incident.state is IncidentState.SERVED)

    await does.calls.hang_up(call_id)
    await office.until(lambda: office.call(call_id).state is CallState.WRAP_UP)
    await does.calls.wrap_up(call_id)
    await office.until(lambda: office.call(call_id).state is CallState.ENDED)
    await office.until(lambda: office.media.closed > 0)


async def test_the_party_gets_the_answer_and_police_can_be_sent(
    office: Office, service: Service, stack: ExitStack
) -> None:
    call_id, phone = await connected(office, service, stack)
    signals = await asyncio.to_thread(phone.stream, f"/v1/party/calls/{call_id}/signals")
    answer: Signal = await asyncio.to_thread(
        signals.until, lambda signal: signal.kind is SignalKind.ANSWER, Signal
    )
    assert (answer.attempt, answer.sdp) == (1, "answer to v=0 offer")
    await office.does.dispatch.send(office.incident.id, "injury", "有人受伤")
    await office.until(lambda: office.incident.dispatch is not None)
    assert office.incident.state is IncidentState.DISPATCHED
    await office.does.close.close(office.incident.id, "dispatched")
    await office.until(lambda: office.incident.state is IncidentState.CLOSED)


async def test_a_token_that_ran_out_is_renewed_unnoticed(
    office: Office, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.does.shift.session
    monkeypatch.setattr(service.core, "clock", lambda: datetime.now(UTC) + timedelta(minutes=16))
    invitations = [office.does.invite.create(PHONE) for _ in range(3)]
    assert len({link.url for link in await asyncio.gather(*invitations)}) == 3
    after = office.does.shift.session
    assert (after.seat, after.ends_at) == (before.seat, before.ends_at)
    assert after.token != before.token


async def test_a_recusal_is_asked_for_at_the_desk_and_decided_by_a_supervisor(
    office: Office, service: Service, stack: ExitStack
) -> None:
    does = office.does.applications
    await connected(office, service, stack)
    incident = office.incident
    await does.ask_recusal(incident.id, incident.parties[0].id, "亲属", "")
    await office.until(lambda: office.incident.asked_at is not None)
    (row,) = await does.waiting()
    assert (row.step, row.words) == (ApplicationStep.DECIDE_RECUSAL, "亲属")
    assert row.request_id is not None
    with pytest.raises(DomainError, match="role-missing"):
        await does.decide_recusal(incident.id, row.request_id, granted=True, note="")
    with pytest.raises(DomainError, match="no-review"):
        await does.forward(incident.id)
    with pytest.raises(DomainError, match="no-review"):
        await does.decide_review(incident.id, ReviewOutcome.UPHELD, "第1号", local_date(datetime.now(UTC)))


async def test_a_lost_call_is_listed_sent_a_link_and_closed(
    office: Office, service: Service, stack: ExitStack
) -> None:
    does = office.does.lost_calls
    call_id, phone = await connected(office, service, stack)
    with pytest.raises(DomainError, match="call-not-lost"):
        await does.close(call_id, CloseReason.REACHED, "")
    assert await does.waiting() == ()
    await office.does.calls.hang_up(call_id)
    await office.does.calls.wrap_up(call_id)
    again, _token = await asyncio.to_thread(phone.place)
    await asyncio.to_thread(phone.post, f"/v1/party/calls/{again}/leave")
    await office.until(lambda: [call.id for call in lost_calls(office.store)] == [again])
    (row,) = await does.waiting()
    assert (row.call_id, row.party, row.answered_name) == (again, "甲", "")
    messages = len(office.incident.messages)
    await does.send_link(again)
    await office.until(lambda: len(office.incident.messages) == messages + 1)
    await does.close(again, CloseReason.SETTLED, "已电话告知")
    await office.until(lambda: lost_calls(office.store) == ())
    assert await does.waiting() == ()
