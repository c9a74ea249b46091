"""A data folder belongs to one launcher at a time, and to nobody once that one is gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from console.launcher.claim import NAME, claimed
from console.launcher.towers import TowerError


def test_a_second_launcher_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    with claimed(tmp_path), pytest.raises(TowerError, match=str(os.getpid())), claimed(tmp_path):
        pytest.fail("held twice")
    with claimed(tmp_path / "fresh"), claimed(tmp_path):
        assert (tmp_path / NAME).exists()
    assert not (tmp_path / NAME).exists()


def test_a_claim_of_a_process_that_is_gone_counts_for_nothing(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    (tmp_path / NAME).write_text(json.dumps({"pid": int(gone.stdout), "started": 1.0}), "utf-8")
    with claimed(tmp_path):
        pass


def test_a_number_used_again_is_not_the_same_process(tmp_path: Path) -> None:
    earlier = psutil.Process().create_time() - 3600
    (tmp_path / NAME).write_text(json.dumps({"pid": os.getpid(), "started": earlier}), "utf-8")
    with claimed(tmp_path):
        pass


@pytest.mark.parametrize("words", ["", "{}", "[1]", '{"pid": "x", "started": 1}', "\\x00"])
def test_a_broken_claim_counts_for_nothing(tmp_path: Path, words: str) -> None:
    (tmp_path / NAME).write_text(words, "utf-8")
    with claimed(tmp_path):
        pass
