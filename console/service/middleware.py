"""What surrounds every request: the service's time, safe headers and one line in the access log."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.service.logs import ACCESS
from console.service.problems import problem_answer

PAGE_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: mediastream:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAFE = {
    "Content-Security-Policy": PAGE_POLICY,
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TOO_LARGE = problem_answer("body-too-large").body
"""Goes out for every 413: the body limit, which lies around the app, knows plain text alone."""


class Surround:
    """ASGI layer around the app. The log names the route's template and never the path: paths hold tokens."""

    def __init__(self, app: ASGIApp, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                if status == 413:
                    headers["Content-Type"] = "application/problem+json"
                    headers["Content-Length"] = str(len(_TOO_LARGE))
                headers["Server-Time"] = self._clock().isoformat(timespec="milliseconds")
                headers.setdefault("Cache-Control", "no-store")
                for name, value in _SAFE.items():
                    headers[name] = value
            elif status == 413:
                message = {"type": "http.response.body", "body": _TOO_LARGE}
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            data = {"method": scope["method"], "route": route, "status": status, "ms": milliseconds}
            ACCESS.info("request", extra={"data": data})
