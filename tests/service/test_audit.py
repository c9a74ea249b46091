"""The audit: no answer without its row, no change without its row, and no row that can be tampered with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, text, update

from console.contract.audit_api import AuditPage, AuditRow
from console.contract.codec import decode
from console.domain.ids import new_id
from console.service import audit
from console.service.admin import cli
from console.service.audit import Deed
from console.service.core import Core
from console.service.database import Database
from console.service.routes.audit import MOST_ROWS
from console.service.server import Service
from console.service.tables import audit as rows
from console.service.tables import audit_anchors, incidents
from console.service.trail import MARK
from tests.service.audited import operations, require_whole, rows_of
from tests.service.cases import connected
from tests.service.harness import (
    PHONE,
    WAIT_S,
    Client,
    Desk,
    Phone,
    database_url,
    good,
    incident_of,
    refusal,
    settings,
)
from tests.service.placing import place

T0 = datetime(2026, 11, 26, 8, tzinfo=UTC)


@pytest.fixture
def core(data: Path) -> Iterator[Core]:
    """The collaborators of a service that does not run."""
    core = Core(settings(data), Database(settings(data).database))
    yield core
    core.press.close()
    core.database.close()


def deed(number: int = 0, **more: Any) -> Deed:
    """Return something that was done."""
    values: dict[str, Any] = {"actor": "a" * 32, "action": "incidents-incident", "outcome": "ok"}
    return Deed(at=T0 + timedelta(days=number), **{**values, **more})


def refill(connection: Connection, number: int) -> None:
    """Make the chain anew with so many rows."""
    connection.execute(delete(rows))
    connection.execute(delete(audit_anchors))
    audit.append(connection, [deed(n, record=f"n-{n}") for n in range(number)])


CHANGES: dict[str, object] = {
    "at": T0 - timedelta(seconds=1),
    "actor": "b" * 32,
    "outcome": "role-missing",
    "reason": "contact",
    "address": "10.0.0.1",
    "incident_id": "c" * 32,
    "digest": "0" * 64,
    "previous": "0" * 64,
}


@tried(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_done_to_a_row_the_first_that_is_wrong_is_named(core: Core, data: st.DataObject) -> None:
    length = data.draw(st.integers(2, 12), "rows")
    place = data.draw(st.integers(1, length), "place")
    how = data.draw(st.sampled_from(["change", "delete", "swap", "insert"]), "how")
    with core.database.write() as connection:
        refill(connection, length)
        assert audit.verify(connection).broken is None
        here = rows.c.number == place
        if how == "change":
            name = data.draw(st.sampled_from(sorted(CHANGES)), "what")
            connection.execute(update(rows).where(here).values({name: CHANGES[name]}))
        elif how == "delete":
            connection.execute(delete(rows).where(here))
        elif how == "swap":
            other = place % length + 1
            for old, new in ((place, -1), (other, place), (-1, other)):
                connection.execute(update(rows).where(rows.c.number == old).values(number=new))
            place = min(place, other)
        else:
            copied = connection.execute(select(rows).where(here)).mappings().one()
            for old in range(length, place, -1):
                connection.execute(update(rows).where(rows.c.number == old).values(number=old + 1))
            place += 1
            connection.execute(insert(rows).values({**copied, "number": place}))
        assert audit.verify(connection).broken == place


def test_a_chain_written_anew_does_not_pass_through_an_end_that_was_written_down(core: Core) -> None:
    with core.database.write() as connection:
        refill(connection, 5)
        known = audit.end_of(connection)
        audit.append(connection, [deed(5)])
        assert audit.verify(connection, known).broken is None
        refill(connection, 3)
        audit.append(connection, [deed(9), deed(9), deed(9)])
        assert audit.verify(connection).broken is None
        assert audit.verify(connection, known).broken == 5
        refill(connection, 3)
        assert audit.verify(connection, known).broken == 4


def test_what_is_forgotten_leaves_a_chain_that_can_be_walked(core: Core) -> None:
    with core.database.write() as connection:
        refill(connection, 9)
        end = audit.end_of(connection)
        assert audit.forget(connection, T0) == 0
        assert audit.forget(connection, T0 + timedelta(days=4)) == 4
        verdict = audit.verify(connection, end)
        assert (verdict.rows, verdict.end, verdict.broken) == (5, end, None)
        assert audit.forget(connection, T0 + timedelta(days=99)) == 4
        audit.append(connection, [deed(10)])
        assert audit.verify(connection).rows == 2


def test_a_change_and_its_row_are_one(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("the row cannot be written")

    monkeypatch.setattr(audit, "append", fails)
    with pytest.raises(RuntimeError):
        place(core)
    with core.database.read() as connection:
        assert connection.execute(select(incidents.c.id)).all() == []


def test_every_route_leaves_a_row_whatever_comes_of_it(service: Service, desk: Desk) -> None:
    """Whoever asks: nobody, and an officer for a record that is not there."""
    audited = {key: said for key, said in operations().items() if MARK not in said}
    assert len(audited) > 60
    with Client(service) as nobody:
        for (method, path), operation in audited.items():
            if path in {"/v1/sessions/current", "/v1/seats/current"} and method == "DELETE":
                continue  # would end the session that asks
            url = path
            for name in ("incident_id", "party_id", "call_id", "evidence_id"):
                url = url.replace(f"{{{name}}}", new_id())
            url = url.replace("{", "").replace("}", "")
            for client in (nobody, desk):
                before = rows_of(service.core)[-1].number
                service.core.refused_strangers._hits.clear()
                answer = client.send(method, url, {"nothing": "here"}, stream=True)
                answer.close()
                new = [row for row in rows_of(service.core) if row.number > before]
                mine = [row for row in new if row.action == operation["operationId"]]
                assert len(mine) == 1, (method, path, new)
                assert (mine[0].outcome == "ok") == answer.ok, (method, path, mine[0].outcome)
                assert mine[0].address == "127.0.0.1"


def test_routes_without_a_row_tell_nothing_of_a_case(service: Service) -> None:
    silent = [key for key, said in operations().items() if MARK in said]
    assert silent
    for method, path in silent:
        assert method == "GET"
        assert not any(word in path for word in ("incident", "call", "party", "evidence", "desk", "events"))


def test_a_look_behind_the_masks_is_a_row_with_its_reason(
    service: Service, desk: Desk, phone: Callable[..., Phone]
) -> None:
    case = connected(desk, phone())
    party = case.party("甲")
    desk.post(f"{case.path}/parties/{party}/views", {"reason": "contact"})
    good(desk.send("GET", case.path))
    look, read = [row for row in rows_of(service.core) if row.incident_id == case.incident_id][-2:]
    user = desk.session["user"]
    assert (look.action, look.reason, look.outcome) == ("incidents-view-party", "contact", "ok")
    assert (look.actor, look.role, look.seat) == (user["id"], " ".join(user["roles"]), "07")
    assert look.record == f"party_id={party}"
    assert (read.action, read.session) == ("incidents-incident", look.session)
    assert read.process == service.core.presence.process
    told = json.dumps([str(row) for row in rows_of(service.core)])
    assert PHONE not in told
    assert user["name"] not in told


def test_what_a_caller_types_into_a_path_or_a_name_stays_out(service: Service, desk: Desk) -> None:
    desk.send("GET", f"/v1/incidents/{PHONE}")
    with Client(service) as client:
        body = {"username": "Pass-word-1", "password": "x", "seat": "07"}
        assert refusal(client.send("POST", "/v1/sessions", body)) == (401, "wrong-credentials")
    tried_path, tried_name = rows_of(service.core)[-2:]
    assert (tried_path.incident_id, tried_path.outcome) == ("?", "unknown-incident")
    assert (tried_name.actor, tried_name.seat, tried_name.outcome) == ("", "", "wrong-credentials")


def test_refusals_and_lock_outs_are_rows(service: Service, desk: Desk) -> None:
    with Client(service) as client:
        for _ in range(6):
            client.send("POST", "/v1/sessions", {"username": "900001", "password": "x", "seat": "08"})
    *failed, lock, fifth, locked = rows_of(service.core)[-7:]
    assert {row.outcome for row in (*failed, fifth)} == {"wrong-credentials"}
    assert (lock.action, lock.record) == ("account-locked", failed[0].actor)
    assert locked.outcome == "account-locked"
    assert refusal(desk.send("GET", "/v1/audit")) == (403, "role-missing")
    row = rows_of(service.core)[-1]
    assert (row.action, row.outcome, row.actor) == ("audit-page", "role-missing", desk.session["user"]["id"])


def test_strangers_do_not_fill_the_audit(service: Service) -> None:
    before = len(rows_of(service.core))
    with Client(service) as client:
        for _ in range(70):
            assert refusal(client.send("GET", "/v1/desk/snapshot"))[0] == 401
    assert len(rows_of(service.core)) - before == 60


def test_the_auditor_reads_page_by_page_and_is_read_too(
    service: Service, desk: Desk, phone: Callable[..., Phone], sign_in: Callable[[str, str], Desk]
) -> None:
    call_id, _ = phone().place()
    incident_id = incident_of(desk, call_id)
    auditor = sign_in("900040", "09")
    assert refusal(auditor.send("GET", "/v1/desk/snapshot")) == (403, "role-missing")
    seen: list[AuditRow] = []
    newest = -1
    while not seen or seen[-1].number < newest:
        after = seen[-1].number if seen else 0
        answer = good(auditor.send("GET", f"/v1/audit?after={after}&limit=3"))
        page: AuditPage = decode(AuditPage, answer.content)
        seen, newest = [*seen, *page.rows], page.newest
    assert [row.number for row in seen] == list(range(1, len(seen) + 1))
    of_case = auditor.get(f"/v1/audit?incident_id={incident_id}")["rows"]
    assert {row["incident_id"] for row in of_case} == {incident_id}
    assert "party-place-call" in {row["action"] for row in of_case}
    for wrong in ("limit=0", f"limit={MOST_ROWS + 1}", "after=-1", "incident_id=x"):
        assert refusal(auditor.send("GET", f"/v1/audit?{wrong}"))[0] == 422


@pytest.mark.allows_log("the audit cannot be written")
def test_nothing_is_told_when_the_row_cannot_be_written(service: Service, desk: Desk) -> None:
    with service.core.database.write() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO away"))
    answer = desk.send("GET", "/v1/desk/snapshot")
    assert refusal(answer) == (503, "database-unavailable")
    assert b"incidents" not in answer.content
    stream = desk.http.get(desk.url + "/v1/events", stream=True, timeout=WAIT_S)
    assert refusal(stream) == (503, "database-unavailable")
    with service.core.database.write() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO audit"))
    good(desk.send("GET", "/v1/desk/snapshot"))


def command(data: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Carry out an administrator's command on a data folder."""
    monkeypatch.setenv("KUAICHU_DATABASE_URL", database_url(data))
    return cli.main([words[0], "--data", str(data), *words[1:]])


