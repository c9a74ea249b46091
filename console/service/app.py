"""Builds the service's app from its collaborators and keeps its background tasks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from console.service import assignment, commands, notices, problems
from console.service.bell import rung
from console.service.core import Core
from console.service.routes import (
    calls,
    decisions,
    desk,
    evidence,
    incidents,
    links,
    pages,
    party,
    rulings,
    seats,
    sessions,
    signals,
)

log = logging.getLogger(__name__)

RESTART_SECONDS = 1.0
"""Rest before a background task that failed is started again."""
MAX_BODY_BYTES = 1 << 20
"""Largest request body; a route that takes pictures says its own ``max_body_size``."""

Task = Callable[[Core], Coroutine[Any, Any, None]]
BACKGROUND: Sequence[Task] = (assignment.run, notices.run)
"""What runs as long as the service does."""

_PROBLEM = {
    "description": "The request is refused",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def create_app(core: Core) -> FastAPI:
    """Return the app that serves ``core``; the database is migrated already."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        core.bell.open(asyncio.get_running_loop())
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_kept_up(task, core)) for task in BACKGROUND]
            yield
            core.bell.close()
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
        responses={"4XX": _PROBLEM},
        generate_unique_id_function=_operation_id,
        redirect_slashes=False,
    )
    app.state.core = core
    problems.install(app)
    commands.install(app)
    rooms = (sessions, seats, desk, calls, signals, incidents, decisions, evidence, rulings, links, party)
    for room in (*rooms, pages):
        app.include_router(room.router)
    pages.mount(app, core)
    return app


async def _kept_up(task: Task, core: Core) -> None:
    while not core.bell.closed:
        try:
            await task(core)
        except Exception:
            log.exception("a background task failed and starts again")
            await rung(core.bell.turn, RESTART_SECONDS)


def openapi(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description, with the problem that every refusal is."""
    described = app.openapi()
    described["components"]["schemas"]["Problem"] = problems.schema()
    return described


def _operation_id(route: APIRoute) -> str:
    return "-".join([*map(str, route.tags), route.name.replace("_", "-")])
