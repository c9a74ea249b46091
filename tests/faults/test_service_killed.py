"""The service killed in the middle of a call and started again on the same folder and port."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from console.contract.observation import FramePainted
from console.domain.call import CallState
from console.domain.events import CallEvent, CallInterrupted, EvidenceReceived, NotesWritten
from console.domain.evidence import CaptureSource
from console.launcher import stage
from console.launcher.demo.observations import until
from tests.faults.house import LONG, House, kill
from tests.faults.wire import Wire

pytestmark = pytest.mark.timeout(400)

NOTES = "lane two is free"
PICTURES_MEANWHILE = 40


def test_the_call_goes_on_and_nothing_is_doubled(house: House) -> None:
    house.call()
    cast = house.cast
    first = house.snapshot()
    house.until_custody(first, ("verified",))
    call = cast.call()

    killed_at = time.monotonic_ns()
    kill(house.service.tower)
    until(lambda: house.lamp("service") == "bad", LONG, "the lamp says that the service is away")
    assert house.badge() == "live"
    house.new_pictures(PICTURES_MEANWHILE, time.monotonic_ns())
    house.write_notes(NOTES)
    second = house.snapshot()
    assert house.custody(second) != "verified"
    house.new_pictures(PICTURES_MEANWHILE, time.monotonic_ns())

    house.restart_service()
    until(lambda: house.lamp("service") == "ok", LONG, "the lamp says that the service is back")
    house.until_custody(second, ("verified",))
    until(lambda: cast.incident().notes == NOTES, LONG, "what was typed meanwhile arrives")
    third = house.snapshot()
    house.until_custody(third, ("verified",))
    house.new_pictures(3, time.monotonic_ns())
    painted = sorted(shown.at_ns for shown in cast.desk.all(FramePainted, killed_at))
    longest_s = max(later - sooner for sooner, later in pairwise(painted)) / 1e9
    assert longest_s < LONG / 10, "the picture went on while the service was away"

    assert cast.call() == call
    assert cast.call().state is CallState.CONNECTED
    assert [item.id for item in cast.incident().evidence] == [first, second, third]
    with Wire(house.service, stage.TRAINER, "W31") as wire:
        entries = wire.journal()
    sequences = [entry.sequence for entry in entries]
    assert sequences == sorted(set(sequences))
    events = [entry.event for entry in entries]
    pictures = [event.evidence for event in events if isinstance(event, EvidenceReceived)]
    received = [item.id for item in pictures if item.capture.source is not CaptureSource.RECORDING]
    assert received == [first, second, third]
    assert [event.text for event in events if isinstance(event, NotesWritten)] == [NOTES]
    about_calls = [type(event) for event in events if isinstance(event, CallEvent)]
    assert len(about_calls) == len(set(about_calls))
    assert CallInterrupted not in about_calls
