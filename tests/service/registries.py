"""Registries for the tests: the town's served over HTTP, with the trouble a test asks for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from console.service.core import utc_now
from console.service.registries.training import TrainingRegistry
from console.service.settings import RESOURCES
from console.training.scenario import Citizen, Trait
from console.training.town import town
from tests.waiting import wait_until


def town_registry() -> TrainingRegistry:
    """Return the town's registry on today's date."""
    return TrainingRegistry(RESOURCES / "scenarios", utc_now)


def citizen(*traits: Trait, number: int = 0) -> Citizen:
    """Return somebody of the town with exactly these traits."""
    return town().sort(frozenset(traits))[number]


def details(who: Citizen, **changes: str) -> dict[str, str]:
    """Return what a call-taker writes down of a citizen at the scene."""
    known = {
        "name": who.person.name,
        "id_number": who.person.id_number,
        "phone": who.person.phone,
        "plate": who.vehicle.plate,
        "vehicle_colour": who.vehicle.colour.title_zh,
        "vehicle_type": who.vehicle.vehicle_type,
    }
    return {**known, **changes}


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve ``app`` on loopback for as long as the block; yields its URL."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="registries")
    thread.start()
    try:
        wait_until(lambda: server.started, 10, "the registries")
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
