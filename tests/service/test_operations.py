"""What a service tells of itself: health, readiness, figures, settings; and what its log never tells."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from console.service.cli import main
from console.service.evidence_store import EvidenceStore
from console.service.logs import JsonLines
from console.service.server import Service
from console.service.settings import DATABASE_URL, Settings, told
from tests.service.cases import ID_NUMBER, PLATE, connected, whole_case
from tests.service.harness import Client, Desk, Phone, good, password, refusal
from tests.waiting import wait_until

THIS_YEAR = datetime(2026, 11, 26, 4, 0).astimezone()


@pytest.fixture
def asker(service: Service, stack: ExitStack) -> Client:
    """Somebody of this machine who is not signed in."""
    return stack.enter_context(Client(service))


def readiness(asker: Client) -> tuple[int, dict[str, str]]:
    """Return the status and the conditions that do not hold."""
    answer = asker.send("GET", "/ready")
    checks: dict[str, str] = answer.json()["checks"]
    assert answer.json()["ready"] is (answer.status_code == 200)
    return answer.status_code, {name: word for name, word in checks.items() if word != "ok"}


def figures(asker: Client) -> dict[tuple[str, ...], float]:
    """Return every sample by name and label values."""
    text = good(asker.send("GET", "/metrics")).text
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
    return {(s.name, *(value for _, value in sorted(s.labels.items()))): s.value for s in samples}


def test_a_process_that_lives_says_so_and_has_its_conditions_met(service: Service, asker: Client) -> None:
    service.core.clock = lambda: THIS_YEAR
    assert asker.get("/health") == {"alive": True}
    assert readiness(asker) == (200, {})


def test_a_full_or_broken_disk_and_an_unknown_year_are_told(
    service: Service, asker: Client, tmp_path: Path
) -> None:
    core = service.core
    core.clock = lambda: THIS_YEAR
    core.settings = replace(core.settings, evidence_floor_bytes=1 << 60)
    assert readiness(asker) == (503, {"evidence": "full"})
    (tmp_path / "file").touch()
    core.evidence = EvidenceStore(tmp_path / "file" / "evidence")
    core.clock = lambda: THIS_YEAR + timedelta(days=365 * 50)
    assert readiness(asker) == (503, {"evidence": "unavailable", "calendar": "missing"})


@pytest.mark.allows_log("the database does not serve")
def test_an_old_schema_and_a_lost_database_are_told(
    service: Service, asker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.core.clock = lambda: THIS_YEAR
    monkeypatch.setattr(service.core.database, "newest_version", lambda: "9999")
    assert readiness(asker) == (503, {"schema": "outdated"})
    monkeypatch.undo()
    away = service.core.database.engine.url.set(database="/nowhere/at/all")
    with pytest.MonkeyPatch.context() as lost:
        lost.setattr(service.core, "database", type(service.core.database)(str(away)))
        status, failed = readiness(asker)
        assert (status, failed["database"]) == (503, "unavailable")
        assert figures(asker)["kuaichu_database_up",] == 0.0
        service.core.database.close()


def test_figures_tell_of_calls_streams_refusals_and_the_journal(
    service: Service, asker: Client, desk: Desk, phone: Callable[..., Phone]
) -> None:
    before = figures(asker)
    assert before["kuaichu_calls", "waiting"] == before["kuaichu_streams_open",] == 0
    waiting, answered = phone(), phone()
    stream = desk.stream("/v1/events", desk.snapshot().sequence)
    call_id, _ = waiting.place()
    connected(desk, answered)
    assert refusal(desk.answer(call_id)) == (409, "seat-busy")
    assert desk.send("PURGE", "/v1/time").status_code == 405
    wait_until(lambda: figures(asker)["kuaichu_journal_lag",] == 0, 10, "the journal is handed on")
    now = figures(asker)
    assert (now["kuaichu_calls", "waiting"], now["kuaichu_calls", "connected"]) == (1, 1)
    assert now["kuaichu_streams_open",] == 1
    assert now["kuaichu_answer_seconds_count",] == 1
    assert 0 < now["kuaichu_answer_seconds_sum",] < 60
    assert now["kuaichu_refused_total", "seat-busy"] == 1
    assert now["kuaichu_request_seconds_count", "POST", "/v1/calls/{call_id}/answer", "409"] == 1
    assert now["kuaichu_journal_newest",] == desk.snapshot().sequence
    assert now["kuaichu_worker_threads", "busy"] + now["kuaichu_worker_threads", "free"] > 1
    assert not any("PURGE" in sample or "/v1/events" in sample for sample in now)
    stream.close()
    wait_until(lambda: figures(asker)["kuaichu_streams_open",] == 0, 10, "the stream is over")


def test_figures_are_for_this_machine_or_for_whoever_has_the_token(
    data: Path, service: Service, asker: Client, stack: ExitStack, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("geheim\n")
    service.core.settings = replace(service.core.settings, metrics_token=token)
    assert refusal(asker.send("GET", "/metrics")) == (404, "not-found")
    wrong, right = {"Authorization": "Bearer other"}, {"Authorization": "Bearer geheim"}
    assert refusal(asker.send("GET", "/metrics", headers=wrong)) == (404, "not-found")
    good(asker.send("GET", "/metrics", headers=right))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as it is written by a service process."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_the_log_of_a_whole_case_names_its_requests_and_nobody(
    service: Service, log: io.StringIO, desk: Desk, phone: Callable[..., Phone]
) -> None:
    service.core.clock = lambda: THIS_YEAR
    caller = phone()
    case = whole_case(desk, caller)
    stated = case.incident().parties
    refused = desk.send("PUT", f"{case.path}/parties/{stated[0].id}", {"details": {"name": "示例安" * 100}})
    assert refused.status_code in {409, 422}
    desk.send("GET", f"/v1/incidents/{PLATE}")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    access = [line for line in lines if line["logger"] == "console.service.access"]
    named = {line["request"] for line in access}
    assert refused.headers["Request-Id"] in named  # the line of a request is written by the end of the next
    assert len(named) == len(access) > 30
    secrets = {desk.session["token"], caller.token, password(service, desk.number), ID_NUMBER, PLATE}
    for party in stated:
        details = party.details
        secrets |= {details.name, details.phone, details.plate, details.plate.replace("·", "")}
    secrets |= {item.text for item in case.incident().messages} | {desk.session["user"]["name"]}
    told_of = [word for word in secrets - {""} if word in log.getvalue()]
    assert not told_of


def test_every_setting_has_words_and_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    structural = {"data", "base_url", "training", "lan", "resources", "database_url", "second_factor"}
    listed = {item.name for item in told()}
    assert listed == set(Settings.__dataclass_fields__) - structural
    assert all(len(item.words) > 10 for item in told())
    assert main(["settings"]) == 0
    printed = capsys.readouterr().out
    assert all(f"{item.option} " in printed and item.words in printed for item in told())
    assert DATABASE_URL in printed
    with pytest.raises(SystemExit):
        main(["--help"])
    helped = capsys.readouterr().out
    assert all(item.option in helped for item in told())
