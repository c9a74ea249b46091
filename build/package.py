"""Pack the application into one folder, .work/package/kuaichu-desk, that needs no Python on the machine.

The result is tried at once: the packed service has to describe itself, with `--demo` the packed application
plays one whole case by itself. Run it on the system it is meant for.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from pathlib import Path

from environment import PYTHON, ROOT, WORK, SetupError, prepare, program
from rooms import surroundings

SPEC = ROOT / "build" / "console.spec"
PACKAGE = WORK / "package" / "kuaichu-desk"
TRY_LIMIT_S = 120


def main() -> int:
    """Prepare, run PyInstaller, try the result and say its size; returns the exit code of what failed."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--demo", action="store_true", help="play one whole case with the result")
    options = parser.parse_args()
    prepare(developer=True, debian=("window", "screen", "sound"))
    command = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--workpath", str(WORK / "pyinstaller"), "--distpath", str(PACKAGE.parent), str(SPEC)]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        return code
    executable = PACKAGE / ("kuaichu-desk.exe" if os.name == "nt" else "kuaichu-desk")
    tried = subprocess.run(
        [executable, "service", "--print-openapi"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TRY_LIMIT_S,
        check=False,
    )
    if tried.returncode:
        raise SetupError(f"The packed service does not start:\n{tried.stderr}")
    size = sum(path.lstat().st_size for path in PACKAGE.rglob("*") if path.is_file())
    print(f"{PACKAGE}: {size / 1e6:.0f} MB; service {json.loads(tried.stdout)['info']['title']}")
    return _play(executable) if options.demo else 0


def _play(executable: Path) -> int:
    """Play the demo with the packed application, far from this checkout's Python."""
    played = WORK / "package-demo"
    words = ["launch", "--demo", "--data", str(played / "data"), "--out", str(played / "out")]
    with surroundings("bench") as environment:
        return subprocess.run([executable, *words], cwd=WORK, env=environment, check=False).returncode


if __name__ == "__main__":
    program(main)
