"""Steps from the phone's call to triage: it is queued, answered, heard and seen."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from statistics import quantiles

from console.contract.observation import (
    CallShown,
    FramePainted,
    FrameSent,
    PhoneStage,
    QueueShown,
    SoundHeard,
    SoundMeasured,
    ToneSent,
)
from console.domain.call import CallState
from console.domain.clock import SHANGHAI
from console.domain.triage import Answer, Branch, asked
from console.launcher.demo.cast import MICROPHONE_HZ, Cast, Evidence
from console.launcher.demo.observations import StepFailed, until

TONE_TOLERANCE_HZ = 12.0
FRAMES_NEEDED = 120


def call(cast: Cast) -> Evidence:
    """The party calls; the service knows the call."""
    cast.hands.key("F3")
    cast.phone.call()
    stage = cast.phone.wait(PhoneStage, lambda s: s.stage == "waiting", 30, "the phone joins the queue")
    if stage.call_id is None:
        raise StepFailed("the phone waits without a call")
    cast.call_id = stage.call_id
    on_service = cast.call()
    return {"call_id": on_service.id, "state": on_service.state.value, "incident": cast.incident().number}


def queue(cast: Cast) -> Evidence:
    """The desk's queue shows that very call, and the service offers it to this seat."""
    shown = cast.desk.wait(QueueShown, lambda q: cast.call_id in q.call_ids, 15, "the queue shows the call")
    until(lambda: cast.call().ringing_seat is not None, 20, "the service offers the call to the seat")
    cast.desk.wait(CallShown, lambda c: c.state == "ringing", 5, "the ring bar shows the call")
    return {
        "row": shown.call_ids.index(cast.call_id) + 1,
        "ringing_seat": cast.call().ringing_seat,
        "picture": cast.picture("02-ringing"),
    }


def answer(cast: Cast) -> Evidence:
    """F2 answers; the service names this seat as the winner."""
    cast.hands.key("F2")
    until(lambda: cast.call().state is CallState.CONNECTED, 15, "the service counts the call as answered")
    on_service = cast.call()
    cast.phone.wait(PhoneStage, lambda s: s.stage == "in-call", 10, "the phone shows the call")
    return {"seat": on_service.seat, "answered_by": on_service.answered_by, "state": on_service.state.value}


def voice(cast: Cast) -> Evidence:
    """The tone of each side is found in the decoded sound of the other."""
    sent = cast.phone.wait(ToneSent, lambda _: True, 20, "the phone speaks")
    heard = cast.desk.wait(
        SoundMeasured,
        lambda m: _near(m.remote_hz, cast.phone.all(ToneSent)[-1].hertz),
        20,
        "the party's tone is in the desk's decoded sound",
    )
    proof: Evidence = {"party_tone_hz": cast.phone.all(ToneSent)[-1].hertz, "desk_heard_hz": heard.remote_hz}
    if cast.sound is None:
        return {**proof, "judged": f"towards the desk only: {cast.sound_trouble}", "first_hz": sent.hertz}
    reverse = cast.phone.wait(
        SoundHeard,
        lambda h: _near(h.hertz, MICROPHONE_HZ),
        20,
        "the microphone's tone is in the phone's decoded sound",
    )
    return {**proof, "microphone_hz": MICROPHONE_HZ, "phone_heard_hz": reverse.hertz, "judged": "both ways"}


def _near(found: float | None, wanted: float) -> bool:
    return found is not None and abs(found - wanted) <= TONE_TOLERANCE_HZ


def video(cast: Cast) -> Evidence:
    """Counters painted on the desk's window are counters that the phone's camera burned in, and they run."""
    began = time.monotonic_ns()
    cast.focus("video")
    cast.hands.key("b")
    until(
        lambda: (
            len({p.mark for p in cast.desk.all(FramePainted, began) if p.mark is not None}) >= FRAMES_NEEDED
        ),
        30,
        f"{FRAMES_NEEDED} different pictures are painted",
    )
    delays = latencies(cast, began)
    painted = [p for p in cast.desk.all(FramePainted, began) if p.mark is not None]
    return {
        "painted": len(painted),
        "first_counter": painted[0].mark,
        "last_counter": painted[-1].mark,
        "size": [painted[-1].width, painted[-1].height],
        "latency_ms": latency_summary(delays),
        "picture": cast.picture("03-in-call"),
    }


