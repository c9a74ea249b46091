"""Parts of rulings, and what a service's documents say, for the tests of the ruling post."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import Any

from console.domain.clock import WorkingCalendar, YearCalendar, local_date
from console.service.server import Service
from tests.service.cases import Case
from tests.service.harness import good


def allow_any_year(service: Service) -> None:
    """Let the tests run in any year: add plain weeks where no calendar is published yet."""
    rules = service.core.rules
    this = local_date(service.core.clock()).year
    plain = YearCalendar(off_days=frozenset(), work_days=frozenset())
    years = {year: rules.calendar.years.get(year, plain) for year in (this, this + 1)}
    service.core.rules = replace(rules, calendar=WorkingCalendar(years))


def document(case: Case, name: str = "determination.pdf") -> bytes:
    """Return a PDF of the case."""
    answer = good(case.desk.send("GET", f"{case.path}/{name}"))
    assert answer.headers["Content-Type"] == "application/pdf"
    return answer.content


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF without any white space."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=30
    )
    return "".join(read.stdout.decode().split())


def party(party_id: str, liability: str | None, *faults: dict[str, Any]) -> dict[str, Any]:
    """Return one party's part of a ruling."""
    return {"party_id": party_id, "faults": list(faults), "liability": liability}


def fault(
    code: str, law: str, article: int, paragraph: int | None = None, item: int | None = None
) -> dict[str, Any]:
    """Return a fault with a name of the client's own."""
    citation = {"law": law, "article": article, "paragraph": paragraph, "item": item}
    return {"code": code, "name": "随便写的", "citation": citation}


REAR_END = fault("1094", "道路交通安全法", 43)
