"""The outbox: each delivery by one process at a time, dead after the last try, settled by a person."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from console.contract.delivery_api import PushOrder, Receipt
from console.domain.delivery import Channel, Delivery, DeliveryState
from console.domain.ids import DeliveryId, IncidentId
from console.service import outbox
from console.service.core import Core
from console.service.database import MIGRATIONS, Database
from console.service.deliveries.port import NotDelivered, Parcel
from console.service.deliveries.training import TrainingReceiver
from console.service.delivering import send_due
from console.service.journal import SERVICE, read_incident
from console.service.opening import open_incident
from console.service.outbox_list import page
from console.service.settings import Settings
from console.service.tables import deliveries
from tests.service.harness import database_url, make_database

START = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
PUSH = PushOrder(phone="10012345678", title="请撤离事故现场", text="请撤离")
DEAD = pytest.mark.allows_log("a delivery (waits|is dead)")


class Receiver(TrainingReceiver):
    """Refuses for ``trouble`` while there is one, and counts what it is asked."""

    def __init__(self, trouble: str = "") -> None:
        super().__init__(Channel.PUSH, lambda: START)
        self.trouble = trouble
        self.asked: list[DeliveryId] = []

    def deliver(self, parcel: Parcel, /) -> Receipt:
        """Take it, or not."""
        self.asked.append(parcel.id)
        if self.trouble:
            raise NotDelivered(self.trouble)
        return super().deliver(parcel)


@dataclass
class House:
    """A service that does not run, its clock, and the far end of the push channel."""

    core: Core
    moment: list[datetime]
    receiver: Receiver

    def queue(self, number: int = 1) -> IncidentId:
        """Open an incident with so many notices."""
        with self.core.work() as work:
            incident = open_incident(work, training=True)
            for _ in range(number):
                outbox.queue(work, Channel.PUSH, incident.id, PUSH)
        return incident.id

    def send(self) -> int:
        """Deliver what is due."""
        return send_due(self.core, Channel.PUSH)

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.moment[0] += timedelta(seconds=seconds)

    def deliveries(self, incident_id: IncidentId) -> tuple[Delivery, ...]:
        """Return what the desk sees of them."""
        with self.core.database.read() as connection:
            return read_incident(connection, incident_id).deliveries


@contextmanager
def a_process(data: Path, moment: list[datetime], receiver: Receiver) -> Iterator[Core]:
    """One process of a service, on the database of ``data``."""
    set_up = Settings(data=data, database_url=database_url(data))
    core = Core(set_up, Database(set_up.database), lambda: moment[0])
    core.database.migrate()
    core.receivers = {**core.receivers, Channel.PUSH: receiver}
    yield core
    core.press.close()
    core.database.close()


@pytest.fixture
def house(tmp_path: Path, stack: ExitStack) -> House:
    """Return a service that does not run."""
    make_database(tmp_path)
    moment, receiver = [START], Receiver()
    return House(stack.enter_context(a_process(tmp_path, moment, receiver)), moment, receiver)


def test_what_arrived_is_told_and_kept_no_longer(house: House) -> None:
    incident_id = house.queue()
    (queued,) = house.deliveries(incident_id)
    assert (queued.state, queued.channel) == (DeliveryState.QUEUED, Channel.PUSH)
    assert (house.send(), house.send()) == (1, 0)
    (done,) = house.deliveries(incident_id)
    assert (done.state, done.reference) == (DeliveryState.DONE, f"训练推送{queued.id[:8].upper()}")
    with house.core.database.read() as connection:
        assert connection.execute(deliveries.select()).one().body == ""


@DEAD
def test_after_the_last_try_a_delivery_is_dead_within_nine_minutes(house: House) -> None:
    house.receiver.trouble = "fault"
    incident_id = house.queue()
    while house.deliveries(incident_id)[0].state is DeliveryState.QUEUED:
        house.send()
        with house.core.database.read() as connection:
            _due, wait = outbox.due_channels(connection, house.moment[0])
        house.go_on(wait or 0.0)
    assert len(house.receiver.asked) == outbox.TRIES
    assert 4 * 60 < (house.moment[0] - START).total_seconds() < 9 * 60
    (dead,) = house.deliveries(incident_id)
    assert (dead.state, dead.trouble) == (DeliveryState.DEAD, "fault")
    house.go_on(3600)
    assert house.send() == 0


@DEAD
@pytest.mark.parametrize("reason", ["refused", "not-configured"])
def test_a_refusal_for_good_is_dead_at_once(house: House, reason: str) -> None:
    house.receiver.trouble = reason
    incident_id = house.queue()
    house.send()
    assert house.deliveries(incident_id)[0].state is DeliveryState.DEAD
    assert len(house.receiver.asked) == 1


@DEAD
def test_pauses_differ_by_chance(house: House) -> None:
    house.receiver.trouble = "busy"
    house.queue(20)
    house.send()
    with house.core.database.read() as connection:
        due = {row.due_at for row in connection.execute(deliveries.select())}
    assert len(due) > 15
    assert all(timedelta(seconds=0.5) <= at - START <= timedelta(seconds=1) for at in due)


@DEAD
def test_a_channel_that_is_away_is_asked_once_a_round(house: House) -> None:
    house.receiver.trouble = "timeout"
    house.queue(5)
    house.send()
    assert len(house.receiver.asked) == 1
    house.receiver.trouble = ""
    assert house.send() == 4, "the one that failed has its pause"


@DEAD
def test_a_dead_one_is_tried_again_under_its_key_or_given_up_for_a_reason(house: House) -> None:
    house.receiver.trouble = "refused"
    first, second = house.queue(), house.queue()
    house.send()
    one, other = house.deliveries(first)[0].id, house.deliveries(second)[0].id
    house.receiver.trouble = ""
    with house.core.work("supervisor") as work:
        outbox.retry(work, one, "网关已修好")
    assert house.deliveries(first)[0].state is DeliveryState.QUEUED
    assert house.send() == 1
    assert house.receiver.asked.count(one) == 2
    with house.core.work("supervisor") as work:
        outbox.give_up(work, other, "已电话告知")
    ended = house.deliveries(second)[0]
    assert (ended.state, ended.reason) == (DeliveryState.GIVEN_UP, "已电话告知")
    house.go_on(3600)
    assert house.send() == 0


def test_every_delivery_is_tried_by_one_of_many_processes(tmp_path: Path, stack: ExitStack) -> None:
    make_database(tmp_path)
    moment, receiver = [START], Receiver()
    cores = [stack.enter_context(a_process(tmp_path, moment, receiver)) for _ in range(4)]
    House(cores[0], moment, receiver).queue(60)
    start = threading.Barrier(4)

    def deliver(core: Core) -> int:
        start.wait(10)
        return send_due(core, Channel.PUSH)

    with ThreadPoolExecutor(4) as pool:
        arrived = list(pool.map(deliver, cores))
    assert sum(arrived) == 60
    assert len(receiver.asked) == len(set(receiver.asked)) == 60


def test_a_claim_that_was_lost_neither_fails_nor_doubles_the_others_success(house: House) -> None:
    """A process stood still in the middle of a try; another took over and both come back."""
    incident_id = house.queue()
    with house.core.work(SERVICE) as work:
        slow = outbox.claim(work, Channel.PUSH, "slow")
    assert slow is not None
    assert house.send() == 0
    house.go_on(outbox.CLAIM.total_seconds())
    assert house.send() == 1
    with house.core.work(SERVICE) as work:
        outbox.failed(work, slow, "timeout")
        assert outbox.done(work, slow, "another") is False
    (done,) = house.deliveries(incident_id)
    assert done.state is DeliveryState.DONE
    assert done.reference.startswith("训练推送")


@DEAD
def test_pages_of_the_list(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.service.outbox_list.PAGE", 2)
    house.receiver.trouble = "refused"
    incident_id = house.queue(5)
    house.send()
    seen: list[str] = []
    after, pages = "", 0
    while pages == 0 or after:
        with house.core.database.read() as connection:
            found = page(connection, DeliveryState.DEAD, after)
        seen += [item.id for item in found.items]
        after, pages = found.next, pages + 1
    assert pages == 3
    assert sorted(seen) == sorted(one.id for one in house.deliveries(incident_id))


@DEAD
def test_the_outbox_at_the_machine(house: House, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    house.receiver.trouble = "refused"
    incident_id = house.queue(2)
    house.send()
    one, other = (item.id for item in house.deliveries(incident_id))

    def machine(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "KUAICHU_DATABASE_URL": database_url(tmp_path)}
        whole = [sys.executable, "-m", "console", "service", "outbox", "--data", str(tmp_path), *words]
        return subprocess.run(
            whole, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    listed = machine("list")
    assert listed.returncode == 0, listed.stderr
    assert {line.split()[0] for line in listed.stdout.splitlines()} == {one, other}
    assert "10012345678" not in listed.stdout
    assert machine("retry", one).stdout.split() == [one, "queued"]
    assert machine("give-up", other, "--reason", "已电话告知").returncode == 0
    again = machine("give-up", other, "--reason", "已电话告知")
    assert (again.returncode, again.stderr.strip()) == (1, "delivery-state current=given-up")
    assert [item.state for item in house.deliveries(incident_id)] == [
        DeliveryState.QUEUED,
        DeliveryState.GIVEN_UP,
    ]


def schema(database: Database, move: Callable[[Config, str], None], revision: str) -> None:
    """Bring the schema to a revision."""
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        move(config, revision)
        connection.commit()


def test_what_waited_as_an_sms_waits_in_the_new_outbox(tmp_path: Path) -> None:
    """The database of an older version: one message was sent, the other waits."""
    make_database(tmp_path)
    url = Settings(data=tmp_path, database_url=database_url(tmp_path)).database
    database = Database(url)
    schema(database, command.upgrade, "0007")
    core = {"now": "2026-11-26 04:00:00"}
    with database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO incidents (id, number, state, version, changed_at, body)"
                " VALUES ('i', '1', 'collecting', 1, :now, '{}')"
            ),
            core,
        )
        for name, sent in (("sent", "2026-11-26 04:00:00"), ("waits", None)):
            connection.execute(
                text(
                    "INSERT INTO outbox (message_id, incident_id, party_id, phone, text, serves, attempts,"
                    " due_at, sent_at) VALUES (:id, 'i', 'p', '10012345678', '文', :serves, 2, :now, :sent)"
                ),
                {**core, "id": name, "sent": sent, "serves": True},
            )
    database.migrate()
    with database.read() as connection:
        found = {row.id: row for row in connection.execute(deliveries.select())}
    assert (found["sent"].state, found["sent"].body, found["waits"].state) == ("done", "", "queued")
    assert json.loads(found["waits"].body) == {"phone": "10012345678", "text": "文", "template": ""}
    assert found["waits"].tried
    assert found["waits"].serves
    schema(database, command.downgrade, "0007")
    with database.read() as connection:
        rows = connection.execute(text("SELECT message_id, phone FROM outbox")).all()
    left = {row.message_id: row.phone for row in rows}
    assert left == {"sent": "", "waits": "10012345678"}
    database.close()
