"""What was kept long enough is deleted, rows and files, with a proof; what is open or under review stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from console.contract.codec import encode
from console.domain.events import CallAbandoned
from console.domain.evidence import Slot
from console.domain.ids import CallId, IncidentId
from console.domain.incident import IncidentState
from console.domain.retention import Period, RecordClass
from console.service.core import Core
from console.service.server import Service
from console.service.settings import DATABASE_URL
from console.service.tables import jobs, metadata
from console.service.upkeep import daily, retention
from console.service.upkeep.cli import main
from tests.service.audited import rows_of
from tests.service.cases import connected, whole_case
from tests.service.harness import PHONE, Desk, Phone, database_url
from tests.service.placing import place
from tests.waiting import wait_until

HALF_A_YEAR = timedelta(days=185)

pytestmark = pytest.mark.usefixtures("any_year")


@pytest.fixture
def moved(service: Service) -> Callable[[timedelta], None]:
    """Return a function that moves the service's clock on; everybody's session ends on the way."""

    def move(by: timedelta) -> None:
        core, before = service.core, service.core.clock
        core.clock = lambda: before() + by

    return move


def traces(service: Service, incident_id: IncidentId) -> dict[str, int]:
    """Return how many rows of each table speak of an incident or its calls, but for the audit: it has a
    period of its own and names a case by its id alone.
    """
    found: dict[str, int] = {}
    with service.core.database.read() as connection:
        for table in (table for table in metadata.sorted_tables if table.name != "audit"):
            rows = [json.dumps(list(map(str, row))) for row in connection.execute(select(table))]
            found[table.name] = sum(incident_id in row for row in rows)
    return {name: number for name, number in found.items() if number}


def abandoned(service: Service) -> IncidentId:
    """Return an incident whose only call nobody answered."""
    call_id = place(service.core)
    with service.core.work("party") as work:
        call = work.call(call_id)
        work.record(call.incident_id, CallAbandoned(reason="party"), CallId(call_id))
    return call.incident_id


def test_a_call_nobody_answered_goes_after_half_a_year_with_a_proof(
    service: Service, moved: Callable[[timedelta], None]
) -> None:
    gone, waiting = abandoned(service), place(service.core)
    moved(timedelta(days=183))
    assert retention.run(service.core) == []
    kept = abandoned(service)
    moved(timedelta(days=2))
    (proof,) = retention.run(service.core)
    assert traces(service, gone) == {}
    assert traces(service, kept)
    assert (proof.record, proof.days, proof.digests) == (
        RecordClass.UNANSWERED,
        184,
        [retention.digest(gone)],
    )
    assert proof.rows["journal"] >= 3
    assert (proof.rows["calls"], proof.rows["incidents"]) == (1, 1)
    assert proof.done_at is not None
    assert retention.run(service.core) == []
    assert retention.proofs(service.core) == [proof]
    with service.core.database.read() as connection:
        told = str(connection.execute(select(metadata.tables["retention_proofs"])).all())
        assert waiting in str(connection.execute(select(metadata.tables["calls"])).all())
    assert PHONE not in told
    assert gone not in told


def test_open_cases_and_those_that_may_be_reviewed_stay_whatever_the_period(
    service: Service,
    desk: Desk,
    phone: Callable[..., Phone],
    moved: Callable[[timedelta], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_case = connected(desk, phone())
    desk.post(f"/v1/calls/{open_case.call_id}/hang-up")
    desk.post(f"/v1/calls/{open_case.call_id}/wrap-up-done")
    issued = whole_case(desk, phone())
    desk.post(f"/v1/calls/{issued.call_id}/hang-up")
    desk.post(f"/v1/calls/{issued.call_id}/wrap-up-done")

    paper = {"way": "paper", "note": "本人在快处中心签收"}
    desk.post(f"{issued.path}/parties/{issued.party('乙')}/service", paper)
    wait_until(lambda: issued.incident().state is IncidentState.SERVED, 20, "both parties are served")
    desk.post(f"{issued.path}/close", {"disposition": "fast-track"})
    pictures = evidence_files(service)
    assert len(pictures) == 2
    short = [Period(record=record, days=0, source="test") for record in RecordClass]
    monkeypatch.setattr(retention, "load_periods", lambda _core: short)
    moved(timedelta(hours=1))
    assert not {proof.record for proof in retention.run(service.core)} & {
        RecordClass.CASE,
        RecordClass.UNANSWERED,
        RecordClass.WITHOUT_DOCUMENT,
    }
    assert pictures == evidence_files(service)
    moved(timedelta(days=31))
    (proof,) = [p for p in retention.run(service.core) if p.record is RecordClass.CASE]
    assert traces(service, issued.incident_id) == {}
    assert traces(service, open_case.incident_id)
    assert proof.files_removed == 3  # two pictures and the document
    assert proof.bytes_removed > 10_000
    assert evidence_files(service) == []
    assert list((service.core.settings.data / "documents").glob("*.pdf")) == []


def evidence_files(service: Service) -> list[Path]:
    """Return every file of the evidence folder."""
    return [file for file in (service.core.settings.data / "evidence").rglob("*") if file.is_file()]


def test_files_that_a_crash_left_behind_go_with_the_next_run(
    service: Service, desk: Desk, phone: Callable[..., Phone], moved: Callable[[timedelta], None]
) -> None:
    case = connected(desk, phone())
    case.capture(Slot.PLATE_A)
    desk.post(f"/v1/calls/{case.call_id}/hang-up")
    desk.post(f"/v1/calls/{case.call_id}/wrap-up-done")
    with service.core.work() as work:  # nobody has a route for it yet: a case closed without a document
        incident = replace(work.incident(case.incident_id), state=IncidentState.VOID)
        table = metadata.tables["incidents"]
        body = encode(incident).decode()
        work.connection.execute(
            table.update().where(table.c.id == incident.id).values(state="void", body=body)
        )
    moved(HALF_A_YEAR)
    with pytest.MonkeyPatch.context() as crash:
        crash.setattr(retention, "_removed", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            retention.run(service.core)
    assert evidence_files(service)
    left = [p.done_at for p in retention.proofs(service.core) if p.record is RecordClass.WITHOUT_DOCUMENT]
    assert left == [None]
    retention.run(service.core)
    assert evidence_files(service) == []
    assert all(proof.done_at for proof in retention.proofs(service.core))


def test_links_and_signals_go_early_and_the_case_stays(
    service: Service, desk: Desk, phone: Callable[..., Phone], moved: Callable[[timedelta], None]
) -> None:
    case = connected(desk, phone())
    signal = {"kind": "candidate", "body": {"candidate": ""}}
    desk.send("POST", f"/v1/calls/{case.call_id}/signals", signal)
    desk.post(f"/v1/calls/{case.call_id}/hang-up")
    desk.post(f"/v1/calls/{case.call_id}/wrap-up-done")
    moved(timedelta(days=40))
    proofs = {proof.record: proof for proof in retention.run(service.core)}
    assert proofs[RecordClass.LINK].rows == {"links": 1}
    assert "links" not in traces(service, case.incident_id)
    assert traces(service, case.incident_id)["journal"] > 3


def test_what_was_deleted_is_not_in_the_file_any_more(
    service: Service, moved: Callable[[timedelta], None]
) -> None:
    gone = abandoned(service)
    file = service.core.settings.data / "service.sqlite3"
    if not service.core.database.embedded:
        pytest.skip("what PostgreSQL frees is its own matter")

    def whole() -> bytes:
        with service.core.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        return file.read_bytes()

    assert traces(service, gone)
    assert PHONE.encode() in whole()
    moved(HALF_A_YEAR)
    retention.run(service.core)
    assert PHONE.encode() not in whole()


def test_it_is_run_and_shown_by_command(
    service: Service,
    moved: Callable[[timedelta], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    abandoned(service)
    moved(HALF_A_YEAR)
    retention.run(service.core)
    data = service.core.settings.data
    monkeypatch.setenv(DATABASE_URL, database_url(data))
    assert main(["retention", "run", "--data", str(data)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["retention", "show", "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "unanswered after 184 d: 1 records" in shown
    assert shown.endswith("done\n")


def test_it_runs_by_itself_once_a_day_in_one_process(
    service: Service, moved: Callable[[timedelta], None]
) -> None:
    core = service.core
    old = abandoned(service)
    wait_until(lambda: job_rows(core) == 1, 10, "the first look")
    assert not daily.one_round(core), "a day has not gone by"
    moved(HALF_A_YEAR)
    with ThreadPoolExecutor(3) as pool:
        ran = list(pool.map(lambda _: daily.one_round(core), range(3)))
    assert sorted(ran) == [False, False, True]
    assert traces(service, old) == {}
    assert [row.action for row in rows_of(core)].count("retention-run") == 1
    assert not daily.one_round(core)
    moved(timedelta(days=1))
    assert daily.one_round(core)


def test_it_ends_between_two_batches(service: Service, moved: Callable[[timedelta], None]) -> None:
    old = abandoned(service)
    moved(HALF_A_YEAR)
    assert retention.run(service.core, stop=lambda: True) == []
    assert traces(service, old) != {}


def job_rows(core: Core) -> int:
    """Return how many jobs have begun or wait for their first day."""
    with core.database.read() as connection:
        return len(connection.execute(select(jobs)).all())
