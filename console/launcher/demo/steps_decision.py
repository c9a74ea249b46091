"""Steps from the hand-over to the party reading the result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path

import cv2
import numpy as np

from console.contract.observation import FrameSent, MessageSeen, PanelFocused, ResultSeen, SignatureGiven
from console.domain.call import CallState
from console.domain.determination import MessageState
from console.domain.ids import PartyId
from console.domain.incident import IncidentState
from console.domain.ruling import Liability, MediationOutcome, Ruling
from console.domain.signature import SignatureState
from console.domain.statement import vehicle_type
from console.launcher.demo.cast import Cast, Evidence
from console.launcher.demo.observations import StepFailed, until
from console.launcher.demo.steps_evidence import burned_mark
from console.launcher.demo.witness import sha256

OUTCOME_KEYS: Mapping[tuple[str, str], str] = {
    ("full", "none"): "1",
    ("main", "secondary"): "2",
    ("equal", "equal"): "3",
    ("secondary", "main"): "4",
    ("none", "full"): "5",
}
"""The keys of the legal outcomes for two parties, as the form shows them."""

ACCIDENT = ("21", "1", "1", "1")
"""Kind of road, control, form and weather, by the codes of the police tables."""

HIT = ("08", "01")
DROVE = ("04", "01")
"""Where each vehicle was hit and what it did: 甲 stood and was hit behind, 乙 drove on."""

FILM_STEP = 20
"""Of so many pictures of a film one is looked at."""

PLAIN: Mapping[str, tuple[str, ...]] = {"B": ("1094",)}
"""Faults by role of the first common situation: 乙 ran into 甲, who stood."""

TABS_TO_SECOND_PARTY = 3
"""From the first party's list of faults to the second's: past its button and what the party was."""

TABS_TO_ASK = 2
"""From the words of the mediation past the note to the button that asks for signatures."""


def ruling(cast: Cast) -> Evidence:
    """Hand over, choose share, situation and facts by key; the service has the same draft.

    ``pressed`` are the presses of this step; the rest of the ruling adds its own.
    """
    before = cast.hands.pressed
    cast.hands.key("ctrl+Return", "ctrl+Return")
    until(lambda: cast.incident().state is IncidentState.RULING, 15, "the service has the case for ruling")
    cast.desk.wait(PanelFocused, lambda p: p.panel == "liability", 10, "the ruling form has the keyboard")
    truth = cast.scenario.truth
    shares = dict(truth.liability)
    cast.hands.key(OUTCOME_KEYS[(shares["A"], shares["B"])])
    cast.hands.key("ctrl+3")
    cast.desk.wait(PanelFocused, lambda p: p.panel == "facts", 10, "the facts have the keyboard")
    if {role: codes for role, codes in truth.faults.items() if codes} == PLAIN:
        for digits in ("1", *ACCIDENT[:2]):
            cast.hands.write(digits)
            cast.hands.key("Tab")
        cast.hands.key("Tab")  # the form came with the situation
        cast.hands.write(ACCIDENT[3])
        if not all(_kinds(cast)):
            cast.hands.key("Tab", *["Tab"] * len((*HIT, *DROVE)))
            _choose_kinds(cast)
    else:
        _write_out(cast)
    # What is still on its way to the window would move the keyboard on after F6 has brought it to its place.
    until(
        lambda: bool(_weather(cast)) and _faults(cast) == _truth(cast), 20, "the service has facts and faults"
    )
    until(lambda: all(_kinds(cast)), 15, "the service knows the kind of each vehicle")
    cast.focus("signing")
    cast.hands.write("1")
    cast.hands.key("Tab")
    cast.hands.write("双方同意由保险公司理赔,无其他争议")
    wanted = tuple(Liability(shares[role]) for role in ("A", "B"))
    until(lambda: _as_chosen(cast.incident().ruling, wanted), 20, "the service has the draft as chosen")
    draft = cast.incident().ruling
    if draft is None:
        raise StepFailed("the draft is gone again")
    until(lambda: _hit(cast) == HIT, 15, "the service knows where each vehicle was hit")
    return {
        "shares": {
            party.label: share.value for party, share in zip(cast.incident().parties, wanted, strict=True)
        },
        "faults": [fault.code for party in draft.parties for fault in party.faults],
        "junction": draft.junction,
        "control": draft.control,
        "vehicles": _kinds(cast),
        "pressed": cast.hands.pressed - before,
        "picture": cast.picture("07-ruling"),
    }


def _write_out(cast: Cast) -> None:
    """Fill facts, course and faults in one by one, as a case that is not a common one needs."""
    truth = cast.scenario.truth
    cast.hands.key("Tab")
    for digits in (*ACCIDENT, *HIT, *DROVE):
        cast.hands.write(digits)
        cast.hands.key("Tab")
    _choose_kinds(cast)
    cast.hands.write(truth.summary)
    until(lambda: _course(cast) == truth.summary, 20, "the service has the course as written")
    cast.focus("faults")
    for tabs, role in ((0, "A"), (TABS_TO_SECOND_PARTY, "B")):
        cast.hands.key(*["Tab"] * tabs)
        for code in dict(truth.faults).get(role, ()):
            cast.hands.write(code)
            cast.hands.key("Tab", "space")


def _choose_kinds(cast: Cast) -> None:
    """Go through the kinds of vehicle on the form; what neither licence nor register told is chosen."""
    known = tuple(cast.witness.tables().codes["vehicle_type"].codes.values())
    for role, told in zip("AB", _kinds(cast), strict=True):
        if not told:
            kind = cast.scenario.party(role).vehicle.vehicle_type
            cast.hands.key(*["Down"] * (known.index(kind) + 1))
        cast.hands.key("Tab")


def _course(cast: Cast) -> str:
    draft = cast.incident().ruling
    return "" if draft is None else draft.facts


def _weather(cast: Cast) -> str:
    draft = cast.incident().ruling
    return "" if draft is None else draft.weather


def _faults(cast: Cast) -> list[tuple[str, ...]]:
    draft = cast.incident().ruling
    return [] if draft is None else [tuple(fault.code for fault in party.faults) for party in draft.parties]


def _truth(cast: Cast) -> list[tuple[str, ...]]:
    faults = dict(cast.scenario.truth.faults)
    return [tuple(faults.get(role, ())) for role in "AB"]


def _kinds(cast: Cast) -> list[str]:
    return [vehicle_type(cast.incident(), party) for party in cast.incident().parties]


def _hit(cast: Cast) -> tuple[str, ...]:
    return tuple(party.details.collision_part for party in cast.incident().parties)


def _as_chosen(draft: Ruling | None, shares: tuple[Liability, ...]) -> bool:
    """Tell whether the draft has these shares, facts, weather and the words of the mediation."""
    return (
        draft is not None
        and tuple(party.liability for party in draft.parties) == shares
        and bool(draft.facts and draft.weather and draft.mediation)
        and draft.mediation_outcome is MediationOutcome.AGREED
    )


def signature(cast: Cast) -> Evidence:
    """One press notes why the other party cannot sign and asks the caller, who reads the text and signs."""
    before = cast.hands.pressed
    caller, other = cast.incident().parties
    until(lambda: cast.incident().recording is not None, 15, "the service knows that the call is recorded")
    cast.focus("signing")  # the keyboard is where the ruling left it: in the words of the mediation
    cast.hands.key(*["Tab"] * TABS_TO_ASK, "space")
    until(lambda: _signed(cast, other.id) is SignatureState.ABSENT, 15, "the service has the noted absence")
    until(lambda: cast.incident().signing is not None, 15, "the service shows the text to the parties")
    asked = cast.incident().signing
    seen = cast.phone.wait(SignatureGiven, lambda _: True, 30, "the phone shows the text and signs it")
    until(
        lambda: _signed(cast, caller.id) is SignatureState.SIGNED,
        15,
        "the service has the caller's signature",
    )
    signed = cast.incident().signature(caller.id)
    if asked is None or signed is None or not signed.text_sha256 == seen.text_sha256 == asked.sha256:
        raise StepFailed("another text was signed than the phone showed")
    if signed.recorded_s is None:
        raise StepFailed("the act of signing was not recorded")
    return {
        "text_sha256": signed.text_sha256,
        "strokes_sha256": signed.strokes_sha256,
        "recorded_s": signed.recorded_s,
        "absent": other.label,
        "pressed": cast.hands.pressed - before,
        "picture": cast.picture("08-signed"),
    }


def _signed(cast: Cast, party_id: PartyId) -> SignatureState | None:
    known = cast.incident().signature(party_id)
    return None if known is None else known.state


def determination(cast: Cast) -> Evidence:
    """Preview, then issue by pressing twice; the stored PDF has the digest that the journal names."""
    before = cast.hands.pressed
    cast.hands.key("ctrl+p")
    cast.hands.key("ctrl+shift+Return", "ctrl+shift+Return")
    until(lambda: cast.incident().determination is not None, 30, "the service issued the determination")
    issued = cast.incident().determination
    if issued is None:
        raise StepFailed("the determination is gone again")
    pdf = cast.witness.determination(cast.incident().id)
    if sha256(pdf) != issued.pdf_sha256 or not pdf.startswith(b"%PDF-"):
        raise StepFailed("the stored document is not the one that was issued")
    (cast.out / "determination.pdf").write_bytes(pdf)
    return {
        "number": issued.number,
        "sha256": issued.pdf_sha256,
        "size": issued.pdf_size,
        "issued_by": issued.issued_by,
        "pressed": cast.hands.pressed - before,
        "file": "determination.pdf",
        "picture": cast.picture("09-issued"),
    }


def sms(cast: Cast) -> Evidence:
    """The gateway sent every message to the caller; after the call the phone shows the same words."""
    caller = next(party for party in cast.incident().parties if party.caller)

    def sent() -> list[str]:
        messages = cast.incident().messages
        return [m.text for m in messages if m.party_id == caller.id and m.state is MessageState.SENT]

    def result_sent() -> bool:
        return any(
            m.template.startswith("result") and m.party_id == caller.id and m.state is MessageState.SENT
            for m in cast.incident().messages
        )

    until(result_sent, 15, "the gateway sent the result")
    cast.hands.key("ctrl+shift+e", "ctrl+shift+e")
    until(lambda: cast.call().state is CallState.WRAP_UP, 10, "the service counts the call as over")
    texts = sent()
    until(
        lambda: set(texts) <= {seen.text for seen in cast.phone.all(MessageSeen)},
        15,
        "the phone shows every SMS",
    )
    return {"sent": texts}


def recording(cast: Cast) -> Evidence:
    """The call's recording lies on the service: segments of what the phone filmed, the signing among them."""
    caller = cast.incident().parties[0]
    signed = cast.incident().signature(caller.id)
    sent = {frame.mark for frame in cast.phone.all(FrameSent)}

    def covers_signing() -> bool:
        return signed is not None and any(
            item.capture.captured_at
            <= signed.at
            <= item.capture.captured_at + timedelta(milliseconds=item.capture.duration_ms or 0)
            for item in cast.incident().recordings
        )

    until(covers_signing, 30, "the service has the segment in which the party signed")
    folder = cast.out / "recording"
    folder.mkdir(exist_ok=True)
    segments: list[Evidence] = []
    for item in sorted(cast.incident().recordings, key=lambda one: one.capture.captured_at):
        content = cast.witness.evidence(cast.incident().id, item.id)
        if sha256(content) != item.digests.sha256:
            raise StepFailed("a segment of the recording is not the one that was sent")
        file = folder / f"{len(segments) + 1:02d}-{item.id}.webm"
        file.write_bytes(content)
        shown = film_marks(file)
        if not shown or not shown <= sent:
            raise StepFailed(f"{file.name} shows pictures that the phone never sent")
        segments.append({"file": f"recording/{file.name}", "seconds": (item.capture.duration_ms or 0) / 1000})
    return {"segments": segments, "seconds": round(sum(one["seconds"] for one in segments), 1)}


