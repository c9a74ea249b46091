"""The right column: triage, consents, notes. Every key stroke goes to the local store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from console.contract.desk_api import StateFact, WriteNotes
from console.domain.errors import DomainError
from console.domain.incident import Incident
from console.domain.local_finding import LocalFinding
from console.domain.local_rule import Unmet
from console.domain.party import ConsentItem, Party
from console.domain.triage import ARTICLE, SPECIAL, Answer, TriageFact, asked
from console.presenters.desk import Desk, clock_words, last_day_words
from console.presenters.words import CONSENT, FACT, UNMET, problem, tr
from console.store.changes import Changes
from console.usecases.edits import NOTES, fact_key
from console.usecases.facts import EditState
from widgets.chip import ChipState
from widgets.consents import ConsentCell, ConsentRow, Consents
from widgets.notes import NotesPanel, NotesState, Statement
from widgets.panel import Panel
from widgets.special_line import SpecialLine
from widgets.theme import Severity
from widgets.triage_rows import Answer as RowAnswer
from widgets.triage_rows import TriageRow, TriageRows

_SEVERITY: Mapping[Answer, Severity] = {Answer.NO: "ok", Answer.YES: "bad", Answer.UNKNOWN: "unknown"}

_WORDS: Mapping[TriageFact, tuple[str, str, str]] = {
    TriageFact.DRIVER_SWAP: ("否", "是", "未知"),
    TriageFact.IMMOVABLE: ("能动", "不能动", "未知"),
    TriageFact.FACILITY_HIT: ("否", "是", "未知"),
    TriageFact.PARTY_LEFT: ("否", "是", "未知"),
    TriageFact.OUTSIDE_LOCAL_RULE: ("符合", "不符", "未知"),
    TriageFact.SERIOUS_INJURY: ("仅轻微", "超过轻微", "未知"),
    **dict.fromkeys(SPECIAL, ("否", "是", "未知")),
}


def empty_notes() -> NotesState:
    """Return the notes before a call."""
    return NotesState(statements=(), note="", saved=ChipState(tr("每次按键存本机"), "none", "hard-drive"))


class CaseworkPresenter:
    """Shows what is stored of the own incident and takes what is typed."""

    def __init__(
        self,
        desk: Desk,
        rows: TriageRows,
        special: SpecialLine,
        triage_panel: Panel,
        consents_panel: Panel,
        consents: Consents,
        notes: NotesPanel,
        say: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._rows = rows
        self._special = special
        self._triage_panel = triage_panel
        self._consents_panel = consents_panel
        self._consents = consents
        self._notes = notes
        self._say = say
        notes.edited.connect(self._note_edited)
        rows.fact_changed.connect(self._fact_changed)
        special.confirmed.connect(lambda fact: self._fact_changed(fact, Answer.YES.value))

    def refresh(self, changes: Changes) -> None:
        """Follow the incident and what was typed of it."""
        if changes.incidents or changes.edits or changes.calls or changes.session:
            incident = self._desk.own_incident()
            if incident is not None:
                self._show(incident)

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _show(self, incident: Incident) -> None:
        self._show_triage(incident)
        self._show_consents(incident)
        self._show_notes(incident)

    def _show_triage(self, incident: Incident) -> None:
        open_rows = 0
        rows = []
        for fact in asked({fact: self._answer(incident, fact) for fact in TriageFact}):
            answer = self._answer(incident, fact)
            open_rows += answer is Answer.UNKNOWN
            rows.append(_triage_row(fact, answer))
        self._rows.set_rows(tuple(rows))
        self._special.set_options(
            tuple(
                (fact.value, f"{tr('第{article}条').format(article=ARTICLE[fact])} {tr(FACT[fact])}")
                for fact in SPECIAL
                if self._answer(incident, fact) is not Answer.YES
            )
        )
        notes = [] if incident.local is None else [rule_words(incident.local)]
        if incident.facts.get(TriageFact.BOTH_LEFT) is Answer.YES:
            until = incident.late_until
            day = tr("缺少年历") if until is None else last_day_words(until)
            notes.append(tr("第18条:是否受理,截止 {day}").format(day=day))
        self._rows.set_note("\n".join(notes))
        words = tr("{done} / {all} 项").format(done=len(rows) - open_rows, all=len(rows))
        if not open_rows:
            words = tr("{all} 项全部确认").format(all=len(rows))
        consents = [
            party.consent(item) for party in incident.parties for item in CONSENT if _needed(incident, item)
        ]
        answered = sum(consent is not None for consent in consents)
        agreed = tr("同意 {done} / {all}").format(done=answered, all=len(consents))
        self._triage_panel.set_chips(ChipState(words, "warn" if open_rows else "ok"))
        self._consents_panel.set_chips(ChipState(agreed, "ok" if answered == len(consents) else "warn"))

    def _answer(self, incident: Incident, fact: TriageFact) -> Answer:
        if _by_rule(incident, fact):
            return incident.answers[fact]
        edit = self._desk.store.edits.get((incident.id, fact_key(fact)))
        if edit is not None and isinstance(edit.value, StateFact):
            return edit.value.answer
        return incident.facts.get(fact, Answer.UNKNOWN)

    def _show_consents(self, incident: Incident) -> None:
        self._consents.set_parties(tuple(party.label for party in incident.parties))
        self._consents.set_rows(
            tuple(
                ConsentRow(
                    item.value, tr(words), tuple(_cell(incident, party, item) for party in incident.parties)
                )
                for item, words in CONSENT.items()
                if item is not ConsentItem.SIMPLE_PROCEDURE or _asked_if_hurt(incident)
            )
        )

    def _show_notes(self, incident: Incident) -> None:
        edit = self._desk.store.edits.get((incident.id, NOTES))
        value = edit.value if edit is not None else None
        note = value.text if isinstance(value, WriteNotes) else incident.notes
        saved = ChipState(tr("服务器已收"), "ok", "check")
        if edit is not None:
            saved = {
                EditState.TYPED: ChipState(tr("正在存"), "none", "pencil"),
                EditState.KEPT: ChipState(tr("已存本机"), "ok", "hard-drive"),
                EditState.SENT: ChipState(tr("服务器已收"), "ok", "check"),
                EditState.REFUSED: ChipState(tr("服务器没有接受"), "warn"),
            }[edit.state]
        statements = tuple(
            Statement(party.label, party.details.statement)
            for party in incident.parties
            if party.details.statement
        )
        self._notes.set_state(NotesState(statements=statements, note=note, saved=saved))

    def _note_edited(self, text: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            self._desk.bridge.run(self._desk.does.notes.write(incident.id, text))

    def _fact_changed(self, key: str, answer: str) -> None:
        incident = self._desk.own_incident()
        if incident is None:
            return
        fact, said = TriageFact(key), Answer(answer)
        if _by_rule(incident, fact) and incident.answers[fact] is not said:
            self._say(problem(DomainError("fact-by-rule")))
        else:
            work = self._desk.does.triage.state(incident.id, fact, said)
            self._desk.bridge.run(work, None, self._fail)

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))


def rule_words(found: LocalFinding) -> str:
    """Return the city's rule and its version, and what of it fails or is not known yet."""
    rule = f"{found.name} {found.version}"
    if found.unmet:
        return tr("{rule} 不符:{reasons}").format(rule=rule, reasons=_reasons(found.unmet))
    if found.open:
        return tr("{rule} 待核:{reasons}").format(rule=rule, reasons=_reasons(found.open))
    return tr("{rule} 符合").format(rule=rule)


