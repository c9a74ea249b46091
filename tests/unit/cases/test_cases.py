"""The `cases` verb: what it prints, how it scores, what it refuses; and cases that may be turned around."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.cases import cli, runs
from console.cases.rows import DeadlineRow, LiabilityRow, TriageRow, in_shanghai
from console.contract.codec import decode
from console.service.rules import load_rules
from console.service.settings import RESOURCES

RULES = load_rules(RESOURCES / "rules")
REAR_END: dict[str, Any] = {
    "id": "T-1",
    "road": {"junction_type": "21", "control": "section", "road_type": "22", "light": "3"},
    "parties": [
        {
            "label": "A",
            "kind": "motor",
            "driving_state": "直行",
            "observed": ["A车开启近光灯"],
            "fault_codes": ["1094"],
            "citations": [{"law": "道路交通安全法", "article": 43, "paragraph": None, "item": None}],
            "liability": "主要",
        },
        {
            "label": "B",
            "kind": "motor",
            "driving_state": "直行",
            "observed": ["B车后位灯不亮"],
            "fault_codes": ["1102"],
            "citations": [{"law": "实施条例", "article": 58, "paragraph": None, "item": None}],
            "liability": "次要",
        },
    ],
    "outcome": "ruling",
    "basis": [{"law": "处理程序规定", "article": 60, "paragraph": 1, "item": 2}],
    "confidence": "verified",
}
LATE_EVENING: dict[str, Any] = {
    "id": "T-2",
    "rule_profile": "zibo_2023",
    "intake": {"kinds": "mv_mv", "dispute": True, "call_at": "2025-03-06T14:10:00Z"},
    "expected": {
        "branch": "evidence_move_dispatch",
        "move_vehicle": "after_photo",
        "dispatch": True,
        "video_fast": False,
    },
}
MESSAGE: dict[str, Any] = {
    "id": "T-3",
    "clock": "review_application",
    "served_at": None,
    "channel": "sms",
    "sent_at": "2025-03-10T23:50:00+08:00",
    "sent_success_at": "2025-03-11T00:05:00+08:00",
    "filed_at": "2025-03-14T23:59:00+08:00",
    "expected": {"status": "ok", "service_date": "2025-03-11", "last_day": "2025-03-14", "filing": "in_time"},
}
FURTHER = Path(__file__).parent / "further"
ANSWERS = {"citations", "liability", "outcome", "pairs", "refuse_code", "basis", "expected", "confidence"}


def stripped(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``case`` without its answers."""
    kept = {key: value for key, value in case.items() if key not in ANSWERS}
    if "parties" in kept:
        kept["parties"] = [{k: v for k, v in party.items() if k not in ANSWERS} for party in kept["parties"]]
    return kept


def written(folder: Path, *cases: Any) -> Path:
    """Return a file holding these cases."""
    file = folder / "cases.json"
    file.write_text(json.dumps(list(cases)), encoding="utf-8")
    return file


@pytest.mark.parametrize("case", [REAR_END, LATE_EVENING, MESSAGE], ids=lambda case: case["id"])
def test_a_case_is_run_from_its_facts_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: dict[str, Any]
) -> None:
    assert cli.main([str(written(tmp_path, case))]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "1 passed, 0 failed"
    assert cli.main([str(written(tmp_path, stripped(case)))]) == 0
    assert capsys.readouterr().out.splitlines() == told[:1]


def test_a_difference_is_told_and_fails(tmp_path: Path) -> None:
    wrong = {**REAR_END, "outcome": "certificate"}
    file = written(tmp_path, wrong, REAR_END)
    done = subprocess.run(
        [sys.executable, "-m", "console", "cases", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "T-1: outcome: certificate wanted, ruling found" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 passed, 1 failed"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("{}", "no list of cases"),
        ("[]", "no list of cases"),
        ("[" * 100_000 + "]" * 100_000, "nested too deep"),
    ],
)
def test_a_bad_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    assert cli.main([str(file)]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"id": "x", "intake": {"injury": "dead"}}, "intake.injury"),
        ({**LATE_EVENING, "id": "x", "intake": {"call_at": "noon"}}, "intake.call_at"),
        ({**LATE_EVENING, "id": "x", "intake": None}, "intake: Field required"),
        ({"id": "x"}, "neither a liability nor a triage nor a deadline case"),
        ({"clock": "review_application"}, "case 1 has no id"),
        ({**LATE_EVENING, "id": 7}, "case 1 has no id"),
        (None, "case 1 is no object"),
        ({**MESSAGE, "clock": None}, "clock: Field required"),
        ({**MESSAGE, "clock": "lunch"}, "clock: Input should be 'review_application'"),
        ({"id": "x", "road": {}}, "parties: Field required"),
        ({**REAR_END, "parties": []}, "nobody-involved"),
        ({**REAR_END, "parties": [REAR_END["parties"][0]] * 2}, "party-twice"),
        ({**REAR_END, "parties": [{**REAR_END["parties"][0], "fault_codes": ["0000"]}]}, "unknown-fault"),
        (
            {
                **REAR_END,
                "parties": [{**REAR_END["parties"][0], "fault_codes": ["0"], "proposed_liability": "全部"}],
            },
            "unknown-fault",
        ),
        (
            {**REAR_END, "parties": [{**REAR_END["parties"][0], "proposed_liability": "很多"}]},
            "unknown-share",
        ),
        ({**REAR_END, "impacts": [{"seq": 1, "striking": "A", "struck": ["Z"]}]}, "unknown-party"),
        ({**REAR_END, "impacts": [{"seq": 1, "striking": "A", "struck": []}]}, "struck-nobody"),
        ({**REAR_END, "impacts": [{"seq": 1, "striking": "A", "struck": ["A"]}]}, "struck-itself"),
        ({**REAR_END, "accident_at": "2018-04-30T23:59:00+08:00"}, "law-missing"),
    ],
)
def test_a_case_that_cannot_be_read_or_decided_fails_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: Any, words: str
) -> None:
    assert cli.main([str(written(tmp_path, bad, LATE_EVENING))]) == 1
    told = capsys.readouterr().out
    assert words in json.loads(told.splitlines()[0])["error"]
    assert json.loads(told.splitlines()[1])["branch"] == "evidence_move_dispatch"
    assert told.splitlines()[-1].startswith("1 passed")