def latencies(cast: Cast, since_ns: int) -> list[float]:
    """Return camera-to-painted delays in milliseconds; raise ``StepFailed`` for a counter never sent."""
    sent = {frame.mark: frame.at_ns for frame in cast.phone.all(FrameSent)}
    first_painted: dict[int, int] = {}
    for painted in cast.desk.all(FramePainted, since_ns):
        if painted.mark is not None:
            first_painted.setdefault(painted.mark, painted.at_ns)
    strangers = first_painted.keys() - sent.keys()
    if strangers:
        raise StepFailed(f"{len(strangers)} painted counters were never sent")
    return [(at - sent[mark]) / 1e6 for mark, at in first_painted.items()]


def latency_summary(delays: list[float]) -> dict[str, float]:
    """Return median and 95th percentile of ``delays``."""
    if len(delays) < 2:
        return {}
    cuts = quantiles(delays, n=100)
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1)}


def triage(cast: Cast) -> Evidence:
    """Every row is answered by key; the service assesses the same branch."""
    cast.focus("triage")
    cast.hands.key(*["1"] * len(asked({})))
    until(
        lambda: all(cast.incident().facts.get(fact) is Answer.NO for fact in asked({})),
        15,
        "the service has all triage facts",
    )
    _type_parties(cast)
    assessment = cast.incident().assessment
    if assessment.branch is not Branch.VIDEO_FAST:
        raise StepFailed(f"the branch is {assessment.branch.value}")
    return {
        "facts": {fact.value: answer.value for fact, answer in cast.incident().facts.items()},
        "branch": assessment.branch.value,
        "articles": list(assessment.article_numbers),
        "parties": [party.label for party in cast.incident().parties],
        "picture": cast.picture("04-triage"),
    }


def _type_parties(cast: Cast) -> None:
    """Take down what is heard: the place, and of each party the telephone and the policy it reads out.

    What stands on documents is not typed; it is read from their pictures later.
    """
    place = cast.scenario.place
    cast.focus("place")
    cast.hands.key("Tab")
    cast.hands.write(f"{place.road}{place.direction}")
    until(lambda: cast.incident().road_text.startswith(place.road), 15, "the service has the road as typed")
    cast.hands.key("Tab")
    cast.hands.write(f"{place.landmark} 灯杆{place.pole}")
    until(lambda: place.pole in cast.incident().landmark_text, 15, "the service has the landmark as typed")
    happened = cast.call().placed_at - timedelta(minutes=cast.scenario.occurred_minutes_ago)
    cast.hands.key("Tab")
    cast.hands.write(happened.astimezone(SHANGHAI).strftime("%m%d%H%M"))
    cast.hands.key("Return")
    minute = happened.replace(second=0, microsecond=0)
    until(lambda: cast.incident().occurred_at == minute, 15, "the service has the time as typed")
    for role in ("A", "B"):
        policy = cast.policy(role)
        words = {
            "phone": cast.scenario.party(role).person.phone,
            "insurer": policy.insurer,
            "policy_number": policy.policy_number,
        }
        type_details(cast, role, words)


FIELDS = ("name", "phone", "plate", "id_number", "insurer", "policy_number")
"""The fields of a party in the order in which Tab goes through them."""


def type_details(cast: Cast, role: str, words: Mapping[str, str]) -> None:
    """Type into the fields of a party, first to last; the service has every word."""
    cast.home()
    cast.focus(f"party-{role.lower()}")
    for at, field in enumerate(FIELDS):
        if at:
            cast.hands.key("Tab")
        if field in words:
            cast.hands.key("ctrl+a")
            cast.hands.write(words[field])
            # Text is pasted where no key stands for it: what was pasted last must have arrived by then.
            until(partial(_has, cast, role, field, words[field]), 15, f"the service has the {field}")


def _has(cast: Cast, role: str, field: str, text: str) -> bool:
    parties = dict(zip("AB", cast.incident().parties, strict=False))
    return role in parties and getattr(parties[role].details, field) == text
