"""The fixtures of the service's tests, here on PostgreSQL alone."""

from __future__ import annotations

import pytest

from tests.service.conftest import data, fresh_data, stack

__all__ = ["data", "fresh_data", "stack"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a long run ask for more than CI does."""
    parser.addoption("--answers", type=int, default=2_000, help="racing answers (the room race: 100000)")
