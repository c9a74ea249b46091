"""Coordinate systems: the published vectors, round trips, distances, and where nothing is shifted."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import DomainError
from console.domain.geo import POSSIBLE, Coordinates, Datum, Position, distance_m
from console.domain.mainland import is_mainland
from tests.unit.domain.builders import T0

KNOWN = (Datum.WGS84, Datum.CGCS2000, Datum.GCJ02, Datum.BD09)
SHIFTED = (
    ((113.6254, 34.7466), (113.631447, 34.745417)),
    ((104.0665, 30.5723), (104.069005, 30.569846)),
    ((106.5516, 29.5630), (106.555318, 29.560151)),
)
CITIES = {  # WGS-84 and the metres by which GCJ-02 differs there
    "郑州": ((113.6254, 34.7466), 568),
    "成都": ((104.0665, 30.5723), 363),
    "重庆": ((106.5516, 29.5630), 479),
}
INSIDE = {
    "丹东": (124.39, 40.13),
    "黑河": (127.50, 50.245),
    "满洲里": (117.43, 49.60),
    "二连浩特": (111.98, 43.65),
    "瑞丽": (97.85, 24.01),
    "河口": (103.96, 22.53),
    "东兴": (107.97, 21.54),
    "绥芬河": (131.15, 44.40),
    "霍尔果斯": (80.41, 44.21),
    "抚远": (134.30, 48.36),
    "漠河": (122.54, 52.97),
    "塔什库尔干": (75.23, 37.77),
    "三亚": (109.51, 18.25),
    "深圳": (114.058, 22.543),
    "珠海": (113.545, 22.235),
    "横琴": (113.535, 22.14),
    "厦门": (118.09, 24.48),
    "平潭": (119.79, 25.50),
    "上海": (121.47, 31.23),
    "图们": (129.84, 42.96),
    "集安": (126.19, 41.12),
    "樟木": (85.98, 27.98),
    "训练城": (83.0123, 39.0087),
}
OUTSIDE = {
    "香港": (114.16, 22.28),
    "上水": (114.128, 22.502),
    "澳门": (113.545, 22.20),
    "台北": (121.56, 25.04),
    "澎湖": (119.57, 23.57),
    "东京": (139.69, 35.69),
    "首尔": (126.98, 37.57),
    "平壤": (125.75, 39.03),
    "河内": (105.85, 21.03),
    "乌兰巴托": (106.91, 47.92),
    "海参崴": (131.89, 43.12),
    "阿拉木图": (76.95, 43.25),
    "加德满都": (85.32, 27.72),
    "伦敦": (-0.13, 51.51),
}


def point(longitude: float, latitude: float, datum: Datum = Datum.WGS84) -> Coordinates:
    return Coordinates(longitude=longitude, latitude=latitude, datum=datum)


@pytest.mark.parametrize(("wgs84", "gcj02"), SHIFTED)
def test_published_vectors(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    shifted = point(*wgs84).to(Datum.GCJ02)
    assert (shifted.longitude, shifted.latitude) == pytest.approx(gcj02, abs=6e-7)
    back = point(*gcj02, Datum.GCJ02).to(Datum.WGS84)
    assert (back.longitude, back.latitude) == pytest.approx(wgs84, abs=6e-7)


@pytest.mark.parametrize(("place", "metres"), CITIES.values(), ids=CITIES.keys())
def test_the_size_of_a_mix_up(place: tuple[float, float], metres: int) -> None:
    assert distance_m(point(*place), point(*place, Datum.GCJ02)) == pytest.approx(metres, abs=3)
    gcj02 = point(*place, Datum.GCJ02)
    assert 800 < distance_m(gcj02, replace(gcj02, datum=Datum.BD09)) < 1000


@given(
    st.floats(100.0, 118.0),
    st.floats(27.0, 39.0),
    st.sampled_from(KNOWN),
    st.sampled_from(KNOWN),
)
def test_there_and_back_is_the_same_ground(
    longitude: float, latitude: float, first: Datum, second: Datum
) -> None:
    start = point(longitude, latitude, first)
    back = start.to(second).to(first)
    assert back.datum is first
    assert distance_m(start, back) < 0.001
    assert distance_m(start, start.to(second)) < 0.001


@given(st.floats(-170.0, 60.0), st.floats(-80.0, 80.0), st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_nothing_is_shifted_far_away(longitude: float, latitude: float, first: Datum, second: Datum) -> None:
    there = point(longitude, latitude, first).to(second)
    assert (there.longitude, there.latitude) == (longitude, latitude)


@pytest.mark.parametrize("place", INSIDE.values(), ids=INSIDE.keys())
def test_the_mainland_to_its_border_towns(place: tuple[float, float]) -> None:
    assert is_mainland(*place)
    assert distance_m(point(*place), point(*place, Datum.GCJ02)) > 100


@pytest.mark.parametrize("place", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_outside_the_mainland_every_system_is_the_same(place: tuple[float, float]) -> None:
    assert not is_mainland(*place)
    assert distance_m(point(*place), point(*place, Datum.BD09)) == 0


def test_cgcs2000_is_taken_as_wgs84() -> None:
    assert point(113.6, 34.7).to(Datum.CGCS2000) == point(113.6, 34.7, Datum.CGCS2000)


def test_an_unknown_datum_gives_two_readings_and_no_conversion() -> None:
    unknown = Position(longitude=113.6254, latitude=34.7466, datum=Datum.UNKNOWN, accuracy_m=9, fixed_at=T0)
    one, other = unknown.readings
    assert (one.datum, other.datum) == POSSIBLE
    assert distance_m(one, other) == pytest.approx(568, abs=3)
    assert replace(unknown, datum=Datum.BD09).readings == (point(113.6254, 34.7466, Datum.BD09),)
    for start, datum in ((unknown.coordinates, Datum.WGS84), (one, Datum.UNKNOWN)):
        with pytest.raises(DomainError) as refused:
            start.to(datum)
        assert refused.value.code == "datum-unknown"


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        (point(0, 0), point(1, 0), 111_319.49),
        (point(0, 0), point(0, 1), 110_574.39),
        (point(116.4, 39.9), point(121.5, 31.2), 1_069_100.0),
        (point(5, 5), point(5, 5), 0.0),
    ],
)
def test_distances_on_the_ellipsoid(one: Coordinates, other: Coordinates, metres: float) -> None:
    assert distance_m(one, other) == pytest.approx(metres, rel=2e-3 if metres > 1e6 else 1e-6)
    assert distance_m(one, other) == pytest.approx(distance_m(other, one))


@given(st.floats(-60, 60), st.floats(-500, 500), st.floats(-500, 500), st.sampled_from(KNOWN[:2]))
def test_a_move_is_as_long_as_it_says(latitude: float, east: float, north: float, datum: Datum) -> None:
    start = point(20, latitude, datum)
    assert distance_m(start, start.moved(east_m=east, north_m=north)) == pytest.approx(
        math.hypot(east, north), abs=0.05
    )


def test_what_is_no_point_on_earth_is_refused() -> None:
    for longitude, latitude in ((181.0, 0.0), (0.0, -91.0), (math.nan, 0.0)):
        with pytest.raises(ValueError, match="degrees"):
            point(longitude, latitude)
