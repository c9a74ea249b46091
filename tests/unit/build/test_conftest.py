"""What tests/conftest.py asks of every test: those that break it fail, those that keep it pass."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

TESTS = """
import logging, subprocess, sys, threading
import pytest

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, args=(30,), daemon=True).start()

def test_leaves_a_process():
    subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)

def test_warns():
    logging.getLogger("desk").warning("the feed is late")

@pytest.mark.allows_log("desk: the feed is late")
def test_warns_as_it_said():
    logging.getLogger("desk").warning("the feed is late")

def test_ends_what_it_starts():
    thread = threading.Thread(target=print)
    thread.start()
    subprocess.run([sys.executable, "-c", ""], check=True)
    logging.getLogger("desk").info("all is well")
"""


def test_what_a_test_leaves_behind_or_logs_fails_it(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_sample.py").write_text(TESTS, "utf-8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nmarkers = allows_log(pattern)\nlog_level = INFO\n", "utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-rE", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    failed = re.findall(r"^ERROR \S+::(\w+)", done.stdout, re.MULTILINE)
    assert failed == ["test_leaves_a_thread", "test_leaves_a_process", "test_warns"], done.stdout
    assert "5 passed, 3 errors" in done.stdout
