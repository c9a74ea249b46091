"""For whoever runs the service: whether it lives, whether calls should come here, and its figures."""

from __future__ import annotations

import asyncio
import hmac
from ipaddress import ip_address
from typing import Annotated

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, Header, Response
from prometheus_client import CONTENT_TYPE_LATEST

from console.contract.codec import encode
from console.contract.operations import Health, Readiness
from console.domain.errors import DomainError
from console.service.auth import Caller, From
from console.service.core import Core, Here
from console.service.operations import measure, readiness
from console.service.trail import NOTHING_PERSONAL

router = APIRouter(tags=["operations"])


@router.get("/health", openapi_extra=NOTHING_PERSONAL)
async def health() -> Health:
    """Tell that the process lives; nothing else is looked at."""
    return Health()


@router.get(
    "/ready",
    response_model=Readiness,
    responses={503: {"model": Readiness}},
    openapi_extra=NOTHING_PERSONAL,
)
def ready(core: Here) -> Response:
    """Tell whether calls should be sent here; 503 with the same body when not."""
    found = readiness(core)
    return Response(encode(found), 200 if found.ready else 503, media_type="application/json")


@router.get("/metrics", include_in_schema=False)
async def metrics(core: Here, origin: From, authorization: Annotated[str, Header()] = "") -> Response:
    """Hand out the figures to this machine, or to whoever has the token; for others there is nothing here."""
    if not _may_read(core, origin, authorization):
        raise DomainError("not-found")
    threads = current_default_thread_limiter().statistics()
    core.metrics.threads.labels("busy").set(threads.borrowed_tokens)
    core.metrics.threads.labels("free").set(threads.total_tokens - threads.borrowed_tokens)
    await asyncio.to_thread(measure, core)
    return Response(core.metrics.text(), media_type=CONTENT_TYPE_LATEST)


def _may_read(core: Core, origin: Caller, authorization: str) -> bool:
    token = core.settings.metrics_token
    if token is not None:
        wanted = f"Bearer {token.read_text('utf-8').strip()}"
        return hmac.compare_digest(authorization.encode(), wanted.encode())
    try:
        return ip_address(origin.address.partition("%")[0]).is_loopback
    except ValueError:
        return False
