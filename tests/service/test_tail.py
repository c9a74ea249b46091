"""The newest entries as they are handed to the streams, and which sign-ins last."""

from __future__ import annotations

from datetime import UTC, datetime

from console.contract.journal import Entry
from console.domain.events import NotesWritten
from console.domain.ids import IncidentId
from console.service.lasting import Lasting
from console.service.tail import Line, Tail, line


def entry(sequence: int) -> Line:
    """Return an entry as it goes out."""
    return line(
        Entry(
            sequence=sequence,
            at=datetime(2026, 11, 23, tzinfo=UTC),
            actor="service",
            incident_id=IncidentId("i"),
            call_id=None,
            event=NotesWritten(text=str(sequence)),
        )
    )


def sequences(tail: Tail, after: int) -> list[int] | None:
    """Return what follows ``after`` in short."""
    found = tail.after(after)
    return None if found is None else [item.sequence for item in found.entries]


def test_all_that_follows_and_nothing_that_is_not_here() -> None:
    tail = Tail(kept=3)
    tail.begin(10)
    assert sequences(tail, 10) == []
    tail.add([entry(12), entry(15)])
    assert (sequences(tail, 10), sequences(tail, 12), sequences(tail, 15)) == ([12, 15], [15], [])
    assert (sequences(tail, 9), sequences(tail, 16)) == (None, None)
    tail.add([entry(16), entry(17)])
    assert (sequences(tail, 11), sequences(tail, 12)) == (None, [15, 16, 17])


def test_streams_at_the_same_place_share_what_goes_out() -> None:
    tail = Tail()
    tail.begin(0)
    tail.add([entry(1), entry(2)])
    first, second = tail.after(0), tail.after(0)
    assert first is second
    assert first is not None
    assert (first.newest, first.chunk) == (2, entry(1).chunk + entry(2).chunk)


def test_a_stream_that_looked_in_between_is_woken() -> None:
    tail = Tail()
    turn = tail.turn
    tail.begin(0)
    tail.add([entry(1)])
    assert turn.is_set()
    assert not tail.turn.is_set()


def test_a_session_is_over_when_a_later_look_does_not_find_it() -> None:
    lasting = Lasting()
    with lasting.watched("a"), lasting.watched("a"):
        assert not lasting.ended("a", since=5.0)
        assert lasting.put(frozenset({"b"}), 4.0)
        assert not lasting.ended("a", since=5.0)
        assert not lasting.put(frozenset({"a", "b"}), 6.0)
        assert not lasting.ended("a", since=5.0)
        assert lasting.put(frozenset({"b"}), 7.0)
        assert (lasting.ended("a", since=5.0), lasting.ended("b", since=5.0)) == (True, False)
    assert not lasting.put(frozenset({"b"}), 8.0)
