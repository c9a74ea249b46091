"""``demo.json``: what was played, step by step, each with the proof that was read back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from console.launcher.demo.cast import Cast, Evidence
from console.launcher.demo.observations import StepFailed

PACKAGES = ("PySide6", "aiortc", "av", "opencv-python-headless", "fastapi", "SQLAlchemy", "typst")

Step = Callable[[Cast], Evidence]


@dataclass
class Report:
    """Plays steps one after another and keeps what each proved; a step that fails does not stop the rest."""

    seed: int
    began: float = field(default_factory=time.monotonic)
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every step so far was proved."""
        return all(step["ok"] for step in self.steps)

    def play(self, cast: Cast, steps: Sequence[tuple[str, Step]], say: Callable[[str], None]) -> None:
        """Play ``steps`` by name."""
        for name, step in steps:
            try:
                evidence, ok = step(cast), True
            except StepFailed as failure:
                evidence, ok = {"failed": str(failure), "picture": cast.picture(f"failed-{name}")}, False
            at_s = round(time.monotonic() - self.began, 2)
            self.steps.append({"name": name, "ok": ok, "at_s": at_s, "evidence": evidence})
            say(f"{at_s:7.2f} s  {name:14} {'ok' if ok else 'FAILED: ' + evidence['failed']}")

    def write(self, path: Path, longest_gui_block_ms: float, latency_ms: dict[str, float]) -> None:
        """Write ``demo.json``."""
        content = {
            "ok": self.ok,
            "seed": self.seed,
            "versions": {package: metadata.version(package) for package in PACKAGES},
            "longest_gui_block_ms": round(longest_gui_block_ms, 1),
            "latency_ms": latency_ms,
            "steps": self.steps,
        }
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
