"""What the service does not take of a ruling stays on the form as it was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from console.domain import events as ev
from console.domain.errors import DomainError
from console.domain.ruling import Ruling
from console.usecases.edits import RULING
from tests.presenters.rig import CTRL, INCIDENT, Rig
from tests.presenters.story import in_ruling
from tests.unit.domain.builders import ruling
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
