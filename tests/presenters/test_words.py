"""Every code has words, and the words name what is meant."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from console.contract.media import MediaError, MediaFault
from console.domain.call import CallSource, CallState
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Custody, Slot
from console.domain.party import ConsentItem
from console.domain.ruling import Liability, Outcome
from console.domain.triage import Branch, TriageFact
from console.presenters import words
from console.presenters.ruling_draft import PROBLEM as RULING_PROBLEM
from console.presenters.words import problem
from console.usecases.ports import ServiceUnavailable

ROOT = Path(__file__).parents[2] / "console"
DESK_ROUTES = ("calls", "decisions", "rulings", "incidents", "maps", "sessions", "links", "signatures")
"""Modules of the service whose refusals can reach a desk."""

SDP = {"sdp-too-large", "sdp-malformed", "sdp-unusable"}
"""Faults of an offer: the connection's own business, answered by asking for another."""

OWN = {"custody-state", "idempotency-key-missing", "idempotency-mismatch", "call-state"}
"""Codes that only a desk gone wrong could see; it says the code."""

PAGE = {"not-served", "review-late", "review-once"}
"""Codes that a party's page alone sees."""

CASES = {"law-missing", "nobody-involved", "party-twice", "struck-itself", "struck-nobody"}
"""Codes that a file of worked cases alone brings about; at the desk such facts cannot be written down."""


def raised(folder: Path) -> set[str]:
    """The codes of all refusals that the modules of a folder raise by a literal name."""
    codes = set()
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id == "DomainError" and isinstance(first, ast.Constant):
                    codes.add(str(first.value))
    return codes


def test_every_state_has_words() -> None:
    tables = (
        (words.SLOT, Slot),
        (words.SCRIPT, Slot),
        (words.FORM, AccidentForm),
        (words.FACT, TriageFact),
        (words.CONSENT, ConsentItem),
        (words.CUSTODY, Custody),
        (words.SOURCE, CallSource),
        (words.CALL_STATE, CallState),
        (words.LIABILITY, Liability),
        (words.OUTCOME, Outcome),
        (words.BRANCH, Branch),
    )
    for table, kind in tables:
        assert set(table) == set(kind)
        assert all(table.values())


def test_every_refusal_of_the_desks_own_rooms_has_words() -> None:
    codes = raised(ROOT / "usecases") | raised(ROOT / "adapters") | raised(ROOT / "domain")
    codes |= {fault.value for fault in MediaFault} - SDP
    assert codes - OWN - PAGE - CASES - set(words.PROBLEM) == set()


def test_every_refusal_that_the_service_documents_for_a_desk_has_words() -> None:
    files = [ROOT / "service" / "routes" / f"{name}.py" for name in DESK_ROUTES]
    text = "".join(file.read_text(encoding="utf-8") for file in files if file.exists())
    codes = {code for code in raised(ROOT / "service" / "routes") if f'"{code}"' in text}
    assert len(codes) > 8
    assert codes - OWN - set(words.PROBLEM) == set()


def test_every_hindrance_of_a_ruling_has_words() -> None:
    names = ("domain/ruling.py", "domain/fault_table.py", "service/ruling_review.py")
    files = [ROOT / name for name in names]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    texts = [str(node.value) for node in nodes if isinstance(node, ast.Constant)]
    codes = {text for text in texts if text.isupper() and "_" in text}
    assert "FACTS_MISSING" in codes
    assert codes - set(RULING_PROBLEM) == set()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DomainError("call-taken", seat="11", user_name="样本明"), "11 席已接"),
        (DomainError("call-taken"), "{seat} 席已接"),
        (DomainError("facts-open", facts="injury party-left"), "人员伤亡、一方已离开"),
        (DomainError("evidence-incomplete", slots="plate-a new-slot"), "号牌 甲、new-slot"),
        (DomainError("nobody-knows"), "没有办成(nobody-knows)"),
        (MediaError(MediaFault.NO_PICTURE), "不能抓拍"),
        (ServiceUnavailable("timeout"), "已存本机"),
        (ServiceUnavailable("another"), "已存本机"),
        (RuntimeError("broken"), "已记入日志"),
    ],
)
def test_a_failure_is_said_in_words(error: Exception, said: str) -> None:
    assert said in problem(error)
    assert "broken" not in problem(error)
