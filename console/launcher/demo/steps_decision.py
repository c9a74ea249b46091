"""Steps from the hand-over to the party reading the result."""

from __future__ import annotations

from collections.abc import Mapping

from console.contract.observation import MessageSeen, PanelFocused, ResultSeen
from console.domain.call import CallState
from console.domain.determination import MessageState
from console.domain.incident import IncidentState
from console.domain.ruling import Liability, Ruling
from console.launcher.demo.cast import Cast, Evidence
from console.launcher.demo.observations import StepFailed, until
from console.launcher.demo.witness import sha256

OUTCOME_KEYS: Mapping[tuple[str, str], str] = {
    ("full", "none"): "1",
    ("main", "secondary"): "2",
    ("equal", "equal"): "3",
    ("secondary", "main"): "4",
    ("none", "full"): "5",
}
"""The keys of the legal outcomes for two parties, as the form shows them."""

TABS_TO_SECOND_PARTY = 2
"""From the first party's list of faults to the second's: past its button."""


def ruling(cast: Cast) -> Evidence:
    """Hand over, choose facts, fault and liability by key; the service has the same draft."""
    cast.hands.key("ctrl+Return")
    until(lambda: cast.incident().state is IncidentState.RULING, 15, "the service has the case for ruling")
    cast.desk.wait(PanelFocused, lambda p: p.panel == "liability", 10, "the ruling form has the keyboard")
    truth = cast.scenario.truth
    cast.focus("facts")
    for digits in ("21", "1", "1", "1"):
        cast.hands.write(digits)
        cast.hands.key("Tab")
    cast.hands.write(truth.summary)
    cast.focus("faults")
    for tabs, role in ((0, "A"), (TABS_TO_SECOND_PARTY, "B")):
        cast.hands.key(*["Tab"] * tabs)
        for code in dict(truth.faults).get(role, ()):
            cast.hands.write(code)
            cast.hands.key("Tab", "space")
    cast.focus("liability")
    shares = dict(truth.liability)
    cast.hands.key(OUTCOME_KEYS[(shares["A"], shares["B"])])
    cast.focus("closing")
    cast.hands.key("Tab")
    cast.hands.write("双方同意由保险公司理赔,无其他争议")
    cast.hands.key("ctrl+s")
    wanted = tuple(Liability(shares[role]) for role in ("A", "B"))
    until(lambda: _shares(cast.incident().ruling) == wanted, 20, "the service has the draft as chosen")
    draft = cast.incident().ruling
    if draft is None or not draft.facts or not draft.mediation:
        raise StepFailed("the draft lacks facts or mediation")
    return {
        "shares": {
            party.label: share.value for party, share in zip(cast.incident().parties, wanted, strict=True)
        },
        "faults": [fault.code for party in draft.parties for fault in party.faults],
        "junction": draft.junction,
        "control": draft.control,
        "picture": cast.picture("07-ruling"),
    }


def _shares(draft: Ruling | None) -> tuple[Liability | None, ...]:
    return () if draft is None else tuple(party.liability for party in draft.parties)


def determination(cast: Cast) -> Evidence:
    """Preview, then issue by pressing twice; the stored PDF has the digest that the journal names."""
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
        "file": "determination.pdf",
        "picture": cast.picture("08-issued"),
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
        "picture": cast.picture("09-after-call"),
    }