def test_the_command_tells_a_whole_chain_from_a_broken_one(
    data: Path,
    core: Core,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with core.database.write() as connection:
        refill(connection, 5)
    assert command(data, monkeypatch, "audit", "verify") == 0
    said = capsys.readouterr().out
    assert said.startswith("5 rows, whole; ")
    assert command(data, monkeypatch, "audit", "export", "--out", str(tmp_path / "rows")) == 0
    exported = [decode(AuditRow, line) for line in (tmp_path / "rows").read_text("utf-8").splitlines()]
    assert [row.action for row in exported] == ["incidents-incident"] * 5 + ["audit-verify"]
    assert exported[-1].actor == "administrator"
    assert command(data, monkeypatch, "audit", "verify", "--known", said.split()[-1]) == 0
    assert command(data, monkeypatch, "audit", "forget", "--days", "30") == 1
    assert "too-young" in capsys.readouterr().err
    with core.database.write() as connection:
        connection.execute(update(rows).where(rows.c.number == 3).values(outcome="refused"))
    assert command(data, monkeypatch, "audit", "verify") == 1
    assert "row=3 fault=was-changed whole=2" in capsys.readouterr().err


def test_administration_at_the_machine_is_a_row(
    data: Path, core: Core, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(data, monkeypatch, "account", "disable", "900001") == 0
    assert command(data, monkeypatch, "account", "disable", "nobody") == 1
    done, refused = rows_of(core)[-2:]
    assert (done.actor, done.action, done.outcome) == ("administrator", "account-disable", "ok")
    assert done.record.startswith("account=")
    assert (refused.record, refused.outcome) == ("", "unknown-account")
    require_whole(core)
    assert "900001  disabled" in capsys.readouterr().out
