"""Builds the service's app from its collaborators and keeps its background tasks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from sqlalchemy.exc import OperationalError

from console.service import assignment, checks, commands, delivering, lost_calls, news, problems, readings
from console.service.auth import find_sessions
from console.service.bell import rung
from console.service.core import Core
from console.service.gathering import Gathering
from console.service.ledger import Audited
from console.service.routes import (
    applications,
    audit,
    by_photo,
    calls,
    decisions,
    deliveries,
    desk,
    evidence,
    faces,
    incidents,
    links,
    lost,
    maps,
    operations,
    pages,
    party,
    party_acts,
    party_signature,
    reading,
    rulings,
    seats,
    sessions,
    signals,
    signatures,
    training,
    verification,
)
from console.service.upkeep import daily

log = logging.getLogger(__name__)

RESTART_SECONDS = 1.0
"""Rest before a background task that failed is started again."""
MAX_BODY_BYTES = 1 << 20
"""Largest request body; a route that takes pictures says its own ``max_body_size``."""

Task = Callable[[Core], Coroutine[Any, Any, None]]
BACKGROUND: Sequence[Task] = (
    news.listen,
    news.follow,
    news.watch,
    assignment.run,
    lost_calls.run,
    delivering.run,
    readings.run,
    checks.run,
    daily.run,
)
"""What runs as long as the service does."""

SILENT: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}
"""Spans, figures and records of requests that nobody collects here: ours are ``metrics`` and ``logs``."""

CASES = (
    calls,
    by_photo,
    lost,
    signals,
    incidents,
    decisions,
    evidence,
    faces,
    reading,
    verification,
    rulings,
)
DESKS = (sessions, seats, desk, deliveries, applications, audit)
PARTIES = (links, party, party_acts, party_signature)
ROOMS = (operations, *DESKS, *CASES, signatures, *PARTIES, maps, training, pages)
"""The modules whose ``router`` has the service's routes."""


def create_app(core: Core) -> FastAPI:
    """Return the app that serves ``core``; the database is migrated already."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        core.bell.open(asyncio.get_running_loop())
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_kept_up(task, core)) for task in BACKGROUND]
            yield
            core.bell.close()
            core.readers.close()
            core.comparers.close()
            for task in tasks:
                task.cancel()

    app = FastAPI(
        title="Desk service",
        version="1",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=MAX_BODY_BYTES,
        redirect_slashes=False,
        telemetry=SILENT,
        routes=[route for room in ROOMS for route in room.router.routes],
    )
    app.state.core = core
    app.state.sign_ins = Gathering(partial(find_sessions, core))
    app.add_middleware(Audited, core=core)
    problems.install(app)
    commands.install(app)
    pages.mount(app, core)
    return app


async def _kept_up(task: Task, core: Core) -> None:
    """Run ``task`` until it is done; a fault is logged and it starts again.

    A database that is away is no fault of the task: one line says so.
    """
    while not core.bell.closed:
        try:
            await task(core)
            break
        except OperationalError as error:
            log.warning("the database does not serve: %s", type(error).__name__)
        except Exception:
            log.exception("a background task failed and starts again")
        await rung(core.bell.turn, RESTART_SECONDS)


def openapi(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description, with the problem that every refusal is."""
    described = app.openapi()
    described["components"]["schemas"]["Problem"] = problems.schema()
    return described
