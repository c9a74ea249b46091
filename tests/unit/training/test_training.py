"""Scenarios: every shipped one is sound, seeds make different fictional cases, broken files are refused."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain import triage
from console.domain.evidence import required_slots
from console.domain.geo import Position
from console.domain.handling import assess_rows
from console.domain.identifiers import id_check_character, vin_check_character
from console.domain.ruling import combination_problem
from console.service.maps.atlas import open_atlas
from console.service.settings import RESOURCES
from console.training import fiction, library
from console.training.scenario import Scenario
from console.training.seeding import seeded

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "scenarios"
SEEDS = range(200)


@pytest.fixture(params=library.names(FOLDER))
def shipped(request: pytest.FixtureRequest) -> Scenario:
    """Each scenario that comes with the program."""
    return library.load_named(FOLDER, request.param)


def test_the_first_scenarios_are_there() -> None:
    assert {"rear_end", "lane_change", "injured_passenger", "asks_for_officer", "hit_pole"} <= set(
        library.names(FOLDER)
    )


def test_truth_agrees_with_triage(shipped: Scenario) -> None:
    truth = shipped.truth
    found = assess_rows(truth.facts, officer_requested=shipped.behaviour.asks_for_officer)
    assert found.branch is truth.branch
    assert (truth.facts[triage.TriageFact.INJURY] is triage.Answer.YES) == shipped.behaviour.hurt


def test_a_ruling_by_video_has_a_legal_combination_and_no_other_case_has_one(shipped: Scenario) -> None:
    truth = shipped.truth
    if truth.branch is triage.Branch.VIDEO_FAST:
        assert combination_problem(list(truth.liability.values())) is None
        assert set(truth.faults) == {party.role for party in shipped.parties}
    else:
        assert not truth.liability
        assert not truth.faults


def test_everything_that_the_law_wants_photographed_can_be(shipped: Scenario) -> None:
    assert set(required_slots(shipped.form)) <= set(shipped.slots)


def test_a_seed_makes_one_case_and_another_seed_another(shipped: Scenario) -> None:
    assert seeded(shipped, 7) == seeded(shipped, 7)
    cases = [seeded(shipped, seed) for seed in SEEDS]
    assert len({case.party("A").vehicle.plate for case in cases}) == len(cases)
    assert len({case.weather for case in cases}) > 1
    assert all(case.truth == shipped.truth for case in cases)


@pytest.mark.parametrize("seed", SEEDS)
def test_seeded_people_are_fictional_and_well_formed(seed: int) -> None:
    case = seeded(library.load_named(FOLDER, "rear_end"), seed)
    for party in case.parties:
        person, vehicle = party.person, party.vehicle
        assert person.phone.startswith("100")
        assert len(person.phone) == 11
        assert person.id_number[:3] == "000"
        assert person.id_number[-1] == id_check_character(person.id_number[:17])
        assert person.id_number[6:14] == f"{person.birth_date:%Y%m%d}"
        assert int(person.id_number[16]) % 2 == (person.sex == "男")
        assert (person.first_licence_date - person.birth_date).days > 18 * 365.25
        assert vehicle.plate[0] == "测"
        assert not set("IO") & set(vehicle.plate)
        assert vehicle.vin[8] == vin_check_character(vehicle.vin)
    first, second = case.parties
    assert first.person.name != second.person.name
    assert first.vehicle.colour != second.vehicle.colour


def test_seeded_places_lie_on_the_road_that_the_caller_names() -> None:
    units = RESOURCES / "cities" / "training_town" / "areas.geojson"
    areas = open_atlas(Path("none"), RESOURCES, training=True, units=units)
    shipped = library.load_named(FOLDER, "rear_end")
    cases = [shipped, *(seeded(shipped, seed) for seed in range(40))]
    for place in (case.place for case in cases):
        fix = Position(
            longitude=place.longitude,
            latitude=place.latitude,
            datum=place.datum,
            accuracy_m=place.accuracy_m,
            fixed_at=datetime(2026, 11, 23, tzinfo=UTC),
        )
        (found,) = areas.whereabouts(fix)
        assert found.served
        assert found.road_m < 12
        assert not found.off_road(0)
    assert len({case.place.road for case in cases}) == 6
    assert {case.place.road for case in cases} > {"样例大道", "演示三路"}


@pytest.mark.parametrize(
    ("number", "check"), [("36042619910101007", "1"), ("12010319880601824", "1"), ("11010519491231002", "X")]
)
def test_check_digit_of_an_id_number(number: str, check: str) -> None:
    assert id_check_character(number) == check


@pytest.mark.parametrize(("vin", "check"), [("LATPAB071W1005301", "1"), ("1M8GDM9AXKP042788", "X")])
def test_check_character_of_a_vin(vin: str, check: str) -> None:
    assert vin_check_character(vin) == check


def test_vins_are_seventeen_characters() -> None:
    rng = random.Random(1)
    assert {len(fiction.vin(rng)) for _ in range(50)} == {17}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('form = "rear-end"', 'form = "rear_end"', "form must be one of"),
        ("accuracy_m = 18", "accuracy_m = -1", "accuracy_m must be a number from 1"),
        ('phone = "10000000001"', 'phone = "13800000000"', "begin with 100"),
        ('plate = "测A·12345"', 'plate = "京A·12345"', "written like"),
        ('id_number = "000', 'id_number = "110', "unassigned area"),
        ("reaction_s = 1.2", 'reaction_s = "soon"', "reaction_s must be a float"),
        ("refuses = []", 'refuses = ["nothing"]', "refuses must be a list out of"),
        ('injury = "no"', 'injury = "maybe"', "injury must be one of"),
        ("[statements]", "[statement]", "statements must be a table"),
        ("[statements]", '[statements]\nwhy = "x"', "unknown key why"),
        ("longitude = 83.0123", "longitude = 830.123", "within 180 degrees"),
        ("loss_percent = 0", "loss_percent = 101", "from 0 to 100"),
        ("title =", "title ==", "cannot be read"),
    ],
)
def test_a_broken_file_is_refused_in_clear_words(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = (FOLDER / "rear_end.toml").read_text("utf-8")
    assert old in text
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(library.ScenarioError, match=complaint) as caught:
        library.load(broken)
    assert str(caught.value).startswith("broken.toml")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(library.ScenarioError, match="rear_end"):
        library.load_named(FOLDER, "../rear_end")
