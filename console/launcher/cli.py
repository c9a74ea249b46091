"""``python -m console launch``: the training desk on one machine, or the demo."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from console.launcher import stage
from console.launcher.claim import claimed
from console.launcher.demo.play import FAULTS, play
from console.launcher.towers import TowerError, Towers
from console.training.library import load_named
from console.training.seeding import seeded

DEFAULT_SCENARIO = "rear_end"


def main(argv: list[str]) -> int:
    """Run the verb ``launch``; return 0 when all went well, 1 when a tower or a step failed."""
    parser = argparse.ArgumentParser(prog="python -m console launch", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder for service, desk and logs")
    parser.add_argument("--scenario", default=DEFAULT_SCENARIO, help="which simulated call")
    parser.add_argument("--seed", type=int, default=1, help="which variant of it")
    parser.add_argument("--lan", action="store_true", help="let phones of this network open the page")
    parser.add_argument("--demo", action="store_true", help="play one whole case by itself")
    parser.add_argument("--out", type=Path, help="where the demo leaves its files")
    parser.add_argument("--fault", choices=FAULTS, default="", help="make exactly this step of the demo fail")
    options = parser.parse_args(argv)
    for number in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C too: a shell's background jobs start without it
        signal.signal(number, _interrupt)
    try:
        with claimed(options.data):
            if options.demo:
                out = options.out or options.data / "demo"
                stage.clear(options.data)
                proved = play(out, options.data, options.scenario, options.seed, options.fault, _say)
                return 0 if proved else 1
            return train(options.data, options.scenario, options.seed, lan=options.lan)
    except TowerError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def train(data: Path, scenario: str, seed: int, *, lan: bool) -> int:
    """Start service, desk and one simulated call; return when the window is closed."""
    with Towers(data / "logs") as towers:
        service = stage.start_service(towers, data, lan=lan)
        desk = stage.start_desk(towers, service, data, lan=lan)
        case = seeded(load_named(stage.SCENARIOS, scenario), seed)
        trainer = service.witness(stage.TRAINER)
        link = trainer.link(case.party("A").person.phone)
        trainer.close()
        desk.wait_for(lambda line: line.get("ready") == "desk", stage.READY_SECONDS)
        stage.start_party(towers, service, link, scenario=scenario, seed=seed, report=None)
        return desk.process.wait()


def _say(line: str) -> None:
    print(line, flush=True)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
