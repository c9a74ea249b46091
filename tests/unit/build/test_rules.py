"""The rules of build/rules.py find what they are for, and only that."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from rules import RULES


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """An empty checkout with a tests folder."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True, timeout=30)
    (tmp_path / "tests").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("rule", "file", "text"),
    [
        ("file lengths", "a.qml", "\n" * 401),
        ("foreign addresses", "a.txt", "--index-url https://" + "pypi" + ".org/simple"),
        ("foreign addresses", "a.py", 'HERE = "/' + 'home/anna/desk"'),
        ("foreign addresses", "a.md", "C:" + "\\Users\\anna"),
        ("exemptions", "a.py", "import os  # no" + "qa: F401"),
        ("exemptions", "a.py", "a: int = ''  # type" + ": ignore"),
        ("sleeps", "tests/a.py", "import time\ntime." + "sleep(1)"),
    ],
)
def test_a_fault_is_found(checkout: Path, rule: str, file: str, text: str) -> None:
    (checkout / file).write_text(text, "utf-8")
    assert [name for name, find in RULES.items() if find(checkout)] == [rule]


def test_a_clean_checkout_has_no_faults(checkout: Path) -> None:
    (checkout / "a.py").write_text('PATH = "/v1/work/x"  # ".work/training", noqualms\n' * 400, "utf-8")
    (checkout / ".gitignore").write_text("ignored.py\n", "utf-8")
    (checkout / "ignored.py").write_text("\n" * 500, "utf-8")
    assert {name: find(checkout) for name, find in RULES.items()} == {name: [] for name in RULES}
