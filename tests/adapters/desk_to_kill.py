"""A desk process for the tests to kill: stores pictures, uploads if it has a service, and says how far it is.

Arguments: folder, address of the service or ``-``, CA file or ``-``, token or ``-``, incident.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from console.adapters.http_client import HttpClient
from console.adapters.http_service import HttpService
from console.domain.ids import IncidentId
from console.usecases.facts import CustodyChanged
from console.usecases.ports import ServicePort
from tests.adapters.vaults import opened
from tests.fake_service import FakeService


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def work(folder: Path, address: str, ca: str, token: str, incident_id: IncidentId) -> None:
    """Capture one picture, then go on until killed."""
    service: ServicePort = FakeService()
    if address != "-":
        service = HttpService(HttpClient(address, None if ca == "-" else Path(ca)))
        service.use_token(token)
    async with opened(folder, service, running=address != "-") as desk:
        evidence_id = await desk.capture(incident_id=incident_id)
        say(f"captured {evidence_id}")
        told: list[CustodyChanged] = []
        while True:
            news = await desk.facts.until(CustodyChanged, lambda fact: fact not in told, seconds=60)
            told.append(news)
            say(f"{news.custody} {news.evidence_id}")


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], IncidentId(sys.argv[5])))
