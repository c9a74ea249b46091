"""The registries: the same answers over the wire as from the town, and no answer from one that misbehaves."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.contract.codec import encode
from console.contract.registry_api import AboutLicence, AboutPerson, AboutPolicies, AboutVehicle
from console.domain.identifiers import normal_plate
from console.service.registries import open_registry
from console.service.registries.over_http import HttpRegistry
from console.service.registries.port import NoRegistry, SourceUnavailable
from console.service.registries.server import create_registry_app
from console.service.registries.training import TrainingRegistry
from console.service.settings import Settings
from console.training.scenario import Citizen, Trait
from console.training.town import town
from tests.adapters.bad_server import Handler, misbehaving
from tests.service.registries import citizen, served, town_registry

SHORT_S = 0.6
LONG_S = 10.0
"""What a question may take: short where the test waits for the end of it."""
CONTRACT = Path(__file__).resolve().parents[2] / "console" / "contract" / "registry.openapi.json"


def over(url: str, limit_s: float = LONG_S) -> HttpRegistry:
    return HttpRegistry(url, ca=None, token="secret-token", limit_s=limit_s)


def about(who: Citizen) -> tuple[AboutPerson, AboutLicence, AboutVehicle, AboutPolicies]:
    number, plate = who.person.id_number, normal_plate(who.vehicle.plate)
    return (
        AboutPerson(id_number=number),
        AboutLicence(licence_number=number),
        AboutVehicle(plate=plate),
        AboutPolicies(plate=plate),
    )


def test_the_published_contract_is_what_is_served() -> None:
    assert json.loads(CONTRACT.read_text("utf-8")) == create_registry_app(town_registry()).openapi()


def test_over_the_wire_as_in_the_town() -> None:
    own = town_registry()
    people = [citizen(), citizen(Trait.TWIN_PLATE), citizen(Trait.NO_LICENCE), citizen(Trait.FOREIGN_PERMIT)]
    people += [citizen(Trait.INSURANCE_GAP), citizen(Trait.LONG_NAME), citizen(Trait.UNINSURED)]
    with served(create_registry_app(own)) as url:
        far = over(url)
        for who in people:
            person, licence, vehicle, policies = about(who)
            assert far.persons(person) == own.persons(person)
            assert far.licences(licence) == own.licences(licence)
            assert far.vehicles(vehicle) == own.vehicles(vehicle)
            assert far.policies(policies) == own.policies(policies)
        assert far.persons(AboutPerson(id_number="000001199001010011")).records == ()
        far.close()


def test_everybody_who_calls_is_registered() -> None:
    own = town_registry()
    for scenario in sorted((CONTRACT.parents[2] / "resources" / "scenarios").glob("*.toml")):
        text = scenario.read_text("utf-8")
        numbers = [line.split('"')[1] for line in text.splitlines() if line.startswith("id_number")]
        plates = [line.split('"')[1] for line in text.splitlines() if line.startswith("plate =")]
        assert numbers
        for number, plate in zip(numbers, plates, strict=True):
            assert own.persons(AboutPerson(id_number=number)).records, scenario
            assert own.vehicles(AboutVehicle(plate=normal_plate(plate))).records, scenario


def test_the_plate_kind_tells_twins_apart() -> None:
    own, plate = town_registry(), normal_plate(citizen(Trait.TWIN_PLATE).vehicle.plate)
    assert {v.plate_kind for v in own.vehicles(AboutVehicle(plate=plate)).records} == {"01", "02"}
    assert [v.plate_kind for v in own.vehicles(AboutVehicle(plate=plate, plate_kind="01")).records] == ["01"]
    kinds = {
        policy.plate_kind for policy in own.policies(AboutPolicies(plate=plate, plate_kind="02")).records
    }
    assert kinds == {"02"}


def person_json(who: Citizen) -> bytes:
    return encode(town_registry().persons(AboutPerson(id_number=who.person.id_number)))


def changed(who: Citizen, **changes: Any) -> bytes:
    answer = json.loads(person_json(who))
    answer["records"][0].update(changes)
    return json.dumps(answer).encode()


def twice(who: Citizen) -> bytes:
    answer = json.loads(person_json(who))
    return json.dumps({"records": answer["records"] * 2}).encode()


def drip(handler: Handler) -> None:
    """Send a good answer one byte at a time, too slowly."""
    body = person_json(citizen())
    handler.close_connection = True
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    for number in range(len(body)):
        handler.wfile.write(body[number : number + 1])
        if handler.server.ended.wait(SHORT_S / 10):
            return


def flood(handler: Handler) -> None:
    handler.reply(200, b'{"records": [' + b" " * (1 << 20) + b"]}")


MISBEHAVIOUR: dict[str, tuple[Callable[[Handler], None], str]] = {
    "hangs": (Handler.hang, "timeout"),
    "drips": (drip, "timeout"),
    "hangs up": (Handler.cut, "unreachable"),
    "errs": (lambda h: h.reply(500, b"oops"), "fault"),
    "is busy": (lambda h: h.reply(503), "busy"),
    "refuses": (lambda h: h.reply(403), "refused"),
    "sends elsewhere": (lambda h: h.reply(302, Location="http://127.0.0.1:1/"), "refused"),
    "floods": (flood, "unreadable"),
    "talks nonsense": (lambda h: h.reply(200, b"<html>login</html>"), "unreadable"),
    "says nothing": (lambda h: h.reply(200, b""), "unreadable"),
    "answers another question": (lambda h: h.reply(200, b'{"found": true}'), "unreadable"),
    "has no date": (lambda h: h.reply(200, changed(citizen(), birth_date="yesterday")), "unreadable"),
    "has no end": (lambda h: h.reply(200, changed(citizen(), name="长" * 5000)), "unreadable"),
    "names nobody": (lambda h: h.reply(200, changed(citizen(), name="")), "unreadable"),
    "lies: another person": (lambda h: h.reply(200, person_json(citizen(number=1))), "wrong-answer"),
    "lies: two of one": (lambda h: h.reply(200, twice(citizen())), "wrong-answer"),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_a_misbehaving_registry_gives_no_answer(name: str) -> None:
    behave, reason = MISBEHAVIOUR[name]
    with misbehaving(behave) as server:
        far = over(server.url, SHORT_S if reason == "timeout" else LONG_S)
        started = time.monotonic()
        with pytest.raises(SourceUnavailable) as caught:
            far.persons(AboutPerson(id_number=citizen().person.id_number))
        assert caught.value.reason == reason
        assert time.monotonic() - started < 5
        assert 1 <= len(server.requests) <= 3
        far.close()
    assert server.requests[0][2]["Authorization"] == "Bearer secret-token"
    assert citizen().person.id_number not in server.requests[0][1]


def test_nobody_listens() -> None:
    with misbehaving(Handler.cut) as server:
        url = server.url
    far = over(url)
    with pytest.raises(SourceUnavailable, match="unreachable"):
        far.vehicles(AboutVehicle(plate="测A12345"))
    far.close()


def test_a_stumble_is_passed_over() -> None:
    answers, body = iter([503, 500]), person_json(citizen())

    def stumble(handler: Handler) -> None:
        handler.reply(next(answers, 200), body)

    with misbehaving(stumble) as server:
        far = over(server.url)
        assert far.persons(AboutPerson(id_number=citizen().person.id_number)).records
        assert len(server.requests) == 3
        far.close()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"plate": "测Z99999"}, "wrong-answer"),
        ({"plate_kind": "01"}, "wrong-answer"),
        ({"plate_kind": "77"}, "unreadable"),
        ({"status": "A9"}, "unreadable"),
        ({"status": ""}, "unreadable"),
    ],
)
def test_a_vehicle_must_be_the_one_asked_for(changes: dict[str, str], reason: str) -> None:
    question = AboutVehicle(plate=normal_plate(citizen().vehicle.plate), plate_kind="02")
    answer = json.loads(encode(town_registry().vehicles(question)))
    answer["records"][0].update(changes)
    with misbehaving(lambda h: h.reply(200, json.dumps(answer).encode())) as server:
        far = over(server.url)
        with pytest.raises(SourceUnavailable, match=reason):
            far.vehicles(question)
        far.close()


def test_what_is_asked_and_answered_keeps_to_the_contract() -> None:
    contract = json.loads(CONTRACT.read_text("utf-8"))

    def schema(name: str) -> dict[str, Any]:
        return {"$ref": f"#/components/schemas/{name}", **contract}

    person, licence, vehicle, policies = about(citizen(Trait.LICENCE_EXPIRED))
    own = town_registry()
    for value in (person, licence, vehicle, policies):
        jsonschema.validate(json.loads(encode(value)), schema(type(value).__name__))
    for answer in (
        own.persons(person),
        own.licences(licence),
        own.vehicles(vehicle),
        own.policies(policies),
    ):
        jsonschema.validate(json.loads(encode(answer)), schema(type(answer).__name__))


def test_which_registry_the_settings_name(tmp_path: Path) -> None:
    def opened(**changes: Any) -> object:
        settings = Settings(data=tmp_path, **changes)
        return open_registry(settings, lambda: pytest.fail("no clock is needed"))

    assert isinstance(opened(), TrainingRegistry)
    assert isinstance(opened(training=False), NoRegistry)
    assert isinstance(opened(registry_url="http://127.0.0.1:9"), HttpRegistry)
    assert isinstance(opened(training=False, registry_url="https://registry.example"), HttpRegistry)
    for url in ("https://registry.example", "ftp://127.0.0.1", "127.0.0.1:80"):
        with pytest.raises(ValueError, match=r"registr"):
            opened(registry_url=url)
    with pytest.raises(ValueError, match="https"):
        opened(training=False, registry_url="http://registry.example")
    with pytest.raises(OSError, match="token"):
        opened(registry_url="http://127.0.0.1:9", registry_token=tmp_path / "token")


def test_a_live_service_without_registries_says_so() -> None:
    none = NoRegistry()
    for ask in (
        lambda: none.persons(AboutPerson(id_number="1")),
        lambda: none.licences(AboutLicence(licence_number="1")),
        lambda: none.vehicles(AboutVehicle(plate="1")),
        lambda: none.policies(AboutPolicies(plate="1")),
    ):
        with pytest.raises(SourceUnavailable, match="not-configured"):
            ask()


def test_periods_move_with_the_day() -> None:
    assert town().sort(frozenset({Trait.INSURANCE_EXPIRED}))[0] is citizen(Trait.INSURANCE_EXPIRED)
    ends = town_registry().policies(
        AboutPolicies(plate=normal_plate(citizen(Trait.INSURANCE_EXPIRED).vehicle.plate))
    )
    assert 0 < (date.today() - ends.records[-1].valid_to.date()).days <= 21
