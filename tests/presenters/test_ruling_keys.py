"""A plain rear-end ruling by keyboard: few presses from complete evidence to the issued document."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from console.contract.desk_api import IssueDetermination
from console.contract.signing_api import NoteSignature, RequestSignatures
from console.domain import events as ev
from console.domain.closing_events import SignatureRecorded, SignaturesRequested
from console.domain.incident import IncidentState
from console.domain.posts import HandedOver
from console.domain.ruling import Liability, MediationOutcome, Ruling
from console.domain.signature import Signature, SignatureState, SigningRequest
from console.usecases.signing import NOT_CONNECTED
from tests.presenters.rig import CTRL, PLAIN, SHIFT, Rig
from tests.presenters.story import all_evidence, all_facts, in_call, incident, second_party
from tests.unit.domain.builders import PARTY_A, PARTY_B
from widgets.ruling_form import RulingForm

MOST = 25
"""Presses from complete evidence to the issued document (issue 5)."""


class Hands:
    """Presses keys and counts them as a person would: a combination is one, typed text one a letter."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self.pressed = 0

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        for _ in range(times):
            self._rig.press(key, modifiers)
            self.pressed += 1

    def write(self, text: str) -> None:
        self._rig.write(text)
        self.pressed += len(text)


def saved(rig: Rig) -> Ruling | None:
    found = [one for one in rig.asked("save_ruling") if isinstance(one, Ruling)]
    return found[-1] if found else None


def test_a_plain_rear_end_ruling_takes_few_presses(rig: Rig) -> None:
    in_call(rig)
    rig.happens(second_party(), *all_facts(), *all_evidence(rig))
    hands = Hands(rig)
    hands.key(Qt.Key.Key_Return, CTRL, times=2)
    rig.until_asked("hand_over")
    rig.happens(HandedOver())
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
    form = rig.one(RulingForm)
    rig.settle(form.outcomes.hasFocus, "the keyboard at the outcomes")
    hands.key(Qt.Key.Key_5)
    hands.key(Qt.Key.Key_3, CTRL)
    assert QApplication.focusWidget() is form.situation
    for digits in ("1", "21", "1", ""):
        hands.write(digits)
        hands.key(Qt.Key.Key_Tab)
    hands.write("1")
    hands.key(Qt.Key.Key_F6, times=3)
    assert QApplication.focusWidget() is form.signing.mediation
    hands.write("6")
    hands.key(Qt.Key.Key_Tab, times=3)
    assert QApplication.focusWidget() is form.signing.ask_button
    assert form.signing.ask_button.text() == "请签名,未接入的注明"
    hands.key(Qt.Key.Key_Space)
    rig.until_asked("request_signatures")
    draft = saved(rig)
    assert draft is not None
    assert [party.liability for party in draft.parties] == [Liability.NONE, Liability.FULL]
    assert [[fault.code for fault in party.faults] for party in draft.parties] == [[], ["1094"]]
    assert draft.facts == "乙车沿同一车道行驶，车头碰撞前方停车等候的甲车车尾。"
    assert (draft.junction, draft.control, draft.collision_form, draft.weather) == ("21", "1", "1", "1")
    assert draft.mediation_outcome is MediationOutcome.NOT_ASKED
    assert NoteSignature(state=SignatureState.ABSENT, reason=NOT_CONNECTED) in rig.asked("note_signature")
    assert rig.asked("request_signatures") == [RequestSignatures(unrecorded_reason="")]
    at = rig.clock.now()
    signed = Signature(party_id=PARTY_A, state=SignatureState.SIGNED, at=at, recorded_s=4.0)
    absent = Signature(party_id=PARTY_B, state=SignatureState.ABSENT, at=at, reason=NOT_CONNECTED)
    asked = SigningRequest(text="认定书", sha256="0" * 64)
    rig.happens(
        ev.RulingDrafted(ruling=draft),
        SignaturesRequested(request=asked),
        *(SignatureRecorded(signature=one) for one in (signed, absent)),
    )
    rig.settle(form.issue_button.isEnabled, "the free button")
    hands.key(Qt.Key.Key_Return, CTRL | SHIFT, times=2)
    (issued,) = rig.until_asked("issue_determination")
    assert isinstance(issued, IssueDetermination)
    assert hands.pressed <= MOST, hands.pressed


def test_a_situation_is_offered_either_way_round_and_never_chosen_by_itself(rig: Rig) -> None:
    in_call(rig)
    rig.happens(second_party(), *all_facts(), *all_evidence(rig), HandedOver())
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
    form = rig.one(RulingForm)
    words = [form.situation.itemText(at) for at in range(form.situation.count())]
    assert words[:3] == ["常见情形", "1 乙追尾停着的甲", "2 甲追尾停着的乙"]
    assert form.situation.currentData() == ""
    assert rig.asked("save_ruling") == []
    choose(form.situation, "rear-end-standing/1")
    rig.settle(lambda: saved(rig), "the draft")
    draft = saved(rig)
    assert draft is not None
    assert [[fault.code for fault in party.faults] for party in draft.parties] == [["1094"], []]
    assert [party.liability for party in draft.parties] == [None, None]
    rig.happens(ev.RulingDrafted(ruling=draft))
    assert form.situation.currentData() == "rear-end-standing/1"
    rig.happens(ev.RulingDrafted(ruling=replace(draft, facts="另写的经过。")))
    assert incident(rig).state is IncidentState.RULING


def choose(box: QComboBox, key: str) -> None:
    at = box.findData(key)
    box.setCurrentIndex(at)
    box.activated.emit(at)
