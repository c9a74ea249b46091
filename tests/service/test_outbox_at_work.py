"""The outbox of a running service: a killed process, the desk, the party, the insurer and the police."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from console.contract.delivery_api import ClaimOrder, DispatchOrder, Receipt
from console.contract.party_api import ClaimStage
from console.domain.delivery import Channel, DeliveryState
from console.domain.ids import new_id
from console.domain.incident import Incident
from console.service import outbox
from console.service.core import Core
from console.service.database import Database
from console.service.deliveries.port import Parcel
from console.service.deliveries.training import TrainingReceiver
from console.service.journal import read_incident
from console.service.opening import open_incident
from console.service.server import Service
from console.service.tables import deliveries
from tests.adapters.bad_server import Handler, misbehaving
from tests.service.cases import connected
from tests.service.harness import Desk, Phone, database_url, refusal, running, settings
from tests.service.test_deliveries import KEY, receipt, reply
from tests.service.test_outbox import DEAD, START, Receiver
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


def test_a_killed_process_leaves_its_delivery_to_the_next(data: Path) -> None:
    """The receiver hangs, the process is killed while it waits, and a new one sends the same again."""
    first = threading.Event()

    def take(handler: Handler) -> None:
        if first.is_set():
            reply(handler, receipt(handler, repeated=True))
        else:
            first.set()
            handler.hang()

    with misbehaving(take) as server, ExitStack() as stack:
        (data / "key").write_bytes(KEY)
        there = f"[dispatch]\nurl = '{server.url}'\nkey_file = 'key'\nseconds = 10\n"
        (data / "deliveries.toml").write_text(there, "utf-8")
        environment = {**os.environ, "KUAICHU_DATABASE_URL": database_url(data)}
        words = [sys.executable, "-m", "console", "service", "--data", str(data)]
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        stack.callback(process.wait)
        stack.callback(process.kill)
        assert process.stdout is not None
        stack.callback(process.stdout.close)
        assert json.loads(process.stdout.readline())["ready"] == "service"
        core = Core(settings(data), Database(settings(data).database))
        stack.callback(core.database.close)
        stack.callback(core.press.close)
        order = DispatchOrder(
            incident_number="1",
            reason="hurt",
            note="",
            unit="",
            road="",
            landmark="",
            position=None,
            contacts=(),
            ordered_at=START,
        )
        with core.work() as work:
            incident = open_incident(work, training=True)
            made = outbox.queue(work, Channel.DISPATCH, incident.id, order)
        wait_until(first.is_set, 20, "the first try")
        process.kill()
        process.wait()
        with core.database.write() as connection:  # a minute goes by
            connection.execute(update(deliveries).values(claimed_until=START - timedelta(days=365)))
        with running(settings(data)):

            def delivered() -> bool:
                with core.database.read() as connection:
                    return read_incident(connection, incident.id).deliveries[0].state is DeliveryState.DONE

            wait_until(delivered, 20, "the delivery by the other process")
        keys = [headers["Idempotency-Key"] for _, _, headers, _ in server.requests]
        assert keys == [made, made]
        assert server.requests[0][3] == server.requests[1][3]


@pytest.fixture
def supervisor(sign_in: Callable[[str, str], Desk]) -> Desk:
    """The supervisor at seat 01."""
    return sign_in("900020", "01")


@DEAD
def test_a_supervisor_settles_what_is_dead_and_nobody_else(
    service: Service, desk: Desk, phone: Callable[..., Phone], supervisor: Desk
) -> None:
    receiver = Receiver("refused")
    service.core.receivers = {**service.core.receivers, Channel.DISPATCH: receiver}
    case = connected(desk, phone())
    desk.post(f"{case.path}/dispatch", {"reason": "hurt", "note": ""})

    def dispatched() -> Incident | None:
        incident = case.incident()
        dead = [one for one in incident.deliveries if one.state is DeliveryState.DEAD]
        return incident if dead else None

    wait_until(dispatched, 10, "the dead dispatch")
    listed = supervisor.get("/v1/deliveries?state=dead")["items"]
    assert [(one["channel"], one["trouble"], one["attempts"]) for one in listed] == [
        ("dispatch", "refused", 1)
    ]
    assert "10012345678" not in json.dumps(listed), "whom it tells stands in no list"
    path = f"/v1/deliveries/{listed[0]['id']}"
    assert refusal(desk.send("GET", "/v1/deliveries")) == (403, "role-missing")
    assert refusal(desk.send("POST", f"{path}/retry", {"reason": ""})) == (403, "role-missing")
    assert refusal(supervisor.send("POST", f"{path}/give-up", {"reason": " "})) == (409, "reason-missing")
    assert refusal(supervisor.send("POST", f"/v1/deliveries/{new_id()}/retry", {})) == (
        404,
        "unknown-delivery",
    )
    supervisor.post(f"{path}/give-up", {"reason": "已电话通知辖区大队"})
    assert refusal(supervisor.send("POST", f"{path}/retry", {})) == (409, "delivery-state")
    assert supervisor.get("/v1/deliveries?state=dead")["items"] == []
    assert case.incident().deliveries[0].reason == "已电话通知辖区大队"


def test_the_police_are_sent_with_what_the_desk_knows(
    service: Service, desk: Desk, phone: Callable[..., Phone]
) -> None:
    bodies: list[bytes] = []

    class Listening(TrainingReceiver):
        def deliver(self, parcel: Parcel, /) -> Receipt:
            bodies.append(parcel.body)
            return super().deliver(parcel)

    there = Listening(Channel.DISPATCH, service.core.clock)
    service.core.receivers = {**service.core.receivers, Channel.DISPATCH: there}
    case = connected(desk, phone())
    desk.put(f"{case.path}/place", {"road": "样例大道由西向东", "landmark": "示范桥"})
    desk.post(f"{case.path}/dispatch", {"reason": "hurt", "note": "一人头晕"})
    wait_until(lambda: case.incident().deliveries[0].state is DeliveryState.DONE, 10, "the police")
    order = json.loads(bodies[0])
    assert (order["reason"], order["note"], order["road"]) == ("hurt", "一人头晕", "样例大道由西向东")
    assert order["contacts"] == [{"label": "甲", "phone": "10012345678"}]
    assert case.incident().deliveries[0].reference.startswith("训练警单")


def test_a_party_starts_its_claim_once_the_document_is_served(
    service: Service, desk: Desk, phone: Callable[..., Phone]
) -> None:
    bodies: list[bytes] = []

    class Insurer(TrainingReceiver):
        def deliver(self, parcel: Parcel, /) -> Receipt:
            bodies.append(parcel.body)
            return super().deliver(parcel)

    there = Insurer(Channel.INSURER, service.core.clock)
    service.core.receivers = {**service.core.receivers, Channel.INSURER: there}
    own = phone()
    case = connected(desk, own)
    assert refusal(own.send("POST", "/v1/party/claim", {})) == (409, "claim-not-possible")
    assert refusal(own.send("POST", "/v1/party/codes", {"act": "claim"})) == (409, "nothing-to-do")
    details = {
        "name": "示例安",
        "phone": "10012345678",
        "plate": "测A·12345",
        "insurer": "样例财险",
        "policy_number": "PDZA0001",
    }
    desk.put(f"{case.path}/parties/{case.party('甲')}", {"details": details})
    case.join()
    case.agree(own)
    case.deny_all_facts()
    case.hand_over()
    case.draft()
    case.note_absences()
    assert own.state().claim.stage is ClaimStage.NONE
    assert case.issue().ok
    wait_until(lambda: own.state().claim.stage is ClaimStage.OPEN, 10, "the service of the document")
    assert refusal(own.send("POST", "/v1/party/claim", {})) == (403, "code-needed")
    assert refusal(own.send("POST", "/v1/party/claim", {"code": own.code("read")})) == (403, "code-spent")
    code = own.code("claim")
    assert bodies == [], "nothing leaves without the code"
    for _ in range(2):
        own.post("/v1/party/claim", {"code": code})
    wait_until(lambda: own.state().claim.stage is ClaimStage.ACCEPTED, 10, "the insurer's word")
    assert own.state().claim.reference.startswith("训练报案")
    assert len(bodies) == 1
    claim = json.loads(bodies[0])
    assert claim.keys() == ClaimOrder.__dataclass_fields__.keys()
    assert (claim["insurer"], claim["policy_number"], claim["liability"]) == ("样例财险", "PDZA0001", "none")
    reported = [one for one in case.incident().deliveries if one.channel is Channel.REGISTRY]
    assert len(reported) == 1, "the issued document goes to the national system"
