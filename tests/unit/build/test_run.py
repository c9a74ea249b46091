"""run.py as a person meets it: at once when all is ready, and a clear word where it cannot go on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).resolve().parents[3] / "build" / "run.py"


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run run.py with these words and nothing in the environment but what is given."""
    command = [sys.executable, str(RUN), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False)


def test_a_prepared_checkout_is_left_alone() -> None:
    """It would say so if it installed or asked for anything; without PATH it could not."""
    done = run("--setup", DISPLAY=":0", PATH="")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_a_screen_it_names_the_way_out() -> None:
    done = run("--scenario", "rear-end", PATH="/usr/bin")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--demo" in done.stderr
    assert "Traceback" not in done.stderr
