"""A fresh service for each test, with desks and phones that hang up at its end."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.clock import WorkingCalendar, YearCalendar, local_date
from console.service.server import Service, set_up
from tests.service.audited import require_audited
from tests.service.harness import SUCCESSES, Desk, Phone, make_database, running, settings
from tests.service.ruling_parts import allow_any_year


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a long run ask for more than CI does."""
    parser.addoption("--examples", type=int, default=4, help="generated requests of each operation")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What a test opened; closed in reverse order."""
    with ExitStack() as opened:
        yield opened


@pytest.fixture(scope="session")
def fresh_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a service that was set up and never ran."""
    data = tmp_path_factory.mktemp("fresh") / "data"
    make_database(data)
    set_up(settings(data), 0, lambda _service: None).close()
    return data


@pytest.fixture
def data(fresh_data: Path, tmp_path: Path) -> Path:
    """A data folder of this test's own, and its database."""
    make_database(tmp_path / "data", fresh_data)
    return Path(shutil.copytree(fresh_data, tmp_path / "data"))


@pytest.fixture
def service(data: Path, stack: ExitStack) -> Iterator[Service]:
    """A running training service. At the end its audit is whole and has a row of all that was answered."""
    SUCCESSES.clear()
    service = stack.enter_context(running(settings(data)))
    yield service
    require_audited(service, SUCCESSES)


@pytest.fixture
def any_year(service: Service) -> None:
    """Let the tests run in any year: add plain weeks where no calendar is published yet."""
    allow_any_year(service)


@pytest.fixture
def sign_in(service: Service, stack: ExitStack) -> Callable[[str, str], Desk]:
    """Return a function that signs a training account in at a seat."""
    return lambda number, seat: stack.enter_context(Desk(service, number, seat))


@pytest.fixture
def desk(sign_in: Callable[[str, str], Desk]) -> Desk:
    """The officer who holds both posts, at seat 07."""
    return sign_in("900010", "07")


@pytest.fixture
def phone(service: Service, stack: ExitStack, desk: Desk) -> Callable[..., Phone]:
    """Return a function that makes a phone with a fresh link."""
    return lambda **more: stack.enter_context(Phone(service, desk.link(**more)))


@pytest.fixture
def service_url(service: Service) -> tuple[str, str]:
    """Where the service is, and the authority to trust."""
    return service.url, str(service.files.ca)


@pytest.fixture
def calendar(service: Service) -> WorkingCalendar:
    """Plain weeks, whatever year it is."""
    this = local_date(service.core.clock()).year
    plain = YearCalendar(off_days=frozenset(), work_days=frozenset())
    made = WorkingCalendar({this: plain, this + 1: plain})
    service.core.rules = replace(service.core.rules, calendar=made)
    return made


@pytest.fixture
def supervisor(sign_in: Callable[[str, str], Desk]) -> Desk:
    """Who decides on officers."""
    return sign_in("900020", "01")
