"""Which licence covers which vehicle: the table itself, and that it is no chain."""

from __future__ import annotations

import pytest

from console.domain.vehicle_classes import automatic_only, covers, needed_class


@pytest.mark.parametrize(
    ("vehicle_type", "use", "needed"),
    [
        ("小型轿车", "非营运", "C1"),
        ("小型普通客车", "非营运", "C1"),
        ("轻型厢式货车", "货运", "C1"),
        ("大型普通客车", "公路客运", "A1"),
        ("大型普通客车", "公交客运", "A3"),
        ("中型普通客车", "租赁", "B1"),
        ("重型半挂牵引车", "货运", "A2"),
        ("重型自卸货车", "货运", "B2"),
        ("低速货车", "货运", "C3"),
        ("三轮汽车", "货运", "C4"),
        ("普通三轮摩托车", "非营运", "D"),
        ("普通二轮摩托车", "非营运", "E"),
        ("轻便二轮摩托车", "非营运", "F"),
        ("轮式自行机械车", "非营运", "M"),
        ("无法归类", "非营运", ""),
    ],
)
def test_the_class_a_vehicle_needs(vehicle_type: str, use: str, needed: str) -> None:
    assert needed_class(vehicle_type, use) == needed


@pytest.mark.parametrize(
    ("held", "needed", "covered"),
    [
        (["A1"], "A3", True),
        (["A1"], "C4", True),
        (["A1"], "A2", False),
        (["A2"], "C6", True),
        (["A3"], "B1", False),
        (["B2"], "C1", True),
        (["B1"], "B2", False),
        (["C1"], "C3", True),
        (["C1"], "C4", False),
        (["C3"], "C4", True),
        (["C1"], "B2", False),
        (["C3"], "C1", False),
        (["C2"], "C1", True),
        (["C2"], "C3", False),
        (["C4", "D"], "E", True),
        (["D"], "F", False),
        (["C1", "E"], "F", True),
        (["C1"], "E", False),
        ([], "C1", False),
    ],
)
def test_cover(held: list[str], needed: str, covered: bool) -> None:
    assert covers(held, needed) is covered


def test_an_automatic_licence_is_told_apart() -> None:
    assert automatic_only(["C2"], "C1")
    assert not automatic_only(["C2", "B2"], "C1")
    assert not automatic_only(["C1"], "C1")
    assert not automatic_only(["C2"], "C4")
