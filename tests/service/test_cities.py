"""A city's folder: the shipped ones, and one that is broken in every way we know, told with file and key."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Template

import pytest

from console.domain.city import StepOrder
from console.domain.incident import IncidentState
from console.service.cities import CityError, city_folder, load_city
from console.service.cities.cli import main
from console.service.core import Core
from console.service.database import Database
from console.service.local_rules import load_local_rules
from console.service.messages import TEMPLATES, WORDS, parts
from console.service.settings import RESOURCES, Settings
from tests.service.cases import connected
from tests.service.harness import Desk, Phone, good, running, settings

CITIES = RESOURCES / "cities"
SHIPPED = {
    "training_town": ("training_town", StepOrder.EVACUATE_FIRST),
    "zhengzhou": ("zhengzhou_2023", StepOrder.RULE_FIRST),
    "zibo": ("zibo_2023", StepOrder.EVACUATE_FIRST),
    "urumqi": ("urumqi", StepOrder.EVACUATE_FIRST),
}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A city's folder to spoil."""
    return Path(shutil.copytree(CITIES / "training_town", tmp_path / "city"))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_city_follows_its_notice(name: str) -> None:
    published, order = SHIPPED[name]
    city = load_city(CITIES / name)
    rule = load_local_rules(RESOURCES / "rules" / "local_rules.json")[published]
    named = replace(city.profile.rule, id=rule.id, name=rule.name, source=rule.source, version=rule.version)
    assert named == rule, "the rule stands in two files and must be the same in both"
    assert city.profile.order is order
    assert city.profile.rule.version == rule.version


