"""One house for each test that breaks one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import House, furnished


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Service and desk that run, a party that may call."""
    with furnished(tmp_path / "house") as house:
        yield house
