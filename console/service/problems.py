"""Refusals on the wire: which status a code has, and the one place that words problem answers."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from console.contract.codec import encode
from console.contract.problems import PROBLEM_TYPE_PREFIX, Problem
from console.domain.errors import DomainError
from console.service.trail import trail_of

log = logging.getLogger(__name__)

STATUS: Mapping[str, int] = {
    "idempotency-key-missing": 400,
    "digest-missing": 400,
    "not-signed-in": 401,
    "wrong-credentials": 401,
    "no-party-session": 401,
    "code-needed": 403,
    "code-wrong": 403,
    "code-spent": 403,
    "code-not-sent": 503,
    "second-factor-needed": 401,
    "second-factor-wrong": 401,
    "account-locked": 403,
    "account-disabled": 403,
    "password-due": 403,
    "training-only-here": 403,
    "password-weak": 422,
    "role-missing": 403,
    "link-bound": 403,
    "unqualified-issuer": 403,
    "officer-recused": 403,
    "own-ruling": 403,
    "own-recusal": 403,
    "decision-day": 422,
    "not-your-call": 403,
    "silent-closed": 403,
    "wrong-resume-token": 403,
    "not-found": 404,
    "no-map": 404,
    "tile-missing": 404,
    "upload-broken": 408,
    "link-expired": 410,
    "stale": 412,
    "body-too-large": 413,
    "text-too-long": 422,
    "slots-missing": 422,
    "second-officer": 422,
    "invalid-request": 422,
    "idempotency-mismatch": 422,
    "fictional-data-only": 422,
    "fictional-data": 422,
    "digest-mismatch": 422,
    "not-a-picture": 422,
    "not-a-recording": 422,
    "picture-mismatch": 422,
    "ruling-not-issuable": 422,
    "time-ahead": 422,
    "signature-malformed": 422,
    "name-differs": 422,
    "too-many-requests": 429,
    "too-many-stills": 429,
    "too-many-words": 429,
    "datum-unknown": 422,
    "too-many-readings": 429,
    "field-form": 422,
    "unknown-field": 422,
    "internal": 500,
    "storage-full": 507,
    "evidence-damaged": 500,
    "document-damaged": 500,
    "document-late": 503,
    "tile-unavailable": 503,
    "database-unavailable": 503,
    "recognition-busy": 503,
    "recognition-late": 503,
    "recognition-failed": 500,
    "face-consent-missing": 403,
    "photo-missing": 404,
    "training-only": 404,
    "too-many-parties-running": 429,
}
"""Status of each code; a code that is not here is 404 when it begins with ``unknown-`` and 409 otherwise."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]{1,40}")


def status_of(code: str) -> int:
    """Return the HTTP status of a problem code."""
    return STATUS.get(code, 404 if code.startswith("unknown-") else 409)


def problem_answer(
    code: str, params: Mapping[str, str | int | float] | None = None, status: int | None = None
) -> Response:
    """Return the ``application/problem+json`` answer for ``code``."""
    number = status_of(code) if status is None else status
    problem = Problem(
        type=PROBLEM_TYPE_PREFIX + code, title=code.replace("-", " "), status=number, params=params or {}
    )
    headers = {"WWW-Authenticate": "Bearer"} if number == 401 else {}
    if number in {429, 503}:
        headers["Retry-After"] = str((params or {}).get("retry_after", 1))
    return Response(encode(problem), number, headers, "application/problem+json")


def schema() -> dict[str, Any]:
    """Return the JSON schema of a problem, for the OpenAPI description."""
    return TypeAdapter(Problem).json_schema()


def install(app: FastAPI) -> None:
    """Let every refusal, bad request and bug of ``app`` leave as a problem, without input and stack trace."""
    app.add_exception_handler(DomainError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _no_database)
    app.add_exception_handler(OSError, _no_room)
    app.add_exception_handler(Exception, _bug)


def _answered(
    request: Request,
    code: str,
    params: Mapping[str, str | int | float] | None = None,
    status: int | None = None,
) -> Response:
    request.app.state.core.metrics.refused.labels(code).inc()
    trail_of(request).code = code
    return problem_answer(code, params, status)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, DomainError):
        raise error
    return _answered(request, error.code, error.params)


async def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    places = "; ".join(f"{_place(item['loc'])}: {item['type']}" for item in error.errors()[:5])
    return _answered(request, "invalid-request", {"places": places})


def _place(location: tuple[str | int, ...]) -> str:
    return ".".join(part if _PLAIN_NAME.fullmatch(part) else "?" for part in map(str, location))


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    known = {404: "not-found", 413: "body-too-large"}
    code = known.get(error.status_code) or HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    return _answered(request, code, status=error.status_code)


async def _no_database(request: Request, error: Exception) -> Response:
    """The database is away or busy beyond its limits: nothing was written, the same may be sent again."""
    log.warning("the database does not serve: %s", type(error).__name__)
    return _answered(request, "database-unavailable")


async def _no_room(request: Request, error: Exception) -> Response:
    """The disk is full: nothing was kept, the same may be sent again once there is room."""
    if not isinstance(error, OSError) or error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        raise error
    log.warning("no room for what was sent")
    return _answered(request, "storage-full")


async def _bug(request: Request, _error: Exception) -> Response:
    return _answered(request, "internal")
