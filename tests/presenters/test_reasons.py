"""The reasons panel: the same facts in the same words, what proves them, and when a sentence is asked for."""

from __future__ import annotations

from dataclasses import replace

from console.contract.desk_api import RulingReview
from console.domain.evidence import Slot
from console.domain.incident import Incident
from console.domain.ruling import Liability, PartyRuling, Ruling
from console.domain.ruling_suggestion import Ground, Result, Why
from console.presenters import reasons
from console.service.rules import load_rules
from console.service.ruling_review import cited, suggestion
from console.service.settings import RESOURCES
from tests.unit.domain.builders import PARTY_A, PARTY_B, evidence, incident, party, ruling
from widgets.reasons_panel import ReasonsState

RULES = load_rules(RESOURCES / "rules")
CASE = replace(
    incident(),
    parties=(party(PARTY_A, "甲"), party(PARTY_B, "乙")),
    evidence=tuple(evidence(slot) for slot in Slot if slot is not Slot.GROUND_MARKS),
)


def shown(case: Incident, draft: Ruling) -> ReasonsState:
    """Return the panel for a form as the service would answer it."""
    found = suggestion(case, draft, RULES)
    assert found is not None
    review = RulingReview(version=1, problems=(), suggestion=found, provisions=cited(found, case, RULES))
    return reasons.reasons_state(case, draft, review, RULES.tables)


def test_a_rear_end_collision_with_its_proofs() -> None:
    state = shown(CASE, ruling())
    assert state.verdict == "乙 全部责任 · 甲 无责任"
    assert not state.differs
    fault = next(line for line in state.reasons if "第四十三条" in line.words)
    assert ("rear-panorama", "后方全景") in fault.pictures
    assert fault.note == "还缺:制动痕"
    assert (fault.severity, state.proved and state.proved.severity) == ("warn", "warn")
    assert [one.name for one in state.provisions if "四十三" in one.name] == ["道路交通安全法第四十三条"]
    assert state.others[0] == ("乙 主要责任 · 甲 次要责任", reasons.GROUND[Ground.OTHER_FAILED_IN_CARE])
    assert RULES.law.version in state.version


def test_with_every_picture_nothing_is_lacking() -> None:
    state = shown(replace(CASE, evidence=(*CASE.evidence, evidence(Slot.GROUND_MARKS))), ruling())
    assert all(line.severity == "ok" and not line.note for line in state.reasons)


def test_ruling_otherwise_is_said_and_changes_no_reason() -> None:
    follows = ruling()
    otherwise = replace(
        follows,
        parties=tuple(
            PartyRuling(party_id=one.party_id, faults=one.faults, liability=Liability.EQUAL)
            for one in follows.parties
        ),
    )
    state = shown(CASE, otherwise)
    assert state.differs
    assert "一句理由" in state.stands
    assert state.reasons == shown(CASE, follows).reasons


def test_the_order_of_parties_changes_no_word() -> None:
    turned = replace(ruling(), parties=tuple(reversed(ruling().parties)))
    swapped = replace(CASE, parties=tuple(reversed(CASE.parties)))
    assert shown(swapped, turned) == shown(CASE, ruling())


def test_nothing_to_suggest_from_says_nothing() -> None:
    assert reasons.reasons_state(CASE, ruling(), None, RULES.tables) == ReasonsState()


def test_every_reason_and_ground_has_words() -> None:
    assert set(reasons.WHY) == set(Why)
    assert set(reasons.GROUND) == set(Ground)
    assert set(reasons.OUTCOME) == set(Result) - {Result.RULING, Result.NO_FAULT}
