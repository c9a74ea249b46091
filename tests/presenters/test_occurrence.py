"""The accident's time: taken from the report until somebody says it, never ahead, the same on both pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateTimeEdit

from console.domain.clock import SHANGHAI
from console.domain.posts import HandedOver
from console.domain.verification import AccidentTimeStated
from tests.presenters.rig import Rig
from tests.presenters.story import all_evidence, all_facts, in_call, incident, second_party
from widgets.moment_field import MomentField


def minute(moment: datetime) -> datetime:
    """The clock time of the place, as the field shows it."""
    return moment.astimezone(SHANGHAI).replace(second=0, microsecond=0, tzinfo=None)


def shown(rig: Rig) -> datetime:
    at = rig.one(MomentField).box.dateTime()
    return datetime(
        at.date().year(), at.date().month(), at.date().day(), at.time().hour(), at.time().minute()
    )


def said(rig: Rig) -> list[datetime]:
    return [one for one in rig.asked("state_time") if isinstance(one, datetime)]


def to_the_time(rig: Rig) -> QDateTimeEdit:
    """Go into the field as a person does."""
    box = rig.one(MomentField).box
    box.setFocus()
    rig.settle(box.hasFocus, "the keyboard in the field")
    return box


def test_it_stands_as_reported_and_says_so(rig: Rig) -> None:
    in_call(rig)
    assert shown(rig) == minute(incident(rig).opened_at)
    assert "报警时间" in rig.words(rig.one(MomentField))
    assert said(rig) == []


def test_a_corrected_time_reaches_the_service_and_both_pages(rig: Rig) -> None:
    in_call(rig)
    box = to_the_time(rig)
    box.setSelectedSection(QDateTimeEdit.Section.MinuteSection)
    rig.press(Qt.Key.Key_Down)
    wanted = minute(incident(rig).opened_at) - timedelta(minutes=1)
    rig.settle(lambda: [minute(one) for one in said(rig)[-1:]] == [wanted], "the time at the service")
    rig.happens(AccidentTimeStated(occurred_at=said(rig)[-1]))
    assert "已确认" in rig.words(rig.one(MomentField))
    rig.happens(second_party(), *all_facts(), *all_evidence(rig), HandedOver())
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
    assert shown(rig) == wanted


def test_enter_confirms_the_reported_time(rig: Rig) -> None:
    in_call(rig)
    to_the_time(rig)
    rig.press(Qt.Key.Key_Return)
    rig.settle(lambda: said(rig), "the confirmed time")
    assert minute(said(rig)[-1]) == minute(incident(rig).opened_at)


def test_a_time_that_has_not_come_is_refused_in_words(rig: Rig) -> None:
    in_call(rig)
    box = to_the_time(rig)
    rig.main.window.go_home()
    box.setDateTime(box.dateTime().addSecs(2 * 3600))
    rig.idle()
    assert "还没有到" in rig.words(rig.window)
    assert shown(rig) == minute(incident(rig).opened_at)
    assert said(rig) == []
