"""Verification end to end in a running service: by itself, again, by hand, and when registries are away."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from console.contract.codec import decode, encode
from console.contract.registry_api import AboutLicence, AboutPerson, AboutPolicies, AboutVehicle
from console.domain.checking import NoAnswer
from console.domain.evidence import Slot
from console.domain.ids import PartyId
from console.domain.verification import Check, CheckItem, CheckResult, Field, Source, Verdict
from console.service.registries.port import NoRegistry
from console.service.server import Service
from console.service.sources import FIRST_REST, Sources
from console.service.tables import silent_alerts, silent_views
from console.training.scenario import Citizen, Trait
from tests.adapters.bad_server import Handler, misbehaving
from tests.service.cases import Case, connected
from tests.service.harness import Desk, Phone, refusal, running, settings
from tests.service.registries import citizen, details, town_registry
from tests.unit.domain.builders import T0
from tests.waiting import wait_until

ASKED = tuple(item for item in CheckItem if item is not CheckItem.FACE)


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """A connected call."""
    return connected(desk, phone())


def state(case: Case, who: Citizen, **changes: str) -> PartyId:
    """Write down what the scene shows of 甲."""
    party_id = case.party("甲")
    case.desk.put(f"{case.path}/parties/{party_id}", {"details": details(who, **changes)})
    return party_id


def checks(case: Case, label: str = "甲") -> dict[CheckItem, Check]:
    known = case.incident().verification(case.party(label))
    return {check.item: check for check in known.checks}


def settled(case: Case, *items: CheckItem, label: str = "甲") -> dict[CheckItem, Check]:
    """Return the checks once those of ``items`` are neither pending nor without an answer."""
    wanted = items or ASKED

    def done() -> dict[CheckItem, Check] | None:
        found = checks(case, label)
        return found if all(found[item].basis for item in wanted) else None

    found = wait_until(done, 10, "all checks")
    assert found is not None
    return found


def test_checks_start_by_themselves_and_come_out_right(case: Case) -> None:
    who = citizen(Trait.CLONED_PLATE, Trait.INSURANCE_EXPIRED)
    state(case, who)
    found = settled(case)
    assert {item: check.result for item, check in found.items() if item in ASKED} == {
        CheckItem.IDENTITY: CheckResult.VERIFIED,
        CheckItem.VEHICLE: CheckResult.MISMATCH,
        CheckItem.LICENCE: CheckResult.VERIFIED,
        CheckItem.LICENCE_CLASS: CheckResult.VERIFIED,
        CheckItem.INSPECTION: CheckResult.VERIFIED,
        CheckItem.INSURANCE: CheckResult.MISMATCH,
    }
    colour = found[CheckItem.VEHICLE].comparison(Field.COLOUR)
    assert colour is not None
    assert colour.verdict is Verdict.DIFFERS
    assert colour.seen.text == who.vehicle.colour.title_zh
    assert found[CheckItem.VEHICLE].source is Source.VEHICLES
    assert found[CheckItem.INSURANCE].reason == "insurance-period-expired"
    assert all(found[item].at is not None and found[item].attempts == 1 for item in ASKED)


def test_a_changed_fact_is_checked_anew_and_an_unchanged_one_is_left_alone(case: Case) -> None:
    who = citizen()
    state(case, who)
    before = settled(case)
    state(case, who, vehicle_colour="紫")
    after = wait_until(
        lambda: {} if (new := settled(case))[CheckItem.VEHICLE] == before[CheckItem.VEHICLE] else new,
        10,
        "another finding",
    )
    assert after[CheckItem.VEHICLE].reason == "colour-differs"
    assert after[CheckItem.LICENCE] == before[CheckItem.LICENCE]
    state(case, who, plate="测A·1")
    wait_until(lambda: checks(case)[CheckItem.VEHICLE].reason == "plate-missing", 10, "no finding")
    assert checks(case)[CheckItem.IDENTITY] == before[CheckItem.IDENTITY]


def test_insurance_is_judged_at_the_minute_of_the_accident(case: Case) -> None:
    who = citizen()
    state(case, who)
    assert settled(case)[CheckItem.INSURANCE].result is CheckResult.VERIFIED
    long_ago = case.incident().opened_at - timedelta(days=1500)
    case.desk.put(f"{case.path}/time", {"occurred_at": long_ago.isoformat()})
    wait_until(
        lambda: checks(case)[CheckItem.INSURANCE].reason == "insurance-period-expired", 10, "an old policy"
    )
    ahead = case.incident().opened_at + timedelta(hours=1)
    answer = case.desk.send("PUT", f"{case.path}/time", {"occurred_at": ahead.isoformat()})
    assert refusal(answer) == (422, "time-ahead")


def test_asking_again_by_hand(case: Case) -> None:
    who = citizen()
    party_id = state(case, who)
    first = settled(case)[CheckItem.LICENCE]
    path = f"{case.path}/parties/{party_id}/checks"
    case.desk.post(path, {"items": ["licence"]})
    wait_until(lambda: settled(case)[CheckItem.LICENCE].at != first.at, 10, "a new answer")
    assert settled(case)[CheckItem.LICENCE].result is CheckResult.VERIFIED
    assert refusal(case.desk.send("POST", path, {"items": ["face"]})) == (409, "check-elsewhere")
    other = f"{case.path}/parties/{case.join(plate='')}/checks"
    assert refusal(case.desk.send("POST", other, {"items": ["vehicle"]})) == (409, "check-lacks")
    assert case.desk.post(other).status_code == 204


def test_a_person_decides_with_reason_and_picture(case: Case) -> None:
    party_id = state(case, citizen(Trait.UNREGISTERED))
    assert settled(case)[CheckItem.VEHICLE].result is CheckResult.NOT_FOUND
    path = f"{case.path}/parties/{party_id}/checks/vehicle"
    picture = case.capture(Slot.VEHICLE_LICENCE_A)
    for note, evidence, code in (
        (" ", picture, (409, "reason-missing")),
        ("行驶证原件与车辆一致", "0" * 32, (404, "unknown-evidence")),
    ):
        answer = case.desk.send("PUT", path, {"note": note, "evidence_id": evidence})
        assert refusal(answer) == code
    case.desk.put(path, {"note": "行驶证原件与车辆一致", "evidence_id": picture})
    check = checks(case)[CheckItem.VEHICLE]
    assert (check.result, check.source, check.note) == (
        CheckResult.MANUAL,
        Source.OFFICER,
        "行驶证原件与车辆一致",
    )
    assert (check.by, check.evidence_id) == (case.desk.session["user"]["id"], picture)
    state(case, citizen())
    wait_until(lambda: checks(case)[CheckItem.VEHICLE].result is CheckResult.VERIFIED, 10, "a new finding")


def test_only_an_officer_takes_registered_values_over(
    case: Case, sign_in: Callable[[str, str], Desk]
) -> None:
    party_id = state(case, citizen())
    row = settled(case)[CheckItem.INSURANCE].comparison(Field.POLICY_NUMBER)
    assert row is not None
    assert case.incident().party(party_id).details.policy_number == ""
    path = f"{case.path}/parties/{party_id}/adoptions"
    taker = sign_in("900001", "08")
    body = {"field": "policy-number", "value": row.registered}
    assert refusal(taker.send("POST", path, body)) == (403, "role-missing")
    assert refusal(case.desk.send("POST", path, {**body, "value": "PTEST"})) == (412, "stale")
    assert refusal(case.desk.send("POST", path, {"field": "inspection", "value": ""}))[1] == "not-adoptable"
    case.desk.post(path, body)
    assert case.incident().party(party_id).details.policy_number == row.registered


def truthful(handler: Handler) -> None:
    """Answer as the town does."""
    town = town_registry()
    body = handler.body
    match handler.path:
        case "/v1/persons/query":
            handler.reply(200, encode(town.persons(decode(AboutPerson, body))))
        case "/v1/licences/query":
            handler.reply(200, encode(town.licences(decode(AboutLicence, body))))
        case "/v1/vehicles/query":
            handler.reply(200, encode(town.vehicles(decode(AboutVehicle, body))))
        case _:
            handler.reply(200, encode(town.policies(decode(AboutPolicies, body))))


def failing(handler: Handler) -> None:
    """Err, and about policies say nothing at all."""
    if handler.path.startswith("/v1/policies"):
        handler.hang()
    else:
        handler.reply(500)


def called(service: Service, stack: ExitStack) -> Case:
    desk = stack.enter_context(Desk(service, "900010", "07"))
    return connected(desk, stack.enter_context(Phone(service, desk.link())))


@pytest.mark.allows_log("gave no answer")
def test_registries_that_are_away_and_come_back(
    data: Path, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.service.sources.FIRST_REST", timedelta(seconds=0.3))
    server = stack.enter_context(misbehaving(failing))
    where = settings(data, registry_url=server.url, registry_seconds=0.5)
    case = called(stack.enter_context(running(where)), stack)
    state(case, citizen())
    away = settled(case)
    assert {away[item].result for item in ASKED} == {CheckResult.SOURCE_UNAVAILABLE}
    assert away[CheckItem.INSURANCE].reason == "timeout"
    assert away[CheckItem.VEHICLE].reason == "fault"
    wait_until(lambda: settled(case)[CheckItem.VEHICLE].attempts >= 2, 20, "another try by itself")
    server.behave = truthful
    wait_until(
        lambda: {settled(case)[item].result for item in ASKED} == {CheckResult.VERIFIED}, 20, "answers"
    )


@pytest.mark.allows_log("gave no answer")
def test_a_person_need_not_wait_for_a_register_that_rests(data: Path, stack: ExitStack) -> None:
    server = stack.enter_context(misbehaving(lambda handler: handler.reply(500)))
    service = stack.enter_context(running(settings(data, registry_url=server.url)))
    case = called(service, stack)
    party_id = state(case, citizen())
    check = settled(case)[CheckItem.VEHICLE]
    assert check.at is not None
    assert check.next_try_at is not None
    assert check.next_try_at - check.at == FIRST_REST
    server.behave = truthful
    case.desk.post(f"{case.path}/parties/{party_id}/checks", {"items": ["vehicle"]})
    wait_until(lambda: settled(case)[CheckItem.VEHICLE].result is CheckResult.VERIFIED, 10, "an answer")
    assert settled(case)[CheckItem.INSURANCE].result is CheckResult.SOURCE_UNAVAILABLE


@pytest.mark.allows_log("gave no answer")
def test_what_was_pending_is_asked_again_after_a_restart(data: Path, stack: ExitStack) -> None:
    with misbehaving(Handler.hang) as server, ExitStack() as first:
        service = first.enter_context(running(settings(data, registry_url=server.url, registry_seconds=30)))
        case = called(service, first)
        state(case, citizen())
        wait_until(lambda: checks(case)[CheckItem.VEHICLE].result is CheckResult.PENDING, 10, "a question")
    service = stack.enter_context(running(settings(data)))
    again = replace(case, desk=stack.enter_context(Desk(service, "900010", "07")))
    assert settled(again)[CheckItem.VEHICLE].result is CheckResult.VERIFIED


@pytest.mark.allows_log("gave no answer")
def test_resting_grows_and_ends() -> None:
    clock = T0
    sources = Sources(NoRegistry(), lambda: clock)
    waits = []
    for _ in range(8):
        answer = sources.ask(Source.VEHICLES, {}, at_once=True).vehicles
        assert isinstance(answer, NoAnswer)
        assert answer.next_try_at is not None
        waits.append((answer.next_try_at - clock).total_seconds())
    assert waits == [15, 30, 60, 120, 240, 300, 300, 300]
    resting = sources.ask(Source.VEHICLES, {}, at_once=False).vehicles
    assert resting == NoAnswer(reason="not-configured", at=clock, next_try_at=clock + timedelta(seconds=300))


@pytest.mark.parametrize(("trait", "code"), [(Trait.STOLEN, "stolen"), (Trait.WANTED, "wanted")])
def test_silent_codes_reach_the_seat_and_supervisors_alone(
    case: Case, sign_in: Callable[[str, str], Desk], trait: Trait, code: str
) -> None:
    stream = case.desk.stream("/v1/events", 0)
    state(case, citizen(trait))
    found = settled(case)
    assert all(found[item].result is CheckResult.VERIFIED for item in ASKED)
    path = f"{case.path}/silent-alerts"
    assert case.desk.get(path) == {"count": 1}
    supervisor = sign_in("900020", "90")
    assert supervisor.get(path) == {"count": 1}
    for number, seat in (("900011", "08"), ("900001", "09"), ("900030", "91")):
        other = sign_in(number, seat)
        assert refusal(other.send("GET", path))[1] in {"silent-closed", "role-missing"}
        answer = other.send("POST", f"{path}/views", {"reason": "看看"})
        assert refusal(answer)[1] in {"silent-closed", "role-missing"}
    assert refusal(case.desk.send("POST", f"{path}/views", {"reason": " "})) == (409, "reason-missing")
    seen = case.desk.post(f"{path}/views", {"reason": "核实车辆"}).json()["alerts"]
    assert [alert["code"] for alert in seen] == [code]
    everything = json.dumps(
        [
            case.desk.get("/v1/desk/snapshot"),
            case.desk.get(case.path),
            case.phone.get("/v1/party/state"),
            supervisor.get("/v1/desk/snapshot"),
            [data for _event, _id, data in stream.wait(len(stream.events))],
        ]
    )
    assert f'"{code}"' not in everything
    assert "silent" not in everything
    assert "wanted" not in everything
    assert all(row.registered not in {"C", "I", "N"} for row in found[CheckItem.VEHICLE].comparisons)


def test_every_look_at_silent_codes_is_logged_and_a_wrong_plate_is_withdrawn(
    case: Case, service: Service
) -> None:
    party_id = state(case, citizen(Trait.STOLEN))
    settled(case)
    case.desk.post(f"{case.path}/silent-alerts/views", {"reason": "核实车辆"})
    with service.core.database.read() as connection:
        looks = connection.execute(select(silent_views)).all()
    assert [(look.seat, look.reason, look.codes) for look in looks] == [("07", "核实车辆", "stolen")]
    assert looks[0].account_id == case.desk.session["user"]["id"]
    state(case, citizen())
    wait_until(lambda: case.desk.get(f"{case.path}/silent-alerts")["count"] == 0, 10, "a withdrawal")
    with service.core.database.read() as connection:
        kept = connection.execute(select(silent_alerts)).one()
    assert (kept.party_id, kept.code) == (party_id, "stolen")
    assert kept.withdrawn_at is not None
