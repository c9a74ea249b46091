"""Pack the application into one folder, .work/package/kuaichu-desk, that needs no Python on the machine.

The result is tried at once: the packed service has to describe itself. Run it on the system it is meant for.
"""

from __future__ import annotations

import json
import os
import subprocess

from environment import PYTHON, ROOT, WORK, SetupError, prepare, program

SPEC = ROOT / "build" / "console.spec"
PACKAGE = WORK / "package" / "kuaichu-desk"
TRY_LIMIT_S = 120


def main() -> int:
    """Prepare, run PyInstaller, try the result and say its size; returns PyInstaller's exit code."""
    prepare(developer=True)
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
    size = sum(path.stat().st_size for path in PACKAGE.rglob("*") if path.is_file())
    print(f"{PACKAGE}: {size / 1e6:.0f} MB; service {json.loads(tried.stdout)['info']['title']}")
    return 0


if __name__ == "__main__":
    program(main)
