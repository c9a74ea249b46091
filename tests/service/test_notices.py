"""The SMS outbox: exactly one telling a message, through a gateway that fails and a service that dies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.domain.call import CallSource
from console.domain.determination import MessageState
from console.domain.ids import IncidentId, MessageId
from console.domain.incident import Incident
from console.domain.party import PartyDetails
from console.service import notices
from console.service.core import Core
from console.service.database import Database
from console.service.journal import Work, read_entries, read_incident
from console.service.messages import GatewayUnavailable
from console.service.opening import join, open_incident, place_call
from console.service.settings import Settings

START = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


class Gateway:
    """Takes messages as told: refuses the first ``refusals`` attempts of each."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.attempts: Counter[MessageId] = Counter()
        self.sent: list[tuple[MessageId, str, str]] = []

    def send(self, message_id: MessageId, phone: str, text: str, /) -> None:
        """Take or refuse a message."""
        self.attempts[message_id] += 1
        if self.attempts[message_id] <= self.refusals:
            raise GatewayUnavailable("busy")
        self.sent.append((message_id, phone, text))


@pytest.fixture
def moment() -> list[datetime]:
    """Return a clock that stands until it is moved."""
    return [START]


@pytest.fixture
def core(tmp_path: Path, moment: list[datetime]) -> Iterator[Core]:
    """Return the collaborators of a service that does not run."""
    made = Core(Settings(data=tmp_path), Database(f"sqlite:///{tmp_path / 'db.sqlite3'}"), lambda: moment[0])
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
    core.gateway = gateway
    incident_id = queue(core, "10012345678")
    (queued,) = incident_of(core, incident_id).messages
    assert (queued.state, queued.template) == (MessageState.QUEUED, "dispatch/2026-11")
    assert [notices.send_due(core) for _ in range(3)] == [1, 0, 0]
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
    assert notices.send_due(core) == 0


@pytest.mark.allows_log("message waits")
def test_a_busy_gateway_is_tried_again_later_and_later(core: Core, moment: list[datetime]) -> None:
    gateway = Gateway(refusals=3)
    core.gateway = gateway
    incident_id = queue(core, "10012345678")
    waited = []
    for _ in range(3):
        assert notices.send_due(core) == 0
        pause = 0
        before = sum(gateway.attempts.values())
        while sum(gateway.attempts.values()) == before:
            moment[0] += timedelta(seconds=1)
            pause += 1
            notices.send_due(core)
        waited.append(pause)
    assert waited == [1, 2, 4]
    assert incident_of(core, incident_id).messages[0].state is MessageState.SENT
    assert len(gateway.sent) == 1


@pytest.mark.allows_log("message waits")
def test_one_message_in_trouble_does_not_hold_up_the_others(core: Core) -> None:
    incident_id = queue(core, "10012345678", "10087654321")
    first = incident_of(core, incident_id).messages[0].id

    class Choosy(Gateway):
        def send(self, message_id: MessageId, phone: str, text: str, /) -> None:
            if message_id == first:
                raise GatewayUnavailable("unknown number")
            super().send(message_id, phone, text)

    core.gateway = Choosy()
    assert notices.send_due(core) == 1
    states = [m.state for m in incident_of(core, incident_id).messages]
    assert states == [MessageState.QUEUED, MessageState.SENT]


def test_a_service_that_dies_after_sending_tells_once(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gateway has taken the message, the service ends before it wrote so, and starts again."""
    gateway = Gateway()
    core.gateway = gateway
    incident_id = queue(core, "10012345678")

    def die(*_: object) -> Callable[[], None]:
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Work, "record", die)
        with pytest.raises(SystemExit):
            notices.send_due(core)
    assert types(core) == ["message-queued"]
    assert notices.send_due(core) == 1
    assert types(core) == ["message-queued", "message-sent"]
    assert len({message_id for message_id, _, _ in gateway.sent}) == 1
    assert incident_of(core, incident_id).messages[0].state is MessageState.SENT


def test_a_silent_phone_is_told_how_to_come_back_once_a_call(core: Core, moment: list[datetime]) -> None:
    incident_id = queue(core, "10012345678")
    party = incident_of(core, incident_id).parties[0]
    with core.work() as work:
        call = place_call(work, incident_id, party.id, source=CallSource.SMS_LINK, hurt=False, place_hint="")
        for _ in range(3):
            notices.tell_to_resume(core, work, call)
    assert [m.template for m in incident_of(core, incident_id).messages[1:]] == ["resume/2026-11"]
    moment[0] += timedelta(minutes=5)
    with core.work() as work:
        again = place_call(work, incident_id, party.id, source=CallSource.SMS_LINK, hurt=False, place_hint="")
        notices.tell_to_resume(core, work, again)
    assert len(incident_of(core, incident_id).messages) == 3


def test_without_a_gateway_messages_wait(tmp_path: Path) -> None:
    live = Core(Settings(data=tmp_path, training=False), Database(f"sqlite:///{tmp_path / 'live.sqlite3'}"))
    with pytest.raises(GatewayUnavailable):
        live.gateway.send(MessageId("0" * 32), "10012345678", "text")
    live.press.close()
    live.database.close()