@pytest.mark.parametrize("message", TEMPLATES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_message_is_complete_short_and_tells_of_nobody(name: str, message: str) -> None:
    city = load_city(CITIES / name)
    text = city.templates.text(message, {**WORDS, "sign": city.office.sms_sign + "（训练）"})
    assert "$" not in text
    assert text.startswith(f"【{city.office.sms_sign}（训练）】")
    assert parts(text) <= 2
    held = set(Template(city.templates.templates[message]).get_identifiers())
    assert held <= TEMPLATES[message]
    assert not held & {"name", "phone", "plate", "id_number", "address"}


def test_numbers_restart_as_the_city_says() -> None:
    city = load_city(CITIES / "zhengzhou")
    day = date(2026, 11, 26)
    assert city.incidents.number(day, 7) == "4101-20261126-0007"
    assert city.documents.number(day, 12) == "郑公交认字[2026]第000012号"
    assert city.incidents.series(day) != city.incidents.series(date(2026, 11, 27))
    assert city.documents.series(day) == city.documents.series(date(2026, 1, 1))


def toml(old: str, new: str) -> Callable[[Path], None]:
    """Return what replaces ``old`` in city.toml."""

    def spoil(folder: Path) -> None:
        file = folder / "city.toml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def message(name: str, text: str | None) -> Callable[[Path], None]:
    """Return what changes one message, or takes it away."""

    def spoil(folder: Path) -> None:
        told = json.loads((folder / "messages.json").read_text("utf-8"))
        told["templates"].pop(name, None)
        if text is not None:
            told["templates"][name] = text
        (folder / "messages.json").write_text(json.dumps(told), "utf-8")

    return spoil


def area(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    """Return what changes the first area."""

    def spoil(folder: Path) -> None:
        told = json.loads((folder / "areas.geojson").read_text("utf-8"))
        change(told["features"][0])
        (folder / "areas.geojson").write_text(json.dumps(told), "utf-8")

    return spoil


def square(*corners: tuple[float, float]) -> dict[str, object]:
    """Return a polygon."""
    return {"type": "Polygon", "coordinates": [[*map(list, corners), list(corners[0])]]}


BOW = square((83.0, 39.0), (83.1, 39.1), (83.1, 39.0), (83.0, 39.1))
FAR = square((830.0, 39.0), (831.0, 39.0), (831.0, 40.0))
ALL = square((82.9, 38.9), (83.1, 38.9), (83.1, 39.1), (82.9, 39.1))

BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no file": (lambda f: (f / "city.toml").unlink(), "city.toml: the file is missing"),
    "no TOML": (lambda f: (f / "city.toml").write_text("[city", "utf-8"), "city.toml: "),
    "no UTF-8": (lambda f: (f / "city.toml").write_bytes(b"\xff\xfe"), "city.toml: it is not UTF-8"),
    "misspelt key": (toml("sms_sign", "sms_sing"), "city.toml: office.sms_sing: Extra inputs"),
    "unknown order": (toml("evacuate-first", "as-you-like"), "city.toml: city.order: Input should be"),
    "empty source": (toml("样例市视频快处公告（训练用，虚构）", " "), "city.toml: city.source: "),
    "closes first": (
        toml('closes = "23:59', 'closes = "00:00:00", season = "x" }, { opens = "09:00", closes = "08:59'),
        "city.toml: rule.hours.0: it closes before it opens",
    ),
    "no season": (
        toml('opens = "00:00",', 'season = "spring", opens = "00:00",'),
        "city.toml: rule: there is no season 'spring'",
    ),
    "no number": (
        toml("第$year$number号", "第$year号"),
        "city.toml: numbering.document: the pattern needs $number",
    ),
    "no year": (
        toml("第$year$number号", "第$number号"),
        "city.toml: numbering.document: the pattern needs $year",
    ),
    "odd word": (
        toml("第$year$number号", "$name$year$number"),
        "city.toml: numbering.document: nobody knows $name",
    ),
    "accepts nobody": (
        toml('accepts = ["mv_mv"', 'accepts = [] \nx = ["mv_mv"'),
        "city.toml: rule.accepts: ",
    ),
    "message missing": (message("resume", None), "messages.json: templates.resume: the template is missing"),
    "message unknown": (message("hello", "【$sign】"), "messages.json: templates.hello: nobody sends it"),
    "personal word": (
        message("resume", "【$sign】$name"),
        "messages.json: templates.resume: $name may not stand",
    ),
    "a plate": (
        message("resume", "【$sign】京A12345"),
        "messages.json: templates.resume: a number or a plate",
    ),
    "too long": (message("resume", "【$sign】" + "长" * 200), "messages.json: templates.resume: it takes"),
    "no way back": (
        message("resume", "【$sign】请回来"),
        "messages.json: templates.resume: $link must stand",
    ),
    "unsigned": (message("resume", "您好"), "messages.json: templates.resume: it must begin with"),
    "lone dollar": (message("resume", "【$sign】5$"), "messages.json: templates.resume: a $ stands alone"),
    "no unit": (
        area(lambda f: f.update(properties={"served": True})),
        "areas.geojson: features.0.properties.unit: ",
    ),
    "a line": (
        area(lambda f: f.update(geometry={"type": "LineString", "coordinates": []})),
        "areas.geojson: features.0.geometry.type: ",
    ),
    "crosses itself": (
        area(lambda f: f.update(geometry=BOW)),
        "areas.geojson: features.0 (演示区大队): geometry: Self-intersection",
    ),
    "off the world": (area(lambda f: f.update(geometry=FAR)), "not longitude and latitude in degrees"),
    "over another": (area(lambda f: f.update(geometry=ALL)), "it lies over features.0"),
    "no shape": (
        area(lambda f: f.update(geometry={"type": "Polygon", "coordinates": [["x"]]})),
        "no polygon can be made of them",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_folder_is_told_with_file_and_key(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, words = BROKEN[name]
    spoil(folder)
    with pytest.raises(CityError) as caught:
        load_city(folder)
    assert words in str(caught.value)
    assert main(["check", str(folder)]) == 1
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told


def test_every_mistake_is_told_at_once(folder: Path) -> None:
    for name in ("misspelt key", "personal word", "crosses itself"):
        BROKEN[name][0](folder)
    with pytest.raises(CityError) as caught:
        load_city(folder)
    assert {line.partition(":")[0] for line in str(caught.value).splitlines()} == {
        "city.toml",
        "messages.json",
        "areas.geojson",
    }


def test_the_check_says_what_is_in_a_folder_and_proves_its_form(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(folder)]) == 0
    assert "3 police units" in capsys.readouterr().out
    form = folder / "determination.typ"
    shutil.copy(RESOURCES / "documents" / "determination.typ", form)
    assert main(["check", str(folder)]) == 0
    assert "its own form" in capsys.readouterr().out
    form.write_text("#let x = (", "utf-8")
    assert main(["check", str(folder)]) == 1
    assert "determination.typ: " in capsys.readouterr().err
    assert main(["list"]) == 0
    assert "zhengzhou" in capsys.readouterr().out


def test_a_city_is_found_by_its_id_or_its_folder(folder: Path) -> None:
    assert city_folder(CITIES, "zibo") == CITIES / "zibo"
    assert city_folder(CITIES, str(folder)) == folder
    with pytest.raises(CityError, match="one of training_town, urumqi, zhengzhou, zibo"):
        city_folder(CITIES, "atlantis")


@pytest.mark.parametrize("live", [False, True])
def test_a_broken_city_stops_the_start_with_a_sentence(folder: Path, tmp_path: Path, live: bool) -> None:
    toml("sms_sign", "sms_sing")(folder)
    words = ["--live"] if live else ["--city", str(folder)]
    command = [sys.executable, "-m", "console", "service", "--data", str(tmp_path / "data"), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert all("trace" not in line for line in lines)
    wanted = "a live service needs --city" if live else "city.toml: office.sms_sing: "
    assert any(wanted in line["message"] for line in lines)


def test_a_service_follows_its_city(data: Path) -> None:
    """Step order, rule, signature of the SMS, and the numbers of a training service in 郑州."""
    with running(settings(data, city="zhengzhou")) as service, Desk(service, "900010", "07") as desk:
        profile = desk.session["city"]
        assert (profile["name"], profile["order"]) == ("郑州市", "rule-first")
        assert profile["rule"]["hours"][0]["opens"] == "07:30:00"
        with Phone(service, desk.link()) as phone:
            case = connected(desk, phone)
            incident = case.incident()
            assert incident.number.startswith("训练 T-4101-")
            assert incident.local is not None
            assert (incident.local.rule, incident.local.version) == ("zhengzhou", "2023-05-23")
            steps = [step.step for step in phone.state().progress]
            assert steps.index("ruled") < steps.index("evacuated") < steps.index("served")
            good(desk.send("POST", f"{case.path}/dispatch", {"reason": "hurt", "note": ""}))
            incident = case.incident()
            assert incident.state is IncidentState.DISPATCHED
            assert incident.messages[0].text.startswith("【郑州交警快处中心（训练）】")
            assert incident.messages[0].template == "dispatch/zhengzhou-3"


def test_a_city_brings_its_own_form_of_the_document(folder: Path, tmp_path: Path) -> None:
    shutil.copy(RESOURCES / "documents" / "determination.typ", folder)
    core = Core(Settings(data=tmp_path, city=str(folder)), Database("sqlite://"))
    with closing(core.press):
        assert core.city.document == folder / "determination.typ"
    core.database.close()
    (folder / "determination.typ").write_text("#let x = (", "utf-8")
    with closing(Database("sqlite://")) as database, pytest.raises(CityError, match=r"determination\.typ"):
        Core(Settings(data=tmp_path, city=str(folder)), database)
