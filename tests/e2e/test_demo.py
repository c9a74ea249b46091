"""The demo as its command: a whole case proved step by step, and faults that fail exactly their own step.

CI plays one fault, `voice`. All are played by `KUAICHU_FAULTS=voice,upload,video,service,registry,ocr` in the
environment of `build/test.py demo -k fault`; each takes two to four minutes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from console.domain.evidence import required_slots
from console.launcher import stage
from console.launcher.cli import DEFAULT_SCENARIO
from console.launcher.demo.play import FAULTS
from console.training.library import load_named
from console.training.seeding import seeded

STEPS = (
    "call",
    "queue",
    "answer",
    "voice",
    "video",
    "triage",
    "snapshot",
    "map",
    "upload",
    "ocr",
    "face",
    "verification",
    "evacuation",
    "ruling",
    "signature",
    "determination",
    "sms",
    "recording",
    "progress",
)
FAILS = {
    "voice": "voice",
    "upload": "upload",
    "video": "video",
    "service": "progress",
    "registry": "verification",
    "ocr": "ocr",
}
"""The step that each fault makes fail; the service is ended before the last one."""
SEED = 5
LIMIT_S = 600
FAULTS_WANTED = os.environ.get("KUAICHU_FAULTS", "voice").split(",")


def play(folder: Path, *more: str) -> tuple[int, dict[str, Any]]:
    """Play the demo; return its exit code and its `demo.json`."""
    command = [sys.executable, "-m", "console", "launch", "--demo", "--data", str(folder / "data")]
    command += ["--out", str(folder / "out"), "--seed", str(SEED), *more]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, timeout=LIMIT_S, check=False)
    return done.returncode, json.loads((folder / "out" / "demo.json").read_text("utf-8"))


def sha256(path: Path) -> str:
    """The digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.timeout(LIMIT_S + 60)
def test_a_whole_case_is_proved(tmp_path: Path) -> None:
    code, demo = play(tmp_path)
    out = tmp_path / "out"
    steps = {step["name"]: step for step in demo["steps"]}
    assert [name for name, step in steps.items() if not step["ok"]] == []
    assert (code, demo["ok"], demo["seed"]) == (0, True, SEED)
    assert tuple(step["name"] for step in demo["steps"]) == STEPS
    times = [step["at_s"] for step in demo["steps"]]
    assert times == sorted(times)
    assert all(step["evidence"] for step in demo["steps"])
    assert demo["versions"]["PySide6"]
    assert demo["longest_gui_block_ms"] > 0
    assert 0 < demo["latency_ms"]["p50"] <= demo["latency_ms"]["p95"]

    pictures = [step["evidence"]["picture"] for step in demo["steps"] if "picture" in step["evidence"]]
    assert len(pictures) == len(set(pictures)) > 5
    for picture in pictures:
        assert (out / picture).read_bytes().startswith(b"\x89PNG")
    items = steps["upload"]["evidence"]["items"]
    assert {item["slot"] for item in items} >= {slot.value for slot in required_slots(case().form)}
    for item in items:
        assert sha256(out / item["file"]) == item["sha256"]
        assert (out / item["file"]).stat().st_size == item["size"]
        manifest = json.loads((out / item["manifest"]).read_text("utf-8"))
        assert (manifest["id"], manifest["digests"]["sha256"]) == (item["evidence_id"], item["sha256"])
    document = steps["determination"]["evidence"]
    assert sha256(out / document["file"]) == document["sha256"]
    assert {log.name for log in (out / "logs").iterdir()} >= {"service.log", "desk.log", "simulate.log"}


@pytest.mark.timeout(LIMIT_S + 60)
@pytest.mark.parametrize("fault", FAULTS_WANTED)
def test_a_fault_fails_exactly_its_step(tmp_path: Path, fault: str) -> None:
    assert set(FAILS) == set(FAULTS)
    code, demo = play(tmp_path, "--fault", fault)
    assert code == 1
    assert demo["ok"] is False
    assert [step["name"] for step in demo["steps"] if not step["ok"]] == [FAILS[fault]]


def case(seed: int = SEED) -> Any:
    """The case that the demo plays."""
    return seeded(load_named(stage.SCENARIOS, DEFAULT_SCENARIO), seed)


def test_two_seeds_are_two_cases() -> None:
    one, other = case(1), case(2)
    assert one.party("A").person != other.party("A").person
    assert one.party("B").vehicle.plate != other.party("B").vehicle.plate
    assert one.place != other.place
    assert one == case(1)
