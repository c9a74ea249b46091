"""The desk killed between snapshot and upload."""

from __future__ import annotations

import signal
import time

import pytest

from console.contract.observation import FrameSent, SentenceShown, SlotAimed
from console.domain.call import CallState
from console.domain.events import EvidenceReceived, NotesWritten
from console.launcher import stage
from console.launcher.demo.observations import until
from console.launcher.demo.steps_evidence import picture_mark
from console.launcher.demo.witness import sha256
from tests.faults.house import LONG, House, ended, kill
from tests.faults.wire import Wire

pytestmark = pytest.mark.timeout(400)

UNDER_WAY = ("captured", "queued", "uploading", "retry-later")
NOTES = "hazard lights on"


def test_the_picture_arrives_once_and_the_call_is_taken_up_again(house: House) -> None:
    house.call()
    cast = house.cast
    answered = cast.call()

    house.service.tower.process.send_signal(signal.SIGSTOP)
    house.write_notes(NOTES)
    evidence_id = house.snapshot()
    house.until_custody(evidence_id, UNDER_WAY)
    pressed = time.monotonic_ns()
    house.cast.hands.key("bracketright")
    until(lambda: bool(cast.desk.all(SlotAimed, pressed)), LONG, "the next slot is aimed at")
    aimed = cast.desk.all(SlotAimed, pressed)[-1].slot
    until(lambda: house.bookmark() == aimed, LONG, "the slot is remembered on disk")
    media = house.media()
    kill(cast.desk_process)
    assert ended([media])
    on_disk, custody = house.vault()[evidence_id]
    assert custody in UNDER_WAY
    house.service.tower.process.send_signal(signal.SIGCONT)
    assert cast.incident().evidence == ()

    again = time.monotonic_ns()
    house.restart_desk()
    house.until_custody(evidence_id, ("verified",))
    until(lambda: house.call_shown() == CallState.CONNECTED, LONG, "the desk shows the same call")
    said = cast.desk.wait(
        SentenceShown, lambda s: s.text.startswith("已恢复到"), LONG, "it says what came back"
    )
    assert "无缺失" in said.text
    assert "1 张证据" in said.text
    assert cast.desk.all(SlotAimed)[-1].slot == aimed
    house.new_pictures(3, again)
    until(lambda: cast.incident().notes == NOTES, LONG, "what was typed arrives")
    assert cast.call() == answered
    (item,) = cast.incident().evidence
    content = cast.witness.evidence(cast.incident().id, evidence_id)
    assert (item.id, item.digests.sha256, sha256(content)) == (evidence_id, on_disk, on_disk)
    assert picture_mark(content) in {frame.mark for frame in cast.phone.all(FrameSent)}
    with Wire(house.service, stage.TRAINER, "W31") as wire:
        events = [entry.event for entry in wire.journal()]
    assert sum(isinstance(event, EvidenceReceived) for event in events) == 1
    assert sum(isinstance(event, NotesWritten) for event in events) == 1

    second = house.snapshot()
    house.until_custody(second, ("verified",))
    assert [item.id for item in cast.incident().evidence] == [evidence_id, second]
