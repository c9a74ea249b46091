"""What the service does not take stays on the form as it was typed; and the days that run after the issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import typst
from PySide6.QtCore import Qt

from console.domain import events as ev
from console.domain.determination import Service
from console.domain.errors import DomainError
from console.domain.ruling import Ruling
from console.usecases.edits import RULING
from tests.presenters.rig import CTRL, INCIDENT, Rig
from tests.presenters.story import in_ruling
from tests.unit.domain.builders import PARTY_A, PARTY_B, T0, determination, ruling
from widgets.ruling_form import RulingForm


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (DomainError("text-too-long", limit=4000), "写得太长"),
        (DomainError("officer-recused"), "已声明回避"),
        (DomainError("incident-locked", state="issued"), "不能再改"),
    ],
)
def test_a_draft_that_is_refused_stays_and_says_why(rig: Rig, refused: DomainError, words: str) -> None:
    in_ruling(rig)
    rig.happens(ev.RulingDrafted(ruling=ruling()))
    form = rig.one(RulingForm)
    rig.service.trouble["save_ruling"].append(refused)
    form.reason.setFocus()
    rig.write("mine")
    rig.press(Qt.Key.Key_S, CTRL)
    rig.settle(lambda: words in rig.words(form), "why it was not taken")
    assert "草稿服务器已收" not in rig.words(form)
    assert form.reason.toPlainText() == "mine", "what was typed is still there"
    assert not form.issue_button.isEnabled()
    kept = rig.store.edits[(INCIDENT, RULING)].value
    assert isinstance(kept, Ruling)
    assert kept.reason == "mine"


def test_after_the_issue_the_days_to_serve_to_review_and_to_mediate_are_shown(rig: Rig) -> None:
    rig.service.paper = typst.compile(b"= T")
    in_ruling(rig)
    issued = replace(determination(), serve_until=date(2026, 11, 26))
    rig.happens(ev.RulingDrafted(ruling=ruling()), ev.DeterminationIssued(determination=issued))
    section = rig.one(RulingForm).signing
    rig.settle(lambda: "送达最迟 2026-11-26（周四）" in rig.words(section), "the day to serve")
    served = Service(
        party_id=PARTY_A,
        served_at=T0,
        review_until=date(2026, 11, 27),
        mediation_until=date(2026, 12, 7),
    )
    rig.happens(ev.DeterminationServed(service=served))
    rig.settle(lambda: "甲 复核申请截止 2026-11-27（周五）" in rig.words(section), "the day of review")
    assert "调解申请截止 2026-12-07（周一）" in rig.words(section)
    assert "送达最迟" in rig.words(section), "乙 has none yet"
    rig.happens(ev.DeterminationServed(service=replace(served, party_id=PARTY_B, review_until=None)))
    rig.settle(lambda: "乙 已送达,不再复核" in rig.words(section), "a document made after a review")
    assert "送达最迟" not in rig.words(section)
