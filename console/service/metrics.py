"""Figures of one service process for Prometheus. No label holds anything of a person or a case."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_REQUEST_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_ANSWER_SECONDS: Final = (2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600)


class Metrics:
    """What happened since the start is counted where it happens; how things stand is set before a reading."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        counter = partial(Counter, registry=self._registry, namespace="kuaichu")
        gauge = partial(Gauge, registry=self._registry, namespace="kuaichu")
        histogram = partial(Histogram, registry=self._registry, namespace="kuaichu")
        self.requests = histogram(
            "request_seconds",
            "Time to answer a request; streams are not among them",
            ["method", "route", "status"],
            buckets=_REQUEST_SECONDS,
        )
        self.refused = counter("refused", "Requests that were refused, by the code of the problem", ["code"])
        self.streams = gauge("streams_open", "Event streams that are open on this process")
        self.answered = histogram(
            "answer_seconds",
            "Time from a call's placing to its answer, of calls answered on this process",
            buckets=_ANSWER_SECONDS,
        )
        self.database_up = gauge("database_up", "1 when the database answered this reading")
        self._calls = gauge("calls", "Calls that are not over, by state", ["state"])
        self._outbox = gauge("deliveries", "Deliveries of the outbox", ["channel", "state"])
        self.journal_newest = gauge("journal_newest", "Sequence of the newest journal entry")
        self.journal_lag = gauge("journal_lag", "Entries in the database that this process has not handed on")
        self.threads = gauge("worker_threads", "Threads that answer requests", ["state"])
        self.workers = gauge("recognition_workers", "Processes that read documents and faces", ["state"])
        self.connections = gauge("database_connections", "Connections in use by this process")
        self.evidence_free = gauge("evidence_free_bytes", "Room left where evidence is kept")

    def calls(self, counted: Iterable[tuple[str, int]]) -> None:
        """Set the number of calls by state; a state that is not named has none."""
        self._set(self._calls, counted)

    def outbox(self, counted: Iterable[tuple[str, str, int]]) -> None:
        """Set the number of deliveries by channel and state; what is not named has none."""
        self._outbox.clear()
        for channel, state, number in counted:
            self._outbox.labels(channel, state).set(number)

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)

    @staticmethod
    def _set(gauge: Gauge, counted: Iterable[tuple[str, int]]) -> None:
        gauge.clear()
        for state, number in counted:
            gauge.labels(state).set(number)
