"""The shipped tables and templates."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.road import RoadControl
from console.service.cities import TRAINING_TOWN, load_city
from console.service.fault_table import load_faults
from console.service.messages import WORDS, parts
from console.service.rules import load_rules
from console.service.settings import RESOURCES

RULES = load_rules(RESOURCES / "rules")
TEMPLATES = load_city(RESOURCES / "cities" / TRAINING_TOWN).templates


def test_every_fault_has_words_and_a_provision() -> None:
    assert len(RULES.faults) > 80
    for kind in RULES.faults.values():
        assert kind.name
        assert kind.citations
        assert kind.role in {"priority", "care", "contributing", "status"}
        assert kind.applies_to in {"motor", "non_motor", "pedestrian", "passenger", "any", "none"}


@pytest.mark.parametrize("control", RoadControl)
def test_right_of_way_can_be_cited_wherever_there_is_a_junction(control: RoadControl) -> None:
    fitting = [
        kind.code
        for kind in RULES.faults.values()
        if kind.role == "priority" and any(c.fits(frozenset({control})) for c in kind.citations)
    ]
    assert "1094" in fitting
    assert ("1313" in fitting) == (control in {RoadControl.SIGNAL, RoadControl.NONE, RoadControl.SIGN})


def test_the_code_tables_the_forms_need() -> None:
    assert set(RULES.codes) == {
        "weather",
        "junction",
        "control",
        "collision_form",
        "collision_part",
        "driving_state",
        "vehicle_type",
    }
    assert RULES.words("weather", "1") == "晴"
    assert RULES.words("weather", "") == ""
    assert RULES.words("weather", "77") == "77"


@pytest.mark.parametrize(
    "text",
    [
        '[{"code": "1"}]',
        "not json",
        '[{"code":"1","name":"x","applies_to":"motor","role":"care","citations":[{"law":"x","article":"one",'
        '"paragraph":null,"item":null,"controls":[],"when":""}]}]',
    ],
)
def test_a_wrong_table_stops_the_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "faults.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"\S"):
        load_faults(tmp_path / "faults.json")


def test_a_code_given_twice_stops_the_start(tmp_path: Path) -> None:
    row = '{"code":"1","name":"x","applies_to":"motor","role":"care","citations":[]}'
    (tmp_path / "faults.json").write_text(f"[{row},{row}]", encoding="utf-8")
    with pytest.raises(ValueError, match="twice"):
        load_faults(tmp_path / "faults.json")


@pytest.mark.parametrize(
    "typed", ["000123199003070015", "11010519491231002X", "10012345678", "测A·12345", "测AD12345", "京A12345"]
)
def test_no_number_of_a_person_or_a_car_goes_into_a_message(typed: str) -> None:
    text = TEMPLATES.text("evacuation", {**WORDS, "destination": f"停在{typed}后面"})
    assert typed not in text
    assert "***" in text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 1),
        ("字" * 70, 1),
        ("字" * 71, 2),
        ("字" * 134, 2),
        ("字" * 135, 3),
        ("🚗" * 35, 1),
        ("🚗" * 36, 2),
    ],
)
def test_parts_of_a_message(text: str, number: int) -> None:
    assert parts(text) == number


@given(st.text(max_size=300))
def test_typed_words_are_never_read_as_a_template(typed: str) -> None:
    TEMPLATES.text("evacuation", {**WORDS, "destination": typed + "$sign ${incident} $"})
