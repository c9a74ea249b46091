"""``python -m console simulate``: one simulated party that calls by its link."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import signal
import sys
import threading
from pathlib import Path

from console.assets import RESOURCES
from console.simulator.observer import PhoneLog
from console.simulator.party import Party
from console.simulator.phone import Phone
from console.simulator.wire import PartyWire, WireError
from console.training.library import load_named, names
from console.training.scenario import Flaw
from console.training.seeding import seeded

SCENARIOS = RESOURCES / "scenarios"
FAULTS = ("voice", "video")

logger = logging.getLogger(__name__)


def main(argv: list[str]) -> int:
    """Run the verb ``simulate``; return 0 when the party's case came to its end."""
    parser = argparse.ArgumentParser(prog="python -m console simulate", description=__doc__)
    parser.add_argument("--link", required=True, help="the party's link, as an SMS would bring it")
    parser.add_argument("--ca", type=Path, required=True, help="PEM file of the authority to trust")
    parser.add_argument("--scenario", required=True, choices=names(SCENARIOS))
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--report", type=Path, help="file to write down what was sent and seen")
    parser.add_argument("--fault", choices=FAULTS, default="", help="speak nothing, or let the camera hang")
    parser.add_argument("--obey", action="store_true", help="read from standard input how to film badly")
    options = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    log = PhoneLog(options.report)
    scenario = seeded(load_named(SCENARIOS, options.scenario), options.seed)
    wire = PartyWire(options.link, options.ca)
    phone = Phone(scenario, log, silent=options.fault == "voice", hangs=options.fault == "video")
    try:
        return asyncio.run(_play(Party(wire, scenario, phone, log), obey=options.obey))
    except WireError as error:
        logger.warning("the call broke off: %s", error)
        return 1
    finally:
        wire.close()
        log.close()


async def _play(party: Party, *, obey: bool) -> int:
    playing = asyncio.create_task(party.run())
    loop = asyncio.get_running_loop()
    if obey:
        threading.Thread(target=_listen, args=(party, loop), name="orders", daemon=True).start()
    with contextlib.suppress(NotImplementedError):  # Windows ends the process instead
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, playing.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await playing
    return 0


def _listen(party: Party, loop: asyncio.AbstractEventLoop) -> None:
    """Pass on each line that names a flaw, until whoever started this process hangs up."""
    for line in sys.stdin:
        with contextlib.suppress(ValueError, RuntimeError):  # no such flaw; or the party's loop has ended
            asyncio.run_coroutine_threadsafe(party.phone.spoil(Flaw(line.strip())), loop)
