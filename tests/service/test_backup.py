"""A service that runs is backed up and restored: every row and every file, on either engine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.delivery import DeliveryState
from console.domain.determination import MessageState
from console.domain.errors import DomainError
from console.service import audit
from console.service.core import utc_now
from console.service.database import Database
from console.service.server import Service
from console.service.settings import DATABASE_URL, Settings
from console.service.upkeep.backup import counter, lines, make, reflected
from console.service.upkeep.cli import main
from console.service.upkeep.manifest import FILES, TABLES
from console.service.upkeep.restore import restore
from tests.service.cases import Case, whole_case
from tests.service.harness import Desk, Phone, database_url, make_database, running, settings
from tests.service.placing import place
from tests.waiting import wait_until

pytestmark = pytest.mark.usefixtures("any_year")


@pytest.fixture
def case(service: Service, desk: Desk, phone: Callable[..., Phone]) -> Case:
    """A case issued and told to everybody, on a service that goes on running."""
    case = whole_case(desk, phone())

    def told() -> bool:
        incident = case.incident()
        done = all(one.state is DeliveryState.DONE for one in incident.deliveries)
        return done and all(message.state is MessageState.SENT for message in incident.messages)

    wait_until(told, 20, "everybody to be told")
    return case


@pytest.fixture
def target(tmp_path: Path) -> Settings:
    """Where nothing is yet: a data folder and a database on the engine of this run."""
    make_database(tmp_path / "restored")
    return settings(tmp_path / "restored")


@contextmanager
def opened(where: Settings) -> Iterator[Database]:
    """Open the database of a service that does not run."""
    with closing(Database(where.database)) as database:
        yield database


def rows(database: Database) -> dict[str, list[object]]:
    """Return every row of every table that tells of more than running processes."""
    with database.read() as connection:
        return {
            table.name: [json.loads(line) for line in lines(connection, table)]
            for table in reflected(connection)
        }


def files(data: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and the mode of every file of a data folder but the database and what is passing."""
    found = {file.relative_to(data).as_posix(): file for file in data.rglob("*") if file.is_file()}
    return {
        name: (file.read_bytes(), file.stat().st_mode)
        for name, file in found.items()
        if not name.startswith(("service.sqlite3", "evidence/incoming/", "parties/"))
    }


def test_a_running_service_is_restored_row_by_row_and_file_by_file(
    service: Service, case: Case, target: Settings, tmp_path: Path
) -> None:
    core, folder = service.core, tmp_path / "backup"
    case.desk.http.close()
    before = rows(core.database), files(core.settings.data)
    manifest = make(core.database, core.settings.data, folder, utc_now())
    assert (folder / "manifest.json").stat().st_mode & 0o077 == 0
    restore(folder, target)
    with opened(target) as restored:
        assert (rows(restored), files(target.data)) == before
        assert restored.version() == Database.newest_version()
        with restored.read() as connection, core.database.read() as original:
            for table in reflected(connection):
                assert counter(connection, table) == counter(original, table), table.name
    assert manifest.tables["journal"].rows > 30
    assert {name.split("/")[0] for name in manifest.files} >= {"evidence", "documents", "tls"}
    with running(replace(target, ring_seconds=30.0)) as again, Desk(again, "900010", "07") as desk:
        there = next(i for i in desk.snapshot().incidents if i.id == case.incident_id)
        assert there.evidence == case.incident().evidence
        item = there.evidence[0]
        got = desk.send("GET", f"{case.path}/evidence/{item.id}/content")
        assert (got.status_code, len(got.content)) == (200, item.digests.size)
        newest = desk.snapshot().sequence
        place(again.core)
        assert desk.snapshot().sequence > newest


def test_a_backup_moves_to_the_other_engine(
    service: Service, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core, folder = service.core, tmp_path / "backup"
    make(core.database, core.settings.data, folder, utc_now())
    monkeypatch.delenv(DATABASE_URL, raising=False)
    embedded = Settings(data=tmp_path / "embedded")
    assert main(["restore", str(folder), "--data", str(embedded.data)]) == 0
    with opened(embedded) as restored:
        assert restored.embedded
        there, here = rows(restored), rows(core.database)
        assert there["audit"][:-1] == here["audit"]
        chained = {name: here[name] for name in ("audit", "audit_anchors")}
        assert {**there, **chained} == here
        with restored.read() as connection:
            assert audit.verify(connection).broken is None
            *_, last = audit.every_row(connection)
        assert (last.action, last.actor, last.outcome) == ("restore", "administrator", "ok")


def test_a_backup_taken_while_much_is_written_is_of_one_moment(
    service: Service, target: Settings, tmp_path: Path
) -> None:
    core, stop = service.core, threading.Event()

    def write() -> None:
        while not stop.is_set():
            place(core)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        place(core)
        make(core.database, core.settings.data, tmp_path / "backup", utc_now())
    finally:
        stop.set()
        writer.join()
    restore(tmp_path / "backup", target)
    with opened(target) as restored:
        kept = rows(restored)
    assert kept["calls"]
    assert len(kept["calls"]) == len(kept["incidents"])
    told = [json.loads(str(row["event"]))["type"] for row in kept["journal"] if isinstance(row, dict)]
    assert told.count("call-placed") == len(kept["calls"])
    sequences = [row["sequence"] for row in kept["journal"] if isinstance(row, dict)]
    assert sequences == list(range(1, len(sequences) + 1))


@pytest.fixture
def backup(service: Service, case: Case, tmp_path: Path) -> Path:
    """A backup of a case."""
    make(service.core.database, service.core.settings.data, tmp_path / "backup", utc_now())
    return tmp_path / "backup"


def test_a_damaged_backup_restores_nothing(backup: Path, target: Settings) -> None:
    parts = [
        backup / TABLES / "journal.jsonl",
        next(file for file in (backup / FILES / "evidence").rglob("*") if file.is_file()),
        backup / "manifest.json",
    ]
    for part in parts:
        whole = part.read_bytes()
        for broken in (whole[:-1], bytes([*whole[:-1], whole[-1] ^ 1]), None):
            part.unlink() if broken is None else part.write_bytes(broken)
            with pytest.raises(DomainError) as refused:
                restore(backup, target)
            assert refused.value.code in {"backup-damaged", "no-backup"}
        part.write_bytes(whole)
    assert not target.data.exists()
    with opened(replace(target, data=target.data.parent)) as database:
        assert rows(database) == {}
    restore(backup, target)


def test_a_backup_goes_only_where_nothing_is(
    service: Service, backup: Path, target: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    restore(backup, target)
    with pytest.raises(DomainError, match="data-not-empty"):
        restore(backup, target)
    if target.database_url:
        with pytest.raises(DomainError, match="database-not-empty"):
            restore(backup, replace(target, data=target.data.parent / "other"))
        assert not (target.data.parent / "other").exists()
    with pytest.raises(DomainError, match="folder-not-empty"):
        make(service.core.database, service.core.settings.data, backup, utc_now())
    assert main(["restore", str(backup), "--data", str(target.data)]) == 1
    assert capsys.readouterr().err == "data-not-empty\n"


def test_a_backup_is_made_by_command(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = service.core.settings.data
    monkeypatch.setenv(DATABASE_URL, database_url(data))
    assert main(["backup", str(tmp_path / "made"), "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("backup: schema 0")
    assert (tmp_path / "made" / "manifest.json").is_file()
