"""Every check that runs no test: ruff, mypy --strict, import-linter, OpenAPI drift, rules of the house."""

from __future__ import annotations

import difflib
import json
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed

from environment import BIN, PYTHON, ROOT, prepare, program
from rules import RULES

OPENAPI = ROOT / "console" / "contract" / "openapi.json"
PRINT_OPENAPI = ["-m", "console", "service", "--print-openapi"]

#: A check returns what is wrong, "" when nothing is.
Check = Callable[[], str]


def main() -> int:
    """Prepare, run all checks two at a time and print each as it ends; returns 1 if any found something."""
    prepare(developer=True)
    checks: dict[str, Check] = {
        "mypy": lambda: _tool(str(PYTHON), "-m", "mypy"),
        "openapi": _openapi_drift,
        "import contracts": lambda: _tool(str(BIN / "lint-imports"), "--no-cache"),
        "ruff check": lambda: _tool(str(PYTHON), "-m", "ruff", "check", "--no-cache", "."),
        "ruff format": lambda: _tool(str(PYTHON), "-m", "ruff", "format", "--check", "--no-cache", "."),
        "rules of the house": _house_rules,
    }
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {pool.submit(_timed, check): name for name, check in checks.items()}
        for future in as_completed(running):
            fault, seconds = future.result()
            print(f"{'FAILED' if fault else 'ok':7}{running[future]} ({seconds:.1f} s)", flush=True)
            if fault:
                failed.append(running[future])
                print(fault, flush=True)
    print(f"check: {len(checks) - len(failed)} ok, {len(failed)} failed", *failed, flush=True)
    return 1 if failed else 0


def _timed(check: Check) -> tuple[str, float]:
    started = time.monotonic()
    return check(), time.monotonic() - started


def _tool(*command: str) -> str:
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout + f"exit code {done.returncode}" if done.returncode else ""


def _house_rules() -> str:
    return "\n".join(f"{name}: {fault}" for name, rule in RULES.items() for fault in rule(ROOT))


def _openapi_drift() -> str:
    """Compare the committed description of the service with what the service says of itself."""
    command = [str(PYTHON), *PRINT_OPENAPI]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if printed.returncode:
        return printed.stderr + f"exit code {printed.returncode}"
    committed = OPENAPI.read_text("utf-8") if OPENAPI.exists() else "{}"
    said, kept = (json.dumps(json.loads(text), indent=1).splitlines() for text in (printed.stdout, committed))
    drift = list(difflib.unified_diff(kept, said, "committed", "printed by the service", lineterm="", n=1))
    remedy = f"Write it anew: .venv/bin/python {' '.join(PRINT_OPENAPI)} > {OPENAPI.relative_to(ROOT)}"
    return "\n".join([*drift[:40], remedy]) if drift else ""


if __name__ == "__main__":
    program(main)
