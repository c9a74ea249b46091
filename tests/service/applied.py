"""What parties applied for, as a desk of the service's tests sees it."""

from __future__ import annotations

from console.contract.application_api import ApplicationPage
from console.contract.codec import decode
from tests.service.harness import Desk, good


def waiting(desk: Desk) -> ApplicationPage:
    """Return the desk's list."""
    found: ApplicationPage = decode(ApplicationPage, good(desk.send("GET", "/v1/applications")).content)
    return found
