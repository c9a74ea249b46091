"""The trainer's page: a scenario is started, repeated, filmed badly and ended, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.contract.desk_api import Role
from console.contract.training_api import StartParty, ViewFlaw
from console.domain.ids import SeatId
from console.presenters.lamps import top_bar_state
from tests.fakes import NOW
from tests.presenters.rig import CTRL, SHIFT, Rig
from tests.presenters.story import all_evidence, all_facts, answered_by, placed, second_party
from widgets.rows import CheckRows
from widgets.trainer_panel import ProgressPanel, RunningPanel, ScenarioPanel, SessionPanel


@pytest.fixture
def trainer(app: QApplication) -> Iterator[Rig]:
    """The desk of somebody who trains and takes no calls."""
    made = Rig(app, roles=(Role.TRAINER,))
    made.open()
    try:
        yield made
    finally:
        made.close()


def test_the_top_bar_calls_a_trainer_a_trainer(trainer: Rig) -> None:
    assert top_bar_state(trainer.desk, NOW).post == "教员"


def test_a_call_is_started_repeated_filmed_badly_and_ended_by_keys(trainer: Rig) -> None:
    scenarios, running = trainer.one(ScenarioPanel), trainer.one(RunningPanel)
    session = trainer.one(SessionPanel)
    trainer.settle(lambda: scenarios.rows.model().rowCount() == 2, "the scenarios")
    assert not session.repeat.isEnabled()
    trainer.press(Qt.Key.Key_Down)
    trainer.press(Qt.Key.Key_Return)
    assert trainer.until_asked("start_party") == [StartParty(scenario="hit_pole", seed=1)]
    trainer.settle(lambda: running.rows.model().rowCount() == 1, "the running party")
    trainer.press(Qt.Key.Key_R, CTRL | SHIFT)
    assert trainer.until_asked("start_party", 2)[1] == StartParty(scenario="hit_pole", seed=1)
    trainer.press(Qt.Key.Key_2, CTRL)
    trainer.press(Qt.Key.Key_1)
    assert trainer.until_asked("spoil_view") == [("hit_pole-1", ViewFlaw.BLURRED)]
    trainer.press(Qt.Key.Key_Delete)
    assert trainer.until_asked("stop_party") == ["hit_pole-1"]
    trainer.settle(lambda: running.rows.model().rowCount() == 0, "nobody calling")
    assert not running.stop.isEnabled()


def test_who_takes_calls_has_no_trainers_page(rig: Rig) -> None:
    assert rig.window.findChildren(ScenarioPanel) == []


def test_scenarios_are_narrowed_by_what_is_typed_and_start_from_the_field(trainer: Rig) -> None:
    scenarios = trainer.one(ScenarioPanel)
    trainer.settle(lambda: scenarios.rows.model().rowCount() == 2, "the scenarios")
    scenarios.field.setFocus()
    scenarios.field.setText("★★ 14")
    assert scenarios.rows.model().rowCount() == 1
    assert "撞灯杆" in trainer.words(trainer.one(SessionPanel))
    trainer.press(Qt.Key.Key_Return)
    assert trainer.until_asked("start_party") == [StartParty(scenario="hit_pole", seed=1)]


def test_how_a_trainees_case_stands_follows_the_journal(trainer: Rig) -> None:
    progress = trainer.one(ProgressPanel)
    assert "进展显示在这里" in trainer.words(progress)
    trainer.happens(*placed(), answered_by(SeatId("11")), second_party(), *all_facts())
    assert spoken(progress.cases) == ["T-2026-1123-0001, 取证中, 11 席"]
    steps = {line.split(", ")[0]: line.split(", ")[1] for line in spoken(progress.steps)}
    assert steps["取证"] == "0/14"
    assert steps["现场"] == "第19条 取证后撤离"
    trainer.happens(*all_evidence(trainer))
    assert "取证, 14/14" in spoken(progress.steps)


def spoken(rows: CheckRows) -> list[str]:
    model = rows.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(at, 0).data(role)) for at in range(model.rowCount())]