def _reasons(reasons: tuple[Unmet, ...]) -> str:
    return "、".join(tr(UNMET[reason]) for reason in reasons)


def _by_rule(incident: Incident, fact: TriageFact) -> bool:
    found = incident.local
    return fact is TriageFact.OUTSIDE_LOCAL_RULE and found is not None and found.answer is not Answer.UNKNOWN


def _triage_row(fact: TriageFact, answer: Answer) -> TriageRow:
    answered: Mapping[Answer, RowAnswer] = {Answer.NO: "no", Answer.YES: "yes"}
    article = (
        tr("询问") if fact is TriageFact.DRIVER_SWAP else tr("第{article}条").format(article=ARTICLE[fact])
    )
    if fact is TriageFact.OUTSIDE_LOCAL_RULE:
        article = tr("本市规则")
    words = _WORDS.get(fact, ("无", "有", "未知"))
    return TriageRow(
        key=fact.value,
        name=tr(FACT[fact]),
        article=article,
        words=(tr(words[0]), tr(words[1]), tr(words[2])),
        answered=answered.get(answer),
        severity=_SEVERITY[answer],
    )


def _needed(incident: Incident, item: ConsentItem) -> bool:
    """Whether a step waits for this answer: place and face are never required, Art. 23 only when hurt."""
    if item is ConsentItem.SIMPLE_PROCEDURE:
        return incident.facts.get(TriageFact.INJURY) is Answer.YES
    return item not in {ConsentItem.LOCATION, ConsentItem.FACE_COMPARISON}


def _asked_if_hurt(incident: Incident) -> bool:
    """Whether the row of Art. 23 is there: somebody is hurt, or a party has answered it already."""
    answered = (party.consent(ConsentItem.SIMPLE_PROCEDURE) for party in incident.parties)
    return _needed(incident, ConsentItem.SIMPLE_PROCEDURE) or any(one is not None for one in answered)


def _cell(incident: Incident, party: Party, item: ConsentItem) -> ConsentCell:
    consent = party.consent(item)
    if consent is None and item is ConsentItem.SIMPLE_PROCEDURE and not _needed(incident, item):
        return ConsentCell(tr("不涉及"), "none", "minus")
    if consent is None and item is ConsentItem.FACE_COMPARISON:
        return ConsentCell(tr("未选"), "none", "ban")
    if consent is None:
        return ConsentCell(tr("待答"), "warn" if _needed(incident, item) else "none", "circle")
    words = tr("同意") if consent.given else tr("不同意")
    return ConsentCell(f"{words} {clock_words(consent.at)}", "ok" if consent.given else "warn")
