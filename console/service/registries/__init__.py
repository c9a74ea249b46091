"""The registries behind one port: the training town's, or a city's over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.service.outside import require_address
from console.service.registries.over_http import HttpRegistry
from console.service.registries.port import NoRegistry, Registry
from console.service.registries.training import TrainingRegistry
from console.service.settings import Settings


def open_registry(settings: Settings, clock: Callable[[], datetime]) -> Registry:
    """Return the registry that ``settings`` name.

    Raises ``ValueError`` where a training service would ask another machine: fictional people must never
    reach a real registry. Raises ``OSError`` when the token cannot be read.
    """
    if not settings.registry_url:
        scenarios = settings.resources / "scenarios"
        return TrainingRegistry(scenarios, clock) if settings.training else NoRegistry()
    require_address(settings.registry_url, "registry", training=settings.training)
    token = settings.registry_token
    return HttpRegistry(
        settings.registry_url,
        ca=settings.registry_ca,
        token="" if token is None else token.read_text("utf-8").strip(),
        limit_s=settings.registry_seconds,
    )
