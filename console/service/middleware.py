"""What surrounds every request: the service's time, safe headers and one line in the access log."""

from __future__ import annotations

import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.domain.ids import new_id
from console.service.core import Core
from console.service.logs import ACCESS, REQUEST
from console.service.problems import problem_answer

PAGE_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: mediastream:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAFE = Headers(
    {
        "Content-Security-Policy": PAGE_POLICY,
        "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
).raw
"""No route says any of these itself."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Methods that stand in the figures by name: a label that anybody may invent would never end."""
_TOO_LARGE = problem_answer("body-too-large").body
"""Goes out for every 413: the body limit, which lies around the app, knows plain text alone."""


class Surround:
    """ASGI layer around the app. The log names the route's template and never the path: paths hold tokens."""

    def __init__(self, app: ASGIApp, core: Core) -> None:
        self._app = app
        self._core = core

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status, streamed = 0, False
        request_id = new_id()
        REQUEST.set(request_id)

        async def send_with_headers(message: Message) -> None:
            nonlocal status, streamed
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                if status == 413:
                    headers["Content-Type"] = "application/problem+json"
                    headers["Content-Length"] = str(len(_TOO_LARGE))
                streamed = headers.get("Content-Type", "").startswith("text/event-stream")
                headers["Request-Id"] = request_id
                headers["Server-Time"] = self._core.clock().isoformat(timespec="milliseconds")
                headers.setdefault("Cache-Control", "no-store")
                headers.raw.extend(_SAFE)
            elif status == 413:
                message = {"type": "http.response.body", "body": _TOO_LARGE}
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            seconds = time.perf_counter() - started
            if not streamed:
                method = scope["method"] if scope["method"] in _METHODS else "-"
                self._core.metrics.requests.labels(method, route, status).observe(seconds)
            milliseconds = round(seconds * 1000, 1)
            data = {"method": scope["method"], "route": route, "status": status, "ms": milliseconds}
            ACCESS.info("request", extra={"data": data})
