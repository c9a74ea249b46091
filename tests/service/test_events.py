"""The journal on the wire: each entry once, in order, through drops; and equal to the snapshot."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from console.contract.codec import decode
from console.contract.journal import DeskSnapshot, Entry, next_call, next_incident
from console.domain.call import Call
from console.domain.ids import CallId, IncidentId
from console.domain.incident import Incident
from console.service.server import Service
from tests.service.harness import Desk, Phone, entries, good, incident_of, refusal, running, settings


def replay(all_entries: list[Entry]) -> tuple[dict[CallId, Call], dict[IncidentId, Incident]]:
    """Fold a journal from its beginning."""
    calls: dict[CallId, Call] = {}
    incidents: dict[IncidentId, Incident] = {}
    for entry in all_entries:
        incidents[entry.incident_id] = next_incident(incidents.get(entry.incident_id), entry)
        if entry.call_id is not None:
            call = next_call(calls.get(entry.call_id), entry)
            assert call is not None
            calls[entry.call_id] = call
    return calls, incidents


def same(snapshot: DeskSnapshot, all_entries: list[Entry]) -> None:
    """Check that a snapshot equals what follows from the journal."""
    calls, incidents = replay(all_entries)
    assert {call.id: call for call in snapshot.calls} == calls
    assert {incident.id: incident for incident in snapshot.incidents} == incidents
    assert snapshot.sequence == all_entries[-1].sequence


def test_replaying_the_journal_equals_the_snapshot(desk: Desk, phone: Callable[..., Phone]) -> None:
    stream = desk.stream("/v1/events")
    party = phone()
    call_id, _ = party.place(hurt=True)
    good(desk.answer(call_id))
    incident = f"/v1/incidents/{incident_of(desk, call_id)}"
    desk.put(f"{incident}/notes", {"text": "两车追尾"})
    desk.put(f"{incident}/place", {"road": "样例大道由东向西", "landmark": "灯杆 Y-0042"})
    desk.put(f"{incident}/form", {"form": "lane-change"})
    desk.put(f"{incident}/facts/injury", {"answer": "no"})
    joined = desk.post(f"{incident}/parties", {"details": {"name": "测试宁", "plate": "测B·22222"}}).json()
    assert joined["label"] == "乙"
    desk.put(f"{incident}/parties/{joined['party_id']}", {"details": {"phone": "10087654321"}})
    party.post("/v1/party/consents", {"item": "e-service", "given": True, "wording": "1"})
    party.post("/v1/party/officer-requests")
    desk.post(f"{incident}/dispatch", {"reason": "当事人要求民警到场"})
    desk.post(f"/v1/calls/{call_id}/hang-up")
    desk.post(f"/v1/calls/{call_id}/wrap-up-done")
    stream.until(lambda entry: entry.event.type == "message-sent", Entry)
    snapshot = desk.snapshot()
    seen = [decode(Entry, data) for _kind, _id, data in stream.events]
    while seen[-1].sequence < snapshot.sequence:
        seen = entries(stream, len(seen) + 1)
    same(snapshot, [entry for entry in seen if entry.sequence <= snapshot.sequence])
    numbers = [int(number) for _kind, number, _data in stream.events]
    assert numbers == sorted(set(numbers))


def test_readers_that_drop_and_resume_miss_nothing_and_see_nothing_twice(
    service: Service, desk: Desk, phone: Callable[..., Phone], stack: ExitStack
) -> None:
    writers, writes, dice = 6, 25, random.Random(7)
    cases = [incident_of(desk, phone().place()[0]) for _ in range(writers)]
    before = desk.snapshot().sequence

    def write(case: IncidentId) -> None:
        with Desk(service, "900011", f"w{cases.index(case)}") as writer:
            for number in range(writes):
                writer.put(f"/v1/incidents/{case}/notes", {"text": f"第 {number} 次"})

    threads = [threading.Thread(target=write, args=(case,)) for case in cases]
    for thread in threads:
        thread.start()
    seen: list[Entry] = []
    after = before
    while len(seen) < writers * writes:
        stream = desk.stream("/v1/events", after)
        wanted = min(dice.randint(1, 40), writers * writes - len(seen))
        seen += entries(stream, wanted)
        after = seen[-1].sequence
        stream.close()
    for thread in threads:
        thread.join(20)
    sequences = [entry.sequence for entry in seen]
    assert sequences == sorted(set(sequences))
    assert {entry.incident_id for entry in seen} == set(cases)
    assert desk.snapshot().sequence == sequences[-1]


def test_a_reader_too_far_behind_is_told_to_resync(data: Path, stack: ExitStack) -> None:
    service = stack.enter_context(running(settings(data, max_lag=5)))
    desk = stack.enter_context(Desk(service, "900010", "07"))
    party = stack.enter_context(Phone(service, desk.link()))
    incident = incident_of(desk, party.place()[0])
    for number in range(8):
        desk.put(f"/v1/incidents/{incident}/notes", {"text": str(number)})
    late = desk.stream("/v1/events", 0)
    assert late.wait(1)[0][0] == "resync"
    assert late.ended.wait(5)
    ahead = desk.stream("/v1/events", 10_000)
    assert ahead.wait(1)[0][0] == "resync"


def test_a_stream_shows_that_it_lives_whatever_else_happens(service: Service, desk: Desk) -> None:
    ended = threading.Event()

    def ring() -> None:
        while not ended.wait(0.02):
            service.core.bell.ring()

    ringing = threading.Thread(target=ring)
    ringing.start()
    after = desk.snapshot().sequence
    with desk.http.get(f"{desk.url}/v1/events?after={after}", stream=True, timeout=60) as answer:
        lines = (line for line in answer.iter_lines(1) if line)
        assert list(islice(lines, 3)) == [b": alive"] * 3
    ended.set()
    ringing.join()


def test_a_strange_last_event_id_is_refused(desk: Desk) -> None:
    for number in ("x", "-1", "9" * 30, "1.5"):
        answer = desk.send("GET", "/v1/events", headers={"Last-Event-ID": number})
        assert refusal(answer) == (422, "invalid-request")


def test_a_restart_keeps_everything(data: Path, stack: ExitStack) -> None:
    with running(settings(data)) as service, Desk(service, "900010", "07") as desk:
        with Phone(service, desk.link()) as party:
            call_id, resume_token = party.place()
            good(desk.answer(call_id))
            desk.put(f"/v1/incidents/{incident_of(desk, call_id)}/notes", {"text": "重启之前"})
            token, cookies = desk.session["token"], party.http.cookies.get_dict()
        before = desk.snapshot()
    service = stack.enter_context(running(settings(data)))
    again = stack.enter_context(Phone(service, "unused"))
    again.http.cookies.update(cookies)
    desk = stack.enter_context(Desk(service, "900011", "11"))
    desk.http.headers["Authorization"] = f"Bearer {token}"
    after = desk.snapshot()
    assert (after.sequence, after.calls, after.incidents) == (
        before.sequence,
        before.calls,
        before.incidents,
    )
    assert again.state().resume_token == resume_token
    assert entries(desk.stream("/v1/events"), 1)[0].sequence == 1
