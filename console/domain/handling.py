"""Handling: decides which road an accident takes from what is known of it.

Order: 公安部令第146号 Art. 15, then a person hurt and 13, then 14, then a party's request (20), then the
local rule. A request always sends an officer; what the vehicles do still follows the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.domain.clock import WorkingCalendar
from console.domain.errors import DomainError
from console.domain.intake import (
    Facility,
    Hazmat,
    Injury,
    Inspection,
    InsuranceMark,
    Intake,
    Kinds,
    Licence,
    Plates,
)
from console.domain.local_rule import FLOOR, LocalRule, Unmet, unmet
from console.domain.ruling import Citation
from console.domain.triage import (
    P146,
    Answer,
    Assessment,
    Ban,
    Branch,
    Duty,
    Flag,
    Ground,
    Movement,
    TriageFact,
)

RTSL = "道路交通安全法"
REGULATION = "实施条例"

CARRIES_PASSENGERS = frozenset({"bus", "minibus", "coach", "passenger", "taxi", "hailing", *"BCDEOPQ"})
"""What tells a use that Art. 13(1)③ means, school buses and passenger transport: a word of it, or its letter
in the police table of uses (domain.md 3.3)."""

CARRIES_CHILDREN = frozenset({"school_bus", *"OPQ"})
AT_HOME = frozenset({"", "cn", "chn", "china", "chinese", "中国", "hk", "hkg", "mo", "mac", "tw", "twn"})
"""Nationalities as they may be written down that are not foreign (Arts. 96 to 99)."""


def p146(article: int, paragraph: int | None = None, item: int | None = None) -> Citation:
    """Return a provision of 公安部令第146号."""
    return Citation(law=P146, article=article, paragraph=paragraph, item=item)


@dataclass(kw_only=True)
class _Case:
    """What one branch adds up while it is worked out; turned into a ``Assessment`` at the end."""

    grounds: list[Ground] = field(default_factory=list)
    articles: list[Citation] = field(default_factory=list)
    flags: set[Flag] = field(default_factory=set)
    must: set[Duty] = field(default_factory=set)
    must_not: set[Ban] = field(default_factory=set)

    def because(self, ground: Ground, *articles: Citation) -> None:
        self.grounds.append(ground)
        self.articles += [article for article in articles if article not in self.articles]


def assess(intake: Intake, rule: LocalRule, calendar: WorkingCalendar) -> Assessment:
    """Decide the road from what is known now; the same facts always give the same road.

    Raises ``calendar-missing`` where the road turns on whether a day of a year whose calendar is unknown is a
    workday; what holds whatever the local rule says is decided all the same.
    """
    closed, workday_unknown = _local_rule(rule, intake, calendar)
    case = _Case()
    _circumstances(intake, case)
    photo = _Case()
    _photograph_and_move(intake, photo)
    holds = _Case()
    _hold(intake, holds, by_video=not closed and not photo.grounds)
    if intake.hazmat is not Hazmat.NONE:
        branch, movement = Branch.HAZMAT_EMERGENCY, Movement.NO
        _dangerous_goods(case)
        _merge(case, holds)
    elif intake.both_left:
        branch, movement = Branch.LATE_REPORT_RECORD, Movement.NOT_APPLICABLE
        _late_report(intake, case)
    elif holds.grounds:
        branch, movement = Branch.HOLD_SCENE_DISPATCH, Movement.NO
        _merge(case, holds)
        case.must_not.add(Ban.INSTRUCT_MOVE)
    elif photo.grounds:
        branch, movement = Branch.PHOTO_MOVE_REPORT, Movement.AFTER_PHOTO
        _merge(case, photo)
        case.must_not.add(Ban.INSTRUCT_HOLD)
    elif intake.request_officer:
        branch = Branch.DISPATCH_ON_REQUEST
        movement = Movement.LEAVE_NOW if _leave_first(intake) else Movement.AFTER_EVIDENCE
        case.because(Ground.REQUEST, p146(20, 2), *_leaving_articles(intake))
    elif _may_negotiate(intake):
        branch = Branch.SELF_NEGOTIATION
        movement = Movement.LEAVE_NOW if _leave_first(intake) else Movement.AFTER_PHOTO
        case.because(Ground.NO_DISPUTE, *_negotiation_articles(intake))
    elif intake.plates is Plates.EMBASSY or closed:
        branch, movement = Branch.EVIDENCE_MOVE_DISPATCH, _way_out(intake)
        ground = Ground.DIPLOMATIC if intake.plates is Plates.EMBASSY else Ground.LOCAL_RULE
        case.because(ground, *_leaving_articles(intake), p146(17))
    elif workday_unknown is not None:
        raise workday_unknown
    else:
        branch = Branch.VIDEO_FAST
        movement = Movement.LEAVE_NOW if _leave_first(intake) else Movement.AFTER_EVIDENCE
        _settle_by_video(intake, case)
    _movement_duties(intake, movement, case)
    if intake.request_officer:
        case.flags.add(Flag.PARTY_REQUEST)
        case.because(Ground.REQUEST, p146(20, 2))
    return Assessment(
        branch=branch,
        movement=movement,
        dispatch=intake.request_officer
        or branch not in {Branch.VIDEO_FAST, Branch.SELF_NEGOTIATION, Branch.LATE_REPORT_RECORD},
        video_fast=branch is Branch.VIDEO_FAST,
        articles=tuple(case.articles),
        grounds=tuple(dict.fromkeys(case.grounds)),
        unmet=closed,
        flags=tuple(sorted(case.flags)),
        must=tuple(sorted(case.must)),
        must_not=tuple(sorted(case.must_not)),
    )


def _merge(case: _Case, other: _Case) -> None:
    for ground in other.grounds:
        case.because(ground, *other.articles)
    case.flags |= other.flags
    case.must |= other.must
    case.must_not |= other.must_not


def _dangerous_goods(case: _Case) -> None:
    case.because(Ground.DANGEROUS_GOODS, p146(15), p146(16, 1, 4))
    case.must |= {Duty.ASK_HAZMAT_KIND, Duty.ASK_LEAK}
    case.must_not |= {Ban.VIDEO_FAST, Ban.INSTRUCT_APPROACH}


def _late_report(intake: Intake, case: _Case) -> None:
    case.because(Ground.LATE_REPORT, p146(18), p146(16))
    case.flags.add(Flag.DEADLINE_3_WORKING_DAYS)
    if intake.injury is Injury.SERIOUS:
        case.must.add(Duty.CALL_120)
    elif intake.injury is not Injury.NONE:
        case.must.add(Duty.ASK_INJURY)


def _hold(intake: Intake, case: _Case, *, by_video: bool) -> None:
    """Gather what makes the scene stand under Art. 13(1): a person hurt, or one of its seven items."""
    _injury(intake, case, by_video=by_video)
    items = (
        (intake.licence in {Licence.NONE, Licence.CLASS_MISMATCH, Licence.EXPIRED}, Ground.LICENCE, 1),
        (intake.alcohol_drug_suspicion, Ground.ALCOHOL_OR_DRUGS, 2),
        (intake.driver_swap_suspicion, Ground.DRIVER_SWAP, 2),
        (_overloaded_transport(intake), Ground.OVERLOAD_OR_SPEED, 3),
        (
            intake.plates in {Plates.NONE, Plates.SUSPECTED_FORGED, Plates.BELONGS_TO_OTHER_VEHICLE},
            Ground.PLATES,
            4,
        ),
        (not intake.movable, Ground.IMMOVABLE, 5),
        (intake.left_scene, Ground.PARTY_LEFT, 6),
        (intake.intent_evidence, Ground.INTENT, 7),
    )
    for holds, ground, item in items:
        if holds:
            case.because(ground, p146(13, 1, item))
    if intake.alcohol_drug_suspicion or intake.driver_swap_suspicion:
        case.articles.append(p146(34, 2))
    if intake.driver_swap_suspicion:
        case.articles.append(p146(13, 1, 1))
        case.flags.add(Flag.POSSIBLE_CRIME)
    if intake.plates in {Plates.SUSPECTED_FORGED, Plates.BELONGS_TO_OTHER_VEHICLE}:
        case.flags.add(Flag.SILENT_ALERT)
        case.must.add(Duty.DO_NOT_ALERT_ON_SHARED_SCREEN)
    if not intake.movable:
        case.flags.add(Flag.TOW)
    if intake.left_scene:
        case.flags |= {Flag.POSSIBLE_ESCAPE, Flag.ASK_VEHICLE_FEATURES}
    if intake.intent_evidence:
        case.flags.add(Flag.POSSIBLE_CRIME)


def _injury(intake: Intake, case: _Case, *, by_video: bool) -> None:
    """Hold the scene for a person hurt, unless the hurt is slight and everybody agrees (Arts. 13, 23).

    More than slight is never for the simple procedure, so two officers go (27). Slight and agreed, but not
    for video, is settled on the spot: Art. 14, which moves the vehicles, is for damage alone.
    """
    match intake.injury:
        case Injury.SERIOUS:
            case.because(Ground.INJURY, p146(13, 1), p146(27, 1))
            case.flags |= {Flag.GENERAL_PROCEDURE, Flag.TWO_OFFICERS}
            case.must.add(Duty.CALL_120)
        case Injury.UNKNOWN:
            case.because(Ground.INJURY, p146(13, 1))
            case.must.add(Duty.ASK_INJURY)
        case Injury.SLIGHT:
            refused = any(answer is False for answer in (intake.consent_simple or {}).values())
            if refused:
                case.because(Ground.CONSENT_REFUSED, p146(13, 1), p146(23, 1, 2), p146(27, 1))
                case.flags |= {Flag.GENERAL_PROCEDURE, Flag.TWO_OFFICERS}
            elif not intake.everyone_consents:
                case.because(Ground.CONSENT_OPEN, p146(13, 1), p146(23, 1, 2))
                case.must |= {Duty.ASK_INJURY, Duty.RECORD_CONSENT_EACH}
            elif not by_video:
                case.because(Ground.INJURY, p146(13, 1), p146(23, 1, 2))
                case.flags.add(Flag.ON_SITE_SIMPLE_PROCEDURE)
        case Injury.NONE:
            pass


def _overloaded_transport(intake: Intake) -> bool:
    suspected = intake.overload_suspicion or intake.overspeed_suspicion
    return suspected and not CARRIES_PASSENGERS.isdisjoint(intake.use_nature.split("_"))


def _photograph_and_move(intake: Intake, case: _Case) -> None:
    """Gather what makes Art. 14 hold: no inspection, no insurance, or something beside vehicles was hit."""
    if intake.inspection is Inspection.EXPIRED:
        case.because(Ground.INSPECTION, p146(14, None, 1))
    if not intake.insured:
        case.because(Ground.INSURANCE, p146(14, None, 1))
    if intake.facility_hit is not Facility.NONE:
        case.because(Ground.FACILITY, p146(14, None, 2))
        case.must_not.add(Ban.LET_LEAVE)
    if case.grounds:
        case.articles.append(Citation(law=REGULATION, article=88))


def _circumstances(intake: Intake, case: _Case) -> None:
    """Gather what holds whatever the branch."""
    if intake.facility_hit is Facility.POWER_POLE:
        case.flags |= {Flag.ELECTRIC_HAZARD, Flag.NOTIFY_UTILITY}
        case.must_not.add(Ban.INSTRUCT_APPROACH)
    if intake.use_nature in CARRIES_CHILDREN:
        case.flags.add(Flag.CHILDREN_ON_BOARD)
    if intake.injury_reported_at is not None:
        case.flags.add(Flag.RETRIAGE)
    if intake.minor:
        case.flags.add(Flag.MINOR)
        case.must.add(Duty.GUARDIAN_CONSENT)
    if intake.plates is Plates.TEMPORARY_VALID:
        case.must.add(Duty.VERIFY_TEMP_PLATE_VALIDITY)
    if intake.plates is Plates.MILITARY:
        case.flags.add(Flag.MILITARY_NOTIFY)
        case.articles.append(p146(12))
    if intake.plates is Plates.EMBASSY:
        case.flags |= {Flag.DIPLOMATIC, Flag.SUPERVISOR}
        case.articles.append(p146(100))
    other_language = bool(intake.party_language) and not intake.party_language.lower().startswith("zh")
    if other_language:
        case.flags.add(Flag.INTERPRETER)
    if other_language or intake.nationality.strip().lower() not in AT_HOME:
        case.must.add(Duty.PROVIDE_INTERPRETER_OR_WRITTEN_WAIVER)
        case.articles += [p146(99, 1), p146(96)]
    if intake.on_expressway:
        case.flags |= {Flag.EXPRESSWAY_SAFETY, Flag.TRANSFER_EXPRESSWAY_POLICE}
        case.articles.append(Citation(law=RTSL, article=68))


def _movement_duties(intake: Intake, movement: Movement, case: _Case) -> None:
    """Order off the road only who is to leave it; call an evacuation back only where the scene now stands."""
    if movement is Movement.NO:
        if intake.injury_reported_at is not None:
            case.must.add(Duty.CANCEL_EVACUATE)
    elif intake.refuse_move and movement is not Movement.NOT_APPLICABLE:
        case.flags.add(Flag.ORDER_EVACUATE)
        case.articles.append(p146(19, 3))
        if intake.jam:
            case.flags.add(Flag.WARN_FINE_200)


def _local_rule(
    rule: LocalRule, intake: Intake, calendar: WorkingCalendar
) -> tuple[tuple[Unmet, ...], DomainError | None]:
    """Return what of ``rule`` does not hold, and what keeps its workdays from being told, if they count."""
    try:
        return unmet(rule, intake, calendar), None
    except DomainError as error:
        return unmet(replace(rule, workdays_only=False), intake, calendar), error


def _way_out(intake: Intake) -> Movement:
    return Movement.LEAVE_NOW if _leave_first(intake) else Movement.AFTER_PHOTO


def _leave_first(intake: Intake) -> bool:
    """Tell whether Art. 19(2) holds: damage alone and no motor vehicle, so they leave before all else."""
    return _no_motor_vehicle(intake) and intake.injury is Injury.NONE


def _no_motor_vehicle(intake: Intake) -> bool:
    return intake.kinds in {Kinds.NMV_NMV, Kinds.NMV_PED}


def _leaving_articles(intake: Intake) -> tuple[Citation, ...]:
    """Return why they leave: Art. 19(2) stands before 19(1) where no motor vehicle had part."""
    return (p146(19, 2), p146(19, 1)) if _no_motor_vehicle(intake) else (p146(19, 1),)


def _may_negotiate(intake: Intake) -> bool:
    return intake.dispute is False and intake.injury is Injury.NONE and intake.kinds is not Kinds.SINGLE


def _negotiation_articles(intake: Intake) -> tuple[Citation, ...]:
    if _no_motor_vehicle(intake):
        return (p146(19, 2), Citation(law=REGULATION, article=87))
    return (p146(19, 1), p146(20), p146(21))


def _settle_by_video(intake: Intake, case: _Case) -> None:
    if intake.injury is Injury.SLIGHT:
        case.because(Ground.ORDINARY, p146(23, 1, 2), p146(24))
        case.must |= {Duty.ASK_INJURY, Duty.RECORD_CONSENT_EACH}
    else:
        case.because(Ground.ORDINARY, *_leaving_articles(intake), p146(20, 1), p146(23, 1, 1), p146(24))


def intake_of(
    facts: Mapping[TriageFact, Answer],
    *,
    officer_requested: bool = False,
    consents: Mapping[str, bool | None] | None = None,
) -> Intake:
    """Return what a call-taker's rows say; a row left open is read as the ordinary case.

    A person hurt counts as more than slightly hurt until the follow-up is answered with no. One row asks for
    the marks of inspection and of compulsory insurance, which Art. 14 treats alike.
    """

    def said(fact: TriageFact) -> bool:
        return facts.get(fact) is Answer.YES

    severity = {Answer.YES: Injury.SERIOUS, Answer.NO: Injury.SLIGHT}
    serious = facts.get(TriageFact.SERIOUS_INJURY, Answer.UNKNOWN)
    return Intake(
        injury=severity.get(serious, Injury.UNKNOWN) if said(TriageFact.INJURY) else Injury.NONE,
        alcohol_drug_suspicion=said(TriageFact.ALCOHOL_OR_DRUGS),
        driver_swap_suspicion=said(TriageFact.DRIVER_SWAP),
        licence=Licence.NONE if said(TriageFact.LICENCE_INVALID) else Licence.OK,
        plates=Plates.NONE if said(TriageFact.PLATE_MISSING_OR_FORGED) else Plates.OK,
        movable=not said(TriageFact.IMMOVABLE),
        hazmat=Hazmat.LOADED if said(TriageFact.DANGEROUS_GOODS) else Hazmat.NONE,
        insurance_mark=InsuranceMark.NONE if said(TriageFact.MARKS_MISSING) else InsuranceMark.PAPER,
        facility_hit=Facility.OTHER if said(TriageFact.FACILITY_HIT) else Facility.NONE,
        left_scene=said(TriageFact.PARTY_LEFT),
        both_left=said(TriageFact.BOTH_LEFT),
        intent_evidence=said(TriageFact.INTENT),
        overload_suspicion=said(TriageFact.OVERLOADED_TRANSPORT),
        use_nature="passenger" if said(TriageFact.OVERLOADED_TRANSPORT) else "",
        dispute=False if said(TriageFact.NO_DISPUTE) else None,
        outside_local_rule=said(TriageFact.OUTSIDE_LOCAL_RULE),
        request_officer=officer_requested,
        consent_simple=consents,
    )


def assess_rows(
    facts: Mapping[TriageFact, Answer],
    *,
    officer_requested: bool = False,
    consents: Mapping[str, bool | None] | None = None,
) -> Assessment:
    """Decide the road from a call-taker's rows; whether the local rule holds is one of them."""
    intake = intake_of(facts, officer_requested=officer_requested, consents=consents)
    return assess(intake, FLOOR, WorkingCalendar({}))
