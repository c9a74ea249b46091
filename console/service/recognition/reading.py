"""Reading a document in a worker; here nothing loads the reader's libraries, which takes seconds."""

from __future__ import annotations

import datetime as dt
import logging
from pkgutil import resolve_name

from console.domain.errors import DomainError
from console.domain.recognition import DocumentKind, Reading, ReadingProblem
from console.service.recognition.pool import Workers

log = logging.getLogger(__name__)

READ_S = 90.0
"""Longest time for one picture, which takes a few seconds; the first one of a worker loads the networks."""
READ = "console.service.recognition.documents:read_bytes"
PROBLEMS = {
    "recognition-late": ReadingProblem.TOO_SLOW,
    "recognition-failed": ReadingProblem.READER_FAILED,
}


def read(
    workers: Workers, data: bytes, today: dt.date, *, threads: int = 1, limit_s: float = READ_S
) -> Reading:
    """Read the picture in ``data`` with ``threads`` cores; ``today`` (in China) decides what has expired.

    A picture on which a worker hangs or dies gives a reading that says so. Raises ``recognition-busy``.
    """
    try:
        return workers.run(limit_s, _read, data, today, threads)
    except DomainError as refused:
        problem = PROBLEMS.get(refused.code)
        if problem is None:
            raise
    log.warning("a picture is given up: %s", problem.value)
    return Reading(kind=DocumentKind.UNKNOWN, problems=(problem,))


def _read(data: bytes, today: dt.date, threads: int) -> Reading:
    reading: Reading = resolve_name(READ)(data, today, threads)
    return reading
