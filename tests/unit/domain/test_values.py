"""Masking, positions and identifiers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.geo import Datum, Position
from console.domain.ids import new_id
from console.domain.party import masked_id, masked_name, masked_phone
from tests.unit.domain.builders import T0


def test_masks_show_what_people_know_themselves_by() -> None:
    assert masked_name("示例安") == "示**"
    assert masked_phone("10012345678") == "100****5678"
    assert masked_id("000123199003070015") == "000***********0015"


@given(st.text(max_size=40))
def test_masks_never_show_more_than_they_may(text: str) -> None:
    assert masked_name(text)[1:] == "*" * max(0, len(text) - 1)
    short = len(text) < 8
    assert masked_phone(text) == ("*" * len(text) if short else f"{text[:3]}****{text[-4:]}")
    masked = masked_id(text)
    assert len(masked) == len(text)
    assert masked[3:-4] == "*" * (len(text) - 7) if not short else masked == "*" * len(text)


def position(longitude: float, latitude: float, accuracy_m: float) -> Position:
    """Return a position in WGS-84."""
    return Position(
        longitude=longitude, latitude=latitude, datum=Datum.WGS84, accuracy_m=accuracy_m, fixed_at=T0
    )


@pytest.mark.parametrize(
    ("longitude", "latitude", "accuracy_m"),
    [
        (180.1, 0, 5),
        (0, -90.1, 5),
        (0, 0, -1),
        (0, 0, 2e6),
        (float("nan"), 0, 5),
        (0, float("inf"), 5),
        (0, 0, float("nan")),
    ],
)
def test_impossible_positions_are_refused(longitude: float, latitude: float, accuracy_m: float) -> None:
    with pytest.raises(ValueError, match=r"position|accuracy"):
        position(longitude, latitude, accuracy_m)


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 1_000_000))
def test_possible_positions_are_kept_as_given(longitude: float, latitude: float, accuracy_m: float) -> None:
    kept = position(longitude, latitude, accuracy_m)
    assert (kept.longitude, kept.latitude, kept.accuracy_m) == (longitude, latitude, accuracy_m)


def test_identifiers_are_fresh_and_plain() -> None:
    fresh = {new_id() for _ in range(1000)}
    assert len(fresh) == 1000
    assert all(len(i) == 32 and set(i) <= set("0123456789abcdef") for i in fresh)
