"""The party's phone gone for good in the middle of a call."""

from __future__ import annotations

import pytest

from console.domain.call import CallState
from console.launcher.demo.observations import until
from tests.faults.house import LONG, House, ended

pytestmark = pytest.mark.timeout(400)

NOTES = "the phone went dead"


def test_the_call_is_interrupted_and_the_officer_works_on(house: House) -> None:
    house.call()
    cast = house.cast
    taken = house.snapshot()
    party = house.party()
    party.kill()
    assert ended([party])
    until(lambda: house.badge() == "stale", LONG, "the badge says that the picture is old")
    until(lambda: cast.call().state is CallState.INTERRUPTED, LONG, "the service knows the party is gone")
    until(lambda: house.call_shown() == CallState.INTERRUPTED, LONG, "the desk shows it")

    house.write_notes(NOTES)
    until(lambda: cast.incident().notes == NOTES, LONG, "the notes arrive")
    house.until_custody(taken, ("verified",))
    cast.hands.key("ctrl+shift+e", "ctrl+shift+e")
    until(lambda: cast.call().state is CallState.WRAP_UP, LONG, "the call is over")
    assert [item.id for item in cast.incident().evidence] == [taken]
    assert cast.incident().notes == NOTES
