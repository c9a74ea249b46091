"""The trainer's page: scenarios to start, the simulated parties that run, how the trainees' cases stand."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from console.contract.training_api import RunningParty, ScenarioSummary, ViewFlaw
from console.domain.ids import IncidentId
from console.presenters.desk import Desk, elapsed_words
from console.presenters.keys import KeyMap
from console.presenters.page import Page, Place
from console.presenters.pages import aside_of
from console.presenters.trainee import case_steps, trainee_cases
from console.presenters.words import FORM, problem, tr
from console.store.changes import Changes
from widgets.banner import Banner, BannerState
from widgets.chip import ChipState
from widgets.columns import Columns
from widgets.flow import Column
from widgets.rows import CheckRow
from widgets.trainer_panel import FlawKey, ProgressPanel, RunningPanel, ScenarioPanel, SessionPanel

ASK_EVERY_S = 3
"""Seconds between two questions which parties still run."""
WIDTHS = (500, 852, 530)
"""Pixels of the three zones at 1920 x 1080."""
FLAWS: Mapping[ViewFlaw, tuple[str, str, str]] = {
    ViewFlaw.BLURRED: ("模糊", "droplets", "1"),
    ViewFlaw.DARK: ("太暗", "lightbulb", "2"),
    ViewFlaw.TILTED: ("歪斜", "rotate-ccw", "3"),
    ViewFlaw.GLARE: ("反光", "flashlight", "4"),
}


class TrainerPage:
    """The panels of picture 07 that this desk has, and how the keyboard goes through them."""

    def __init__(self) -> None:
        self.scenarios, self.session = ScenarioPanel(), SessionPanel()
        flaws = (FlawKey(flaw.value, tr(words), icon, key) for flaw, (words, icon, key) in FLAWS.items())
        self.running = RunningPanel(tuple(flaws))
        self.progress = ProgressPanel()
        left = Column(self.scenarios, self.session, stretch=(1, 0))
        centre = Column(self.progress, stretch=(1,))
        aside = aside_of(self.running)
        columns = Columns("trainer", left, centre, aside, widths=WIDTHS)
        whole = Column(Banner(_mode()), columns, stretch=(0, 1))
        keys = (("F6", tr("换面板")), ("F1", tr("全部按键")))
        start = (("Enter", tr("启动来电")), ("Ctrl+Shift+R", tr("重来")), *keys)
        self.page = Page(
            name="trainer",
            widget=whole,
            notices=centre,
            columns=columns,
            aside=aside,
            places=(
                Place("scenarios", tr("剧本"), self.scenarios, self.scenarios.rows, start),
                Place("session", tr("本次训练"), self.session, self.session.seed, start),
                Place(
                    "running",
                    tr("进行中"),
                    self.running,
                    self.running.rows,
                    (("1–4", tr("拍坏当前画面")), ("Delete", tr("结束这一路")), *keys),
                ),
                Place("progress", tr("学员的案件"), self.progress, self.progress.cases, keys),
            ),
            home="scenarios",
        )


def _mode() -> BannerState:
    return BannerState(
        tr("训练模式"),
        tr("来电、人员、车辆、文书均为虚构;与真实服务、短信、保险接口分开。"),
        "train",
        "graduation-cap",
    )


class TrainerPresenter:
    """Asks the service for scenarios and parties, and passes on what the trainer wants."""

    def __init__(self, desk: Desk, page: TrainerPage, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._page = page
        self._say = say
        self._scenarios: tuple[ScenarioSummary, ...] = ()
        self._parties: tuple[RunningParty, ...] = ()
        self._last: tuple[str, int] | None = None
        self._words = ""
        self._starting = False
        self._ticks = 0
        page.scenarios.asked.connect(lambda: self._show(desk.service_now()))
        page.scenarios.chosen.connect(self._show_chosen)
        for panel in (page.scenarios, page.session):
            panel.start_asked.connect(self.start)
        page.session.repeat_asked.connect(self.repeat)
        page.progress.chosen.connect(self._show_steps)
        page.running.spoil_asked.connect(self._spoil)
        page.running.stop_asked.connect(self._stop)
        self._ask(desk.does.training.scenarios(), self._take_scenarios)
        self._ask_running()
        self._show(desk.service_now())

    def bind(self, keys: KeyMap) -> None:
        """Bind the keys of the page."""
        running = self._page.running
        keys.everywhere("Ctrl+Shift+R", tr("重来"), self.repeat)
        keys.within({"scenarios": self._page.scenarios.rows}, "Enter", tr("启动来电"), self.start)
        keys.within({"session": self._page.session}, "Enter", tr("启动来电"), self.start)
        keys.within({"running": running}, "Del", tr("结束这一路"), running.ask_stop)
        for flaw, (words, _icon, key) in FLAWS.items():
            keys.within({"running": running}, key, tr(words), partial(running.ask_spoil, flaw.value))

    def refresh(self, changes: Changes) -> None:
        """Follow the trainees' cases."""
        if changes.incidents or changes.calls or changes.session:
            self._show_cases()

    def tick(self, now: datetime) -> None:
        """Move the times on; now and then ask who still calls."""
        self._ticks += 1
        if self._ticks % ASK_EVERY_S == 0:
            self._ask_running()
        self._show(now)

    def start(self) -> None:
        """Let the chosen scenario call with the seed that stands there."""
        chosen = self._chosen()
        if chosen is not None and not self._starting:
            self._start(chosen.name, self._page.session.seed.value())

    def repeat(self) -> None:
        """Play the last call again: the same people, place and behaviour."""
        if self._last is not None and not self._starting:
            self._start(*self._last)

    def _start(self, scenario: str, seed: int) -> None:
        self._starting = True
        self._words = tr("正在启动,几秒后来电进入队列。")
        self._show(self._desk.service_now())
        self._desk.bridge.run(
            self._desk.does.training.start(scenario, seed), self._started, self._start_failed
        )

    def _started(self, party: RunningParty) -> None:
        self._starting, self._last = False, (party.scenario, party.seed)
        words = tr("已启动「{title}」,种子 {seed};同种子必得同一来电。")
        self._words = words.format(title=party.title, seed=party.seed)
        self._take_running((*(one for one in self._parties if one.id != party.id), party))

    def _start_failed(self, error: Exception) -> None:
        self._starting, self._words = False, ""
        self._say(problem(error))
        self._show(self._desk.service_now())

    def _spoil(self, party: str, flaw: str) -> None:
        self._ask(self._desk.does.training.spoil(party, ViewFlaw(flaw)))

    def _stop(self, party: str) -> None:
        self._ask(self._desk.does.training.stop(party), lambda _none: self._ask_running())

    def _ask_running(self) -> None:
        self._desk.bridge.run(self._desk.does.training.running(), self._take_running, self._lost)

    def _lost(self, _error: Exception) -> None:
        """The lamps say already that the service is away; what was known stays."""

    def _ask(self, work: Coroutine[Any, Any, Any], done: Callable[[Any], None] | None = None) -> None:
        self._desk.bridge.run(work, done, lambda error: self._say(problem(error)))

    def _take_scenarios(self, scenarios: tuple[ScenarioSummary, ...]) -> None:
        self._scenarios = scenarios
        self._show(self._desk.service_now())

    def _take_running(self, parties: tuple[RunningParty, ...]) -> None:
        self._parties = parties
        self._show(self._desk.service_now())

    def _show(self, now: datetime) -> None:
        words = self._page.scenarios.field.text().split()
        self._page.scenarios.set_rows(
            tuple(row for row in map(_scenario_row, self._scenarios) if all(_fits(row, w) for w in words))
        )
        self._show_chosen()
        blocked = tr("正在启动") if self._starting else "" if self._scenarios else tr("剧本还没有取到")
        nothing_yet = "" if self._last is not None else tr("还没有启动过")
        self._page.session.set_state(self._words, blocked, nothing_yet)
        parties = tuple(
            CheckRow(
                key=one.id,
                name=one.title,
                value=f"{tr('种子')} {one.seed}",
                note=elapsed_words(one.started_at, now),
                severity="ok",
                icon="phone-call",
            )
            for one in self._parties
        )
        count = ChipState(
            tr("{count} 路进行中").format(count=len(parties)), "info" if parties else "none", "activity"
        )
        self._page.running.set_state(parties, count, "" if parties else tr("没有进行中的来电"))

    def _chosen(self) -> ScenarioSummary | None:
        key = self._page.scenarios.rows.current_key()
        return next((one for one in self._scenarios if one.name == key), None)

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            self._page.session.set_chosen(tr("没有选剧本"), "")
        else:
            about = f"{tr(FORM[chosen.form])} · {_articles(chosen)} · {_stars(chosen)}"
            self._page.session.set_chosen(chosen.title, about)

    def _show_cases(self) -> None:
        self._page.progress.set_cases(trainee_cases(self._desk.store))
        self._show_steps()

    def _show_steps(self) -> None:
        key = IncidentId(self._page.progress.cases.current_key())
        incident = self._desk.store.incidents.get(key)
        self._page.progress.set_steps(() if incident is None else case_steps(incident))


def _scenario_row(one: ScenarioSummary) -> CheckRow:
    about = f"{tr(FORM[one.form])} · {_articles(one)}"
    return CheckRow(one.name, one.title, _stars(one), note=about, icon="book-open")


def _fits(row: CheckRow, word: str) -> bool:
    return any(word.casefold() in part.casefold() for part in (row.name, row.value, row.note))


def _stars(scenario: ScenarioSummary) -> str:
    return "★" * scenario.difficulty


def _articles(scenario: ScenarioSummary) -> str:
    return tr("第{articles}条").format(articles="、".join(scenario.articles))
