"""How the trainees' cases stand, in rows for the trainer: what the journal says, and nothing of scores."""

from __future__ import annotations

from console.domain.evidence import required_slots
from console.domain.incident import Incident
from console.domain.verification import CheckResult
from console.presenters.case import script_chip
from console.presenters.desk import clock_words
from console.presenters.find import STATE
from console.presenters.words import SLOT, tr
from console.store.desk_store import DeskStore
from console.store.selectors import newest_call
from widgets.rows import CheckRow
from widgets.theme import Severity

MOST = 6
"""So many cases are listed, the newest first."""
NAMED = 2
"""So many missing pictures are named."""


def trainee_cases(store: DeskStore) -> tuple[CheckRow, ...]:
    """Return the newest cases with their state and the seat that has them."""
    newest = sorted(store.incidents.values(), key=lambda one: (one.opened_at, one.number), reverse=True)
    rows = []
    for one in newest[:MOST]:
        call = newest_call(store, one.id)
        seat = tr("{seat} 席").format(seat=call.seat) if call is not None and call.seat else tr("排队")
        state, icon = STATE[one.state]
        rows.append(CheckRow(one.id, one.number, tr(state), "none", seat, icon))
    return tuple(rows)


def case_steps(incident: Incident) -> tuple[CheckRow, ...]:
    """Return one row a step: what is done of it and what is open."""
    required = required_slots(incident.form)
    taken = len(required) - len(incident.missing_slots)
    answered = len(incident.answers) - len(incident.open_facts)
    checks = [check for party in incident.parties for check in incident.verification(party.id).checks]
    found = sum(check.result is CheckResult.VERIFIED for check in checks)
    differs = sum(check.result is CheckResult.MISMATCH for check in checks)
    agreed = sum(consent.given for party in incident.parties for consent in party.consents)
    missing = "、".join(tr(SLOT[slot]) for slot in incident.missing_slots[:NAMED])
    script = script_chip(incident)
    ruled = incident.document
    return (
        CheckRow("script", tr("现场"), script.text, script.severity, icon=script.icon),
        _step("eligibility", tr("资格"), answered, answered + len(incident.open_facts)),
        _step("evidence", tr("取证"), taken, len(required), note=missing),
        _step(
            "checks",
            tr("核验"),
            found,
            len(checks),
            note=tr("{count} 项不一致").format(count=differs) if differs else "",
        ),
        CheckRow(
            "consents", tr("同意"), tr("{count} 项同意").format(count=agreed), "ok" if agreed else "none"
        ),
        _moment(
            "evacuation",
            tr("撤离"),
            None if incident.evacuation is None else clock_words(incident.evacuation.at),
        ),
        _moment(
            "dispatch", tr("派警"), None if incident.dispatch is None else clock_words(incident.dispatch.at)
        ),
        _moment("ruling", tr("定责"), None if ruled is None else clock_words(ruled.issued_at)),
    )


def _step(key: str, name: str, done: int, whole: int, note: str = "") -> CheckRow:
    severity: Severity = "ok" if whole and done == whole else "info" if done else "none"
    return CheckRow(key, name, f"{done}/{whole}", severity, note)


def _moment(key: str, name: str, at: str | None) -> CheckRow:
    return CheckRow(key, name, at or "—", "ok" if at else "none")
