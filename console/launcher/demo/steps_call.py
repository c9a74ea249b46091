"""Steps from the phone's call to triage: it is queued, answered, heard and seen."""

from __future__ import annotations

import time
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
from console.domain.triage import Answer, Branch, TriageFact
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
    cast.hands.key(*["1"] * len(TriageFact))
    until(
        lambda: all(cast.incident().facts.get(fact) is Answer.NO for fact in TriageFact),
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
        "articles": list(assessment.articles),
        "parties": [party.label for party in cast.incident().parties],
        "picture": cast.picture("04-triage"),
    }


def _type_parties(cast: Cast) -> None:
    """Take down the place and both parties as they were heard and seen; the service has every word."""
    place = cast.scenario.place
    cast.focus("place")
    cast.hands.write(f"{place.road}{place.direction}")
    cast.hands.key("Tab")
    cast.hands.write(f"{place.landmark} 灯杆{place.pole}")
    for panel, role in (("party-a", "A"), ("party-b", "B")):
        truth = cast.scenario.party(role)
        cast.focus(panel)
        words = (
            truth.person.name,
            truth.person.phone,
            truth.vehicle.plate,
            truth.person.id_number,
            "样例财险",
            f"SAMPLE-{role}-0001",
        )
        for at, word in enumerate(words):
            if at:
                cast.hands.key("Tab")
            cast.hands.key("ctrl+a")
            cast.hands.write(word)

    def stated() -> bool:
        incident = cast.incident()
        parties = incident.parties
        named = incident.road_text.startswith(place.road) and place.pole in incident.landmark_text
        return (
            named
            and len(parties) == 2
            and all(
                party.details.plate == cast.scenario.party(role).vehicle.plate
                and party.details.policy_number == f"SAMPLE-{role}-0001"
                for party, role in zip(parties, ("A", "B"), strict=True)
            )
        )

    until(stated, 15, "the service has place and parties as typed")
