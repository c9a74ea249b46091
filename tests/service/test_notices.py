"""The SMS outbox: exactly one telling a message, through a gateway that fails and a service that dies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from console.contract.codec import decode
from console.contract.delivery_api import Receipt, SmsOrder
from console.domain.call import CallSource
from console.domain.delivery import Channel, DeliveryState
from console.domain.determination import MessageState
from console.domain.errors import DomainError
from console.domain.ids import DeliveryId, IncidentId
from console.domain.incident import Incident
from console.domain.party import PartyDetails
from console.service import notices, outbox
from console.service.auth import hashed
from console.service.core import Core
from console.service.database import Database
from console.service.deliveries.port import NotDelivered, Parcel
from console.service.deliveries.training import TrainingReceiver
from console.service.delivering import send_due
from console.service.journal import Work, read_entries, read_incident
from console.service.opening import join, open_incident, place_call
from console.service.settings import Settings
from console.service.tables import deliveries, links
from tests.service.harness import database_url, make_database

START = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


class Gateway(TrainingReceiver):
    """Takes messages as told: refuses the first ``refusals`` attempts of each."""

    def __init__(self, refusals: int = 0) -> None:
        super().__init__(Channel.SMS, lambda: START)
        self.refusals = refusals
        self.attempts: Counter[DeliveryId] = Counter()
        self.sent: list[tuple[str, str, str]] = []

    def deliver(self, parcel: Parcel, /) -> Receipt:
        """Take or refuse a message."""
        self.attempts[parcel.id] += 1
        if self.attempts[parcel.id] <= self.refusals:
            raise NotDelivered("busy")
        order: SmsOrder = decode(SmsOrder, parcel.body)
        self.sent.append((parcel.id, order.phone, order.text))
        return super().deliver(parcel)


def use(core: Core, gateway: Gateway) -> None:
    """Put ``gateway`` at the other end of the SMS channel."""
    core.receivers = {**core.receivers, Channel.SMS: gateway}


def send(core: Core) -> int:
    """Deliver every message that is due."""
    return send_due(core, Channel.SMS)


@pytest.fixture
def moment() -> list[datetime]:
    """Return a clock that stands until it is moved."""
    return [START]


@pytest.fixture
def core(tmp_path: Path, moment: list[datetime]) -> Iterator[Core]:
    """Return the collaborators of a service that does not run."""
    make_database(tmp_path)
    set_up = Settings(data=tmp_path, database_url=database_url(tmp_path))
    made = Core(set_up, Database(set_up.database), lambda: moment[0])
    made.database.migrate()
    yield made
    made.press.close()
    made.database.close()


def queue(core: Core, *phones: str) -> IncidentId:
    """Open an incident with one party a phone and tell all of them that the police come."""
    with core.work() as work:
        incident = open_incident(work, training=True)
        for phone in phones:
            join(work, work.incident(incident.id), PartyDetails(phone=phone), caller=False)
        notices.tell_everyone(core, work, work.incident(incident.id), "dispatch", {})
    return incident.id


def incident_of(core: Core, incident_id: IncidentId) -> Incident:
    """Return the incident as it stands."""
    with core.database.read() as connection:
        return read_incident(connection, incident_id)


def types(core: Core) -> list[str]:
    """Return the types of all journal entries about messages."""
    with core.database.read() as connection:
        return [e.event.type for e in read_entries(connection, 0, 100) if e.event.type.startswith("message")]


def test_a_message_is_queued_with_its_cause_and_told_once(core: Core) -> None:
    gateway = Gateway()
    use(core, gateway)
    incident_id = queue(core, "10012345678")
    (queued,) = incident_of(core, incident_id).messages
    assert (queued.state, queued.template) == (MessageState.QUEUED, "dispatch/2026-11.3")
    assert [send(core) for _ in range(3)] == [1, 0, 0]
    (sent,) = incident_of(core, incident_id).messages
    assert (sent.state, sent.sent_at) == (MessageState.SENT, START)
    assert gateway.sent == [(queued.id, "10012345678", queued.text)]
    assert types(core) == ["message-queued", "message-sent"]


def test_the_number_stands_nowhere_but_in_the_outbox(core: Core) -> None:
    incident_id = queue(core, "10012345678")
    assert "10012345678" not in incident_of(core, incident_id).messages[0].text


def test_a_party_without_phone_gets_none(core: Core) -> None:
    incident_id = queue(core, "", "10012345678")
    assert len(incident_of(core, incident_id).messages) == 1


def test_nothing_is_queued_when_its_cause_fails(core: Core) -> None:
    def fail() -> None:
        with core.work() as work:
            incident = open_incident(work, training=True)
            join(work, work.incident(incident.id), PartyDetails(phone="10012345678"), caller=True)
            notices.tell_everyone(core, work, work.incident(incident.id), "dispatch", {})
            raise RuntimeError("the cause fails")

    with pytest.raises(RuntimeError, match="the cause fails"):
        fail()
    assert types(core) == []
    assert send(core) == 0


@pytest.mark.allows_log("a delivery waits")
def test_a_busy_gateway_is_tried_again_later_and_later(core: Core, moment: list[datetime]) -> None:
    gateway = Gateway(refusals=4)
    use(core, gateway)
    incident_id = queue(core, "10012345678")
    waited = []
    for _ in range(4):
        assert send(core) == 0
        before, pause = sum(gateway.attempts.values()), 0.0
        while sum(gateway.attempts.values()) == before:
            moment[0] += timedelta(seconds=0.25)
            pause += 0.25
            send(core)
        waited.append(pause)
    assert all(half <= pause <= 2 * half + 0.5 for half, pause in zip((0.5, 1, 2, 4), waited, strict=True))
    assert incident_of(core, incident_id).messages[0].state is MessageState.SENT
    assert len(gateway.sent) == 1


@pytest.mark.allows_log("a delivery waits")
def test_one_message_in_trouble_does_not_hold_up_the_others(core: Core) -> None:
    incident_id = queue(core, "10012345678", "10087654321")
    first = incident_of(core, incident_id).messages[0].id

    class Choosy(Gateway):
        def deliver(self, parcel: Parcel, /) -> Receipt:
            if str(parcel.id) == first:
                raise NotDelivered("busy")
            return super().deliver(parcel)

    use(core, Choosy())
    assert send(core) == 1
    states = [m.state for m in incident_of(core, incident_id).messages]
    assert states == [MessageState.QUEUED, MessageState.SENT]


def test_a_service_that_dies_after_sending_tells_once(
    core: Core, moment: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gateway has taken the message, the service ends before it wrote so, and starts again."""
    gateway = Gateway()
    use(core, gateway)
    incident_id = queue(core, "10012345678")

    def die(*_: object) -> Callable[[], None]:
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Work, "record", die)
        with pytest.raises(SystemExit):
            send(core)
    assert types(core) == ["message-queued"]
    assert send(core) == 0, "nobody else touches it while its process may be at it"
    moment[0] += outbox.CLAIM
    assert send(core) == 1
    assert types(core) == ["message-queued", "message-sent"]
    assert len({message_id for message_id, _, _ in gateway.sent}) == 1
    assert incident_of(core, incident_id).messages[0].state is MessageState.SENT


