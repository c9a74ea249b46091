"""How this process stands: what must be so before calls are sent to it, and the figures of the moment."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from console.contract.operations import Readiness
from console.domain.call import CallState
from console.domain.clock import local_date
from console.domain.errors import DomainError
from console.service.core import Core
from console.service.journal import last_sequence
from console.service.tables import calls, deliveries

log = logging.getLogger(__name__)

OK = "ok"
_OPEN = [state.value for state in CallState if state not in {CallState.ENDED, CallState.ABANDONED}]


def readiness(core: Core) -> Readiness:
    """Look at every condition; a look that fails is a condition that does not hold."""
    conditions: Mapping[str, Callable[[Core], str]] = {
        "database": _database,
        "schema": _schema,
        "evidence": _evidence,
        "calendar": _calendar,
    }
    checks = {name: _looked(name, look, core) for name, look in conditions.items()}
    return Readiness(ready=all(word == OK for word in checks.values()), checks=checks)


def _looked(name: str, look: Callable[[Core], str], core: Core) -> str:
    try:
        return look(core)
    except (SQLAlchemyError, OSError) as error:
        log.info("not ready: %s (%s)", name, type(error).__name__)
        return "unavailable"


def _database(core: Core) -> str:
    with core.database.read() as connection:
        connection.execute(select(1)).scalar_one()
    return OK


def _schema(core: Core) -> str:
    return OK if core.database.version() == core.database.newest_version() else "outdated"


def _evidence(core: Core) -> str:
    core.evidence.try_writing()
    return OK if core.evidence.free_bytes() >= core.settings.evidence_floor_bytes else "full"


def _calendar(core: Core) -> str:
    today = local_date(core.clock())
    try:
        for days in range(core.settings.calendar_days + 1):
            core.rules.calendar.is_working(today + timedelta(days=days))
    except DomainError:
        return "missing"
    return OK


def measure(core: Core) -> None:
    """Bring the figures that tell how things stand up to date; blocks on the database."""
    metrics = core.metrics
    metrics.connections.set(core.database.in_use())
    pools = (core.readers, core.comparers)
    busy = sum(pool.busy for pool in pools)
    metrics.workers.labels("busy").set(busy)
    metrics.workers.labels("free").set(sum(pool.count for pool in pools) - busy)
    metrics.evidence_free.set(core.evidence.free_bytes())
    try:
        with core.database.read() as connection:
            waiting = select(calls.c.state, func.count()).where(calls.c.state.in_(_OPEN))
            found: dict[str, int] = dict(connection.execute(waiting.group_by(calls.c.state)).all())
            newest = last_sequence(connection)
            queue = (deliveries.c.channel, deliveries.c.state)
            told = connection.execute(select(*queue, func.count()).group_by(*queue)).all()
    except SQLAlchemyError:
        metrics.database_up.set(0)
        return
    metrics.database_up.set(1)
    metrics.calls((state, found.get(state, 0)) for state in _OPEN)
    metrics.outbox((channel, state, number) for channel, state, number in told)
    metrics.journal_newest.set(newest)
    metrics.journal_lag.set(max(0, newest - core.tail.newest))
