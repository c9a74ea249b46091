"""Pure parts: the stage clock and the next step of the case bar, and the ruling form's draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.contract.tables import Tables
from console.domain.call import Call, CallState
from console.domain.city import StepOrder
from console.domain.decisions import Dispatch, Evacuation
from console.domain.determination import Service
from console.domain.events import CallInterrupted, CallResumed, evolve_call
from console.domain.evidence import required_slots
from console.domain.fault_table import checked, suits
from console.domain.ids import PartyId
from console.domain.incident import Incident, IncidentState
from console.domain.road import road_controls
from console.domain.ruling import Liability, Outcome, PartyKind, PartyRuling, Ruling, combination_problem
from console.domain.triage import Answer, TriageFact
from console.presenters.acts import forecast_reason
from console.presenters.case import next_step, script_chip, stages, total_note
from console.presenters.ruling_draft import (
    OUTCOMES,
    chosen_outcome,
    fault,
    fitting,
    for_parties,
    outcome_rows,
    share_rows,
    with_fault,
    with_outcome,
    with_share,
    with_text,
    without_fault,
)
from console.service.rules import load_rules
from tests.presenters.rig import RULES
from tests.unit.domain.builders import (
    PARTY_A,
    PARTY_B,
    REAR_END,
    T0,
    at,
    call,
    determination,
    evidence,
    incident,
    party,
    ruling,
)

EMPTY = Ruling(outcome=Outcome.RULING, parties=(PartyRuling(party_id=PARTY_A), PartyRuling(party_id=PARTY_B)))


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_rules(RULES).tables


def complete() -> Incident:
    """Everything asked and photographed, nothing decided."""
    items = tuple(replace(evidence(slot), received_at=at(100)) for slot in required_slots(incident().form))
    facts = dict.fromkeys(TriageFact, Answer.NO)
    return replace(
        incident(), facts=facts, evidence=items, parties=(party(PARTY_A, "甲"), party(PARTY_B, "乙"))
    )


def marks(held: Call, known: Incident, seconds: float) -> list[tuple[str, str]]:
    return [(stage.value, stage.mark) for stage in stages(held, known, at(seconds))]


def test_the_stage_clock_counts_from_the_call() -> None:
    waiting = call()
    later = ["—", "—", "0/14 张", "未推送", "待移交", "—"]
    assert marks(waiting, incident(), 9) == [("0:09", "now"), *((words, "todo") for words in later)]
    assert marks(waiting, incident(), 16)[0] == ("0:16", "over")
    answered = replace(waiting, answered_at=at(8))
    assert marks(answered, incident(), 25)[:2] == [("0:08", "done"), ("0:25", "now")]


def test_each_stage_ends_when_its_proof_is_there() -> None:
    answered = replace(call(), answered_at=at(20))
    told = replace(
        complete(),
        hurt_known_at=at(12),
        settled_at=at(50),
        evacuation=Evacuation(text="", destination="", at=at(150), by="user"),
    )
    document = replace(determination(), issued_at=at(280))
    issued = replace(told, determination=document, state=IncidentState.ISSUED)
    wanted = ["over", "over", "done", "done", "done", "done", "now"]
    assert [mark for _, mark in marks(answered, issued, 290)] == wanted
    values = [value for value, _ in marks(answered, issued, 290)[1:6]]
    assert values == ["1:40", "0:50", "1:40", "2:30", "4:40"]
    service = Service(party_id=PARTY_A, served_at=at(300), review_until=T0.date())
    served = replace(issued, determination=replace(document, served=(service,)))
    assert marks(answered, served, 999)[-1] == ("5:00", "done")


def test_time_lost_to_a_drop_is_counted_apart_and_makes_no_stage_late() -> None:
    held = replace(call(), state=CallState.CONNECTED, answered_at=at(5))
    dropped = evolve_call(held, CallInterrupted(reason="network"), at(10))
    assert total_note(dropped, at(32)) == "全程 · 其中断线 0:22"
    back = evolve_call(dropped, CallResumed(), at(32))
    assert back.lost_until(at(500)).total_seconds() == 22
    assert total_note(held, at(32)) == "全程 · 目标 5:00"
    assert marks(held, incident(), 45)[1] == ("0:45", "over")
    assert marks(back, incident(), 45)[1] == ("0:45", "now")


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (incident(), "安全防护"),
        (replace(complete(), facts={}), "确认适用性"),
        (complete(), "推送撤离 F9"),
        (
            replace(complete(), evacuation=Evacuation(text="", destination="", at=T0, by="user")),
            "移交定责 Ctrl+Enter",
        ),
        (replace(complete(), facts={TriageFact.INJURY: Answer.YES}), "派警 F12"),
        (
            replace(incident(), dispatch=Dispatch(reason="injury", note="", at=T0, by="user")),
            "已派警,等民警到场",
        ),
        (replace(complete(), state=IncidentState.RULING), "定责并签发"),
        (replace(complete(), state=IncidentState.ISSUED), "送达"),
        (replace(complete(), state=IncidentState.SERVED), "结束通话,结案"),
        (replace(complete(), state=IncidentState.CLOSED), "已结案"),
    ],
)
def test_the_next_step_is_named(known: Incident, words: str) -> None:
    assert next_step(known) == words


def test_a_city_that_rules_first_clears_the_road_last() -> None:
    order = StepOrder.RULE_FIRST
    keys = [stage.key for stage in stages(call(), incident(), at(9), order)]
    assert keys[-3:] == ["ruling", "evacuation", "service"]
    assert [stage.key for stage in stages(call(), incident(), at(9))][-3:] == [
        "evacuation",
        "ruling",
        "service",
    ]
    assert next_step(complete()) == "推送撤离 F9"
    assert next_step(complete(), order) == "移交定责 Ctrl+Enter"
    assert next_step(replace(complete(), state=IncidentState.ISSUED), order) == "推送撤离 F9"


@pytest.mark.parametrize(
    ("facts", "requested", "chip", "severity", "reason"),
    [
        ({}, False, "第19条 取证后撤离", "ok", ""),
        ({TriageFact.INJURY: Answer.YES}, False, "第13条 勿动", "bad", "injury"),
        ({TriageFact.PARTY_LEFT: Answer.YES}, False, "第13条 勿动", "bad", "article-13"),
        ({TriageFact.FACILITY_HIT: Answer.YES}, False, "第14条 拍后移", "warn", "article-14"),
        ({TriageFact.DANGEROUS_GOODS: Answer.YES}, False, "第15条 危化品", "bad", "article-15"),
        ({}, True, "第20条 应要求派警", "warn", "party-request"),
        ({TriageFact.OUTSIDE_LOCAL_RULE: Answer.YES}, False, "第19条 取证后撤离 · 派警", "warn", "other"),
    ],
)
def test_the_script_chip_and_the_reason_follow_the_facts(
    facts: dict[TriageFact, Answer], requested: bool, chip: str, severity: str, reason: str
) -> None:
    known = replace(incident(), facts=facts, officer_requested_by=(PARTY_A,) if requested else ())
    assert (script_chip(known).text, script_chip(known).severity) == (chip, severity)
    assert forecast_reason(known) == reason


def test_the_outcomes_are_the_legal_ones_and_read_back_as_chosen() -> None:
    for key, (outcome, shares) in OUTCOMES.items():
        draft = with_outcome(EMPTY, key)
        assert chosen_outcome(draft) == key
        if outcome is Outcome.RULING:
            assert combination_problem(shares) is None
    assert chosen_outcome(EMPTY) == ""


def test_an_outcome_for_one_or_three_parties() -> None:
    one = replace(EMPTY, parties=EMPTY.parties[:1])
    assert [party.liability for party in with_outcome(one, "full-none").parties] == [Liability.FULL]
    three = replace(EMPTY, parties=(*EMPTY.parties, PartyRuling(party_id=PARTY_A)))
    shares = [party.liability for party in with_outcome(three, "equal-equal").parties]
    assert shares == [Liability.EQUAL, Liability.EQUAL, Liability.NONE]
    assert [party.liability for party in with_outcome(three, "certificate").parties] == [None] * 3


def test_an_outcome_that_needs_a_second_party_says_so() -> None:
    alone = replace(incident(), parties=(party(PARTY_A, "甲"),))
    blocked = {row.key for row in outcome_rows(alone, EMPTY) if row.blocked}
    assert blocked == {"main-secondary", "equal-equal", "secondary-main", "none-full"}
    assert not any(row.blocked for row in outcome_rows(complete(), EMPTY))


def test_faults_come_and_go_once(tables: Tables) -> None:
    added = fault(tables, "1094")
    assert added is not None
    assert added.citation.article == 43
    assert fault(tables, "no such code") is None
    draft = with_fault(with_fault(EMPTY, PARTY_B, added), PARTY_B, added)
    assert [len(one.faults) for one in draft.parties] == [0, 1]
    assert without_fault(draft, PARTY_A, "1094") == draft
    assert without_fault(draft, PARTY_B, "1094") == EMPTY


def test_a_citation_follows_the_control_of_the_place(tables: Tables) -> None:
    """The service refuses an article that does not stand here; the form changes it with the place."""
    bound = [kind for kind in tables.faults if kind.citations[0].controls]
    assert bound
    faults = {kind.code: kind for kind in tables.faults}
    for junction, control in (("11", "3"), ("11", "1"), ("21", "1"), ("14", "4")):
        draft = replace(EMPTY, junction=junction, control=control)
        for kind in tables.faults:
            added = fault(tables, kind.code)
            assert added is not None
            draft = with_fault(draft, PARTY_B, added)
        known, found = checked(fitting(tables, draft), faults)
        assert fitting(tables, known) == known
        held = road_controls(junction, control)
        homeless = [
            one
            for one in tables.faults
            if suits(one, PartyKind.MOTOR) and not any(choice.fits(held) for choice in one.citations)
        ]
        assert [one.code for one in found].count("CITATION_NOT_FITTING") == len(homeless)


def test_texts_go_to_their_fields() -> None:
    for name in ("junction", "control", "collision_form", "weather", "facts", "reason", "mediation"):
        assert getattr(with_text(EMPTY, name, "x"), name) == "x"
    with pytest.raises(KeyError):
        with_text(EMPTY, "outcome", "x")


def test_a_draft_follows_the_parties() -> None:
    assert for_parties(ruling(), complete()) == ruling()
    joined = for_parties(replace(ruling(), parties=ruling().parties[1:]), complete())
    assert [one.party_id for one in joined.parties] == [PARTY_A, PARTY_B]
    assert joined.parties[1].faults == (REAR_END,)
    assert for_parties(ruling(), incident()).parties == ()


def test_three_parties_have_a_row_each_and_two_have_the_grid() -> None:
    people = (party(PARTY_A, "甲"), party(PARTY_B, "乙"), party(PartyId("party-c"), "丙"))
    case = replace(complete(), parties=people)
    draft = for_parties(ruling(), case)
    assert share_rows(replace(complete(), parties=people[:2]), draft) == ()
    assert [row.key for row in outcome_rows(case, draft)] == ["no-fault", "certificate", "general-procedure"]
    rows = {row.name: row for row in share_rows(case, draft)}
    assert rows["乙"].chosen == "full"
    blocked = {share.key: share.blocked for share in rows["丙"].shares}
    assert blocked["none"] == ""
    assert blocked["secondary"] == "有责任却没有过错"
    undecided = with_share(draft, PARTY_B, "")
    assert undecided.parties[1].liability is None
    assert with_share(undecided, PARTY_B, "full") == draft
