"""The published description against the running service: no 5xx, no answer that is not described.

Every operation is asked with generated requests, right and wrong, by an officer whose browser also holds a
party's link; ids of the case that is open stand in for generated ones about half of the time. CI asks each a
few times; ``build/test.py service -k description --examples 500`` is the long run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from console.domain.evidence import Slot
from console.domain.ids import new_id
from console.service.server import Service
from console.service.throttle import Throttle
from tests.service.cases import connected
from tests.service.harness import Desk, Phone, good, password

DESCRIPTION = Path(__file__).resolve().parents[2] / "console" / "contract" / "openapi.json"
ELSEWHERE = {"POST /v1/training/parties"}
"""Starts simulated parties as processes: tested with the training room."""


def operations() -> Iterator[Any]:
    """Yield every operation that answers at once; streams have tests of their own."""
    described = json.loads(DESCRIPTION.read_text("utf-8"))
    for result in schemathesis.openapi.from_dict(described).get_all_operations():
        if isinstance(result, Err):
            raise result.err()
        operation = result.ok()
        answers = described["paths"][operation.path][operation.method]["responses"]
        if "text/event-stream" not in str(answers) and operation.label not in ELSEWHERE:
            yield operation


OPERATIONS = {operation.label: operation for operation in operations()}


CHECKS = [
    not_a_server_error,  # first: a service that is not ready may say so by 503
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


class Asker:
    """An officer at a desk whose browser holds a party's link too, on a case of two parties."""

    def __init__(self, desk: Desk, phone: Phone) -> None:
        self.desk = desk
        self.case = connected(desk, phone)
        self.case.join()
        picture = self.case.capture(Slot.PLATE_A)
        party = self.case.party("甲")
        self.known = {
            "incident_id": self.case.incident_id,
            "call_id": self.case.call_id,
            "party_id": party,
            "evidence_id": picture,
            "fact": "injury",
        }
        self.statuses: dict[str, set[int]] = {}
        self.browser = requests.Session()
        self.browser.verify, self.browser.trust_env = desk.http.verify, False
        self.browser.cookies.update(phone.http.cookies)
        self._sign_in()

    def _sign_in(self) -> None:
        body = {"username": "900011", "password": password(self.desk.service, "900011"), "seat": "31"}
        session = good(self.desk.send("POST", "/v1/sessions", body)).json()
        self.browser.headers["Authorization"] = f"Bearer {session['token']}"

    def ask(self, case: Any, known: set[str]) -> None:
        """Send a generated request, with the ids of the case for the names in ``known``; check the answer."""
        for name in known & set(case.path_parameters or {}):
            case.path_parameters[name] = self.known[name]
        case.headers = {**(case.headers or {}), "Idempotency-Key": new_id()}
        with_trust = {"session": self.browser, "verify": self.browser.verify}
        answer = case.call(base_url=self.desk.url, timeout=30, **with_trust)
        self.statuses.setdefault(case.operation.label, set()).add(answer.status_code)
        case.validate_response(answer, checks=CHECKS if case.path != "/ready" else CHECKS[1:])
        if answer.status_code == 401 and "sessions" not in case.path:
            self._sign_in()

    def close(self) -> None:
        """Hang up."""
        self.browser.close()


@pytest.fixture
def asker(service: Service, desk: Desk, phone: Callable[..., Phone]) -> Iterator[Asker]:
    """Who asks."""
    # As many as it takes: what is bounded per minute has tests of its own.
    for name in ("party_requests", "link_openings", "signal_rate", "failed_addresses"):
        setattr(service.core, name, Throttle(1_000_000, 1.0))
    made = Asker(desk, phone())
    yield made
    made.close()


@pytest.mark.timeout(3_600)
def test_every_answer_is_described(asker: Asker, request: pytest.FixtureRequest) -> None:
    examples: int = request.config.getoption("--examples")
    wrong: list[str] = []
    for label, operation in OPERATIONS.items():

        @seed(1)
        @settings(
            max_examples=examples,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), known=st.sets(st.sampled_from(sorted(asker.known))))
        def ask(case: Any, known: set[str]) -> None:
            asker.ask(case, known)

        try:
            ask()
        except (Exception, FailureGroup) as error:
            wrong.append(f"{label}: {error}")
    assert not wrong, "\n\n".join(wrong)
    carried_out = [label for label, seen in asker.statuses.items() if any(status < 300 for status in seen)]
    assert len(carried_out) > 15, carried_out  # it is no test of refusals alone
