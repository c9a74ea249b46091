"""Prepare this checkout and start the training desk in it: service, simulated parties, the desk.

The first start installs everything, later ones need no network.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from pathlib import Path

from environment import PYTHON, ROOT, WORK, SetupError, headless, prepare, program

TRAINING = WORK / "training"
DEMO = WORK / "demo"


def main() -> int:
    """Prepare, then let `python -m console launch` take over; returns its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        allow_abbrev=False,
        epilog="Every other option goes to the launcher: --scenario NAME, --seed N, --lan, --fault STEP.",
    )
    parser.add_argument("--setup", action="store_true", help="only prepare")
    parser.add_argument("--reset", action="store_true", help="forget all training data first")
    parser.add_argument("--demo", action="store_true", help="play one whole case by itself, with --out")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the demo leaves its evidence")
    options, others = parser.parse_known_args()

    needs_screen = headless() and "QT_QPA_PLATFORM" not in os.environ
    if needs_screen and not (options.setup or options.demo):
        raise SetupError("There is no screen here. --demo --out DIR plays a case on a virtual one.")
    prepare(debian=("window", "screen", "sound") if needs_screen or options.demo else ("window",))
    if options.setup:
        return 0
    data = DEMO if options.demo else TRAINING
    if options.reset and data.exists():
        shutil.rmtree(data)
    command = [str(PYTHON), "-m", "console", "launch", "--data", str(data), *others]
    command += ["--demo"] if options.demo else []
    command += ["--out", str(options.out.absolute())] if options.out else []
    return _become(command)


def _become(command: list[str]) -> int:
    """Let the launcher take this process's place, so that signals and the exit code are its own."""
    os.chdir(ROOT)
    if os.name == "posix":
        os.execv(command[0], command)
    # Windows has no exec; the console sends Ctrl-C to both processes and the launcher ends the rest.
    launcher = subprocess.Popen(command)
    while True:
        try:
            return launcher.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    program(main)
