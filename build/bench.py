"""Run one measurement of tests/bench and print its result: `bench.py NAME --json [options of NAME]`.

A measurement is a module that, run by itself, ends with one JSON object on the last line of its standard
output; with --json only that line is printed there, and what comes before it goes to standard error.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from environment import PYTHON, ROOT, SetupError, prepare, program
from rooms import surroundings


def main() -> int:
    """Prepare, run the measurement on a screen of its own and print; returns its exit code."""
    names = {path.stem for path in (ROOT / "tests" / "bench").glob("[a-z]*.py") if "test_" not in path.name}
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("name", choices=sorted(names))
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options, others = parser.parse_known_args()
    prepare(developer=True, debian=("window", "screen", "sound", "tests"))
    with surroundings("bench") as environment:
        environment["PYTHONPATH"] = str(ROOT / "build")
        done = subprocess.run(
            [str(PYTHON), "-m", f"tests.bench.{options.name}", *others],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    *before, last = done.stdout.splitlines() or [""]
    print("\n".join(before), file=sys.stderr if options.json else sys.stdout)
    try:
        result = json.loads(last)
    except ValueError:
        raise SetupError(f"No JSON object at the end (exit code {done.returncode}): {last}") from None
    print(json.dumps(result, ensure_ascii=False))
    return done.returncode


if __name__ == "__main__":
    program(main)
