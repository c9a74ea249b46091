"""What a password must be."""

from __future__ import annotations

import pytest

from console.domain.passwords import password_problem


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("Short-1", "short"),
        ("x" * 300, "long"),
        ("onlysmallletters", "simple"),
        ("SmallAndCapital", "simple"),
        ("Abcdefgh-1x9q", "run"),
        ("aaaaaBcd-1x9q", "run"),
        ("x987654-Qwrtz", "run"),
        ("With-900010-inside", "own-name"),
        ("Is-示例安-hidden9", "own-name"),
        ("Good-enough-17", ""),
        ("三种字符Ab12-xyQ", ""),
    ],
)
def test_weak_passwords_are_told_why(password: str, problem: str) -> None:
    assert password_problem(password, number="900010", name="示例安") == problem
