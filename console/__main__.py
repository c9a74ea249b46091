"""`python -m console VERB ...`: the one door to every process of the application."""

from __future__ import annotations

import faulthandler
import gc
import importlib
import sys
from collections.abc import Callable

#: The room's module behind each verb; only the chosen one is imported, as the towers share no libraries.
VERBS = {
    "launch": "console.launcher.cli",
    "desk": "console.desk",
    "media": "console.media.cli",
    "ocr": "console.service.recognition.cli",
    "receiver": "console.service.deliveries.cli",
    "registry": "console.service.registries.cli",
    "service": "console.service.cli",
    "simulate": "console.simulator.cli",
    "cases": "console.cases.cli",
}


def main(argv: list[str]) -> int:
    """Run the verb `argv[0]` with the other words; returns its exit code, 2 for an unknown verb.

    `--parent PID` before the verb ends this process when that one is gone.
    """
    if argv[:1] == ["--parent"]:
        importlib.import_module("console.parent").end_with(int(argv[1]))
        argv = argv[2:]
    if not argv or argv[0] not in VERBS:
        sys.stderr.write(f"usage: python -m console [--parent PID] {{{'|'.join(VERBS)}}} ...\n")
        return 2
    faulthandler.enable()
    gc.disable()  # what is imported lives as long as the process; looking for garbage in it takes a while
    entry: Callable[[list[str]], int] = importlib.import_module(VERBS[argv[0]]).main
    gc.freeze()
    gc.enable()
    return entry(argv[1:])


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        importlib.import_module("multiprocessing").freeze_support()
    # The packed executable is its own `-m console`: processes start each other with the same words in both.
    sys.exit(main(sys.argv[3:] if sys.argv[1:3] == ["-m", "console"] else sys.argv[1:]))
