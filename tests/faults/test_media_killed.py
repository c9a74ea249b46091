"""The media process killed in the middle of a call."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from console.domain.incident import Incident
from console.domain.triage import Answer, asked
from console.launcher.demo.observations import until
from tests.faults.house import LONG, House, ended

pytestmark = pytest.mark.timeout(400)

AIM_S = 3.0
"""The picture is back after so long on a machine that has nothing else to do."""
LOADED_S = 15.0
NOTES = "both drivers are out of the cars"


def untouched(incident: Incident) -> Incident:
    """The case but for its recording, which has to start anew with the process that made it."""
    return replace(incident, recording=None, recordings=(), version=0)


def test_the_picture_returns_and_the_case_is_untouched(
    house: House, capsys: pytest.CaptureFixture[str], record_property: Callable[[str, object], None]
) -> None:
    house.call()
    cast = house.cast
    cast.focus("triage")
    cast.hands.key(*["1"] * len(asked({})))
    house.write_notes(NOTES)
    before = house.snapshot()
    house.until_custody(before, ("verified",))
    until(lambda: len(cast.incident().facts) == len(asked({})), LONG, "the service has every fact")
    until(lambda: cast.incident().notes == NOTES, LONG, "the service has the notes")
    incident, call = cast.incident(), cast.call()

    media = house.media()
    killed_at = time.monotonic_ns()
    media.kill()
    assert ended([media])
    until(lambda: house.lamp("media") != "ok", LONG, "the lamp says that the picture is gone")
    back = house.new_pictures(3, killed_at)
    away_s = (back.at_ns - killed_at) / 1e9
    record_property("picture_back_s", round(away_s, 2))
    with capsys.disabled():
        sys.stdout.write(f"\nmedia process killed: painted again after {away_s:.2f} s (aim {AIM_S:g} s)\n")
    assert away_s < LOADED_S
    assert house.media().pid != media.pid

    until(lambda: cast.incident().recording not in (None, incident.recording), LONG, "a new recording runs")
    assert untouched(cast.incident()) == untouched(incident)
    assert cast.call() == call
    assert set(cast.incident().facts.values()) == {Answer.NO}
    house.write_notes(" and safe")
    until(lambda: cast.incident().notes == f"{NOTES} and safe", LONG, "typing goes on in the same notes")
    after = house.snapshot()
    house.until_custody(after, ("verified",))
    assert [item.id for item in cast.incident().evidence] == [before, after]
    assert cast.incident().evidence[1].capture.slot is incident.missing_slots[0]
