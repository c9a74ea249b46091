"""What a case at the desk says of its accident: the incident and the ruling form become one set of facts.

Sentences of the written course of events are neutral facts; one that begins with a party's label is about
that party. What a party states about itself is a claim and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from console.domain.accident import Accident, Impact, Involved
from console.domain.clock import WorkingCalendar, local_date
from console.domain.evidence import AccidentForm
from console.domain.handling import intake_of
from console.domain.incident import Incident
from console.domain.intake import Injury, Intake, Kinds
from console.domain.local_finding import LocalFinding
from console.domain.local_rule import LocalRule, Unmet, asked, unmet
from console.domain.road import Road, RoadControl, road_controls
from console.domain.ruling import Outcome, PartyKind, Ruling
from console.domain.triage import Answer, TriageFact
from console.domain.verification import CheckItem, CheckResult

KIND_OF_PAIR: Mapping[frozenset[PartyKind], Kinds] = {
    frozenset({PartyKind.MOTOR}): Kinds.MV_MV,
    frozenset({PartyKind.MOTOR, PartyKind.NON_MOTOR}): Kinds.MV_NMV,
    frozenset({PartyKind.MOTOR, PartyKind.PEDESTRIAN}): Kinds.MV_PED,
    frozenset({PartyKind.NON_MOTOR}): Kinds.NMV_NMV,
    frozenset({PartyKind.NON_MOTOR, PartyKind.PEDESTRIAN}): Kinds.NMV_PED,
}
"""Who met, by the kinds of those who drove, rode or walked; passengers and property do not count."""

_ENDS = re.compile("[。;；\n]")


def accident_of(incident: Incident, ruling: Ruling, driving_states: Mapping[str, str]) -> Accident:
    """Return the facts on which ``ruling`` of ``incident`` is judged.

    ``driving_states`` gives the words of the police table's codes. An accident is on the day it happened
    in Asia/Shanghai, or was reported while nobody said when.
    """
    sentences = tuple(part.strip() for part in _ENDS.split(ruling.facts) if part.strip())
    ruled = {party.party_id: party for party in ruling.parties}
    labels = tuple(party.label for party in incident.parties)
    known = {party.id: party.label for party in incident.parties if party.id in ruled}
    return Accident(
        road=Road(
            junction_type=ruling.junction,
            control=_control(ruling),
            weather=ruling.weather,
        ),
        parties=tuple(
            Involved(
                label=party.label,
                kind=ruled[party.id].kind,
                driving_state=driving_states.get(party.details.driving_state, party.details.driving_state),
                observed=tuple(sentence for sentence in sentences if sentence.startswith(party.label)),
                faults=tuple(fault.code for fault in ruled[party.id].faults),
            )
            for party in incident.parties
            if party.id in ruled
        ),
        observed=tuple(sentence for sentence in sentences if not sentence.startswith(labels)),
        impacts=tuple(
            Impact(seq=seq, striking=known[one.striking], struck=(known[one.struck],))
            for seq, one in enumerate(ruling.impacts, 1)
            if one.striking in known and one.struck in known
        ),
        injury=intake_of(incident.facts).injury,
        consents=incident.simple_procedure_answers,
        reason=ruling.reason if ruling.outcome is Outcome.NO_FAULT else "",
        on=local_date(incident.happened_at),
    )


def local_finding(incident: Incident, rule: LocalRule, calendar: WorkingCalendar) -> LocalFinding:
    """Apply ``rule`` to what is known of ``incident``: when it was reported, where, who met, hurt, insured.

    A fact that nobody knows yet is left open and never taken for the ordinary case; so is a workday of a year
    whose calendar is missing.
    """
    intake = _local_intake(incident)
    known = {
        Unmet.HOURS: True,
        Unmet.WORKDAY: intake.call_at is not None and local_date(intake.call_at).year in calendar.years,
        Unmet.AREA: _served(incident) is not None,
        Unmet.EXPRESSWAY: bool(intake.road_type) or rule.expressway is None,
        Unmet.KINDS: True,
        Unmet.INJURY: incident.facts.get(TriageFact.INJURY, Answer.UNKNOWN) is not Answer.UNKNOWN,
        Unmet.VISIBILITY: bool(intake.weather),
        Unmet.INSURANCE: _insured(incident) is not None,
        Unmet.MOVABLE: incident.facts.get(TriageFact.IMMOVABLE, Answer.UNKNOWN) is not Answer.UNKNOWN,
        Unmet.MV_NOT_LIABLE: intake.injury is Injury.NONE or intake.kinds not in {Kinds.MV_NMV, Kinds.MV_PED},
        Unmet.OWNER_ABSENT: intake.kinds is not Kinds.SINGLE,
    }
    missing = {reason for reason in asked(rule) if not known.get(reason, False)}
    counted = rule if Unmet.WORKDAY not in missing else replace(rule, workdays_only=False)
    return LocalFinding(
        rule=rule.id,
        name=rule.name,
        version=rule.version,
        unmet=tuple(reason for reason in unmet(counted, intake, calendar) if reason not in missing),
        open=tuple(reason for reason in Unmet if reason in missing),
    )


def _local_intake(incident: Incident) -> Intake:
    return replace(
        intake_of(incident.facts),
        outside_local_rule=False,
        kinds=_kinds(incident),
        both_insured=_insured(incident) is not False,
        weather="" if incident.ruling is None else incident.ruling.weather,
        road_type=_road_type(incident),
        area="out" if _served(incident) is False else "in",
        call_at=incident.opened_at,
    )


def _kinds(incident: Incident) -> Kinds:
    if incident.form is AccidentForm.SINGLE_VEHICLE:
        return Kinds.SINGLE
    ruled = () if incident.ruling is None else incident.ruling.parties
    moving = frozenset(one.kind for one in ruled) - {PartyKind.PASSENGER, PartyKind.PROPERTY}
    return KIND_OF_PAIR.get(moving, Kinds.MV_MV)


def _served(incident: Incident) -> bool | None:
    """Whether the place lies where accidents are settled here; ``None`` while its readings disagree."""
    readings = {reading.served for reading in incident.whereabouts}
    return readings.pop() if len(readings) == 1 else None


def _road_type(incident: Incident) -> str:
    """Return the police code of the kind of road; empty while the map does not say one alone."""
    readings = {reading.road_type for reading in incident.whereabouts}
    return readings.pop() if len(readings) == 1 else ""


def _insured(incident: Incident) -> bool | None:
    """Whether every vehicle is insured, as the register or a person found; ``None`` while that is open.

    A contradiction is a doubt, about which somebody decides first.
    """
    results = {
        incident.verification(party.id).check(CheckItem.INSURANCE).result for party in incident.parties
    }
    if CheckResult.NOT_FOUND in results:
        return False
    return True if results and results <= {CheckResult.VERIFIED, CheckResult.MANUAL} else None


def _control(ruling: Ruling) -> RoadControl | None:
    held = road_controls(ruling.junction, ruling.control)
    return next(iter(sorted(held - {RoadControl.ROUNDABOUT} or held)), None)