def test_a_lost_party_gets_a_link_back_that_is_kept_nowhere(core: Core, moment: list[datetime]) -> None:
    gateway = Gateway()
    use(core, gateway)
    incident_id = queue(core, "10012345678")
    party = incident_of(core, incident_id).parties[0]

    def lose() -> None:
        with core.work() as work:
            call = place_call(
                work, incident_id, party.id, source=CallSource.SMS_LINK, hurt=False, place_hint=""
            )
            notices.tell_way_back(core, work, call)

    for _ in range(3):
        lose()
    told = incident_of(core, incident_id).messages[1:]
    assert [m.template for m in told] == ["call-back/2026-11.3"], "once, however often it is lost in a minute"
    moment[0] += notices.WAY_BACK_PAUSE
    lose()
    assert len(incident_of(core, incident_id).messages) == 3
    while send(core):
        pass
    texts = [text for _id, _phone, text in gateway.sent if "/p/" in text]
    assert len(set(texts)) == 2
    token = texts[0].partition("/p/")[2].split()[0]
    assert len(token) == 32
    with core.database.read() as connection:
        kept = [str(e) for e in read_entries(connection, 0, 100)]
        bodies = connection.execute(select(deliveries.c.body)).scalars().all()
        hashes = connection.execute(select(links.c.token_hash, links.c.incident_id, links.c.party_id)).all()
    assert not any(token in text for text in (*kept, *bodies))
    assert (hashed(token), incident_id, party.id) in [tuple(row) for row in hashes]


def test_a_lost_party_without_a_phone_gets_no_message(core: Core) -> None:
    incident_id = queue(core, "")
    with core.work() as work:
        party = work.incident(incident_id).parties[0]
        call = place_call(work, incident_id, party.id, source=CallSource.APP, hurt=False, place_hint="")
        notices.tell_way_back(core, work, call)
        with pytest.raises(DomainError, match="no-phone"):
            notices.send_way_back(core, work, call)
    assert incident_of(core, incident_id).messages == ()


def test_the_call_taker_may_tell_again_but_not_at_once(core: Core, moment: list[datetime]) -> None:
    incident_id = queue(core, "10012345678")
    party = incident_of(core, incident_id).parties[0]
    with core.work() as work:
        call = place_call(work, incident_id, party.id, source=CallSource.SMS_LINK, hurt=False, place_hint="")
        notices.tell_way_back(core, work, call)
    moment[0] += timedelta(seconds=10)
    with core.work() as work, pytest.raises(DomainError, match="told-just-now") as refused:
        notices.tell_way_back_again(core, work, call)
    assert refused.value.params == {"seconds": 20}
    moment[0] += timedelta(seconds=20)
    with core.work() as work:
        notices.tell_way_back_again(core, work, call)
    templates = [m.template.partition("/")[0] for m in incident_of(core, incident_id).messages[1:]]
    assert templates == ["call-back", "call-back"]


@pytest.mark.allows_log("a delivery is dead")
def test_without_a_gateway_a_message_fails_and_says_so(tmp_path: Path) -> None:
    make_database(tmp_path)
    set_up = Settings(data=tmp_path, training=False, database_url=database_url(tmp_path))
    live = Core(set_up, Database(set_up.database), lambda: START)
    live.database.migrate()
    incident_id = queue(live, "13812345678")
    assert send(live) == 0
    incident = incident_of(live, incident_id)
    assert [message.state for message in incident.messages] == [MessageState.FAILED]
    assert [(one.state, one.trouble) for one in incident.deliveries] == [
        (DeliveryState.DEAD, "not-configured")
    ]
    live.press.close()
    live.database.close()
