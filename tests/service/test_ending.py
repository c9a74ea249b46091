"""Closing a case that ends without a document, over the wire: settled, or a late report not taken on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from console.contract.codec import decode
from console.contract.journal import Entry
from console.domain.ending import Ending
from console.domain.events import IncidentClosed
from console.domain.incident import IncidentState
from console.service.server import Service
from console.service.tables import accounts
from tests.service.cases import Case, connected
from tests.service.harness import Desk, Phone, refusal

pytestmark = pytest.mark.usefixtures("any_year")


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a case of two parties, every triage row denied, the call going on."""
    made = connected(desk, phone())
    made.join()
    made.deny_all_facts()
    return made


def close(case: Case, disposition: str) -> tuple[int, str]:
    """Ask to close; return the refusal."""
    return refusal(case.desk.send("POST", f"{case.path}/close", {"disposition": disposition}))


def hung_up(case: Case) -> None:
    case.desk.post(f"/v1/calls/{case.call_id}/hang-up")


def recorded(desk: Desk) -> IncidentClosed:
    """Return what the journal says of the closing."""
    stream = desk.stream("/v1/events", 0)
    stream.until(lambda entry: isinstance(entry.event, IncidentClosed), Entry)
    events = [decode(Entry, data).event for _, _, data in stream.events]
    return next(event for event in events if isinstance(event, IncidentClosed))


def test_parties_that_settle_leave_a_closed_case(case: Case) -> None:
    case.desk.put(f"{case.path}/facts/no-dispute", {"answer": "yes"})
    assert close(case, "双方按保险各自理赔") == (409, "call-held")
    hung_up(case)
    case.desk.put(f"{case.path}/facts/driver-swap", {"answer": "unknown"})
    assert close(case, "双方按保险各自理赔") == (409, "facts-open")
    case.desk.put(f"{case.path}/facts/driver-swap", {"answer": "no"})
    assert close(case, "  ") == (409, "reason-missing")
    case.desk.post(f"{case.path}/close", {"disposition": " 双方按保险各自理赔 "})
    assert case.incident().state is IncidentState.CLOSED
    assert recorded(case.desk) == IncidentClosed(disposition="双方按保险各自理赔", ending=Ending.SETTLED)
    assert close(case, "再结一次") == (409, "incident-state")


def test_an_ordinary_case_is_closed_by_its_document_alone(case: Case) -> None:
    hung_up(case)
    assert close(case, "不想处理") == (409, "incident-state")


def test_whether_a_late_report_is_taken_on_is_for_a_qualified_officer(
    case: Case, sign_in: Callable[..., Desk], service: Service
) -> None:
    case.desk.put(f"{case.path}/facts/both-left", {"answer": "yes"})
    hung_up(case)
    with service.core.work() as work:
        work.connection.execute(update(accounts).where(accounts.c.number == "900011").values(qualified=False))
    untrained = sign_in("900011", "09")
    answer = untrained.send("POST", f"{case.path}/close", {"disposition": "无法证明"})
    assert refusal(answer) == (403, "unqualified-issuer")
    case.desk.post(f"{case.path}/close", {"disposition": "事实无法证明,已书面告知"})
    assert recorded(case.desk).ending is Ending.NOT_TAKEN
