"""Lost calls: who gives up, vanishes or drops gets a link back and stands on the list until closed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from console.contract.codec import decode
from console.contract.delivery_api import Receipt, SmsOrder
from console.contract.journal import Entry
from console.contract.lost_api import LostCall, LostCallPage
from console.contract.party_api import PartyStage
from console.domain.call import CallState
from console.domain.delivery import Channel
from console.domain.determination import MessageState
from console.domain.events import CallAbandoned, CallHungUp, CallInterrupted, CallResumed, MessageSent
from console.domain.ids import CallId
from console.domain.lost_call import CallClosed, CloseReason
from console.service import lost_calls
from console.service.deliveries.port import Parcel
from console.service.deliveries.training import TrainingReceiver
from console.service.server import Service
from tests.service.harness import Desk, Phone, Stream, good, refusal, running, settings
from tests.service.placing import place


class Gateway(TrainingReceiver):
    """The SMS gateway as whoever holds the phone sees it."""

    def __init__(self, service: Service) -> None:
        super().__init__(Channel.SMS, service.core.clock)
        self.links: list[str] = []
        service.core.receivers = {**service.core.receivers, Channel.SMS: self}

    def deliver(self, parcel: Parcel, /) -> Receipt:
        """Keep the link of a message that has one."""
        order: SmsOrder = decode(SmsOrder, parcel.body)
        if "/p/" in order.text:
            self.links.append(order.text.partition("/p/")[2].split()[0])
        return super().deliver(parcel)


@pytest.fixture
def gateway(service: Service) -> Gateway:
    """The far end of the SMS channel."""
    return Gateway(service)


@pytest.fixture
def quick(data: Path, stack: ExitStack) -> Service:
    """A service that soon misses a party."""
    return stack.enter_context(running(settings(data, party_gone_seconds=0.6, waiting_gone_seconds=1.0)))


def listed(desk: Desk) -> list[LostCall]:
    """Return the list, page by page."""
    found, after = list[LostCall](), ""
    while True:
        answer = good(desk.send("GET", f"/v1/calls/abandoned?after={after}"))
        page: LostCallPage = decode(LostCallPage, answer.content)
        found += page.items
        after = page.next
        if not after:
            return found


def event(stream: Stream, kind: type) -> Entry:
    """Return the first entry of a kind."""
    found: Entry = stream.until(lambda entry: isinstance(entry.event, kind), Entry)
    return found


def close(desk: Desk, call_id: CallId, reason: str, note: str = "") -> tuple[int, str]:
    """Close what must be refused."""
    return refusal(desk.send("POST", f"/v1/calls/{call_id}/close", {"reason": reason, "note": note}))


def test_who_gives_up_is_listed_and_comes_back_over_the_link_to_the_same_case(
    service: Service, stack: ExitStack, desk: Desk, phone: Callable[..., Phone], gateway: Gateway
) -> None:
    watcher = desk.stream("/v1/events")
    party = phone()
    call_id, _ = party.place(hurt=True)
    incident = desk.call(call_id).incident_id
    party.post(f"/v1/party/calls/{call_id}/leave")
    event(watcher, MessageSent)
    (row,) = listed(desk)
    assert (row.call_id, row.incident_id, row.party, row.state) == (
        call_id,
        incident,
        "甲",
        CallState.ABANDONED,
    )
    assert (row.hurt_reported, row.has_phone, row.link) == (True, True, MessageState.SENT)
    (token,) = gateway.links
    other = stack.enter_context(Phone(service, token))
    again, _ = other.place()
    assert desk.call(again).incident_id == incident
    closed = event(watcher, CallClosed)
    assert (closed.call_id, closed.event) == (call_id, CallClosed(reason=CloseReason.CAME_BACK))
    assert listed(desk) == []
    good(desk.answer(again))
    assert other.state().stage is PartyStage.IN_CALL
    assert len({party.id for party in desk.snapshot().incidents[0].parties}) == 1


def test_a_waiting_party_that_vanishes_leaves_the_queue(quick: Service, stack: ExitStack) -> None:
    gateway = Gateway(quick)
    desk = stack.enter_context(Desk(quick, "900010", "07"))
    watcher = desk.stream("/v1/events")
    stays, goes = (stack.enter_context(Phone(quick, desk.link())) for _ in range(2))
    kept, _ = stays.place()
    stays.stream("/v1/party/events").wait(1)
    lost, _ = goes.place()
    gone = event(watcher, CallAbandoned)
    assert (gone.call_id, gone.event) == (lost, CallAbandoned(reason="party-silent"))
    event(watcher, MessageSent)
    assert [row.call_id for row in listed(desk)] == [lost]
    assert len(gateway.links) == 1
    assert desk.call(kept).state is CallState.WAITING
    lost_calls.one_round(quick.core)
    assert desk.call(kept).state is CallState.WAITING, "whoever is there waits on"


def test_a_drop_is_listed_held_by_its_seat_and_closed_by_a_person(quick: Service, stack: ExitStack) -> None:
    gateway = Gateway(quick)
    desk = stack.enter_context(Desk(quick, "900010", "07"))
    watcher = desk.stream("/v1/events")
    party = stack.enter_context(Phone(quick, desk.link()))
    call_id, _ = party.place()
    good(desk.answer(call_id))
    event(watcher, CallInterrupted)
    event(watcher, MessageSent)
    (row,) = listed(desk)
    assert (row.state, row.seat, row.answered_name) == (CallState.INTERRUPTED, "07", "钱演示")
    assert close(desk, call_id, "no-answer") == (409, "call-held")
    back = stack.enter_context(Phone(quick, gateway.links[0]))
    good(back.open())
    there = back.stream("/v1/party/events")
    event(watcher, CallResumed)
    assert back.state().call_id == call_id, "the same call goes on"
    assert listed(desk) == []
    there.close()
    watcher.until(
        lambda e: isinstance(e.event, CallInterrupted) and e.sequence > row_sequence(watcher), Entry
    )
    desk.post(f"/v1/calls/{call_id}/hang-up")
    event(watcher, CallHungUp)
    desk.post(f"/v1/calls/{call_id}/wrap-up-done")
    assert [row.state for row in listed(desk)] == [CallState.ENDED]
    desk.post(f"/v1/calls/{call_id}/close", {"reason": "no-answer", "note": " 两次未接 "})
    closed = event(watcher, CallClosed)
    assert closed.event == CallClosed(reason=CloseReason.NO_ANSWER, note="两次未接")
    assert closed.actor == desk.session["user"]["id"]
    assert listed(desk) == []
    assert close(desk, call_id, "no-answer") == (409, "call-not-lost")


def row_sequence(watcher: Stream) -> int:
    """Return the sequence at which the call was resumed."""
    return event(watcher, CallResumed).sequence


def test_a_call_that_was_not_lost_is_not_listed(desk: Desk, phone: Callable[..., Phone]) -> None:
    party = phone()
    call_id, _ = party.place()
    good(desk.answer(call_id))
    party.post(f"/v1/party/calls/{call_id}/leave")
    assert listed(desk) == []
    assert close(desk, call_id, "reached") == (409, "call-not-lost")
    assert refusal(desk.send("POST", f"/v1/calls/{call_id}/link-back", {})) == (409, "call-not-lost")


def test_reasons_and_roles(
    desk: Desk, sign_in: Callable[[str, str], Desk], phone: Callable[..., Phone], gateway: Gateway
) -> None:
    party = phone()
    call_id, _ = party.place()
    party.post(f"/v1/party/calls/{call_id}/leave")
    assert close(desk, call_id, "came-back") == (422, "invalid-request")
    assert close(desk, call_id, "because") == (422, "invalid-request")
    assert close(desk, call_id, "settled", "  ") == (409, "reason-missing")
    assert close(desk, call_id, "settled", "字" * 5000) == (422, "text-too-long")
    assert refusal(desk.send("GET", "/v1/calls/abandoned?after=x")) == (422, "invalid-request")
    for number in ("900030", "900040"):
        stranger = sign_in(number, number)
        assert close(stranger, call_id, "reached") == (403, "role-missing")
        assert refusal(stranger.send("GET", "/v1/calls/abandoned")) == (403, "role-missing")
        assert refusal(stranger.send("POST", f"/v1/calls/{call_id}/link-back", {})) == (403, "role-missing")
    watcher = desk.stream("/v1/events")
    desk.post(f"/v1/calls/{call_id}/link-back")
    watcher.until(lambda _entry: len(gateway.links) == 2, Entry)
    assert len(set(gateway.links)) == 2, "another link each time"
    desk.post(f"/v1/calls/{call_id}/close", {"reason": "settled", "note": "双方已自行协商"})
    assert listed(desk) == []


def test_the_list_comes_in_pages_the_first_lost_first(
    service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lost_calls, "PAGE", 2)
    placed = [place(service.core) for _ in range(5)]
    for call_id in placed:
        with service.core.work() as work:
            lost_calls.give_up(service.core, work, work.call(call_id), "party")
    assert [row.call_id for row in listed(desk)] == placed
    with service.core.database.read() as connection:
        first = lost_calls.page(connection)
    desk.post(f"/v1/calls/{placed[1]}/close", {"reason": "false-call"})
    with service.core.database.read() as connection:
        assert [row.call_id for row in lost_calls.page(connection, first.next).items] == placed[2:4]


def test_many_that_vanish_at_once_are_given_up_a_few_at_a_time(
    data: Path, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lost_calls, "BATCH", 2)
    monkeypatch.setattr(lost_calls, "AT_ONCE", 3)
    service = stack.enter_context(running(settings(data, waiting_gone_seconds=3600.0)))
    desk = stack.enter_context(Desk(service, "900010", "07"))
    placed = [place(service.core) for _ in range(5)]
    core = service.core
    core.settings = replace(core.settings, waiting_gone_seconds=0.0)
    lost_calls.one_round(core)
    core.settings = replace(core.settings, waiting_gone_seconds=3600.0)
    assert {row.call_id for row in listed(desk)} == set(placed)
    assert {desk.call(call_id).state for call_id in placed} == {CallState.ABANDONED}
