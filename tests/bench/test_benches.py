"""Every measurement runs and ends with one JSON object of numbers; how large they are is nobody's test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHORT = {
    "scene": (),
    "media": ("--seconds", "3"),
    "start": ("--rounds", "1"),
    "answer": ("--answers", "32", "--connections", "4", "--processes", "1"),
    "events": ("--desks", "20", "--seconds", "2", "--processes", "1"),
    "queue": ("--lengths", "40", "80"),
    "ocr": ("--rounds", "1", "--only", "mark"),
}


def test_every_measurement_is_tried() -> None:
    names = {path.stem for path in Path(__file__).parent.glob("[a-z]*.py")} - {Path(__file__).stem}
    assert names == set(SHORT)


@pytest.mark.timeout(330)
@pytest.mark.parametrize("name", SHORT)
def test_a_measurement_ends_with_numbers(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{name}", *SHORT[name]],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "build")},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    result = json.loads(done.stdout.splitlines()[-1])
    figures = [value for value in result.values() if isinstance(value, int | float)]
    assert len(figures) >= 3
    assert all(figure >= 0 for figure in figures)
