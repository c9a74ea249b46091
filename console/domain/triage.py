"""Triage: the rows a call-taker asks, the roads an accident can take, and the words for what follows.

Sources: 公安部令第146号 Arts. 13 (hold the scene), 14 (photograph and move), 15 (dangerous goods), 18 (late
report), 19 and 20 (leave, settle, ask for an officer), 23 and 24 (simple procedure). ``domain.handling``
decides among the roads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.domain.local_rule import Unmet
from console.domain.ruling import Citation

P146 = "处理程序规定"
"""The short name of 公安部令第146号, as citations use it."""


class Answer(StrEnum):
    """What is known about a fact. ``unknown`` blocks the ruling, never the collection of evidence."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class TriageFact(StrEnum):
    """What a call-taker answers: the rows in the order in which they are asked, then what is rarely so."""

    INJURY = "injury"
    ALCOHOL_OR_DRUGS = "alcohol-or-drugs"
    DRIVER_SWAP = "driver-swap"
    LICENCE_INVALID = "licence-invalid"
    PLATE_MISSING_OR_FORGED = "plate-missing-or-forged"
    IMMOVABLE = "immovable"
    DANGEROUS_GOODS = "dangerous-goods"
    MARKS_MISSING = "marks-missing"
    FACILITY_HIT = "facility-hit"
    PARTY_LEFT = "party-left"
    OUTSIDE_LOCAL_RULE = "outside-local-rule"
    SERIOUS_INJURY = "serious-injury"
    OVERLOADED_TRANSPORT = "overloaded-transport"
    INTENT = "intent"
    BOTH_LEFT = "both-left"
    NO_DISPUTE = "no-dispute"


SPECIAL = (
    TriageFact.OVERLOADED_TRANSPORT,
    TriageFact.INTENT,
    TriageFact.BOTH_LEFT,
    TriageFact.NO_DISPUTE,
)
"""Circumstances that nobody is asked about in every call: an officer states one where it shows itself, and it
changes the script at once (Arts. 13(1)③ and ⑦, 18, 19 to 21). One that was stated stands among the rows."""

FOLLOWS: Mapping[TriageFact, TriageFact] = {TriageFact.SERIOUS_INJURY: TriageFact.INJURY}
"""Rows that are asked only where another one is answered with yes."""


def asked(facts: Mapping[TriageFact, Answer]) -> tuple[TriageFact, ...]:
    """Return the rows to be asked, given what is answered so far; a follow-up stands after its question."""
    rows: list[TriageFact] = []
    for fact in TriageFact:
        if fact in FOLLOWS or (fact in SPECIAL and facts.get(fact) is not Answer.YES):
            continue
        rows.append(fact)
        if facts.get(fact) is Answer.YES:
            rows += [follow for follow, question in FOLLOWS.items() if question is fact]
    return tuple(rows)


def open_facts(facts: Mapping[TriageFact, Answer]) -> tuple[TriageFact, ...]:
    """Return the rows that are to be asked and not answered yet."""
    return tuple(fact for fact in asked(facts) if facts.get(fact, Answer.UNKNOWN) is Answer.UNKNOWN)


ARTICLE: Mapping[TriageFact, str] = {
    TriageFact.INJURY: "13",
    TriageFact.ALCOHOL_OR_DRUGS: "13",
    TriageFact.DRIVER_SWAP: "13",
    TriageFact.LICENCE_INVALID: "13",
    TriageFact.PLATE_MISSING_OR_FORGED: "13",
    TriageFact.IMMOVABLE: "13",
    TriageFact.DANGEROUS_GOODS: "15",
    TriageFact.MARKS_MISSING: "14",
    TriageFact.FACILITY_HIT: "14",
    TriageFact.PARTY_LEFT: "13",
    TriageFact.OUTSIDE_LOCAL_RULE: "19",
    TriageFact.SERIOUS_INJURY: "23",
    TriageFact.OVERLOADED_TRANSPORT: "13",
    TriageFact.INTENT: "13",
    TriageFact.BOTH_LEFT: "18",
    TriageFact.NO_DISPUTE: "19",
}
"""Article of 公安部令第146号 that a ``yes`` brings in."""


class Branch(StrEnum):
    """The road an accident takes."""

    HAZMAT_EMERGENCY = "hazmat_emergency"
    HOLD_SCENE_DISPATCH = "hold_scene_dispatch"
    PHOTO_MOVE_REPORT = "photo_move_report"
    DISPATCH_ON_REQUEST = "dispatch_on_request"
    EVIDENCE_MOVE_DISPATCH = "evidence_move_dispatch"
    SELF_NEGOTIATION = "self_negotiation"
    LATE_REPORT_RECORD = "late_report_record"
    VIDEO_FAST = "video_fast"


