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
from console.cases.rows import DeadlineRow, LiabilityRow, TriageRow, in_shanghai
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
    _Kind("triage", frozenset({"intake", "rule_profile"}), TriageRow, runs.triage),
    _Kind("deadlines", frozenset({"clock", "served_at", "sent_at", "filed_at"}), DeadlineRow, runs.deadlines),
    _Kind("liability", frozenset({"parties", "road", "impacts", "proposal"}), LiabilityRow, runs.liability),
)
"""The kinds of case and the keys any one of which marks a case of the kind; the first that fits holds."""


class BadFile(Exception):
    """The file is no file of worked cases at all; the message says why."""


def main(argv: list[str]) -> int:
    """Print one line a case; return 0 when none failed, 1 when one did, 2 for a file that cannot be read.

    A case that cannot be read or decided fails on its own line, and the others are run all the same.
    """
    parser = argparse.ArgumentParser(prog="python -m console cases", description=__doc__)
    parser.add_argument("file", type=Path, help="liability, triage or deadline cases as JSON")
    file = parser.parse_args(argv).file
    try:
        cases = read(file)
    except BadFile as error:
        sys.stderr.write(f"{file}: {error}\n")
        return 2
    rules = load_rules(RESOURCES / "rules")
    found = [(case, _run(number, case, rules)) for number, case in enumerate(cases, 1)]
    for _, line in found:
        print(json.dumps(line, ensure_ascii=False))
    told = [_told(case, line) for case, line in found]
    for words in filter(None, told):
        print(words)
    failed = sum("error" in line or bool(words) for (_, line), words in zip(found, told, strict=True))
    answered = [words for words in told if words is not None]
    if answered:
        print(f"{answered.count('')} passed, {failed} failed")
    return 1 if failed else 0


def _told(case: Any, line: runs.Line) -> str | None:
    """Return how ``line`` differs from what was decided, empty when it does not, ``None`` with no answer."""
    kind = kind_of(case)
    if kind is None or not has_answer(kind.name, case):
        return None
    if "error" in line:
        return f"{line['id']}: {line['error']}"
    try:
        wrong = differences(kind.name, case, line)
    except (AttributeError, KeyError, TypeError):  # an answer is not read into rows: it may be anything
        wrong = ["the answer in the file cannot be read"]
    return f"{line['id']}: {'; '.join(wrong)}" if wrong else ""


def read(file: Path) -> Sequence[Any]:
    """Return the cases of ``file`` as they stand there; raise ``BadFile`` when there are none."""
    try:
        held = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise BadFile(f"is not JSON: {error}") from None
    except RecursionError:
        raise BadFile("is nested too deep") from None
    cases = held.get("cases") if isinstance(held, Mapping) else held
    if not isinstance(cases, list) or not cases:
        raise BadFile("holds no list of cases")
    return cases


def kind_of(case: Any) -> _Kind | None:
    """Return which kind of case this is, by its keys; ``None`` where they tell nothing."""
    if not isinstance(case, Mapping):
        return None
    return next((kind for kind in KINDS if not kind.marks.isdisjoint(case)), None)


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


def _run(number: int, case: Any, rules: Rules) -> runs.Line:
    """Return the line of the case that stands ``number``-th in its file."""
    if not isinstance(case, Mapping):
        return {"id": None, "case": number, "error": f"case {number} is no object"}
    name = case.get("id")
    if not isinstance(name, str) or not name or not _is_unicode(name):
        return {"id": None, "case": number, "error": f"case {number} has no id"}
    kind = kind_of(case)
    if kind is None:
        return {"id": name, "error": "unreadable: neither a liability nor a triage nor a deadline case"}
    try:
        row = in_shanghai(decode(kind.row, json.dumps(without_nulls(case))))
        return kind.run(row, rules)
    except DecodeError as error:
        return {"id": name, "error": f"unreadable: {error}"}
    except DomainError as error:
        return {"id": name, "error": error.code, **error.params}
    except (OverflowError, RecursionError) as error:  # a moment that no zone can tell, nesting without end
        return {"id": name, "error": f"unreadable: {error}"}


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # JSON may escape half of a surrogate pair
        return False
    return True
