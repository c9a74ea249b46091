"""Triage: which road an accident takes, and what the parties are told about moving.

Sources: 公安部令第146号 Art. 13 (hold the scene), 14 (photograph and move), 15 (dangerous goods),
19 and 23 (simple procedure), 20 (a party may always ask for an officer). A local rule may narrow Art. 19.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What is known about a fact. ``unknown`` blocks the ruling, never the collection of evidence."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class TriageFact(StrEnum):
    """The rows that a call-taker asks, in the order in which they are asked."""

    INJURY = "injury"
    ALCOHOL_OR_DRUGS = "alcohol-or-drugs"
    DRIVER_SWAP = "driver-swap"
    LICENCE_INVALID = "licence-invalid"
    PLATE_MISSING_OR_FORGED = "plate-missing-or-forged"
    IMMOVABLE = "immovable"
    DANGEROUS_GOODS = "dangerous-goods"
    FACILITY_HIT = "facility-hit"
    PARTY_LEFT = "party-left"
    OUTSIDE_LOCAL_RULE = "outside-local-rule"


ARTICLE: Mapping[TriageFact, str] = {
    TriageFact.INJURY: "13",
    TriageFact.ALCOHOL_OR_DRUGS: "13",
    TriageFact.DRIVER_SWAP: "13",
    TriageFact.LICENCE_INVALID: "13",
    TriageFact.PLATE_MISSING_OR_FORGED: "13",
    TriageFact.IMMOVABLE: "13",
    TriageFact.DANGEROUS_GOODS: "15",
    TriageFact.FACILITY_HIT: "14",
    TriageFact.PARTY_LEFT: "13",
    TriageFact.OUTSIDE_LOCAL_RULE: "19",
}
"""Article of 公安部令第146号 that a ``yes`` brings in."""

_HOLD = tuple(fact for fact, article in ARTICLE.items() if article == "13")


class Branch(StrEnum):
    """The road an accident takes."""

    HAZMAT_EMERGENCY = "hazmat_emergency"
    HOLD_SCENE_DISPATCH = "hold_scene_dispatch"
    PHOTO_MOVE_REPORT = "photo_move_report"
    DISPATCH_ON_REQUEST = "dispatch_on_request"
    EVIDENCE_MOVE_DISPATCH = "evidence_move_dispatch"
    VIDEO_FAST = "video_fast"


class Movement(StrEnum):
    """What the parties are told about their vehicles."""

    NO = "no"
    AFTER_PHOTO = "after_photo"
    AFTER_EVIDENCE = "after_evidence"
    LEAVE_NOW = "leave_now"


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The outcome of triage.

    ``articles`` of 公安部令第146号, ``because`` the facts that decided, ``open_facts`` what is still unknown.
    ``dispatch`` tells that the district police must be sent, ``ruling_allowed`` that an officer may rule
    online once no fact is open.
    """

    branch: Branch
    movement: Movement
    dispatch: bool
    ruling_allowed: bool
    articles: tuple[str, ...]
    because: tuple[TriageFact, ...]
    open_facts: tuple[TriageFact, ...]
    officer_requested: bool


def assess(facts: Mapping[TriageFact, Answer], *, officer_requested: bool) -> Assessment:
    """Decide the branch from what is known now; facts left out count as unknown.

    Order: Art. 15, then 13, then 14, then a party's request (20), then the local rule (19). A request
    always sends an officer; what the vehicles do still follows the order.
    """

    def said(fact: TriageFact) -> bool:
        return facts.get(fact) is Answer.YES

    open_facts = tuple(f for f in TriageFact if facts.get(f, Answer.UNKNOWN) is Answer.UNKNOWN)
    held_by = tuple(f for f in _HOLD if said(f))
    if said(TriageFact.DANGEROUS_GOODS):
        branch, movement, because = (
            Branch.HAZMAT_EMERGENCY,
            Movement.NO,
            (TriageFact.DANGEROUS_GOODS, *held_by),
        )
        articles: tuple[str, ...] = ("15", "13") if held_by else ("15",)
    elif held_by:
        branch, movement, because = Branch.HOLD_SCENE_DISPATCH, Movement.NO, held_by
        articles = ("13",)
    elif said(TriageFact.FACILITY_HIT):
        branch, movement, because = Branch.PHOTO_MOVE_REPORT, Movement.AFTER_PHOTO, (TriageFact.FACILITY_HIT,)
        articles = ("14",)
    elif officer_requested:
        branch, movement, because = Branch.DISPATCH_ON_REQUEST, Movement.AFTER_EVIDENCE, ()
        articles = ("20", "19")
    elif said(TriageFact.OUTSIDE_LOCAL_RULE):
        branch, movement, because = (
            Branch.EVIDENCE_MOVE_DISPATCH,
            Movement.AFTER_EVIDENCE,
            (TriageFact.OUTSIDE_LOCAL_RULE,),
        )
        articles = ("19",)
    else:
        branch, movement, because = Branch.VIDEO_FAST, Movement.AFTER_EVIDENCE, ()
        articles = ("19", "20", "23", "24")
    if officer_requested and "20" not in articles:
        articles = (*articles, "20")
    fast = branch is Branch.VIDEO_FAST
    return Assessment(
        branch=branch,
        movement=movement,
        dispatch=not fast,
        ruling_allowed=fast,
        articles=articles,
        because=because,
        open_facts=open_facts,
        officer_requested=officer_requested,
    )