@pytest.mark.parametrize(
    "broken",
    [
        {**LATE_EVENING, "id": "x", "expected": 7},
        {**LATE_EVENING, "id": "x", "expected": {"branch": "evidence_move_dispatch", "flags": True}},
        {**REAR_END, "id": "x", "basis": True, "alternatives": 3, "confidence": "inference"},
        {**MESSAGE, "id": "x", "expected": 1.5},
    ],
)
def test_an_answer_that_cannot_be_read_fails_that_case_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: dict[str, Any]
) -> None:
    assert cli.main([str(written(tmp_path, broken, LATE_EVENING))]) == 1
    told = capsys.readouterr().out.splitlines()
    assert "x: the answer in the file cannot be read" in told
    assert told[-1] == "1 passed, 1 failed"


def nested(depth: int) -> dict[str, Any]:
    """Return objects within each other."""
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"intake": value}
    return value


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ({**MESSAGE, "id": "x", "sent_success_at": "9999-12-31T23:00:00-12:00"}, "x: unreadable"),
        ({**LATE_EVENING, "id": "\ud800"}, "case 1 has no id"),
        ({**LATE_EVENING, "id": "x", "intake": nested(600)}, "x: unreadable"),
    ],
)
def test_what_no_machine_can_hold_fails_that_case_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], odd: dict[str, Any], words: str
) -> None:
    assert cli.main([str(written(tmp_path, odd, LATE_EVENING))]) == 1
    told = capsys.readouterr().out
    told.encode()
    assert words in told
    assert told.splitlines()[-1] == "1 passed, 1 failed"


def test_where_all_calendars_end_one_is_missing() -> None:
    late = {**MESSAGE, "sent_success_at": "9999-12-31T12:00:00+08:00"}
    for clock in ("review_application", "review_decision"):
        found = runs.deadlines(decode(DeadlineRow, json.dumps({**late, "clock": clock})), RULES)
        assert found["status"] == "calendar_missing"


