"""What the audit must hold after anything at all was asked of a service."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from console.contract.audit_api import AuditRow
from console.service import audit
from console.service.core import Core
from console.service.server import Service
from console.service.trail import MARK

DESCRIPTION = Path(__file__).resolve().parents[2] / "console" / "contract" / "openapi.json"
TEXTS = [field.name for field in fields(AuditRow) if field.name not in {"number", "at"}]


@cache
def operations() -> Mapping[tuple[str, str], Mapping[str, object]]:
    """Return every operation of the service's published description by method and path."""
    paths = json.loads(DESCRIPTION.read_text("utf-8"))["paths"]
    return {
        (method.upper(), path): operation
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


@cache
def _offered() -> list[tuple[str, re.Pattern[str], Mapping[str, object]]]:
    """The operations with patterns for their paths."""
    return [
        (method, re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), operation)
        for (method, path), operation in operations().items()
    ]


def rows_of(core: Core) -> list[AuditRow]:
    """Return the whole audit."""
    with core.database.read() as connection:
        return list(audit.every_row(connection))


def require_whole(core: Core) -> None:
    """The chain has no break."""
    with core.database.read() as connection:
        verdict = audit.verify(connection)
    assert verdict.broken is None, f"row {verdict.broken} {verdict.fault}"


def require_audited(service: Service, successes: Iterable[tuple[str, str]]) -> None:
    """Every success of a route has its row, nothing personal stands in any, and the chain is whole."""
    require_whole(service.core)
    wanted: Counter[object] = Counter()
    for method, url in successes:
        for offered, pattern, operation in _offered():
            fits = url.startswith(service.url) and method == offered and pattern.fullmatch(urlsplit(url).path)
            if fits and MARK not in operation:
                wanted[operation["operationId"]] += 1
    rows = rows_of(service.core)
    assert wanted - Counter(row.action for row in rows if row.outcome == audit.OK) == Counter()
    for row in rows:
        for name in TEXTS:
            assert re.fullmatch(r"[a-zA-Z0-9 ._:=?-]*", getattr(row, name)), (name, row.action)
