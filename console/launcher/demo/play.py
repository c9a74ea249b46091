"""The demo: sets the stage with observation on, plays every step, writes what was proved."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from console.contract.desk_api import Link
from console.contract.observation import DeskObservation, GuiBlocked, WindowShown
from console.launcher import stage
from console.launcher.demo import (
    steps_call,
    steps_check,
    steps_decision,
    steps_evidence,
    steps_face,
    steps_place,
)
from console.launcher.demo.cast import MICROPHONE_HZ, Cast
from console.launcher.demo.hands import Hands
from console.launcher.demo.observations import ObservationFile, StepFailed
from console.launcher.demo.phone import Phone, SimulatedPhone
from console.launcher.demo.report import Report
from console.launcher.screen import VirtualScreen, needs_screen
from console.launcher.sound import VirtualSound
from console.launcher.stage import RunningService
from console.launcher.towers import TowerError, Towers
from console.training.library import load_named
from console.training.scenario import Scenario
from console.training.seeding import seeded

FAULTS = ("upload", "voice", "video", "service", "registry", "ocr")

SPOILED_SERVICE = {
    "registry": ("--registry-url", "http://127.0.0.1:9"),  # the port of RFC 863, where nobody answers
    "ocr": ("--reading-seconds", "0.05"),
}
"""How the service is started so that registries or recognition fail."""

STEPS = (
    ("call", steps_call.call),
    ("queue", steps_call.queue),
    ("answer", steps_call.answer),
    ("voice", steps_call.voice),
    ("video", steps_call.video),
    ("triage", steps_call.triage),
    ("snapshot", steps_evidence.snapshot),
    ("map", steps_place.place),
    ("upload", steps_evidence.upload),
    ("ocr", steps_check.ocr),
    ("face", steps_face.face),
    ("verification", steps_check.verification),
    ("evacuation", steps_evidence.evacuation),
    ("ruling", steps_decision.ruling),
    ("signature", steps_decision.signature),
    ("determination", steps_decision.determination),
    ("sms", steps_decision.sms),
    ("recording", steps_decision.recording),
    ("progress", steps_decision.progress),
)


def play(out: Path, data: Path, scenario: str, seed: int, fault: str, say: Callable[[str], None]) -> bool:
    """Play one whole case and leave ``demo.json``, pictures, evidence, the document and logs in ``out``.

    ``fault`` is empty or one of ``FAULTS`` and makes exactly that step fail (``service`` ends the service
    before the last step, ``progress``). Returns whether every step was proved.
    """
    _clear(out)
    case = seeded(load_named(stage.SCENARIOS, scenario), seed)
    report = Report(seed)
    with ExitStack() as stack:

        def simulated(towers: Towers, service: RunningService, link: Link) -> Phone:
            medium = fault if fault in ("voice", "video") else ""
            phone = SimulatedPhone(towers, service, link, case, out / "phone.jsonl", medium)
            stack.callback(phone.close)
            return phone

        cast = stack.enter_context(on_stage(out, data, case, simulated, fault))
        report.play(cast, STEPS, say)
        blocks = cast.desk.all(GuiBlocked)
        report.write(
            out / "demo.json",
            longest_gui_block_ms=max((block.milliseconds for block in blocks), default=0.0),
            latency_ms=_latency(cast),
        )
        say(f"{cast.hands.pressed} key presses; {out / 'demo.json'}")
    return report.ok


@contextmanager
def on_stage(
    out: Path,
    data: Path,
    case: Scenario,
    phone: Callable[[Towers, RunningService, Link], Phone],
    fault: str = "",
) -> Iterator[Cast]:
    """Start service and desk under observation and yield the cast, ready for the first step.

    ``phone`` makes the caller's phone from its link. Everything that was started has ended afterwards.
    """
    with ExitStack() as stack:
        env: dict[str, str] = {}
        if needs_screen():
            env["DISPLAY"] = stack.enter_context(VirtualScreen()).display
        sound, trouble = _sound(stack)
        env |= sound.env if sound else {}
        towers = stack.enter_context(Towers(out / "logs", env))
        service = stage.start_service(towers, data, lan=False, options=SPOILED_SERVICE.get(fault, ()))
        witness = service.witness(stage.SUPERVISOR)
        stack.callback(witness.close)
        if fault == "upload":
            steps_evidence.take_away_store(service.data)
        trainer = service.witness(stage.TRAINER)
        stack.callback(trainer.close)
        link = trainer.link(case.party("A").person.phone)
        desk = ObservationFile(out / "desk.jsonl", DeskObservation)
        stack.callback(desk.close)
        tower = stage.start_desk(towers, service, data, out / "desk.jsonl")
        tower.wait_for(lambda line: line.get("ready") == "desk", stage.READY_SECONDS)
        window = desk.wait(WindowShown, lambda _: True, stage.READY_SECONDS, "the window takes input")
        cast = Cast(
            service=service.tower,
            service_data=service.data,
            desk_process=tower,
            phone=phone(towers, service, link),
            hands=Hands(env.get("DISPLAY") or os.environ["DISPLAY"]),
            witness=witness,
            desk=desk,
            sound=sound,
            sound_trouble=trouble,
            scenario=case,
            window=window,
            out=out,
            fault=fault,
        )
        cast.picture("01-idle")
        yield cast


def _clear(out: Path) -> None:
    """Remove what an earlier demo left in ``out``, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("evidence", "recording", "logs"):
        shutil.rmtree(out / name, ignore_errors=True)
    for name in ("demo.json", "determination.pdf", "desk.jsonl", "phone.jsonl"):
        (out / name).unlink(missing_ok=True)
    for picture in out.glob("*.png"):
        picture.unlink()


def _sound(stack: ExitStack) -> tuple[VirtualSound | None, str]:
    try:
        sound = stack.enter_context(VirtualSound())
    except TowerError as error:
        return None, str(error)
    sound.play_tone(MICROPHONE_HZ)
    return sound, ""


def _latency(cast: Cast) -> dict[str, float]:
    try:
        return steps_call.latency_summary(steps_call.latencies(cast, 0))
    except StepFailed:
        return {}
