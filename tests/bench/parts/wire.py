"""A thin HTTPS client: one connection kept open, and nothing between the measurement and the wire."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from console.domain.ids import new_id
from tests.service.harness import Desk, Reachable


@dataclass
class Line:
    """One connection in the name of one person at one seat."""

    url: str
    ca: Path
    token: str
    _line: http.client.HTTPSConnection = field(init=False)

    def __post_init__(self) -> None:
        place = urlsplit(self.url)
        trust = ssl.create_default_context(cafile=str(self.ca))
        self._line = http.client.HTTPSConnection(place.hostname or "", place.port, context=trust, timeout=60)

    def send(self, method: str, path: str, body: object = None, key: str = "") -> bytes:
        """Send a request that must succeed and return its answer; ``key`` is that of the command."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or new_id()}
        if body is not None:
            headers["Content-Type"] = "application/json"
        self._line.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self._line.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {content.decode()}")
        return content

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def lines(services: Sequence[Reachable], number: int) -> list[Line]:
    """Sign in at ``number`` seats, spread over the processes."""

    def line(seat: int) -> Line:
        service = services[seat % len(services)]
        with Desk(service, "900011", f"b{seat}") as desk:
            return Line(service.url, service.files.ca, desk.session["token"])

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(line, range(number)))


def timed(line: Line, method: str, path: str, body: object = None) -> float:
    """Send a request and return how long it took in seconds."""
    started = time.perf_counter()
    line.send(method, path, body)
    return time.perf_counter() - started
