"""The right column: place, parties, triage, consents, notes. Every key stroke goes to the local store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime

from console.contract.desk_api import DescribePlace, StateFact, StatePartyDetails, WriteNotes
from console.domain.geo import Datum
from console.domain.ids import IncidentId, PartyId
from console.domain.incident import Incident
from console.domain.party import ConsentItem, Party, PartyDetails, masked_id, masked_phone
from console.domain.triage import ARTICLE, Answer, TriageFact
from console.presenters.desk import Desk, clock_words
from console.presenters.typed import LastTyped
from console.presenters.words import CONSENT, FACT, problem, tr
from console.store.changes import Changes
from console.usecases.edits import NOTES, PLACE, fact_key, party_key
from console.usecases.facts import EditState
from widgets.chip import ChipState
from widgets.consents import ConsentCell, ConsentRow, Consents
from widgets.notes import NotesPanel, NotesState, Statement
from widgets.panel import Panel
from widgets.party_form import PartyField, PartyForm, PartyFormState
from widgets.place_panel import PlacePanel, PlaceState
from widgets.theme import Severity
from widgets.triage_rows import Answer as RowAnswer
from widgets.triage_rows import TriageRow, TriageRows

LETTERS = ("甲", "乙")

PARTY_FIELDS: Mapping[str, str] = {
    "name": "姓名",
    "phone": "电话",
    "plate": "号牌",
    "id_number": "证件号",
    "insurer": "保险公司",
    "policy_number": "保单号",
}

BESIDE = frozenset({"policy_number"})
"""Fields that share a row with the one before."""

_DATUM: Mapping[Datum, str] = {
    Datum.WGS84: "WGS-84",
    Datum.CGCS2000: "CGCS2000",
    Datum.GCJ02: "GCJ-02",
    Datum.BD09: "BD-09",
    Datum.UNKNOWN: "坐标系未知",
}

_SEVERITY: Mapping[Answer, Severity] = {Answer.NO: "ok", Answer.YES: "bad", Answer.UNKNOWN: "unknown"}

_WORDS: Mapping[TriageFact, tuple[str, str, str]] = {
    TriageFact.DRIVER_SWAP: ("否", "是", "未知"),
    TriageFact.IMMOVABLE: ("能动", "不能动", "未知"),
    TriageFact.FACILITY_HIT: ("否", "是", "未知"),
    TriageFact.PARTY_LEFT: ("否", "是", "未知"),
    TriageFact.OUTSIDE_LOCAL_RULE: ("符合", "不符", "未知"),
}


def empty_party(letter: str) -> PartyFormState:
    """Return the form of a party of whom nothing is known."""
    return PartyFormState(
        letter=letter,
        role=tr("报警人") if letter == LETTERS[0] else tr("对方"),
        fields=tuple(
            PartyField(key, tr(name), "", beside=key in BESIDE) for key, name in PARTY_FIELDS.items()
        ),
    )


def empty_place() -> PlaceState:
    """Return the place panel before anything is known."""
    return PlaceState("", "", tr("手机还没有报位置"), "", tr("没有定位"), tr("坐标系未知"), "unknown")


def empty_notes() -> NotesState:
    """Return the notes before a call."""
    return NotesState(statements=(), note="", saved=ChipState(tr("每次按键存本机"), "none", "hard-drive"))


class CaseworkPresenter:
    """Shows what is stored of the own incident and takes what is typed."""

    def __init__(
        self,
        desk: Desk,
        place: PlacePanel,
        parties: tuple[PartyForm, PartyForm],
        rows: TriageRows,
        triage_panel: Panel,
        consents: Consents,
        notes: NotesPanel,
        say: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._place = place
        self._parties = parties
        self._rows = rows
        self._triage_panel = triage_panel
        self._consents = consents
        self._notes = notes
        self._say = say
        self._typed: LastTyped[PartyId, PartyDetails] = LastTyped()
        self._second: dict[IncidentId, dict[str, str]] = {}
        self._joining: set[IncidentId] = set()
        place.edited.connect(self._place_edited)
        notes.edited.connect(self._note_edited)
        rows.fact_changed.connect(self._fact_changed)
        for index, form in enumerate(parties):
            form.edited.connect(lambda key, text, at=index: self._party_edited(at, key, text))

    def refresh(self, changes: Changes) -> None:
        """Follow the incident and what was typed of it."""
        if changes.incidents or changes.edits or changes.calls or changes.session:
            incident = self._desk.own_incident()
            if incident is not None:
                self._show(incident)

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _show(self, incident: Incident) -> None:
        self._hand_to_joined(incident)
        self._show_place(incident)
        for index, form in enumerate(self._parties):
            form.set_state(self._party_state(incident, index))
        self._show_triage(incident)
        self._show_consents(incident)
        self._show_notes(incident)

    def _show_place(self, incident: Incident) -> None:
        edit = self._desk.store.edits.get((incident.id, PLACE))
        value = edit.value if edit is not None else None
        road, landmark = incident.road_text, incident.landmark_text
        if isinstance(value, DescribePlace):
            road, landmark = value.road, value.landmark
        position = incident.position
        if position is None:
            self._place.set_state(replace(empty_place(), road=road, landmark=landmark))
            return
        self._place.set_state(
            PlaceState(
                road=road,
                landmark=landmark,
                coordinates=f"{position.longitude:.6f}, {position.latitude:.6f}",
                fix=f"{tr('手机定位')} {clock_words(position.fixed_at)}",
                accuracy=f"{tr('精度')} {position.accuracy_m:.0f} m",
                datum=f"{_DATUM[position.datum]} · {tr('对端声明')}",
                datum_severity="warn" if position.datum is Datum.UNKNOWN else "info",
            )
        )

    def _details(self, incident: Incident, index: int) -> PartyDetails:
        """What is typed counts at once; the store and the service follow."""
        party = _nth(incident, index)
        if party is None:
            typed = self._second.get(incident.id, {}) if index == 1 else {}
            return replace(PartyDetails(), **typed)
        edit = self._desk.store.edits.get((incident.id, party_key(party.id)))
        stored = edit.value.details if edit and isinstance(edit.value, StatePartyDetails) else None
        return self._typed.get(party.id, stored) or party.details

    def _party_state(self, incident: Incident, index: int) -> PartyFormState:
        details = self._details(incident, index)
        masks = {"phone": masked_phone(details.phone), "id_number": masked_id(details.id_number)}
        party = _nth(incident, index)
        chips = []
        if party is not None and party.evacuated_at is not None:
            chips.append(ChipState(f"{tr('已驶离')} {clock_words(party.evacuated_at)[:5]}", "ok"))
        return replace(
            empty_party(LETTERS[index]),
            fields=tuple(
                PartyField(key, tr(name), getattr(details, key), masks.get(key, ""))
                for key, name in PARTY_FIELDS.items()
            ),
            chips=tuple(chips),
        )

    def _show_triage(self, incident: Incident) -> None:
        open_rows = 0
        rows = []
        for fact in TriageFact:
            answer = self._answer(incident, fact)
            open_rows += answer is Answer.UNKNOWN
            rows.append(_triage_row(fact, answer))
        self._rows.set_rows(tuple(rows))
        done = len(rows) - open_rows
        words = tr("全部确认") if not open_rows else f"{done} / {len(rows)}"
        self._triage_panel.set_chips(ChipState(words, "warn" if open_rows else "ok"))

    def _answer(self, incident: Incident, fact: TriageFact) -> Answer:
        edit = self._desk.store.edits.get((incident.id, fact_key(fact)))
        if edit is not None and isinstance(edit.value, StateFact):
            return edit.value.answer
        return incident.facts.get(fact, Answer.UNKNOWN)

    def _show_consents(self, incident: Incident) -> None:
        self._consents.set_parties(tuple(party.label for party in incident.parties))
        self._consents.set_rows(
            tuple(
                ConsentRow(item.value, tr(words), tuple(_cell(party, item) for party in incident.parties))
                for item, words in CONSENT.items()
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

    def _place_edited(self, _field: str, _text: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            work = self._desk.does.place.describe(
                incident.id, self._place.road.text(), self._place.landmark.text()
            )
            self._desk.bridge.run(work)

    def _note_edited(self, text: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            self._desk.bridge.run(self._desk.does.notes.write(incident.id, text))

    def _fact_changed(self, key: str, answer: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            work = self._desk.does.triage.state(incident.id, TriageFact(key), Answer(answer))
            self._desk.bridge.run(work, None, self._fail)

    def _party_edited(self, index: int, key: str, text: str) -> None:
        incident = self._desk.own_incident()
        if incident is None or key not in {field.name for field in fields(PartyDetails)}:
            return
        party = _nth(incident, index)
        if party is not None:
            self._state(incident, party.id, replace(self._details(incident, index), **{key: text}))
            return
        typed = self._second.setdefault(incident.id, {})
        typed[key] = text
        if incident.id not in self._joining:
            self._joining.add(incident.id)
            join = self._desk.does.parties.join(incident.id, replace(PartyDetails(), **typed))
            self._desk.bridge.run(join, None, lambda error: self._not_joined(incident.id, error))

    def _state(self, incident: Incident, party_id: PartyId, details: PartyDetails) -> None:
        self._typed.put(party_id, details)
        self._desk.bridge.run(self._desk.does.parties.state_details(incident.id, party_id, details))

    def _hand_to_joined(self, incident: Incident) -> None:
        """The second party appeared: what was typed meanwhile joins what is known of it already."""
        party = _nth(incident, 1)
        if party is None or incident.id not in self._second:
            return
        details = replace(party.details, **self._second.pop(incident.id))
        self._joining.discard(incident.id)
        if details != party.details:
            self._state(incident, party.id, details)

    def _not_joined(self, incident_id: IncidentId, error: Exception) -> None:
        """What was typed stays; the next key stroke tries again."""
        self._joining.discard(incident_id)
        self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))


def _nth(incident: Incident, index: int) -> Party | None:
    return incident.parties[index] if index < len(incident.parties) else None


def _triage_row(fact: TriageFact, answer: Answer) -> TriageRow:
    answered: Mapping[Answer, RowAnswer] = {Answer.NO: "no", Answer.YES: "yes"}
    article = tr("询问") if fact is TriageFact.DRIVER_SWAP else f"{tr('第')}{ARTICLE[fact]}{tr('条')}"
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


def _cell(party: Party, item: ConsentItem) -> ConsentCell:
    consent = party.consent(item)
    if consent is None:
        return ConsentCell(tr("待答"), "none")
    words = tr("同意") if consent.given else tr("不同意")
    return ConsentCell(f"{words} {clock_words(consent.at)[:5]}", "ok" if consent.given else "warn")
