"""``python -m console cases FILE``: runs a file of worked cases through the engine and scores it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.cases import runs
from console.cases.rows import DeadlineRow, LiabilityRow, Raw, TriageRow
from console.cases.scoring import differences, has_answer
from console.contract.codec import DecodeError, decode
from console.domain.errors import DomainError
from console.service.rules import Rules, load_rules
from console.service.settings import RESOURCES


@dataclass(frozen=True)
class _Kind:
    name: str
    marks: frozenset[str]
    row: type
    run: Callable[[Any, Rules], runs.Line]


KINDS = (
    _Kind("triage", frozenset({"intake"}), TriageRow, runs.triage),
    _Kind("deadlines", frozenset({"clock"}), DeadlineRow, runs.deadlines),
    _Kind("liability", frozenset({"parties", "road"}), LiabilityRow, runs.liability),
)
"""The kinds of file and the keys that every case of a kind has."""


class BadFile(Exception):
    """The file is no file of worked cases; the message says where."""


def main(argv: list[str]) -> int:
    """Print one line a case; return 0 when none failed, 1 when one did, 2 for a file that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m console cases", description=__doc__)
    parser.add_argument("file", type=Path, help="liability, triage or deadline cases as JSON")
    words = parser.parse_args(argv)
    try:
        cases = read(words.file)
        kind = kind_of(cases)
        rules = load_rules(RESOURCES / "rules")
        found = [(case, _run(kind, case, rules)) for case in cases]
    except BadFile as error:
        sys.stderr.write(f"{words.file}: {error}\n")
        return 2
    failed = scored = 0
    for _, line in found:
        print(json.dumps(line, ensure_ascii=False))
    for case, line in found:
        if has_answer(kind.name, case):
            scored += 1
            wrong = [line["error"]] if "error" in line else differences(kind.name, case, line)
            failed += bool(wrong)
            if wrong:
                print(f"{case['id']}: {'; '.join(wrong)}")
        else:
            failed += "error" in line
    if scored:
        print(f"{scored - failed} passed, {failed} failed")
    return 1 if failed else 0


def read(file: Path) -> Sequence[Raw]:
    """Return the cases of ``file``; raise ``BadFile`` when there are none to be read."""
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise BadFile(f"is not JSON: {error}") from None
    cases = held.get("cases") if isinstance(held, Mapping) else held
    if not isinstance(cases, list) or not cases:
        raise BadFile("holds no list of cases")
    for number, case in enumerate(cases, 1):
        if not isinstance(case, Mapping) or not isinstance(case.get("id"), str):
            raise BadFile(f"case {number} has no id")
    return cases


def kind_of(cases: Sequence[Raw]) -> _Kind:
    """Return which kind of cases these are, by their keys; raise ``BadFile`` for a mixed or strange file."""
    for kind in KINDS:
        if all(kind.marks <= set(case) for case in cases):
            return kind
    raise BadFile("holds neither liability nor triage nor deadline cases, or a mixture")


ANSWERS_OF_PARTIES = frozenset({"consent", "consent_simple"})
"""Where nothing given is itself an answer: that party was not asked."""


def without_nulls(value: Any) -> Any:
    """Return a part of a file without the keys that say nothing, so that they count as left out."""
    if isinstance(value, Mapping):
        return {
            key: held if key in ANSWERS_OF_PARTIES else without_nulls(held)
            for key, held in value.items()
            if held is not None
        }
    return [without_nulls(held) for held in value] if isinstance(value, list) else value


def _run(kind: _Kind, case: Raw, rules: Rules) -> runs.Line:
    try:
        row = decode(kind.row, json.dumps(without_nulls(case)))
    except DecodeError as error:
        return {"id": case["id"], "error": f"unreadable: {error}"}
    try:
        return kind.run(row, rules)
    except DomainError as error:
        return {"id": case["id"], "error": error.code, **error.params}