def test_cases_of_every_kind_may_stand_in_one_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([str(written(tmp_path, REAR_END, LATE_EVENING, MESSAGE))]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 0 failed"


@pytest.mark.parametrize(
    ("share", "refused"),
    [
        ("70%", "PERCENTAGE"),
        (70, "PERCENTAGE"),
        (0.7, "PERCENTAGE"),
        ("七三开", "PERCENTAGE"),
        ("全部", None),
    ],
)
def test_a_portion_is_no_share_however_it_is_written(share: Any, refused: str | None) -> None:
    case = stripped(REAR_END)
    case["parties"][0] |= {"proposed_liability": share}
    case["parties"][1] |= {"proposed_liability": "无责任", "fault_codes": []}
    assert runs.liability(decode(LiabilityRow, json.dumps(case)), RULES)["refuse_code"] == refused


def test_a_key_that_says_nothing_is_left_out_but_an_answer_is_not() -> None:
    empty = {**stripped(REAR_END), "scene": None, "facts": None, "impacts": None}
    assert cli.without_nulls(empty) == stripped(REAR_END)
    hurt = {"intake": {"consent_simple": {"A": True, "B": None}}}
    assert cli.without_nulls(hurt) == hurt


@pytest.mark.parametrize(
    "file", sorted((Path(__file__).parent / "further").glob("*.json")), ids=lambda f: f.stem
)
def test_further_cases(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cases of our own, decided by reading the law before the engine was asked."""
    assert cli.main([str(file)]) == 0, capsys.readouterr().out
    told = capsys.readouterr().out.splitlines()
    cases = cli.read(file)
    assert cli.main([str(written(tmp_path, *(stripped(case) for case in cases)))]) == 0
    assert capsys.readouterr().out.splitlines() == told[: len(cases)]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_rule_nobody_wrote_down_fails_that_case_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = {**LATE_EVENING, "id": "T-9", "rule_profile": "atlantis"}
    assert cli.main([str(written(tmp_path, lost, LATE_EVENING))]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 1 failed"


@given(st.permutations("AB"), st.permutations(["甲", "Z"]), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_order_and_names_of_parties_carry_nothing(
    order: list[str], names: list[str], chance: random.Random
) -> None:
    """Parties swapped, renamed (their sentences with them), keys in another order: the same ruling."""
    new = dict(zip("AB", names, strict=True))
    text = json.dumps(stripped(REAR_END)["parties"], ensure_ascii=False)
    for old, name in new.items():
        text = text.replace(f'"label": "{old}"', f'"label": "{name}"').replace(f"{old}车", f"{name}车")
    people = json.loads(text)
    people.sort(key=lambda party: order.index("AB"[names.index(party["label"])]))
    keys = [*stripped(REAR_END)]
    chance.shuffle(keys)
    turned = {**{key: stripped(REAR_END)[key] for key in keys}, "parties": people}
    found = runs.liability(decode(LiabilityRow, json.dumps(turned)), RULES)
    plain = runs.liability(decode(LiabilityRow, json.dumps(stripped(REAR_END))), RULES)
    assert found["liability"] == {new[label]: share for label, share in plain["liability"].items()}
    assert found["citations"] == {new[label]: cited for label, cited in plain["citations"].items()}
    assert found["basis"] == plain["basis"]


@given(st.sampled_from(["none", "sign", "signal"]), st.sampled_from(["1313", "1314"]))
def test_control_changes_the_article(control: str, code: str) -> None:
    case = stripped(REAR_END)
    case["road"] = {"junction_type": "12", "control": control, "road_type": "22"}
    case["parties"][0] |= {"driving_state": "左转弯", "fault_codes": [code]}
    found = runs.liability(decode(LiabilityRow, json.dumps(case)), RULES)
    articles = {cited["article"] for cited in found["citations"]["A"] if cited["law"] == "实施条例"}
    assert (52 in articles) == (control != "signal")
    assert (51 in articles) == (control == "signal")


@pytest.mark.parametrize(
    ("changed", "status", "last_day"),
    [
        ({"e_service_consent": False}, "not_served", None),
        ({"sent_success_at": None}, "not_served", None),
        ({"proved_arrival_at": "2025-03-12T08:00:00+08:00"}, "ok", "2025-03-17"),
        ({"clock": "mediation_request"}, "ok", "2025-03-25"),
        ({"clock": "review_decision"}, "ok", "2025-04-10"),
        ({"clock": "forward_file"}, "ok", "2025-03-13"),
    ],
)
def test_what_counts_as_service(changed: dict[str, Any], status: str, last_day: str | None) -> None:
    found = runs.deadlines(decode(DeadlineRow, json.dumps({**MESSAGE, **changed})), RULES)
    assert (found["status"], found["last_day"]) == (status, last_day)


def test_a_moment_without_a_zone_is_one_in_shanghai() -> None:
    bare = in_shanghai(decode(DeadlineRow, json.dumps({**MESSAGE, "sent_success_at": "2025-03-11T00:05:00"})))
    assert runs.deadlines(bare, RULES) == runs.deadlines(decode(DeadlineRow, json.dumps(MESSAGE)), RULES)


@given(st.integers(-12, 14))
def test_the_zone_of_a_call_carries_nothing(hours: int) -> None:
    moment = datetime.fromisoformat(LATE_EVENING["intake"]["call_at"])
    moved = moment.astimezone(timezone(timedelta(hours=hours))).isoformat()
    case = {**LATE_EVENING, "intake": {**LATE_EVENING["intake"], "call_at": moved}}
    plain = runs.triage(decode(TriageRow, json.dumps(LATE_EVENING)), RULES)
    assert runs.triage(decode(TriageRow, json.dumps(case)), RULES) == plain


KNOWN = [case for file in sorted(FURTHER.glob("*.json")) for case in json.loads(file.read_text("utf-8"))]
JUNK: list[Any] = [None, True, -1, 1.5, "", "Z", "X-INTENT", "70%", [], {}, ["A"], {"A": True}, [[]]]
JUNK += ["9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00", "property", "slight", "roundabout"]


def places(value: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every part of a case."""
    inside = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    return [so_far, *(way for key, part in inside for way in places(part, (*so_far, key)))]


@given(st.sampled_from(KNOWN), st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_case_a_line_is_printed(case: dict[str, Any], data: st.DataObject) -> None:
    broken = json.loads(json.dumps(case))
    *way, last = data.draw(st.sampled_from([way for way in places(broken) if way]))
    part = broken
    for key in way:
        part = part[key]
    part[last] = data.draw(st.sampled_from(JUNK))
    with tempfile.TemporaryDirectory() as folder:
        assert cli.main([str(written(Path(folder), broken, LATE_EVENING))]) in {0, 1}