class Movement(StrEnum):
    """What the parties are told about their vehicles."""

    NO = "no"
    AFTER_PHOTO = "after_photo"
    AFTER_EVIDENCE = "after_evidence"
    LEAVE_NOW = "leave_now"
    NOT_APPLICABLE = "n/a"


class Flag(StrEnum):
    """What else the desk has to show or set going."""

    ASK_VEHICLE_FEATURES = "ask_vehicle_features"
    CHILDREN_ON_BOARD = "children_on_board"
    DEADLINE_3_WORKING_DAYS = "deadline_3_working_days"
    DIPLOMATIC = "diplomatic"
    ELECTRIC_HAZARD = "electric_hazard"
    EXPRESSWAY_SAFETY = "expressway_safety"
    GENERAL_PROCEDURE = "general_procedure"
    INTERPRETER = "interpreter"
    MILITARY_NOTIFY = "military_notify"
    MINOR = "minor"
    NOTIFY_UTILITY = "notify_utility"
    ON_SITE_SIMPLE_PROCEDURE = "on_site_simple_procedure"
    ORDER_EVACUATE = "order_evacuate"
    PARTY_REQUEST = "party_request"
    POSSIBLE_CRIME = "possible_crime"
    POSSIBLE_ESCAPE = "possible_escape"
    RETRIAGE = "retriage"
    SILENT_ALERT = "silent_alert"
    SUPERVISOR = "supervisor"
    TOW = "tow"
    TRANSFER_EXPRESSWAY_POLICE = "transfer_expressway_police"
    TWO_OFFICERS = "two_officers"
    WARN_FINE_200 = "warn_fine_200"


class Duty(StrEnum):
    """What the call-taker must do on this road."""

    ASK_HAZMAT_KIND = "ask_hazmat_kind"
    ASK_INJURY = "ask_injury"
    ASK_LEAK = "ask_leak"
    CALL_120 = "call_120"
    CANCEL_EVACUATE = "cancel_evacuate"
    DO_NOT_ALERT_ON_SHARED_SCREEN = "do_not_alert_on_shared_screen"
    GUARDIAN_CONSENT = "guardian_consent"
    PROVIDE_INTERPRETER_OR_WRITTEN_WAIVER = "provide_interpreter_or_written_waiver"
    RECORD_CONSENT_EACH = "record_consent_each"
    VERIFY_TEMP_PLATE_VALIDITY = "verify_temp_plate_validity"


class Ban(StrEnum):
    """What the call-taker must never say on this road."""

    INSTRUCT_APPROACH = "instruct_approach"
    INSTRUCT_HOLD = "instruct_hold"
    INSTRUCT_MOVE = "instruct_move"
    LET_LEAVE = "let_leave"
    VIDEO_FAST = "video_fast"


class Ground(StrEnum):
    """What decided a road, for the reason in plain words."""

    DANGEROUS_GOODS = "dangerous_goods"
    INJURY = "injury"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_OPEN = "consent_open"
    LICENCE = "licence"
    ALCOHOL_OR_DRUGS = "alcohol_or_drugs"
    DRIVER_SWAP = "driver_swap"
    OVERLOAD_OR_SPEED = "overload_or_speed"
    PLATES = "plates"
    IMMOVABLE = "immovable"
    PARTY_LEFT = "party_left"
    INTENT = "intent"
    INSPECTION = "inspection"
    INSURANCE = "insurance"
    FACILITY = "facility"
    REQUEST = "request"
    LATE_REPORT = "late_report"
    NO_DISPUTE = "no_dispute"
    DIPLOMATIC = "diplomatic"
    LOCAL_RULE = "local_rule"
    ORDINARY = "ordinary"


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The road of an accident and why.

    ``dispatch`` tells that officers must be sent, ``video_fast`` that an officer may rule online. ``unmet``
    is what of the local rule does not hold, whatever the branch.
    """

    branch: Branch
    movement: Movement
    dispatch: bool
    video_fast: bool
    articles: tuple[Citation, ...]
    grounds: tuple[Ground, ...]
    unmet: tuple[Unmet, ...]
    flags: tuple[Flag, ...] = ()
    must: tuple[Duty, ...] = ()
    must_not: tuple[Ban, ...] = ()

    @property
    def article_numbers(self) -> tuple[str, ...]:
        """The articles of 公安部令第146号 alone, each once, the deciding ones first."""
        return tuple(dict.fromkeys(str(one.article) for one in self.articles if one.law == P146))