def film_marks(file: Path) -> set[int]:
    """Return the counters burned into the pictures of a film; one in a second is looked at."""
    film = cv2.VideoCapture(str(file))
    marks: set[int] = set()
    for number in count():
        if not film.grab():
            break
        if number % FILM_STEP == 0:
            marks.add(burned_mark(np.asarray(cv2.cvtColor(film.retrieve()[1], cv2.COLOR_BGR2GRAY), np.uint8)))
    film.release()
    return marks


def progress(cast: Cast) -> Evidence:
    """The party's progress page shows the same decision; the call is wrapped up."""
    if cast.fault == "service":
        cast.service.stop()
    issued = cast.incident().determination
    if issued is None:
        raise StepFailed("nothing was issued")
    seen = cast.phone.wait(ResultSeen, lambda r: r.number == issued.number, 20, "the phone shows the result")
    labels = {party.id: party.label for party in cast.incident().parties}
    wanted = {
        labels[party.party_id]: party.liability.value if party.liability else ""
        for party in issued.ruling.parties
    }
    if dict(seen.shares) != wanted:
        raise StepFailed("the phone shows other shares than were issued")
    cast.hands.key("ctrl+Return")
    until(lambda: cast.call().state is CallState.ENDED, 10, "the service counts the wrap-up as done")
    return {
        "number": seen.number,
        "shares": dict(seen.shares),
        "incident": cast.incident().state.value,
        "call": cast.call().state.value,
        "picture": cast.picture("10-after-call"),
    }
